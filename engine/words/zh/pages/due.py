"""到期日历。"""

from __future__ import annotations

TEXTS = {
    "page.due.title": "到期日历",
    "page.due.now": "本月",
    "page.due.rest": "休",
    "page.due.more": "另有 {count} 件",
    "page.due.too-many": "本月到期的事项太多，只显示最早的 500 件。",
    "page.due.day-0": "周一",
    "page.due.day-1": "周二",
    "page.due.day-2": "周三",
    "page.due.day-3": "周四",
    "page.due.day-4": "周五",
    "page.due.day-5": "周六",
    "page.due.day-6": "周日",
}
