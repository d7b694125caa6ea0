"""统计。"""

from __future__ import annotations

TEXTS = {
    "page.figures.title": "统计",
    "page.figures.opened": "本年立项",
    "page.figures.closed": "本年销号",
    "page.figures.days": "平均工作日",
    "page.figures.funnel": "办理进度",
    "page.figures.stage": "走到",
    "page.figures.reached": "本年件数",
    "page.figures.stage-found": "立项",
    "page.figures.stage-assigned": "已交办",
    "page.figures.stage-rectifying": "已签收整改",
    "page.figures.stage-submitted": "已申请销号",
    "page.figures.stage-verified": "已销号",
    "page.figures.by-level": "督办级别",
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
