"""Visits."""

from __future__ import annotations

TEXTS = {
    "page.visits.title": "Visits",
    "page.visits.none": "No visit.",
    "page.visits.new": "Begin a visit",
    "page.visits.team": "accounts, with commas; yourself if left empty",
    "page.visits.again": "Second look",
    "page.visits.draw": "Draw closed tickets to be looked at again",
    "page.visits.sample": "How many, or which part",
    "page.visits.months": "Months before",
    "page.visits.lot": "Lot",
    "page.visits.finding": "Enter a finding",
    "page.visits.assign": "Assign as suggested",
    "page.visits.close": "Close the visit",
    "page.visits.consent": "Consent to assign {count}",
    "page.visits.by-unit": "Suggestions by unit",
    "page.visits.rate": "Rate",
    "page.visits.adequate": "Whether the measures keep it from coming back",
    "page.visits.note": "What was seen",
    "page.visits.empty": "Nothing was entered yet.",
    "page.visits.unit": "Suggested unit",
    "page.visits.another": "Enter, and another one",
    "page.visits.enter": "Enter, and back",
    "page.visits.entered": "Entered as {number}; go on with the next one.",
    "page.visits.nothing": "Nothing waits to be assigned.",
    "page.visits.assign-all": "Assign {count}",
}
