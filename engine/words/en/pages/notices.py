"""Notices."""

from __future__ import annotations

TEXTS = {
    "page.notices.title": "Notices",
    "page.notices.new-only": "What is new",
    "page.notices.all": "All",
    "page.notices.none": "Nothing new.",
    "page.notices.outbox": "Outbox",
    "page.notices.dead": "What was given up",
    "page.notices.resend": "Send the chosen again",
    "page.notices.resend-all": "Send all again that was given up",
}
