"""Cooperators, endorsement, instructions, reviews: why something is refused, and what cards and logs say."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # cooperators
    "sign-off-late": "late with their sign-off: {units}; say so if they are not waited for",
    "hint.sign-off-late": "zg submit {number} --note TEXT --without {without} --reason TEXT",
    "without-not-late": "no cooperator that is late with its sign-off, so none for {typed.without.name}: {units}",
    "hint.without-not-late": "zg show {number} has the date of every cooperator",
    "without-reason": "the reason for submitting without a cooperator is missing{option.aside}",
    "hint.without-reason": "add {typed.reason.name} and try again",
    "again-unsigned": "not signed off, so none for {typed.again.name}: {units}",
    "hint.again-unsigned": "zg show {number} tells which cooperators signed off",
    "lead-ended": "the lead “{unit}” is no more, and nobody succeeded it",
    "lead-stays": "“{unit}” leads it, and what is taken back goes on where it stopped",
    "hint.lead-stays": "leave --lead out; then zg reassign {number} --lead UNIT --reason TEXT",
    "hint.lead-ended": "name the unit that leads from now on: {typed.lead}",
    "objected-before": "“{unit}” has objected; the office has not dealt with it yet",
    "hint.objected-before": "zg comment {number} --note TEXT to add something",
    "field.objection": "objection", "card.objection": "{unit}: {reason}", "card.turn-with": "{turn}; sign-off waits for {units}",
    "card.part": "{unit} ({light}, by {date})", "card.left-out": "{unit} (late since {date}, not waited for)",
    "log.left-out": "without {unit}, which should have signed off by {date}", "clock.of": "{clock} ({unit})",
    "because.before": "{amount} before “{clock}”: {date}",
    "check-before": "clock {clock}: before and runs_with: part go together, with an amount in working days",

    # endorsement, denials
    "scan-missing": "a contact endorses with a scan of what the head signed, a file that holds a PDF, OFD or picture{typed.file.aside}",
    "hint.scan-missing": "zg endorse {number} --file signed.pdf, or let the head endorse",
    "field.denial": "sent back", "card.denial": "{unit} ({date}): {reason}", "card.denial-more": " ({more})",
    "card.denial-clause": "by {clause}", "card.denial-approved_by": "approved by {approved_by}", "card.denial-suggest": "suggests {suggest}",
    "log.scan": "with a scan that the head signed",

    # urging, instructions
    "leader-missing": "the leader's name is missing{option.aside}",
    "hint.leader-missing": "give {typed.by.name} the name, post or account of the leader",
    "instructs-in-person": "“{actor}” instructs in person only",
    "hint.instructs-in-person": "leave {typed.by.name} out and try again",
    "instruction-waits": "a leader's instruction waits for an answer ({leaders})",
    "hint.instruction-waits": "the lead answers it first: zg report-back {number} --note TEXT",
    "done.taken-over": "{old} is no more; {new} takes it over",
    "done.instruction-waits": "a leader's instruction waits for an answer ({leaders}); it may still be given",
    "no-instruction": "no instruction waits for an answer",
    "hint.no-instruction": "zg progress {number} --note TEXT",
    "not-a-leader": "“{name}” is no leader's account.",
    "why.not-a-leader": "An instruction names the leader who gave it.",
    "hint.not-a-leader": "zg user list has the accounts; name a leader with --by",
    "field.instruction": "instruction", "card.instruction": "{by}: {note} (report by {date})", "field.urged": "urged", "card.urged": "{count:time|times}",
    "list.instructed": "Instructions that wait for an answer: {count}", "list.instruction": "  {number}  {by}  report by {date}  {title}",
    "list.again": "[again] ", "list.mark": "[instruction] {title}",
    "log.urged-by": "by {by}", "log.instructed-by": "instruction of {by}", "way.phone": "phone", "way.sms": "text message", "way.visit": "visit",
    "input.again": "to sign again", "input.urgent": "urgent",

    # standing items, units it left, duplicates, corrections
    "standing-no-date": "a standing item has no due date",
    "hint.standing-no-date": "leave --due out, or give it a date: zg amend {number} --due WHEN --reason TEXT",
    "not-standing": "this is no standing item, so nothing is to be reviewed",
    "hint.not-standing": "zg amend {number} --standing --reason TEXT makes it one",
    "no-due-date": "a standing item has no due date to extend",
    "hint.no-due-date": "zg review {number} --note TEXT",
    "nothing-due-yet": "there is no due date yet that could be extended",
    "hint.nothing-due-yet": "zg show {number} tells whose turn it is",
    "no-outer-clock": "workflow {workflow} keeps no superior's own date", "hint.no-outer-clock": "zg workflow show superior",
    "no-review-clock": "workflow {workflow} has no standing items",
    "hint.no-review-clock": "zg workflow show rectification",
    "field.standing": "standing", "card.standing": "no due date", "card.review": "no due date; review by {date}", "list.standing": "standing",
    "because.light.standing": "green: a standing item has no due date; it is reviewed from time to time.",
    "input.standing": "standing", "flag.true": "yes", "flag.false": "no",
    "field.original": "duplicate of", "field.duplicate": "duplicate", "field.duplicate-file": "file of duplicate", "card.duplicate": "duplicate {number} {title} ({state})",
    "field.left": "left", "card.left": "not this unit's since {date}; below, as it was before",
    "hint.similar-unkept": "maybe the same: {number} {title} ({state})",
    "hint.similar": "maybe the same: {number} {title} ({state}); if it is: zg link {new} --duplicate-of {number}",
    "notice.corrected": "corrected: void because of a wrong date: {rungs}",
}
