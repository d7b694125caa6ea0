"""统计。"""

from __future__ import annotations

TEXTS = {
    "page.figures.title": "统计",
    "page.figures.opened": "本年立项",
    "page.figures.closed": "本年销号",
    "page.figures.days": "平均工作日",
    "page.figures.by-state": "在办各环节",
    "page.figures.by-age": "在办时长",
    "page.figures.by-month": "逐月趋势",
    "page.figures.by-unit": "各牵头单位",
    "page.figures.bar": "图",
    "page.figures.age": "立项以来",
    "page.figures.age-days": "{days} 天",
    "page.figures.month": "月份",
    "page.figures.of": "在办 {open}，其中逾期 {late}",
}
