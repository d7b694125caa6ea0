"""命令行帮助的中文文本。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "help.heading.examples": "示例", "help.heading.usage": "用法", "help.heading.options": "选项", "help.heading.commands": "命令",
    "group.do": "办理", "group.see": "查看", "group.time": "时间", "group.trust": "存证与单位", "group.rules": "流程", "group.start": "开始使用",

    "help.zg": "整改：营商环境整改事项的交办、督办和销号，按工作日计算期限，全程留痕。",
    "example.zg": (
        "zg demo                                             用一分钟看完一件事项的始末\n"
        "zg open \"企业开办材料重复提交\" --source visit       立项\n"
        "zg assign 1 --lead 市市场监管局                     交办\n"
        "zg list --light red                                 查看逾期事项"
    ),
    "help.zg.more": (
        "zg 命令 --help 查看用法和示例。编号写 ZG-2026-0001，也可只写本年的序号 1；写“-”则从标准输入读取编号。\n"
        "退出码：0 成功，1 错误，2 写法不对，3 没有找到，4 无权，5 现在不能办，6 被别人改动，7 部分未成，8 文件有误，9 核验不通过，75 稍后再试。\n"
        "按 TAB 补全：bash 运行 eval \"$(_ZG_COMPLETE=bash_source zg)\"，zsh 用 zsh_source，fish 用 fish_source。"
    ),
    "option.zg.db": "数据库位置（环境变量 ZG_DB）", "option.zg.as": "以谁的身份：账号，或单位的代码、名称、别名（ZG_AS）",
    "option.zg.lang": "语言（ZG_LANG）", "option.zg.color": "是否用颜色", "option.zg.debug": "出错时显示技术细节",
    "option.zg.version": "显示版本", "option.zg.help": "显示帮助",

    # 各命令一行简介
    "short.open": "立项：登记一件整改事项", "short.assign": "交办给牵头单位", "short.accept": "签收",
    "short.decline": "申请退回（非本单位职责）", "short.sign-off": "配合单位确认本单位部分已完成", "short.endorse": "单位负责人审签",
    "short.submit": "申请销号，附整改情况和佐证", "short.verify": "验收销号", "short.reject": "验收不通过，退回整改",
    "short.withdraw": "撤销", "short.suspend": "暂缓，期限停表", "short.resume": "恢复，期限继续", "short.request-extension": "申请延期",
    "short.grant": "同意延期", "short.refuse": "不同意延期", "short.reopen": "已销号的重新整改", "short.reassign": "改派给另一个单位",
    "short.amend": "更正登记有误之处", "short.comment": "备注", "short.link": "注明与另一件重复", "short.do": "办理流程中的任一操作",
    "short.list": "事项清单", "short.show": "一件事项的现状或过去某时的情况", "short.log": "经过", "short.why": "日期的来历、灯色的原因、下一步提醒",
    "short.can": "现在可以做什么，不能做的为什么", "short.plan": "督办的工作方案及各任务在办件数",
    "short.sweep": "触发到时间的督办梯次", "short.clock": "现在的时间；拨动演练时钟", "short.calendar": "工作日历和期限试算",
    "short.audit": "核验存证", "short.unit": "单位", "short.workflow": "流程的内容、检查和绘图", "short.init": "新建数据库",
    "short.demo": "演示一件事项的始末", "short.upgrade": "升级数据库结构",
    "short.clock.advance": "向前拨一段时间", "short.clock.set": "拨到某一时间", "short.calendar.show": "某年的放假与补班",
    "short.calendar.due": "试算期限，逐日列出", "short.calendar.check": "检查日历及其覆盖范围", "short.audit.verify": "逐条核验",
    "short.unit.list": "单位的代码、名称、别名", "short.workflow.list": "现有流程", "short.workflow.show": "流程的状态、时限和操作",
    "short.workflow.check": "检查流程文件", "short.workflow.draw": "画成 Mermaid 图",

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
    "help.endorse": "单位负责人审签；A 类、B 类事项审签后才能申请销号。",
    "example.endorse": "zg --as fgw-head endorse 1\nzg --as fgw-head endorse 1 --file 审签单.pdf",
    "help.submit": "牵头单位申请销号，写明整改情况，附佐证文件。",
    "example.submit": (
        "zg --as 市发改委 submit 1 --note 五张表合并为一张\n"
        "zg --as 市发改委 submit 1 --note 已整改 --file 新表.pdf --file 照片.jpg"
    ),
    "help.verify": "督办单位验收，符合要求的销号。参与过整改的人不能验收。",
    "example.verify": "zg verify 1 --note 现场核验通过\nzg verify 1 2 3",
    "help.reject": "验收不符合要求的退回整改，至少再给规定的时间。",
    "example.reject": "zg reject 1 --reason 县区窗口仍收纸质证明\nzg reject 1 --reason 佐证不全 --due 5wd",
    "help.withdraw": "撤销不应立项或重复的事项，编号保留。",
    "example.withdraw": "zg withdraw 2 --reason 与1号相同 --as duplicate --of 1\nzg withdraw 3 --reason 登记有误 --as mistake",
    "help.suspend": "因客观原因暂缓，期限停表。",
    "example.suspend": "zg suspend 1 --reason 等待省级系统上线\nzg suspend 1 --reason 等待省级系统上线 --until 2026-12-01",
    "help.resume": "恢复暂缓的事项，余下的工作时间继续计算。",
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
    "help.reopen": "已销号的事项反弹或验收有误的，重新整改，编号不变。",
    "example.reopen": "zg reopen 1 --reason 回头看发现反弹 --as relapse\nzg reopen 1 --reason 验收有误 --as correction --due 10wd",
    "help.reassign": "改派给另一个牵头单位，期限重新起算。",
    "example.reassign": "zg reassign 1 --lead 市税务局 --reason 职责划转\nzg reassign 1 --lead 市税务局 --with 市公安局 --reason 职责划转",
    "help.amend": "更正督办单位自己登记有误之处，新旧内容都留在记录里，不计入单位考核。",
    "example.amend": "zg amend 1 --due 2020-10-16 --reason 日期录入有误\nzg amend 1 --title \"企业开办环节材料重复提交\" --reason 表述不准",
    "help.comment": "在任何状态下加一条备注，可以附文件。",
    "example.comment": "zg comment 1 --note 已电话联系\nzg list --light red | zg comment - --note 已通报分管领导",
    "help.link": "注明这件事项与另一件重复。",
    "example.link": "zg link 2 --duplicate-of 1\nzg link 2 3 --duplicate-of 1",
    "help.do": "办理任一流程的任一操作，填写项用 --set。zg can 编号 可以看到有哪些操作、需要填写什么。",
    "example.do": "zg do verify 1 --set note=现场核验通过\nzg do call-back 8 --set note=已回访，情况属实",
    "help.list": "列出整改事项。终端上是表格；接到别的程序时，每行一件，以制表符分隔，编号在前，代码不翻译。",
    "example.list": "zg list --unit 市发改委 --light red\nzg list --overdue --sort level --json",
    "help.show": "显示一件事项。--at 显示它在过去某一时间的情况。",
    "example.show": "zg show 1\nzg show 1 --at 2020-10-09T12:00 --json",
    "help.log": "逐条列出一件事项的经过；--admin 列出管理记录。",
    "example.log": "zg log 1\nzg log --admin --json",
    "help.why": "说明日期怎样逐日算出，为什么是这个灯色，哪些梯次已触发、跳过、待触发，什么在停表。",
    "example.why": "zg why 1\nzg why 1 --json",
    "help.can": "列出每个操作现在能不能办、由谁办、需要填写什么；不能办的列出全部原因。写明操作的，不能办时退出码为 5 或 4。",
    "example.can": "zg can 1\nzg --as 市发改委 can 1 submit",
    "help.plan": "列出工作方案的任务、牵头单位和在办件数；--json 包括单位、分组、指标和目标值。",
    "example.plan": "zg plan\nzg plan --json",
    "help.sweep": "触发现在到时间的督办梯次，并列出触发了什么。重复运行不会重复触发。",
    "example.sweep": "zg sweep\nzg sweep --json",
    "help.clock": "显示现在的时间；演练数据库的时钟只由这里拨动，只能向前，拨动不触发梯次。",
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
    "help.audit.verify": "重新计算每条记录的散列、重演每件事项并与登记表比对。不一致的列出，退出码为 9。",
    "example.audit.verify": "zg audit verify\nzg audit verify --json",
    "help.unit": "单位：代码永不重用，责任属于单位而不属于个人。",
    "example.unit": "zg unit list\nzg unit list --json",
    "help.unit.list": "列出单位和分组的代码、名称、别名和隶属关系。",
    "example.unit.list": "zg unit list\nzg unit list --json",
    "help.workflow": "流程是数据：状态、时限、梯次、操作都写在文件里，事项从立项起绑定一个版本。",
    "example.workflow": "zg workflow show rectification\nzg workflow check 我的流程.yaml",
    "help.workflow.list": "列出现有流程及其版本。",
    "example.workflow.list": "zg workflow list\nzg workflow list --json",
    "help.workflow.show": "列出一个流程依据的规定、状态、时限、梯次和操作。",
    "example.workflow.show": "zg workflow show rectification\nzg workflow show complaint --json",
    "help.workflow.check": "检查流程文件，列出全部问题及其行号；有问题的退出码为 8。",
    "example.workflow.check": "zg workflow check workflows/rectification.yaml\nzg workflow check 我的流程.yaml --json",
    "help.workflow.draw": "把流程（名称或文件）画成 Mermaid 状态图，输出文本。",
    "example.workflow.draw": "zg workflow draw rectification > 流程.mmd\nzg --lang en workflow draw complaint",
    "help.init": "新建数据库，载入随程序提供的流程和工作日历；--seed 载入一个方案及其单位，--sandbox 建演练数据库。",
    "example.init": "zg init --seed pingdingshan-2020\nzg --db sqlite:///演练.db init --seed pingdingshan-2020 --sandbox 2020-09-25",
    "help.demo": "在一个新的演练数据库里，从立项到销号演示一遍。",
    "example.demo": "zg demo\nzg --lang en demo",
    "help.upgrade": "把数据库结构升级到本程序的版本。升级前请先备份。",
    "example.upgrade": "zg upgrade\nzg --db sqlite:///zg.db upgrade",

    # 选项
    "option.help": "显示帮助", "option.as_json": "输出 JSON，供程序使用", "option.dry_run": "试运行：只列出将追加的记录，不写入",
    "option.if_version": "仅当仍是第 N 版时才办理，否则退出码为 6", "option.source": "来源：evaluation、visit、review、complaint、monitor、"
    "instruction、superior、meeting、inspection、media、self", "option.measure": "工作任务编号，如 3.1", "option.grade": "问题类别：A 疑难、B 跨部门、C 简易",
    "option.detail": "详情", "option.lead": "牵头单位：代码、名称或别名", "option.with_": "配合单位，可写多个",
    "option.leader": "分管市领导的账号", "option.due": "整改时限：2020-10-09、10月9日、5wd、1mo 等", "option.workflow": "流程，默认 rectification",
    "option.key": "来源系统的标识；同一标识、同样内容只立一次", "option.in_lead": "牵头单位：代码、名称或别名",
    "option.in_with": "配合单位，可写多个", "option.in_leader": "分管市领导的账号", "option.in_due": "整改时限：2020-10-09、10月9日、5wd、1mo 等",
    "option.in_to": "延到何时", "option.in_until": "暂缓到何时", "option.in_designate": "指定承办，不能退回", "option.in_basis": "指定的依据",
    "option.in_reason": "理由", "option.in_clause": "职责依据", "option.in_note": "说明", "option.in_approved_by": "批准人",
    "option.in_suggest": "建议的承办单位", "option.in_of": "重复的原事项编号", "option.in_file": "佐证文件，可写多个",
    "option.withdraw.in_as": "情形：duplicate 重复、mistake 误立、not-a-problem 不构成问题",
    "option.reopen.in_as": "情形：relapse 反弹、correction 验收有误",
    "option.reason": "更正的理由", "option.title": "新的标题", "option.amend.due": "新的整改时限", "option.amend.source": "新的来源",
    "option.other": "原事项编号", "option.pairs": "填写项，如 note=内容；可写多个", "option.file": "佐证文件，可写多个",
    "option.state": "状态", "option.unit": "牵头或配合的单位", "option.light": "灯色", "option.overdue": "只看逾期的",
    "option.list.source": "来源", "option.turn": "轮到谁：office、lead、cooperator、head", "option.text": "标题或编号中的文字",
    "option.sort": "排序：due 期限、turn-due 当前到期日、number 编号、newest 最新、changed 最近变动、level 督办级别",
    "option.limit": "每页件数", "option.after": "从这一件（编号）或上一页给出的标记之后继续", "option.at": "过去的某一时间", "option.admin": "管理记录",
    "option.seed": "初始数据的名称，如 pingdingshan-2020", "option.sandbox": "建演练数据库，时钟停在这一时间",
}
