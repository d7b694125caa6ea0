"""What leaders decided on paper."""

from __future__ import annotations

TEXTS = {
    "page.decisions.title": "Decided on paper",
    "page.decisions.hint":
        "What a leader decided on paper is written down here: who, yes or no, with a scan. What leaders decide here themselves needs none "
        "of it.",
    "page.decisions.register": "Write it down",
    "page.decisions.instruct": "An instruction",
    "page.decisions.none": "Nothing waits for a leader.",
    "page.decisions.visits": "To what a visit found a leader consents here, on the leader's own page.",
    "page.decisions.more": "These are the first; the others come as these are done.",
}
