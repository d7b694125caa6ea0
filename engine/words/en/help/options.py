"""A line for each option."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # options
    "option.help": "show this help", "option.as_json": "JSON, for programs; --json=number,light only these fields", "option.dry_run": "only show the events it would append",
    "option.if_version": "only if the ticket is still at version N; else exit 6",
    "option.source": "where it comes from: {choices}",
    "option.measure": "number of the measure, like 3.1", "option.grade": "A hard, B across departments, C simple", "option.detail": "details",
    "option.lead": "the lead: code, name or alias", "option.with_": "a cooperator; may be repeated", "option.leader": "the leader's account",
    "option.due": "due date: 2020-10-09, tomorrow, 5wd, 1mo …", "option.workflow": "the workflow; rectification unless said",
    "option.key": "the sender's own id: the same key and content is opened once", "option.in_lead": "the lead: code, name or alias",
    "option.in_with": "a cooperator; may be repeated", "option.in_leader": "the leader's account",
    "option.sheet": "assign by a sheet: each row holds a full number, lead, cooperators, date", "option.doc": "the number of the letter that issued the list, kept as the basis",
    "option.in_outer": "the superior's own date (workflow superior): ours is not after it",
    "option.in_due": "due date: 2020-10-09, tomorrow, 5wd, 1mo …", "option.in_to": "the new date", "option.in_until": "until when",
    "option.in_to_unit": "say it to the unit; without it the office keeps it to itself", "option.in_designate": "designate: it cannot be declined", "option.in_basis": "on what basis", "option.in_reason": "the reason",
    "option.in_clause": "the clause of duties", "option.in_note": "what there is to say", "option.in_approved_by": "who approved it",
    "option.in_suggest": "the unit whose duty it is", "option.in_of": "the ticket it repeats", "option.in_file": "a file of evidence; may be repeated",
    "option.withdraw.in_as": "{choices}", "option.reopen.in_as": "{choices}",
    "option.link.earlier": "an earlier finding that these are again", "option.unlink.earlier": "the earlier finding that they are not again; without it, of what they are no duplicate",
    "option.earlier": "an earlier finding that it is again, such as ZG-2019-0003",
    "option.unlink.reason": "why it is taken back", "option.reason": "why it is corrected", "option.title": "the new title", "option.amend.due": "the new due date",
    "option.amend.source": "the new source", "option.original": "the ticket it repeats",
    "option.pairs": "an input, like note=TEXT; may be repeated", "option.file": "a file of evidence; may be repeated",
    "option.at": "a time in the past", "option.admin": "the administration's log", "option.seed": "a seed, like pingdingshan-2020",
    "option.sandbox": "make a sandbox whose clock stands at this time",
    "option.version": "the version to go over to: the digits its hash begins with; else the one in force", "option.workflow.migrate.pairs": "a state that has another name there; may be given several times",
}
