"""督查检查。"""

from __future__ import annotations

TEXTS = {
    "page.visits.title": "督查检查",
    "page.visits.none": "没有督查检查。",
    "page.visits.open": "只看未办结的",
    "page.visits.every": "含已办结的",
}
