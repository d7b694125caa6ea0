"""签发、不予签发的说明与示例。"""

from __future__ import annotations

TEXTS = {
    "short.issue": "签发建议发出的督办函、通报、约谈", "short.waive": "建议的文书不予签发",
    "help.issue": "签发节点到期时建议发出的文书。不写 --rung 的，签发级别最高的一种，较低的一并了结；同一单位同一天的几件是一份文书。",
    "example.issue": (
        "zg issue 1 --by 督查室主任\n"
        "zg list --proposals --unit 市公安局 | zg issue - --by 督查室主任"
    ),
    "help.waive": "建议的文书不予签发，写明理由。不写 --rung 的，全部不予签发；级别照旧，不计为已督办。",
    "example.waive": "zg waive 1 --reason 已当面督促，三日内办结\nzg waive 1 --rung 通报 --reason 先发督办函",
    "option.issue.in_by": "签发人的姓名或职务", "option.in_rung": "哪一个节点，如 通报 circular，名称、代码都可以写",
    "option.proposals": "列出待签发的文书：每个单位每天每种一行",
}
