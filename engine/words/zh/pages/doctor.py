"""运行检查。"""

from __future__ import annotations

TEXTS = {
    "page.doctor.title": "运行检查",
    "page.doctor.all-well": "运行正常。",
    "page.doctor.somebody": "有事需要处理。",
    "page.doctor.well": "正常",
    "page.doctor.note": "注意",
    "page.doctor.needs": "要处理",
    "page.doctor.noted": "运行正常，有需要留意的。",
}
