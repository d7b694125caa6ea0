"""来文批次的说明与示例。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.batch": "来文批次：收文、查看、办结", "short.batch.new": "收文，新建一批", "short.batch.show": "一批来文及其事项",
    "short.batch.list": "来文批次清单", "short.batch.close": "办结，不再收入事项",
    "help.batch": "来文批次：随一份来文而来的事项成一批，有一个交办期限。承办单位看不到批次。",
    "example.batch": (
        "zg batch new \"省营商环境评价反馈问题\" --letter 豫营商办〔2020〕12号 --date 2020-09-20 --sender 省营商办\n"
        "zg open \"企业开办材料重复提交\" --source superior --batch 1"
    ),
    "help.batch.new": "收文：登记来文的事项、文号、日期和单位，得到一个批次编号。\n--limit 是全部交办的期限，不写为 10 个工作日；到期提醒督办单位，全批一次，不逐件提醒。--file 是来文的扫描件。",
    "example.batch.new": (
        "zg batch new \"省营商环境评价反馈问题\" --letter 豫营商办〔2020〕12号 --date 2020-09-20 --sender 省营商办\n"
        "zg batch new \"巡察反馈问题\" --letter 平巡发〔2020〕3号 --date 9月18日 --sender 市委巡察办 --limit 5wd"
    ),
    "help.batch.show": "显示一批来文、交办期限和其中的事项。",
    "example.batch.show": "zg batch show 1\nzg batch show B-2020-0001 --json",
    "help.batch.list": "列出未办结的来文批次，新的在前；--all 包括已办结的。",
    "example.batch.list": "zg batch list\nzg batch list --all --json",
    "help.batch.close": "办结一批来文：其中的事项全部交办以后，不再收入事项。",
    "example.batch.close": "zg batch close 1\nzg batch close B-2020-0001 --dry-run",
    "option.letter": "来文号", "option.dated": "来文日期", "option.sender": "来文单位",
    "option.batch.new.file": "来文的扫描件，可写多个", "option.batch.new.limit": "多长时间内全部交办，如 5wd；不写为 10 个工作日",
    "option.open.batch": "归入哪一批来文，如 B-2020-0001",
}
