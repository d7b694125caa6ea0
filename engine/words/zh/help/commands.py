"""各命令的说明与示例。"""



from __future__ import annotations

TEXTS = {
    # 各命令说明与示例
    "help.open": "登记一件整改事项，状态为“待交办”。写明工作任务时，按方案提示牵头单位，由人确定。",
    "example.open": (
        "zg open \"企业开办材料重复提交\" --source evaluation --measure 3.1 --lead 市市场监管局\n"
        "zg open \"窗口无人值守\" --source complaint --key 12345-0918-07 --grade C"
    ),
    "help.assign": "把整改事项交办给牵头单位，整改时限从交办之日起算。",
    "example.assign": "zg assign 1 --lead 市发改委 --with 市税务局\nzg assign 7 --lead 市公安局 --designate --basis 会议纪要第3号",
    "help.accept": "牵头单位签收。",
    "example.accept": "zg --as 市发改委 accept 1\nzg list --unit 市发改委 --state assigned | zg --as 市发改委 accept -",
    "help.decline": "牵头单位认为不属于本单位职责的，在签收时限内申请退回，每个单位一次。",
    "example.decline": (
        "zg --as 市公安局 decline 1 --reason 不属于本单位职责 --clause 三定规定第五条\n"
        "zg --as 市公安局 decline 1 --reason 不属于本单位职责 --suggest 市税务局"
    ),
    "help.sign-off": "配合单位确认本单位承担的部分已经完成。",
    "example.sign-off": "zg --as 市税务局 sign-off 1\nzg --as 市税务局 sign-off 1 --note 发票申领已并入一表",
    "help.verify": "督办单位验收，符合要求的销号。参与过整改的人不能验收。",
    "example.verify": "zg verify 1 --note 现场核验通过\nzg verify 1 2 3",
    "help.reject": "验收不符合要求的退回整改，至少再给规定的时间。配合单位的确认仍然有效，要重新确认的用 --again 写明。",
    "example.reject": "zg reject 1 --reason 县区窗口仍收纸质证明\nzg reject 1 --reason 佐证不全 --due 5wd --again 市税务局",
    "help.withdraw": "撤销不应立项或重复的事项，编号保留。",
    "example.withdraw": "zg withdraw 2 --reason 与1号相同 --as duplicate --of 1\nzg withdraw 3 --reason 登记有误 --as mistake",
    "help.suspend": "因客观原因暂缓，中止计时。",
    "example.suspend": "zg suspend 1 --reason 等待省级系统上线\nzg suspend 1 --reason 等待省级系统上线 --until 2026-12-01",
    "help.resume": "恢复暂缓的事项；中止期间经过的工作日不计入期限。",
    "example.resume": "zg resume 1\nzg resume 1 --note 省级系统已上线",
    "help.request-extension": "牵头单位在到期前申请延期；A 类、B 类须写明批准人。",
    "example.request-extension": (
        "zg --as 市发改委 request-extension 1 --to 2020-10-20 --reason 外线施工受限\n"
        "zg --as 市发改委 request-extension 1 --to 5wd --reason 外线施工受限 --approved-by 单位负责人"
    ),
    "help.grant": "同意延期。不写日期的，按申请的日期。",
    "example.grant": "zg grant 1\nzg grant 1 --to 2020-10-16 --note 不再延期",
    "help.refuse": "不同意延期，原期限不变。",
    "example.refuse": "zg refuse 1 --reason 具备按期完成的条件\nzg refuse 1 2 --reason 理由不充分",
    "help.reopen": "已销号的事项反弹或验收有误的，重新整改，编号不变。原单位并入其他单位的由承接单位办理，无承接的用 --lead 写明牵头单位。",
    "example.reopen": "zg reopen 1 --reason 回头看发现反弹 --as relapse\nzg reopen 1 --reason 验收有误 --as correction --due 10wd",
    "help.reassign": "改派给另一个牵头单位，期限重新起算。",
    "example.reassign": "zg reassign 1 --lead 市税务局 --reason 职责划转\nzg reassign 1 --lead 市税务局 --with 市公安局 --reason 职责划转",
    "help.amend": "更正督办单位自己登记有误之处，新旧内容都留在记录里，不计入单位考核。待验收时不能改为验收要求更低的类别。",
    "example.amend": "zg amend 1 --due 2020-10-16 --reason 日期录入有误\nzg amend 1 --title \"企业开办环节材料重复提交\" --reason 表述不准",
    "help.comment": "在任何状态下加一条备注，可以附文件。督办单位的备注承办单位不可见，除非加 --to-unit。",
    "example.comment": "zg comment 1 --note 请一并报送新表 --to-unit\nzg list --light red | zg comment - --note 已报领导",
    "help.link": "注明这件事项与另一件重复，或是以前的问题又出现（反复）。",
    "example.link": "zg link 2 --duplicate-of 1\nzg link 2 3 --duplicate-of 1\nzg link 4 --repeats ZG-2019-0003",
    "help.unlink": "登记重复有误的，取消关联；两件事项的经过都记下，原事项的牵头单位收到提醒。",
    "example.unlink": "zg unlink 2 --reason 不是同一个问题\nzg unlink 2 --reason 不是同一个问题 --dry-run",
    "help.do": "办理任一流程的任一操作，填写项用 --set。zg can 编号 可以看到有哪些操作、需要填写什么。",
    "example.do": "zg do verify 1 --set note=现场核验通过\nzg do call-back 8 --set note=已回访，情况属实",
    "help.show": "显示一件事项。--at 显示它在过去某一时间的情况。",
    "example.show": "zg show 1\nzg show 1 --at 2020-10-09T12:00 --json",
    "help.log": "逐条列出事项的经过，几件的每条注明编号；来文批次（B-2020-0001）、评价轮次（R-2020-01）也可；--admin 列出管理记录。",
    "example.log": "zg log 1\nzg list --changed-since 昨天 | zg log -",
    "help.why": "说明日期怎样逐日算出，为什么是这个灯色，哪些节点已触发、跳过、待触发，哪些时限已中止。",
    "example.why": "zg why 1\nzg why 1 --json",
    "help.can": "列出每个操作现在能不能办、由谁办、需要填写什么；不能办的列出全部原因。写明操作的，不能办时退出码为 5 或 4。",
    "example.can": "zg can 1\nzg --as 市发改委 can 1 submit",
    "help.plan": "列出工作方案的任务、牵头单位和在办件数；--json 包括单位、分组、指标和目标值。",
    "example.plan": "zg plan\nzg plan --json",
    "help.whoami": "说明现在以哪个账号、什么身份、代表哪个单位办理，以及用的是哪个数据库。",
    "example.whoami": "zg whoami\nzg --as 市公安局 whoami --json",
    "help.config": "列出各项设置及其来处：选项、环境变量、zg.toml 或默认值。密码等不显示。不打开数据库。",
    "example.config": "zg config\nzg config --json",
    "help.sweep": "触发现在到期的督办节点，并列出触发了什么。重复运行不会重复触发。",
    "example.sweep": "zg sweep\nzg sweep --json",
    "help.clock": "显示现在的时间；演练数据库的时钟只由这里拨动，只能向前，拨动不触发节点。",
    "example.clock": "zg clock\nzg clock advance 3d",
    "help.clock.advance": "把演练时钟向前拨一段时间：3d 是三天后的同一钟点，5wd 是第五个工作日下班时。",
    "example.clock.advance": "zg clock advance 3d\nzg clock advance 5wd",
    "help.clock.set": "把演练时钟拨到某一时间，只能向前。",
    "example.clock.set": "zg clock set 2020-10-09T09:00\nzg clock set 2020-10-13",
    "help.calendar": "工作日历：依据国务院办公厅放假通知和本单位办公时间。",
    "example.calendar": "zg calendar show 2020\nzg calendar due 2020-09-30 5wd",
    "help.calendar.show": "列出某年的放假、补班和本单位特别安排。",
    "example.calendar.show": "zg calendar show\nzg calendar show 2020 --json",
    "help.calendar.due": "从某日起算一段时间，得出到期日，并逐日列出。START 写“-”则从标准输入逐行读取“起始<TAB>时长”，输出 JSON。",
    "example.calendar.due": "zg calendar due 2020-09-30 5wd\nprintf '2020-09-30\\t5wd\\n' | zg calendar due -",
    "help.calendar.check": "检查日历能否使用、放假安排覆盖到哪一天。",
    "example.calendar.check": "zg calendar check\nzg calendar check --json",
    "help.audit": "存证：每条记录与前一条以散列相连，改动必留痕迹。",
    "example.audit": "zg audit verify\nzg audit verify --json",
    "help.audit.verify": (
        "重新计算每条记录的散列、重演每件事项并与登记表比对，核对全部存证。不一致的列出，退出码为 9。\n"
        "写编号则只核验该件和存证。"
    ),
    "example.audit.verify": "zg audit verify\nzg audit verify 1 --code 12-7KQ4-9D3M-XW2P-0HTA",
    "help.unit": "单位：代码永不重用，责任属于单位而不属于个人。",
    "example.unit": "zg unit list\nzg unit merge 市工信局 --into 市科技局 --from 2020-09-01 --basis 文号 --dry-run",
    "help.unit.list": "列出单位和分组的代码、名称、别名和隶属关系。",
    "example.unit.list": "zg unit list\nzg unit list --json",
    "help.workflow": "流程是数据：状态、时限、节点、操作都写在文件里，事项从立项起绑定一个版本。",
    "example.workflow": "zg workflow show rectification\nzg workflow check 我的流程.yaml",
    "help.workflow.list": "列出现有流程及其版本。",
    "example.workflow.list": "zg workflow list\nzg workflow list --json",
    "help.workflow.show": "列出一个流程依据的规定、状态、时限、节点和操作。",
    "example.workflow.show": "zg workflow show rectification\nzg workflow show complaint --json",
    "help.workflow.check": "检查流程文件，列出全部问题及其行号；有问题的退出码为 8。",
    "example.workflow.check": "zg workflow check workflows/rectification.yaml\nzg workflow check 我的流程.yaml --json",
    "help.workflow.draw": "把流程（名称或文件）画成 Mermaid 状态图，输出文本。",
    "example.workflow.draw": "zg workflow draw rectification > 流程.mmd\nzg --lang en workflow draw complaint",
    "help.workflow.load": "检查流程文件，逐项说明与现行版本有何不同，再启用。在办事项仍按立项时的版本；有问题的退出码为 8。",
    "example.workflow.load": "zg workflow load 我的流程.yaml --dry-run\nzg workflow load 我的流程.yaml",
    "help.workflow.diff": "逐项说明两个版本有何不同；每个版本写流程名称（现行版本）、散列的前几位，或流程文件。",
    "example.workflow.diff": "zg workflow diff rectification 我的流程.yaml\nzg workflow diff 3f2a9c rectification --json",
    "help.workflow.migrate": (
        "把一个流程的全部在办事项转到另一版本，逐件列出新的状态、日期和节点；有一件转不了就都不转，并说明原因。\n"
        "整改时限和人定的日期不变，已发的节点不再发；中断后再运行一次，只办剩下的。"
    ),
    "example.workflow.migrate": (
        "zg workflow migrate rectification --dry-run\nzg workflow migrate rectification --to 3f2a9c --map submitted=checking"
    ),
    "help.init": "新建数据库，载入随程序提供的流程和工作日历；--seed 载入一个方案及其单位，--sandbox 建演练数据库。",
    "example.init": "zg init --seed pingdingshan-2020\nzg --db sqlite:///演练.db init --seed pingdingshan-2020 --sandbox 2020-09-25",
    "help.demo": "在一个新的演练数据库里演示一轮闭环：上级清单、交办通知、两轮评价、一次暗访、台账。数据库和表格留下供试用。",
    "example.demo": "zg demo\nzg demo --serve",
    "help.upgrade": "把数据库结构升级到本程序的版本，一次完成或完全不变。文件数据库先在旁边另存一份；服务器上的要有备份。",
    "example.upgrade": "zg upgrade\nzg --db sqlite:///zg.db upgrade",
}
