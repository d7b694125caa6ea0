"""zg --help 的首页，以及各命令一行简介。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "help.heading.examples": "示例", "help.heading.usage": "用法", "help.heading.options": "选项", "help.heading.commands": "命令",
    "group.do": "办理", "group.see": "查看", "group.time": "时间", "group.trust": "存证与单位", "group.rules": "流程", "group.office": "来文", "group.start": "开始使用",

    "help.zg": "整改：营商环境整改事项的交办、督办和销号，按工作日计算期限，全程留痕。",
    "example.zg": (
        "zg demo                                             几秒钟看完一轮闭环\n"
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
    "option.zg.lang": "语言（ZG_LANG）", "option.zg.color": "是否用颜色", "option.zg.no-pager": "不分页显示", "option.zg.debug": "出错时显示技术细节",
    "option.zg.version": "显示版本", "option.zg.help": "显示帮助",

    # 各命令一行简介
    "short.open": "立项：登记一件整改事项", "short.assign": "交办给牵头单位", "short.accept": "签收",
    "short.decline": "申请退回（非本单位职责）", "short.sign-off": "配合单位确认本单位部分已完成", "short.endorse": "单位负责人审签",
    "short.submit": "申请销号，附整改情况和佐证", "short.verify": "验收销号", "short.reject": "验收不通过，退回整改",
    "short.withdraw": "撤销", "short.suspend": "暂缓，中止计时", "short.resume": "恢复计时", "short.request-extension": "申请延期",
    "short.grant": "同意延期", "short.refuse": "不同意延期", "short.reopen": "已销号的重新整改", "short.reassign": "改派给另一个单位",
    "short.amend": "更正登记有误之处", "short.comment": "备注", "short.link": "注明与另一件重复或为其反复", "short.unlink": "取消有误的关联", "short.do": "办理流程中的任一操作",
    "short.list": "事项清单", "short.export": "导出台账：xlsx、csv、jsonl、日历", "short.show": "一件事项的现状或过去某时的情况", "short.log": "经过", "short.why": "日期的来历、灯色的原因、下一步提醒",
    "short.can": "现在可以做什么，不能做的为什么", "short.plan": "督办的工作方案及各任务在办件数",
    "short.whoami": "当前以谁的身份办理", "short.config": "各项设置及其来处",
    "short.sweep": "触发到期的督办节点", "short.clock": "现在的时间；拨动演练时钟", "short.calendar": "工作日历和期限试算",
    "short.audit": "核验存证", "short.unit": "单位", "short.workflow": "流程及其版本", "short.init": "新建数据库",
    "short.demo": "演示一轮闭环", "short.upgrade": "升级数据库结构",
    "short.clock.advance": "向前拨一段时间", "short.clock.set": "拨到某一时间", "short.calendar.show": "某年的放假与补班",
    "short.calendar.due": "试算期限，逐日列出", "short.calendar.check": "检查日历及其覆盖范围", "short.audit.verify": "逐条核验",
    "short.unit.list": "单位的代码、名称、别名", "short.workflow.list": "现有流程", "short.workflow.show": "流程的状态、时限和操作",
    "short.workflow.check": "检查流程文件", "short.workflow.draw": "画成 Mermaid 图",
    "short.workflow.load": "载入流程文件，启用新版本", "short.workflow.diff": "两个版本有何不同",
    "short.workflow.migrate": "在办事项换用另一版本",
}
