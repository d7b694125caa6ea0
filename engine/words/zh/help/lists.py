"""台账、今日待办、分类统计：筛选项。"""

# ruff: noqa: E501 – 一条文字占一行

from __future__ import annotations

TEXTS = {
    "option.all_": "连同已办结的", "option.closed": "只看已办结的", "option.state": "状态，可写多个", "option.unit": "牵头或配合的单位，可写多个",
    "option.light": "灯色，可写多个", "option.overdue": "只看逾期未办结的", "option.list.source": "来源，可写多个",
    "option.turn": "当前责任方：office、lead、cooperator、head，可写多个", "option.text": "标题或编号中的文字",
    "option.sort": "排序：due 期限、turn-due 本环节到期日、number 编号、newest 最新、changed 最近变动、level 督办级别",
    "option.limit": "每页件数；程序不写则得到全部", "option.after": "从这一件（编号）或上一页给出的标记之后继续",
}
