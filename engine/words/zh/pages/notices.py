"""提醒消息。"""

from __future__ import annotations

TEXTS = {
    "page.notices.title": "提醒消息",
    "page.notices.new-only": "只看未读",
    "page.notices.all": "看全部",
    "page.notices.none": "没有未读的消息。",
    "page.notices.outbox": "发件",
    "page.notices.dead": "只看已放弃的",
    "page.notices.resend": "重发勾选的",
    "page.notices.resend-all": "重发全部已放弃的",
}
