"""What waits today."""



from __future__ import annotations

TEXTS = {
    "page.today.denied": "Sent back by {units}",
    "page.today.letter": "Proposed: {what}",
    "page.today.title": "Today",
    "page.today.mine": "My work",
    "page.today.scan": "Hand in the signed sheet",
    "page.today.report": "Report progress",
    "page.today.bulk-sign": "Sign several",
    "page.today.none": "Nothing waits for you today.",
    "page.today.work": "One by one or several",
    "page.today.by": "by {date}",
    "page.today.look": "Look",
    "page.today.tickets": "Tickets",
    "page.today.leader": "For your decision",
    "page.today.undecided": "Nothing waits for your decision.",
    "page.today.red-own": "Red lights in your portfolio",
    "page.today.red": "Units with red lights",
    "page.today.no-red": "No red lights.",
    "page.today.more-red": "There are more in the ledger",
}
