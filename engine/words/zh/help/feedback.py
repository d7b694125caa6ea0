"""诉求评价的说明与示例。"""

from __future__ import annotations

TEXTS = {
    "option.feedback.receive.columns": "说明一列是什么，如 网格=item；- 表示不用",
    "option.feedback.receive.kind": "没有类型也没有等级的行是什么：{choices}",
    "option.feedback.reconcile.columns": "说明一列是什么，如 网格=item；- 表示不用",
    "option.feedback.reconcile.kind": "没有类型也没有等级的行是什么：{choices}",
    "short.feedback": "诉求评价：其他平台转来的投诉和好差评", "short.feedback.receive": "接收一个文件的投诉和评价",
    "short.feedback.list": "诉求评价清单", "short.feedback.show": "一条诉求评价及其工单",
    "help.feedback": (
        "12345 热线、省平台等转来的投诉和好差评。每条差评、每件未办结的投诉都有一件工单；好评只计数。\n"
        "来源方的内容由来源方改，办理由本系统管，同一条消息收多少次都一样。"
    ),
    "example.feedback": "zg feedback receive 差评.xlsx --source 省平台\nzg feedback show 1",
    "help.feedback.receive": (
        "先预览，加 --commit 才写入。文件是 xlsx、csv 或一行一条的 jsonl，要有编号、时间，评价要有满意度等级和被评单位；\n"
        "还可以有版本、类型、事项、内容、姓名、电话、状态。姓名和电话只有督办单位看得到，可以删除。\n"
        "同一编号、同一版本只收一次；旧版本不采用；同一单位同一事项的差评并入未办结的工单。\n"
        "没有读取的列会提示，--map 指明含义；既没有类型也没有等级的行，--kind 指明是投诉还是评价。有问题的行不影响其他行。"
    ),
    "example.feedback.receive": (
        "zg feedback receive 差评.xlsx --source 省平台\nzg feedback receive 投诉.jsonl --source 12345 --commit --json"
    ),
    "help.feedback.list": "列出工单未办结和不需要工单的诉求评价，新的在前；--all 包括已办结的，--ticket 只列一件工单的。",
    "example.feedback.list": "zg feedback list\nzg feedback list --ticket 3 --json",
    "help.feedback.show": "显示一条诉求评价：来源方的内容、工单、回访结果。诉求人和电话只有督办单位看得到。",
    "example.feedback.show": "zg feedback show 1\nzg feedback show F-2020-0001 --json",
    "short.report": "报告：差评整改情况", "short.report.reviews": "每个差评的工单、回访、结果，或者没有的原因",
    "help.report": "从记录中得出的报告。",
    "example.report": "zg report reviews\nzg report reviews --from 2020-01-01 --to 2020-03-31 --out 差评整改.xlsx",
    "help.report.reviews": (
        "列出一段时间的每条评价：工单、回访、整改结果；没有的写明原因。好评只计数，合计与明细相符。不写起止为今年以来。\n"
        "单位只看到本单位的；不含姓名、电话和评价内容。--out 写成表格。"
    ),
    "example.report.reviews": (
        "zg report reviews --unit 市市场监管局\nzg report reviews --from 2020-01-01 --to 2020-03-31 --out 差评整改.xlsx"
    ),
    "option.report.reviews.since": "从哪一天起", "option.report.reviews.before": "到哪一天止",
    "option.report.reviews.unit": "只列一个单位的",
    "option.report.reviews.out": "写成表格的文件",
    "short.feedback.dismiss": "未能收下的不再等",
    "help.feedback.dismiss": (
        "未能收下的评价连同原因列在 zg report reviews 里，直到来源方改正后重发。不会再来的（没有编号的行、平台的测试）写明理由后\n"
        "不再等，理由留在日志里。"
    ),
    "example.feedback.dismiss": (
        "zg feedback dismiss R17 --source 省平台 --reason 平台测试数据\n"
        "zg feedback dismiss R18 --source 省平台 --reason 与R12是同一条评价"
    ),
    "option.feedback.dismiss.source": "来源方的名称", "option.feedback.dismiss.reason": "为什么不必办理",
    "short.feedback.link": "生成回访链接", "short.feedback.answer": "代录电话回访结果", "short.feedback.decide": "答复重办申请",
    "help.feedback.link": (
        "工单办结后生成回访链接的口令，诉求人凭它评价一次，14 天内有效。口令只显示这一次，系统只存散列值；再生成则原链接作废。"
    ),
    "example.feedback.link": "zg feedback link 1\nzg feedback link F-2020-0001 --json=token,until",
    "help.feedback.answer": (
        "代录诉求人的回访结果：满意，或不满意并写原因（--because、--text）。每次办结评价一次。\n"
        "没有解决等原因和任何文字意见都作为重办申请，三个工作日内由人答复。"
    ),
    "example.feedback.answer": (
        "zg feedback answer 1 满意 --by 电话\nzg feedback answer 1 不满意 --because 问题没有解决 --text 窗口仍要材料 --by 电话"
    ),
    "help.feedback.decide": (
        "答复重办申请。--reopen 同意，同时重启工单：已整改的重办，撤销或不属实的重新核定，正在办理的继续办；--keep 维持办结。\n"
        "zg today 列出待答复的申请。"
    ),
    "example.feedback.decide": "zg feedback decide 1 --reopen --reason 情况属实\nzg feedback decide 1 --keep --reason 已按规定办结",
    "option.feedback.answer.because": "不满意的原因：{choices}", "option.feedback.answer.text": "诉求人的原话",
    "option.feedback.answer.by": "回访方式：{choices}", "option.feedback.decide.reopen": "同意重办",
    "option.feedback.decide.keep": "维持办结", "option.feedback.decide.reason": "理由",
    "short.feedback.outcomes": "反馈给来源方的办理结果", "short.feedback.reconcile": "与来源方的文件核对，不改动",
    "help.feedback.outcomes": (
        "列出已反馈的办理结果：来源方编号、工单、结果、版本和回传标识。系统值守或 zg sweep 在工单状态变化后反馈一次，同时发给回调地址。\n"
        "--out 写成文件，.csv 或一行一条的 jsonl。来源方回传时带上标识，就不会当作新的内容。"
    ),
    "example.feedback.outcomes": "zg feedback outcomes --source 省平台\nzg feedback outcomes --source 省平台 --out 反馈.csv",
    "help.feedback.reconcile": "列出来源方的文件与这里的不一致：缺少的、版本不同的、一边已办结一边没有的。不改动任何内容。",
    "example.feedback.reconcile": "zg feedback reconcile 全部.xlsx --source 省平台\nzg feedback reconcile 全部.jsonl --source 12345 --json",
    "option.feedback.outcomes.source": "来源方的名称", "option.feedback.outcomes.out": "写成文件",
    "option.feedback.reconcile.source": "来源方的名称",
    "option.feedback.receive.source": "来源方的名称，如 省平台、12345", "option.feedback.receive.commit": "写入，不写只预览",
    "option.feedback.list.every": "包括已办结的", "option.feedback.list.ticket": "哪一件工单的",
}
