"""今日待办。"""



from __future__ import annotations

TEXTS = {
    "page.today.title": "今日待办",
    "page.today.none": "今天没有待办。",
    "page.today.look": "查看",
    "page.today.tickets": "看事项",
}
