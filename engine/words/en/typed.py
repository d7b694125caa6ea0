"""What is typed, by name: arguments and values of options; and what the columns of the ledger are called."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # arguments
    "argument.ref": "the sender's number", "argument.title": "the title", "argument.numbers": "the number", "argument.number": "the number", "argument.trigger": "the trigger",
    "argument.amount": "the amount", "argument.when": "the time", "argument.year": "the year", "argument.start": "the start",
    "argument.file": "the file", "argument.day": "the day", "argument.hours": "the working hours", "argument.ids": "the id of a message",
    "argument.what": "a number or the hash of a file", "argument.unit": "the unit", "argument.code": "the code of the unit",
    "argument.name": "the name", "argument.before": "the version before", "argument.after": "the version after", "argument.unit.add.name": "the name of the unit", "argument.account": "the account", "argument.user.name": "the account",
    "argument.workflow.name": "the name or file of a workflow",

    # values of options
    "typed.lead": "UNIT", "typed.with": "UNIT", "typed.leader": "ACCOUNT", "typed.due": "WHEN", "typed.to": "WHEN", "typed.until": "WHEN",
    "typed.report_by": "WHEN", "typed.reason": "TEXT", "typed.note": "TEXT", "typed.clause": "TEXT", "typed.basis": "TEXT",
    "typed.approved_by": "WHO", "typed.suggest": "UNIT", "typed.of": "NO", "typed.without": "UNIT", "typed.by": "WHO",
    "typed.for": "UNIT", "typed.about": "WHAT", "typed.rung": "RUNG", "typed.file": "FILE",
    "typed.others": "NAME, SIGNER, LEADER",
    "typed.paper-basis": "TEXT", "typed.map": "COLUMN=FIELD", "typed.on": "WHEN", "typed.waive": "REASON", "typed.subject": "NAME=SUBJECT|new", "typed.hidden": "include|skip",
    "choice.typed": "{code} ({name})",
    "option-missing": "{label}, {option}",
    "person": "{name} ({post})",

    # what the fields of pages are called (at a terminal they are options)
    "input.paper-basis": "basis of the late entry",
    "input.on": "date of the paper", "input.for": "unit of the paper", "input.duplicate-of": "repeats the ticket", "input.dead": "all given up",
    "input.after": "cursor", "input.limit": "limit", "input.date": "date", "input.map": "what the columns are", "input.answer": "answers",
    "input.unit": "unit", "input.from": "from", "input.scope": "scope", "input.for-comment": "comments until", "input.value": "value",
    "input.accept-missing": "why results may be missing", "input.late": "a round entered late", "input.confirm": "number of tickets",
    "input.material": "whether the result changes", "input.workflow": "workflow", "input.hidden": "hidden parts", "input.year": "year",
    "input.batch": "batch", "input.waive": "why earlier numbers were not looked up", "input.points": "points lost",

    # columns of the ledger
    "column.id": "internal id", "column.number": "number", "column.year": "year", "column.serial": "serial", "column.office": "prefix",
    "column.parent": "parent", "column.workflow": "workflow", "column.definition": "version of the workflow", "column.state": "state",
    "column.version": "version", "column.title": "title", "column.detail": "detail", "column.source": "source",
    "column.source_ref": "key", "column.measure": "measure", "column.grade": "grade", "column.lead": "lead",
    "column.cooperators": "cooperators", "column.leader": "leader", "column.turn": "turn", "column.final": "whether it is closed",
    "column.opened_at": "time of opening", "column.opened_by": "who opened it", "column.state_since": "beginning of this step",
    "column.due_at": "due date of this step", "column.promised_at": "due date", "column.warn_at": "yellow from", "column.late_at": "red from",
    "column.wake_at": "next alarm", "column.office_due_at": "due date of the office", "column.level": "level",
    "column.acted_level": "level that was issued", "column.attempt": "attempt", "column.deadlines": "deadlines",
    "column.signed": "sign-offs", "column.objections": "objections", "column.left_out": "cooperators not waited for",
    "column.endorsed": "endorsement", "column.to_revise": "sent back for revision",
    "column.request": "extension request", "column.grants": "extensions granted",
    "column.denials": "denials", "column.designated": "designation", "column.hands": "who had a hand in it",
    "column.proposals": "letters to be signed", "column.urged": "urged by hand", "column.instructions": "instructions",
    "column.instructed": "instruction unanswered", "column.standing": "standing", "column.past": "former units",
    "column.submitted_at": "time of submission", "column.returns_to": "state to return to", "column.closed_as": "closed as",
    "column.head": "last hash", "column.title_folded": "title as it is searched",
    "column.batch": "batch", "column.entered": "late entries", "column.consents": "consents", "column.withdrawn_from": "withdrawn from",
    "column.set_aside": "set aside at a withdrawal",
    "column.officer": "officer", "column.assigned_at": "first assigned at", "column.assigned_by": "assigned by",
    "column.changed_at": "last change", "column.submitted": "whether it is submitted", "column.late_days": "days late",
    "column.on_time": "whether it was on time", "column.attempts": "attempts", "column.closed_at": "time of closing",
    "column.told_at": "last change that units may know of", "column.evidenced": "a file was handed in in this attempt", "column.duplicate_of": "original of a duplicate",
    "column.setting": "setting", "column.row": "row", "column.trusted": "known key", "column.signature": "signature", "column.root": "root",
    "column.previous": "order of seals", "column.n": "number",
}
