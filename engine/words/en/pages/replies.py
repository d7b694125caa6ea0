"""One reply for several tickets."""

from __future__ import annotations

TEXTS = {
    "page.replies.title": "One reply for several",
    "page.replies.hint": "What came with one letter or on one day stands together. Tick what one text answers; each has its own result.",
    "page.replies.letter": "Letter {name}",
    "page.replies.day": "Assigned on {name}",
    "page.replies.undated": "From a ledger, the day of assignment unknown",
    "page.replies.none": "Nothing under way.",
    "page.replies.more": "These are the first; the others come as these are done.",
}
