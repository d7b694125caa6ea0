"""工作日历。"""

from __future__ import annotations

TEXTS = {
    "page.calendars.title": "工作日历",
    "page.calendars.head": "全年工作日 {count} 天，办公时间",
    "page.calendars.change": "放假通知由系统管理员在服务器上导入。",
}
