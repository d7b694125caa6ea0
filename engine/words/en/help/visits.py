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
        "zg visit new --recheck --sample 10% --months 3 --team inspector"
    ),
    "short.visit.import": "enter what a sheet or a folder of photos holds",
    "help.visit.import": (
        "Enters what a visit found, from a sheet (a row a finding: problem, place, unit, measure, grade, details, names of photos) or\n"
        "from a folder of photos (a photo a finding, in the order in which they were taken, called as its file). Only looks at it unless\n"
        "--commit is said. Photos lie in the sheet, beside it, or in one folder there. The same again enters nothing; what cannot be\n"
        "read is named, and the rest is entered."
    ),
    "example.visit.import": "zg visit import 1 photos\nzg visit import 1 findings.xlsx --commit",
    "option.visit.import.commit": "enter them; without it only a look",
    "option.recheck": "a second look: draws from what was verified lately",
    "option.sample": "how much is drawn: a share or a number; 10%",
    "option.months": "from the months before the visit; 3",
    "option.lot": "what is drawn by; the same lot draws the same again, a new one unless told",
    "short.visit.recheck": "rate what was drawn for a second look",
    "help.visit.recheck": (
        "Rates a closed ticket that was drawn for a second look (zg visit new --recheck), by somebody who did not verify it: 0 it was not\n"
        "put right (it waits until a person opens it again), 50 in part (what is left becomes a finding of the visit), 100 it holds.\n"
        "Nothing is opened again by this. Another rating takes the place of 0 or 100 while the visit goes on."
    ),
    "example.visit.recheck": (
        "zg visit recheck 2 7 100 --adequate yes\n"
        "zg visit recheck 2 9 0 --note \"The window is closed again\" --file photo.jpg"
    ),
    "option.adequate": "whether what was done keeps it from coming back", "option.visit.recheck.note": "what was seen",
    "option.visit.recheck.workflow": "the workflow of what is left",
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
