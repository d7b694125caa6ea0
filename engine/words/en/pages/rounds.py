"""Rounds of evaluation."""

from __future__ import annotations

TEXTS = {
    "page.rounds.title": "Rounds",
    "page.rounds.new": "Begin a round",
    "page.rounds.none": "There is no round.",
    "page.rounds.period": "Period",
    "page.rounds.targets": "targets, as in 3.5-1, 3.4, with commas or line by line; all of the plan if left empty",
    "page.rounds.subjects": "units or places, with commas or line by line; as the results say if left empty",
    "page.rounds.fresh": "The scheme and the subjects are new, and spelt as they should be",
    "page.rounds.verify": "Verify what passes",
    "page.rounds.reopen": "Reopen what relapsed",
    "page.rounds.undo": "Take the round back",
    "page.rounds.more": "The first {count} are shown; the actions above narrow them.",
    "page.rounds.no-results": "There are no results yet.",
    "page.rounds.missing": "{count} of the scope were not measured",
    "page.rounds.disputes": "Objections",
    "page.rounds.object": "Enter an objection",
    "page.rounds.signed": "What the head of the unit signed",
    "page.rounds.why": "Reason",
    "page.rounds.new-value": "Value if accepted",
    "page.rounds.accept": "Accept",
    "page.rounds.refuse": "Refuse",
    "page.rounds.close": "Close the round",
    "page.rounds.accept-missing": "{count} are missing: why that is accepted",
    "page.rounds.asked": "Asked for; another person has to confirm.",
    "page.rounds.would-undo": (
        "{withdrawn} would be withdrawn, {reverted} reopenings taken back, {stay} "
        "stay for a person. Nothing is written yet."
    ),
    "page.rounds.undo-hint": "leave empty to confirm what somebody else asked for",
}
