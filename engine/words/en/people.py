"""Cooperators, endorsement, instructions, reviews: why something is refused, and what cards and logs say."""



from __future__ import annotations

TEXTS = {
    # cooperators
    "sign-off-late": "late with their sign-off: {units}; say so if they are not waited for",
    "hint.sign-off-late": "zg submit {number} --note TEXT --without {without} --reason TEXT",
    "without-not-late": "not a cooperator that is late with its sign-off: {units}",
    "hint.without-not-late": "zg show {number} has the date of every cooperator",
    "without-reason": "submitting without a cooperator needs a reason",
    "hint.without-reason": "add --reason and run it again",
    "objected-before": "“{unit}” has objected; the office has not dealt with it yet",
    "hint.objected-before": "zg comment {number} --note TEXT to add something",
    "field.objection": "objection", "card.objection": "{unit}: {reason}", "card.turn-with": "{turn}; sign-off waits for {units}",
    "card.part": "{unit} ({light}, by {date})", "card.left-out": "{unit} (late since {date}, not waited for)",
    "log.left-out": "without {unit}, which should have signed off by {date}", "clock.of": "{clock} ({unit})",
    "because.before": "{amount} before “{clock}”: {date}",
    "check-before": "clock {clock}: before and runs_with: part go together, with an amount in working days",
}
