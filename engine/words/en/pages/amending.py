"""The pages on which the office corrects a ticket."""

from __future__ import annotations

TEXTS = {
    "page.amending.title": "Correct",
    "page.amending.hint": "For what the office itself entered wrongly. What is left empty stays; what was sent by a wrong date is void.",
    "page.amending.reason": "Why it is corrected", "page.amending.same": "As it is",
    "page.amending.links": "How it belongs to others", "page.amending.relation": "Relation",
    "page.amending.other": "Number of the other ticket",
    "page.amending.repeats": "an earlier fault that came back", "page.amending.duplicate-of": "a duplicate of it, which is kept",
    "page.amending.link": "Say so", "page.amending.unlink": "Take it back",
    "page.amending.take-over": "Take over: {act}",
}
