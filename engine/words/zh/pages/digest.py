"""一周情况。"""

from __future__ import annotations

TEXTS = {
    "page.digest.title": "一周情况",
    "page.digest.said": (
        "七天新立 {opened} 件（上周 {opened_before}），办结 {closed} 件（上周 {closed_before}）；"
        "现未办结 {open} 件，其中逾期 {late} 件。"
    ),
    "page.digest.units": "分管单位",
    "page.digest.late": "逾期的",
    "page.digest.coming": "今后七天到期",
    "page.digest.none": "没有。",
}
