"""Today and the figures."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "today.batches": "batches of letters", "today.of-batch": "{count} to assign",
    "today.none": "Nothing waits for you today.", "today.section": "{title} ({count}{more})", "today.rest": "and {count}{more} more.",
    "today.to-assign": "to be assigned", "today.to-verify": "to be verified", "today.requests": "extension requests to answer",
    "today.letters": "letters to sign", "today.overdue": "overdue", "today.due-this-week": "due this week",
    "today.objections": "objections of cooperators", "today.instructions": "instructions to answer", "today.stuck": "stuck: rules fail, nobody may act, suspended beyond its date",
    "today.otherwise": "  or: {command}", "today.to-endorse": "to be endorsed", "today.to-revise": "to be revised",
    "today.to-accept": "to be accepted", "today.rejected": "sent back", "today.due": "late or due this week",
    "today.to-submit": "to be submitted", "today.parts": "parts to sign off", "today.decisions": "waits for your decision",
    "count.opened": "opened", "count.open": "open", "count.late": "late", "count.closed": "closed", "count.on_time": "on time", "count.mean_days": "mean days",
    "count.total": "in all", "count.without": "(none)", "count.by.all": "all", "count.by.unit": "lead", "count.by.measure": "measure",
    "count.by.source": "source", "count.by.month": "month", "count.by.grade": "grade", "count.by.officer": "officer",
    "sort.due": "due date", "sort.turn-due": "due in this turn", "sort.number": "number", "sort.newest": "newest first", "sort.changed": "changed last", "sort.level": "level", "sort.closed": "closed last",
    "count.span": "Opened and closed from {since} and before {before}; open and late as of now. Without what was withdrawn.",
    "usage-text-unreadable": "The text holds U+0000.",
    "why.usage-text-unreadable": "No database keeps this sign, and a search for it would find what it should not.",
    "hint.usage-text-unreadable": "leave it out and try again",
    "usage-text-long": "The text to search for has {length:character|characters}; {longest} at most.",
    "why.usage-text-long": "No title is longer, so nothing could be found.", "hint.usage-text-long": "give a few words, like zg list --text form",
    "usage-span": "The span does not end after it begins: {text}", "why.usage-span": "A span is FROM..TO, the earlier first.",
    "hint.usage-span": "like 2020-03-01..2020-03-31, 2020-03, this-week, last-month",
    "usage-level-of-closed": "Only open tickets come by their level.", "why.usage-level-of-closed": "What is closed climbs no more.",
    "hint.usage-level-of-closed": "zg list --sort level; of closed ones: zg list --closed --late",
    "officer-not-found": "No officer goes by the name “{name}”.", "why.officer-not-found": "The nearest: {nearest}.", "hint.officer-not-found": "zg user list --role supervisor",
    "not-an-officer": "“{name}” is no account of the supervision office.", "why.not-an-officer": "An officer belongs to the supervision office.", "hint.not-an-officer": "zg user list --role supervisor",
    "argument.view": "@NAME", "audience.own": "own", "audience.unit": "the unit's", "audience.all": "everybody's",
    "field.audience": "whose", "field.filter": "filter", "field.saved-by": "saved by",
    "done.view-saved": "Saved @{name} ({audience}): zg list @{name}", "done.view-removed": "Removed @{name} ({audience}).",
    "view-not-found": "No filter goes by the name “{name}”.", "why.view-not-found": "Those that you may use: {nearest}.",
    "hint.view-not-found": "zg view list",
    "view-of-another": "“{name}” was saved by {by}.", "why.view-of-another": "What somebody else saved is not replaced unnoticed.",
    "hint.view-of-another": "take another name, or remove it first: zg view remove {name}",
    "view-too-many": "There are {most}, and no more are kept.", "why.view-too-many": "Among more nobody finds one.",
    "hint.view-too-many": "remove one that nobody needs: zg view remove NAME",
    "usage-view": "“{name}” is no saved filter.", "why.usage-view": "A saved filter is written @NAME.",
    "hint.usage-view": "zg view list; words are looked for by zg list --text",
}
