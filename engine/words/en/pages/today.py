"""What waits today."""



from __future__ import annotations

TEXTS = {
    "page.today.title": "Today",
    "page.today.none": "Nothing waits for you today.",
    "page.today.look": "Look",
    "page.today.tickets": "Tickets",
}
