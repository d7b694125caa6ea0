"""展示大屏。"""

from __future__ import annotations

TEXTS = {
    "page.screen.title": "整改督办情况",
    "page.screen.stop": "停止自动更新",
    "page.screen.go-on": "每分钟自动更新",
    "page.screen.late": "逾期的单位",
}
