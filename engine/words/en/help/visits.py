"""Help and examples of visits."""

from __future__ import annotations

TEXTS = {
    "short.visit": "visits: begin, enter findings, consent, close", "short.visit.new": "begin a visit",
    "short.visit.show": "a visit and what it found", "short.visit.list": "the visits",
    "short.visit.consent": "a leader consents to assign as suggested", "short.visit.close": "close a visit",
    "help.visit": (
        "A visit is a day, a place and a team, announced or not. What it finds are tickets. Until they are assigned no unit sees any\n"
        "of it, and never who took part or where else they went."
    ),
    "example.visit": "zg visit new --on 2020-03-16 --place \"Government service hall\" --unannounced\nzg visit show 1",
    "help.visit.new": (
        "Begins a visit under a number of its own. --team names the accounts that took part, whoever enters it unless told; who took part\n"
        "may not verify what was found, where the workflow says so."
    ),
    "example.visit.new": (
        "zg visit new --on 2020-03-16 --place \"Government service hall\" --unannounced\n"
        "zg visit new --on 2020-03-16 --place \"Citizen centre\" --team office,inspector"
    ),
    "help.visit.show": "Shows a visit and what it found.", "example.visit.show": "zg visit show 1\nzg visit show V-2020-0001 --json",
    "help.visit.list": "Lists the visits that are not closed, newest first; --all those that are, too.",
    "example.visit.list": "zg visit list\nzg visit list --all --json",
    "help.visit.consent": (
        "A leader consents: what waits is assigned to the units it is suggested for. What is entered or changed later needs\n"
        "another consent."
    ),
    "example.visit.consent": "zg --as leader visit consent 1\nzg --as leader visit consent 1 --dry-run",
    "help.visit.close": "Closes a visit once all it found is assigned: it finds nothing more.",
    "example.visit.close": "zg visit close 1\nzg visit close V-2020-0001 --dry-run",
    "option.place": "the place", "option.day": "the day", "option.unannounced": "nobody was told before",
    "option.team": "accounts that took part, with commas between them; whoever enters it unless told",
    "short.visit.finding": "enter what was found",
    "help.visit.finding": (
        "Enters a problem that was found: a ticket that waits to be assigned. Original photos are the office's alone; with the assignment\n"
        "the unit is given marked copies without device and position. --unit is the unit that is suggested: once a leader consents, all\n"
        "are assigned together."
    ),
    "example.visit.finding": (
        "zg visit finding 1 \"Feedback device broken\" --measure 2.5 --unit 市政务服务和大数据局 --file photo.jpg\n"
        "zg visit finding 1 \"Nobody at the window\" --place \"third floor\" --dry-run"
    ),
    "option.visit.finding.unit": "the unit that is suggested",
    "option.visit.finding.place": "the very place; that of the visit unless told",
    "option.assign.visit": "assign what this visit found", "option.suggested": "to the units suggested, once a leader consented",
    "option.list.visit": "found by this visit; may be given twice",
    "option.count.visit": "found by this visit; may be given twice",
    "option.export.visit": "found by this visit; may be given twice",
}
