"""The calendar of due dates."""

from __future__ import annotations

TEXTS = {
    "page.due.title": "Due dates",
    "page.due.now": "This month",
    "page.due.rest": "rest",
    "page.due.more": "{count} more",
    "page.due.too-many": "Too many are due in this month; the first 500 are shown.",
    "page.due.day-0": "Mon",
    "page.due.day-1": "Tue",
    "page.due.day-2": "Wed",
    "page.due.day-3": "Thu",
    "page.due.day-4": "Fri",
    "page.due.day-5": "Sat",
    "page.due.day-6": "Sun",
}
