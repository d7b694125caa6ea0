"""The page of `zg --help`, and a line for each command."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "help.heading.examples": "Examples", "help.heading.usage": "Usage", "help.heading.options": "Options",
    "help.heading.commands": "Commands",
    "group.do": "Do", "group.see": "See", "group.time": "Time", "group.trust": "Trust", "group.rules": "Rules", "group.office": "What comes in", "group.start": "Start",

    "help.zg": "Zhenggai (整改): rectification tickets with working-day deadlines, an escalation ladder and a tamper-evident log.",
    "example.zg": (
        "zg demo                                           the closed loop, in seconds\n"
        "zg open 'papers asked for twice' --source visit   open a ticket\n"
        "zg assign 1 --lead SCJGJ                          assign it\n"
        "zg list --light red                               what is late"
    ),
    "help.zg.more": (
        "zg COMMAND --help has usage and examples. A ticket is ZG-2026-0001, or 1 for that serial of this year; - reads numbers from stdin.\n"
        "Exit codes: 0 ok, 1 error, 2 usage, 3 not found, 4 not permitted, 5 not possible now, 6 conflict, 7 some failed,\n"
        "8 invalid file, 9 audit does not verify, 75 busy.\n"
        "Completion: eval \"$(_ZG_COMPLETE=bash_source zg)\" in bash; zsh_source and fish_source for the others."
    ),
    "option.zg.db": "the database (environment: ZG_DB)", "option.zg.as": "who acts: an account, or a unit's code, name or alias (ZG_AS)",
    "option.zg.lang": "the language (ZG_LANG)", "option.zg.color": "colours or not", "option.zg.no-pager": "do not page what is longer than the screen", "option.zg.debug": "technical details of errors",
    "option.zg.version": "show the version", "option.zg.help": "show this help",

    # one line for each command
    "short.open": "open a ticket", "short.assign": "assign it to a lead", "short.accept": "accept it",
    "short.decline": "send it back: not this unit's duty", "short.sign-off": "a cooperator's part is done",
    "short.endorse": "the head of the unit endorses", "short.submit": "submit the rectification with evidence",
    "short.verify": "verify and close", "short.reject": "not good enough: back to the unit", "short.withdraw": "withdraw it",
    "short.suspend": "suspend it; clocks stand still", "short.resume": "go on, as late or early as it stopped",
    "short.request-extension": "ask for more time", "short.grant": "grant more time", "short.refuse": "refuse more time",
    "short.reopen": "rectify a verified ticket again", "short.reassign": "give it to another lead", "short.amend": "correct what we got wrong",
    "short.comment": "add a comment", "short.link": "say which one it repeats", "short.unlink": "take a mistaken link back", "short.do": "any trigger of any workflow",
    "short.list": "tickets in a list", "short.export": "the ledger as a file: xlsx, csv, jsonl, a calendar", "short.show": "a ticket as it is, or was", "short.log": "what happened",
    "short.why": "where the dates come from, and what fires next", "short.can": "what is possible now, and why the rest is not",
    "short.plan": "the plan, with open tickets by measure",
    "short.whoami": "as whom you act", "short.config": "every setting and where it came from",
    "short.sweep": "fire the rungs that are due", "short.clock": "what time it is; move a sandbox's clock",
    "short.calendar": "working days and due dates", "short.audit": "verify the audit log", "short.unit": "units",
    "short.workflow": "workflows and their versions", "short.init": "make a database", "short.demo": "the closed loop, played",
    "short.upgrade": "bring the database's schema up to date",
    "short.clock.advance": "move forward by an amount", "short.clock.set": "move forward to a time",
    "short.calendar.show": "holidays and make-up days of a year", "short.calendar.due": "count a due date, day by day",
    "short.calendar.check": "is it sound, how far does it reach", "short.audit.verify": "verify every event",
    "short.unit.list": "codes, names, aliases", "short.workflow.list": "the workflows there are",
    "short.workflow.show": "states, clocks, triggers", "short.workflow.check": "check a workflow file", "short.workflow.draw": "as Mermaid",
    "short.workflow.load": "put a workflow file in force", "short.workflow.diff": "what differs between two versions",
    "short.workflow.migrate": "open tickets go over to another version",
}
