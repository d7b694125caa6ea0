"""Late entries, leaders' consent, withdrawals taken back: what the office writes down for others."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # 称呼
    "title-ambiguous": "{unit} is the title of several accounts.", "why.title-ambiguous": "They are: {accounts}.",
    "hint.title-ambiguous": "name one of these accounts",
    "leader-by-name": "There is no account of {name}; the name is kept.",

    # the log
    "entry.title": "{trigger} (entered late)", "log.entered-at-once": "entered from a paper of {unit} of the same day", "log.entered": "entered late from a paper of {unit}, done at {date}",
    "log.recall": "issued already, to be recalled: {letter}", "log.basis": "basis of the late entry",
    "field.entered": "entered late", "card.entered": "{trigger}, {unit}, {date}",
    "done.declined-before": "“{unit}” has declined this ticket before, and suggested {suggested}",
    "done.declined-before-alone": "“{unit}” has declined this ticket before",
    "hint.lapsed": "Proposed and never signed, these lapsed with it: {rungs}",
    "hint.recall": "These letters were issued already and must be recalled: {letters}",

    # a leader's consent
    "input.consent.by": "leader", "input.about": "what is consented to", "input.refuse": "no", "consent.extension": "second extension",
    "consent.designation": "designation",
    "log.consent-before-true": "{leader} had agreed before", "log.consent-before-false": "{leader} had refused before",
    "done.consent-before-true": "{leader} had agreed to it; what was said now counts instead",
    "done.consent-before-false": "{leader} had refused it; what was said now counts instead",
    "log.consented.true": "{leader} agrees: {about}", "log.consented.false": "{leader} does not agree: {about}",
    "field.consent": "leader", "card.consent.true": "{leader} agrees to {about} ({date})",
    "card.consent.false": "{leader} does not agree to {about} ({date})",
    "nothing-for-leader": "nothing waits for a leader's consent",
    "hint.nothing-for-leader": "circulars, interviews, second extensions and rulings on a decline do; zg list --proposals lists the letters",
    "consent-unknown": "{name} does not wait for a leader; what does: {rungs}",
    "hint.consent-unknown": "name one of them with {typed.about.name}",
    "consent-of-which": "several things wait for a leader: {rungs}",
    "hint.consent-of-which": "say which with {typed.about.name}",
    "consent-scan-missing": "a consent on paper needs a scan of it, a file that holds a PDF, OFD or picture: --file FILE",
    "hint.consent-scan-missing": "zg consent {number} --by NAME --file SCAN; a leader in person: --as",
    "consent-missing": "{rung} needs a leader's consent first",
    "hint.consent-missing": "the leader: zg --as LEADER consent {number}; on paper: zg consent {number} --by NAME --file SCAN",
    "hint.consent-missing-others": "issue what needs no consent: zg issue {number} --by WHO --rung {others}; or the leader: zg --as LEADER consent {number}",
    "consent-refused": "{leader} does not agree to {rung}",
    "hint.consent-refused": "waive a letter with zg waive {number} --reason, refuse an extension with zg refuse {number} --reason",

    # why something cannot be entered late
    "entry-by-office": "{actor} may not enter anything late; the supervision office does",
    "hint.entry-by-office": "leave out --on, --basis and --for, or act as the office with --as",
    "entry-not-a-units": "{trigger} is not done by a unit and cannot be entered late",
    "hint.entry-not-a-units": "leave out --on, --basis and --for",
    "entry-unit-missing": "which unit's paper it is is missing: --for UNIT",
    "hint.entry-unit-missing": "name the unit with --for",
    "entry-other-unit": "{unit} is no unit that may {trigger} here",
    "hint.entry-other-unit": "zg show {number} names the units",
    "entry-ahead": "{date} is still to come",
    "hint.entry-ahead": "give the date of the paper with --on",
    "entry-before-act": "somebody acted at {date}; a late entry lies after it",
    "hint.entry-before-act": "zg log {number} shows what happened; give --on a time not before {date}",
    "entry-basis-missing": "the basis of the late entry is missing: --basis TEXT",
    "hint.entry-basis-missing": "name the incoming letter or the register with --basis",
    "usage-paper": "--basis and --for go with --on",
    "why.usage-paper": "Without --on it is done now, and not entered late.",
    "hint.usage-paper": "a late entry: --on WHEN --basis TEXT",

    # what sources, lights and the like are called beside
    "called.source.evaluation": "evaluations", "called.source.visit": "site visit、inspection visit", "called.source.review": "bad review",
    "called.source.complaint": "complaints", "called.source.monitor": "monitoring", "called.source.instruction": "leader's instruction",
    "called.source.superior": "from above", "called.source.meeting": "meetings", "called.source.inspection": "audit",
    "called.source.media": "press", "called.source.self": "self-check",
    "called.light.red": "red light", "called.light.yellow": "yellow light", "called.light.green": "green light",
    "called.light.blue": "blue light", "called.light.grey": "grey light、gray",
    "choice.as.duplicate": "duplicate", "choice.as.mistake": "mistake", "choice.as.not-a-problem": "not a problem",
    "choice.as.relapse": "relapse", "choice.as.correction": "correction", "called.choice.as.correction": "accepted by mistake",
    "called.choice.as.relapse": "relapsed", "called.consent.extension": "extension", "called.consent.designation": "decline",
    "called.count.by.unit": "units", "called.count.by.measure": "measures", "called.count.by.month": "months",
    "called.count.by.grade": "grades", "called.count.by.officer": "officers",
    "called.way.phone": "call", "called.way.visit": "on site",

    # one for each member
    "ask.each": "One ticket for each of {count:unit|units}: {units}. Go on",
    "each.nothing": "Nothing was done.",
    "each.done": "{count:ticket|tickets}, all of batch {batch}.",
    "each.rehearsed": "A rehearsal: {count:ticket|tickets} of one batch; nothing was written.",
    "usage-each": "--each goes with --lead",
    "why.usage-each": "--each makes one ticket for each member of the group that --lead names.",
    "hint.usage-each": "add --lead GROUP",
    "usage-assign-from": "name the tickets, or a sheet by --from, not both; with --from units and dates stand in the sheet",
    "why.usage-assign-from": "Each row of the sheet says its number, its lead and its date.",
    "hint.usage-assign-from": "zg assign --from tasks.xlsx --doc 2020-3 --dry-run",
    "usage-assign-doc": "--from and --doc go together",
    "why.usage-assign-doc": "What is assigned by a list has a basis: the number of the letter that issued it.",
    "hint.usage-assign-doc": "zg assign --from tasks.xlsx --doc 2020-3 --dry-run",
    "assign.of-unit": "{unit} {count}", "assign.by-unit": "assigned: {counted}", "assign.would-be": "would be assigned: {counted}",
    "assign-no-numbers": "no row holds the full number of a ticket, such as ZG-2020-0001; a serial alone means none",
    "assign-twice": "{number} stands in row {row} too", "assign-no-lead": "{number} has no lead",
    "usage-each-ticket": "--each takes one ticket, and no --if-version",
    "why.usage-each-ticket": "The tickets for the other units are made like this one.",
    "hint.usage-each-ticket": "do one after another",
}
