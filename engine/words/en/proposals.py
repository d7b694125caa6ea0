"""Proposed letters, extensions and suspensions."""

from __future__ import annotations

TEXTS = {
    # letters
    "letter.supervision-letter": "supervision letter", "letter.work-prompt": "work prompt", "letter.circular": "circular",
    "letter.report-to-group": "report to the leading group", "letter.interview": "notice of an admonitory interview",
    "letter.ask-group": "request to the leading group to mediate",
    "letters.count": "{count:letter waits|letters wait} for a signature, about {tickets:ticket|tickets}.",
    "letters.none": "No letter waits for a signature.",
    "hint.letters-next": "sign: zg issue NO… --by SIGNER; not to be sent: zg waive NO… --reason TEXT",

    # inputs
    "log.urged-otherwise": "urge ({way})",
    "input.rung": "rung", "input.issue.by": "signer", "input.instruct.by": "leader",

    # card, log and why
    "field.letter": "letter", "field.proposals": "to be signed", "field.tickets": "tickets", "field.limit": "sign by",
    "field.until": "suspended until",
    "card.proposal": "{letter} (to be issued or waived by {date})",
    "card.until": "{date} (the office is alarmed then; nothing resumes by itself)",
    "log.internal": "kept to the office: no unit reads it",
    "log.proposed": "proposed: {letter}", "log.issued": "{letter}, signed by {by}", "log.waived": "not to be sent: {rungs}",
    "log.ours": "the answer to the extension request is late, so this alarm is the office's own; the unit feels nothing",
    "because.proposal": "{name}: {letter} proposed at {date}, to be issued or waived by {until}",
    "because.held": "An extension request waits: rungs from the urging notice on are held until {until}; after that they ring at the "
    "office itself, not at the unit.",
    "rung.ours": "ours   ", "rung.to-office": "to us  ",

    # repetitions after the last rung
    "rung.repeated": "{clock} is over (reminder no. {n})",
    "rung.repeated-missed": "{clock} is over (reminder no. {n}; {missed} before it did not ring)",
    "log.repeated": "repetition no. {n} of the last rung; it raises no level",
    "log.missed": "{missed} before it came and did not ring; only the last of them does",
    "card.alarm": "{date}  {rung}", "clock.silence": "reminder where no limit runs",
    "clock.assign-all": "limit for assigning the batch",

    # why something is refused
    "no-proposal": "no letter waits for a signature",
    "hint.no-proposal": "zg list --proposals shows what waits",
    "proposal-unknown": "“{name}” is not among what waits for a signature: {rungs}",
    "hint.proposal-unknown": "name one of them with {typed.rung.name}; without it the highest is meant",
}
