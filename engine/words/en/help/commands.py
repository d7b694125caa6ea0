"""A sentence and examples for each command."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # sentence and examples
    "help.open": "Opens a ticket, still to be assigned. With a measure the plan suggests who leads; a person decides.",
    "example.open": (
        "zg open 'papers asked for twice' --source evaluation --measure 3.1 --lead SCJGJ\n"
        "zg open 'nobody at the counter' --source complaint --key 12345-0918-07 --grade C"
    ),
    "help.assign": "Assigns tickets to their lead; the time to rectify begins.",
    "example.assign": "zg assign 1 --lead FGW --with SWJ\nzg assign 7 --lead GAJ --designate --basis 'minutes no. 3'",
    "help.accept": "The lead accepts.",
    "example.accept": "zg --as FGW accept 1\nzg list --unit FGW --state assigned | zg --as FGW accept -",
    "help.decline": "The lead says that this is not its duty, once, within the limit for accepting.",
    "example.decline": (
        "zg --as GAJ decline 1 --reason 'not our duty' --clause 'article 5'\n"
        "zg --as GAJ decline 1 --reason 'not our duty' --suggest SWJ"
    ),
    "help.sign-off": "A cooperator says that its part is done.",
    "example.sign-off": "zg --as SWJ sign-off 1\nzg --as SWJ sign-off 1 --note 'one form now'",
    "help.verify": "The supervision office verifies and closes. Whoever had a hand in it cannot.",
    "example.verify": "zg verify 1 --note 'seen on site'\nzg verify 1 2 3",
    "help.reject": "Sends a submitted ticket back, with a minimum of time. Sign-offs of cooperators stand but of those named with --again.",
    "example.reject": "zg reject 1 --reason 'counters still ask for paper'\nzg reject 1 --reason 'evidence is incomplete' --due 5wd --again SHUIWJ",
    "help.withdraw": "Withdraws a ticket that should not be there; it keeps its number.",
    "example.withdraw": "zg withdraw 2 --reason 'same as 1' --as duplicate --of 1\nzg withdraw 3 --reason 'wrong entry' --as mistake",
    "help.suspend": "Suspends a ticket; its clocks stand still.",
    "example.suspend": "zg suspend 1 --reason 'waits for the province'\nzg suspend 1 --reason 'waits for the province' --until 2026-12-01",
    "help.resume": "Resumes a suspended ticket: its date moves by the working days that closed meanwhile.",
    "example.resume": "zg resume 1\nzg resume 1 --note 'the system is live'",
    "help.request-extension": "The lead asks for more time, before the due date; grades A and B name who approved it.",
    "example.request-extension": (
        "zg --as FGW request-extension 1 --to 2020-10-20 --reason 'no road works allowed'\n"
        "zg --as FGW request-extension 1 --to 5wd --reason 'no road works allowed' --approved-by 'the head'"
    ),
    "help.grant": "Grants more time, to the date that was asked for unless another is given.",
    "example.grant": "zg grant 1\nzg grant 1 --to 2020-10-16 --note 'for the last time'",
    "help.refuse": "Refuses more time; the date stands.",
    "example.refuse": "zg refuse 1 --reason 'it can be done in time'\nzg refuse 1 2 --reason 'no good reason'",
    "help.reopen": "Rectifies a verified ticket again, under its old number. The successor of a merged unit takes it over; where a lead ended without one, name another with --lead.",
    "example.reopen": "zg reopen 1 --reason 'it came back' --as relapse\nzg reopen 1 --reason 'verified in error' --as correction --due 10wd",
    "help.reassign": "Gives the ticket to another lead; the time begins anew.",
    "example.reassign": "zg reassign 1 --lead SWJ --reason 'duties moved'\nzg reassign 1 --lead SWJ --with GAJ --reason 'duties moved'",
    "help.amend": "Corrects what the office itself got wrong. Old and new stay in the log; no unit's score feels it. What waits to be "
                  "verified takes no grade that asks less of that.",
    "example.amend": "zg amend 1 --due 2020-10-16 --reason 'typing error'\nzg amend 1 --title 'papers asked for twice' --reason wording",
    "help.comment": "Adds a comment in any state, with files if wanted. What the office or a leader writes stays with the office, unless it is --to-unit.",
    "example.comment": "zg comment 1 --note 'called them'\nzg comment 1 --note 'please send the form, too' --to-unit\nzg list --light red | zg comment - --note 'the leader was told'",
    "help.link": "Says that tickets are the same as another one, or an earlier fault that came back.",
    "example.link": "zg link 2 --duplicate-of 1\nzg link 2 3 --duplicate-of 1\nzg link 4 --repeats ZG-2019-0003",
    "help.unlink": "Takes a mistaken link back. Both tickets keep it in their log, and the lead of the original is told.",
    "example.unlink": "zg unlink 2 --reason 'not the same problem'\nzg unlink 2 --reason 'not the same problem' --dry-run",
    "help.do": "Fires any trigger of any workflow; inputs go with --set. zg can NO shows triggers and what they need.",
    "example.do": "zg do verify 1 --set note='seen on site'\nzg do call-back 8 --set note='called back, it is true'",
    "help.show": "Shows a ticket; with --at as it was at that time.",
    "example.show": "zg show 1\nzg show 1 --at 2020-10-09T12:00 --json",
    "help.log": "What happened to tickets, or to a batch (B-2020-0001) or a round (R-2020-01), event by event, of several with their numbers; --admin shows the administration's.",
    "example.log": "zg log 1\nzg list --changed-since yesterday | zg log -",
    "help.why": "How each date was counted day by day, why the light is as it is, which rungs fired, were skipped or come next, what rests.",
    "example.why": "zg why 1\nzg why 1 --json",
    "help.can": "Every trigger: possible now or not, for whom, with what, and every reason against it. A trigger that is named and not possible exits 5 or 4.",
    "example.can": "zg can 1\nzg --as FGW can 1 submit",
    "help.plan": "Measures, leads and open tickets of the plan; --json has units, groups, indicators and targets too.",
    "example.plan": "zg plan\nzg plan --json",
    "help.whoami": "By which account, as what, for which unit and in which database you act.",
    "example.whoami": "zg whoami\nzg --as FGW whoami --json",
    "help.config": "Every setting and where it came from: an option, the environment, zg.toml or the default. Shows no secret, opens no database.",
    "example.config": "zg config\nzg config --json",
    "help.sweep": "Fires the rungs that are due now and says which. Running it twice fires nothing twice.",
    "example.sweep": "zg sweep\nzg sweep --json",
    "help.clock": "What time it is. A sandbox's clock is moved here only, forward only; moving it fires nothing.",
    "example.clock": "zg clock\nzg clock advance 3d",
    "help.clock.advance": "Moves a sandbox's clock: 3d is the same hour three days on, 5wd the close of the fifth working day.",
    "example.clock.advance": "zg clock advance 3d\nzg clock advance 5wd",
    "help.clock.set": "Moves a sandbox's clock to a time, forward only.",
    "example.clock.set": "zg clock set 2020-10-09T09:00\nzg clock set 2020-10-13",
    "help.calendar": "The working calendar: the State Council's holiday notices and the office's hours.",
    "example.calendar": "zg calendar show 2020\nzg calendar due 2020-09-30 5wd",
    "help.calendar.show": "Holidays, make-up days and the office's own days of a year.",
    "example.calendar.show": "zg calendar show\nzg calendar show 2020 --json",
    "help.calendar.due": "Counts an amount of time from a start, day by day. START - reads lines of START<TAB>AMOUNT and writes JSON lines.",
    "example.calendar.due": "zg calendar due 2020-09-30 5wd\nprintf '2020-09-30\\t5wd\\n' | zg calendar due -",
    "help.calendar.check": "Whether the calendar is sound, and how far the notices reach.",
    "example.calendar.check": "zg calendar check\nzg calendar check --json",
    "help.audit": "The audit log: every event is chained to the one before it, so that no change goes unseen.",
    "example.audit": "zg audit verify\nzg audit verify --json",
    "help.audit.verify": "Computes every hash, folds every ticket and checks every seal anew. What differs is named; the exit code is 9.",
    "example.audit.verify": "zg audit verify\nzg audit verify 1 --code 12-7KQ4-9D3M-XW2P-0HTA",
    "help.unit": "Units: codes are never reused; work belongs to the unit, not to the person.",
    "example.unit": "zg unit list\nzg unit merge 市工信局 --into 市科技局 --from 2020-09-01 --basis 文号 --dry-run",
    "help.unit.list": "Codes, names, aliases and relations of units and groups.",
    "example.unit.list": "zg unit list\nzg unit list --json",
    "help.workflow": "Workflows are data: states, clocks, ladders and triggers lie in a file; a ticket is bound to one version of it.",
    "example.workflow": "zg workflow show rectification\nzg workflow check mine.yaml",
    "help.workflow.list": "The workflows there are, with their versions.",
    "example.workflow.list": "zg workflow list\nzg workflow list --json",
    "help.workflow.show": "The rules a workflow follows, its states, clocks, ladders and triggers.",
    "example.workflow.show": "zg workflow show rectification\nzg workflow show complaint --json",
    "help.workflow.check": "Checks a workflow file: every mistake with its line; the exit code is 8 if there are any.",
    "example.workflow.check": "zg workflow check workflows/rectification.yaml\nzg workflow check mine.yaml --json",
    "help.workflow.draw": "Draws a workflow (a name or a file) as a Mermaid state diagram.",
    "example.workflow.draw": "zg workflow draw rectification > flow.mmd\nzg --lang zh workflow draw complaint",
    "help.workflow.load": "Checks a workflow file, says what differs from the version in force, and puts it in force. Tickets under way keep their version; the exit code is 8 if there are mistakes.",
    "example.workflow.load": "zg workflow load mine.yaml --dry-run\nzg workflow load mine.yaml",
    "help.workflow.diff": "Says what differs between two versions; each is the name of a workflow (the version in force), the digits its hash begins with, or a file.",
    "example.workflow.diff": "zg workflow diff rectification mine.yaml\nzg workflow diff 3f2a9c rectification --json",
    "help.workflow.migrate": (
        "Has every open ticket of a workflow go over to another version, and lists the new state, dates and rung of each. If one has no place, none goes over, and every reason is told.\n"
        "What was promised and dates that people set stay, rungs that fired never fire again; after an interruption run it again, and only the rest is done."
    ),
    "example.workflow.migrate": (
        "zg workflow migrate rectification --dry-run\nzg workflow migrate rectification --to 3f2a9c --map submitted=checking"
    ),
    "help.init": "Makes a database with the shipped workflows and calendar; --seed loads a plan with its units, --sandbox makes it a sandbox.",
    "example.init": "zg init --seed pingdingshan-2020\nzg --db sqlite:///training.db init --seed pingdingshan-2020 --sandbox 2020-09-25",
    "help.demo": "Plays the closed loop of one office, September to November 2020, in a sandbox of its own that is left for trying: a superior's sheet, notices, two rounds of evaluation, a visit, the ledger as a sheet.",
    "example.demo": "zg demo\nzg demo --serve",
    "help.upgrade": "Brings the database's schema up to this program. All at once or not at all. A file is kept beside first; of a server there must be a backup.",
    "example.upgrade": "zg upgrade\nzg --db sqlite:///zg.db upgrade",
}
