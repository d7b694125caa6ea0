"""Drafts."""

from __future__ import annotations

TEXTS = {
    "page.drafts.title": "Drafts",
    "page.drafts.hint": "What you began and did not send: read by you alone, kept for 14 days, without files and what is confided.",
    "page.drafts.none": "No draft.",
    "page.drafts.saved": "saved {date}",
    "page.drafts.go-on": "Go on",
    "page.drafts.drop": "Drop it",
    "page.drafts.drop-sure": "Press again to drop it",
    "page.drafts.save": "Save as a draft",
    "page.drafts.filled": "This is the draft saved at {date}.",
    "page.drafts.files-again": "Files are no part of a draft.",
    "page.drafts.confidential": "Nothing of this is kept as a draft.",
    "page.drafts.older": "The ticket changed since it was written: please look at it again.",
    "page.drafts.kept": "Draft saved",
    "page.drafts.unkept": "The draft is on this device alone and has not reached the server",
    "page.drafts.here": "This device holds something that was not sent.",
    "page.drafts.files": "Files:",
    "page.drafts.restore": "Put it back",
}
