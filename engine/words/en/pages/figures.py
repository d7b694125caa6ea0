"""Figures."""

from __future__ import annotations

TEXTS = {
    "page.figures.title": "Figures",
    "page.figures.opened": "Opened this year",
    "page.figures.closed": "Closed this year",
    "page.figures.days": "Mean working days",
    "page.figures.funnel": "How far they came",
    "page.figures.stage": "Came to",
    "page.figures.reached": "this year",
    "page.figures.stage-found": "opened",
    "page.figures.stage-assigned": "assigned",
    "page.figures.stage-rectifying": "accepted",
    "page.figures.stage-submitted": "submitted",
    "page.figures.stage-verified": "closed",
    "page.figures.by-level": "Open by level",
    "page.figures.by-state": "Open by state",
    "page.figures.by-age": "Open by age",
    "page.figures.by-month": "By month",
    "page.figures.by-unit": "By lead",
    "page.figures.bar": "Chart",
    "page.figures.age": "Since opened",
    "page.figures.age-days": "{days} days",
    "page.figures.month": "Month",
    "page.figures.of": "{open} open, {late} of them late",
}
