"""来文批次。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "kind.batch-received": "收文", "kind.batch-closed": "批次办结",
    "field.batch": "来文批次", "field.batch-title": "来文事项",
    "field.letter-number": "来文号", "field.dated": "来文日期", "field.sender": "来文单位",
    "field.received": "收文", "field.assign-due": "交办期限", "field.in-batch": "件数", "field.unassigned": "待交办",
    "field.batch-closed": "批次办结",
    "batch.received": "{date}，{who}", "batch.due": "{date}（{limit}内交办）", "batch.due-late": "{date}（{limit}内交办，已逾期）",
    "batch.late": "{date} 逾期", "batch.closed": "{date}，{who}",
    "batch.tickets": "{tickets} 件，待交办 {unassigned} 件，未办结 {open} 件",
    "batch.count": "共 {count} 批", "batch.none": "没有来文批次；zg batch new 收文，--all 包括已办结的",
    "hint.batch-next": "下一步：zg open 标题 --source superior --batch {batch}",
    "input.letter": "来文号", "input.sender": "来文单位", "input.dated": "来文日期",

    "batch-not-found": "没有编号为“{batch}”的来文批次。",
    "why.batch-not-found": "来文批次的编号写作 B-2020-0001，也可只写本年的序号。",
    "hint.batch-not-found": "zg batch list 查看来文批次",
    "may-not-receive": "“{actor}”不能收文，来文批次由督办单位登记和办结",
    "hint.may-not-receive": "用 --as office 以督办单位身份运行",
    "letter-ahead": "来文日期 {date} 还没有到", "hint.letter-ahead": "{typed.date.name} 写来文上的日期",
    "limit-empty": "交办期限不能是 0", "hint.limit-empty": "{typed.limit.name} 写时长，如 10wd",
    "letter-received": "来文“{letter}”已经收过：{batch}", "hint.letter-received": "zg batch list --all 查看已收的来文",
    "batch-over": "来文批次 {batch} 已于 {date} 办结", "hint.batch-over": "zg batch list 查看未办结的批次",
    "batch-unassigned": "来文批次 {batch} 还有 {count} 件待交办", "hint.batch-unassigned": "zg list --state found --batch {batch} 查看待交办的事项",
}
