"""What cards, lists and other output say."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # card and list
    "field.number": "number", "field.title": "ticket", "field.light": "light", "field.lamp": "light", "field.state": "state", "field.turn": "turn",
    "field.lead": "lead", "field.cooperators": "cooperators", "field.leader": "leader", "field.promised": "due date",
    "field.due": "due in this turn", "field.request": "request", "field.level": "level", "field.alarm": "next alarm",
    "field.source": "source", "field.measure": "measure", "field.grade": "grade", "field.attempt": "attempt",
    "field.closed": "closed as", "field.opened": "opened", "field.since": "in this state since",
    "field.actions": "may be done", "field.detail": "detail", "field.file": "evidence", "field.no": "no", "field.open": "open",
    "field.rung": "rung", "field.scheduled": "scheduled", "field.code": "code", "field.name": "name", "field.kind": "kind",
    "field.relation": "relation", "field.aliases": "aliases", "field.workflow": "workflow", "field.states": "states",
    "field.triggers": "triggers", "field.clocks": "clocks", "field.hash": "version", "field.day": "day", "field.weekday": "weekday",
    "card.designated": "{unit} (designated)", "card.signed": "{unit} (signed off)", "card.unsigned": "{unit} (not yet)",
    "card.provisional": "{date} (provisional: holidays not published yet)", "card.office-late": "{date} (the office is late)",
    "card.request": "asks for {to}, waiting for the answer", "card.level": "{level} ({name})",
    "list.light": "{light} {count}", "list.count": "{total}{more} in all ({lights}), {shown} on this page.", "list.none": "No tickets like that.",
    "list.more": "next page: zg list --after {cursor} (with the same filters)",
    "log.promised": "due date {date}", "log.rung": "{clock}, scheduled for {date}; told: {told}",
    "log.erased": "[words erased by rule]", "log.happened": "happened at {date}",

    # why
    "because.clock": "{clock} ({who})", "because.amount": "from {start}, {amount}:",
    "because.fixed": "a date that a person set: {date}; it never moves by itself",
    "because.moved": "it stood still in between, so it goes on to {date}", "because.epoch": "count no. {epoch}",
    "because.provisional": "the holidays of that year are not published yet: provisional, counted again when they are",
    "because.rests": "stands still in “{state}”, {left}", "because.left": "{days} working days left",
    "because.stopped-late": "{days} working days late when it stopped", "because.pause": "stood still from {since} to {until}: {days} working days closed",
    "because.state.ended": "ended", "because.state.planned": "planned: counts from 交办 (assign) on",
    "because.state.void": "void: counts anew when it is assigned again", "because.no-clock": "No clock runs.",
    "because.alarm": "next alarm: {date}", "because.no-alarm": "No alarm is waiting.",
    "because.light.late": "red: the due date {date} has come and nothing was submitted.",
    "because.light.soon": "yellow: since {warn} the due date {date} is near.",
    "because.light.ahead": "green: the due date {date} is not near yet.",
    "because.light.resting": "green: in “{state}” the clock of the lead stands still.",
    "because.light.no-promise": "green: not assigned yet, so nothing is promised.",
    "because.light.request": "blue: an extension request waits for the office's answer.",
    "because.light.suspended": "blue: the ticket is suspended.",
    "because.light.final": "grey: the ticket is closed ({state}).",
    "rung.fired": "fired  ", "rung.skipped": "skipped", "rung.next": "next   ", "rung.later": "later  ", "rung.held": "held   ",
    "rung.resting": "resting", "rung.void": "void   ",
    "day.holiday": "holiday", "day.makeup": "make-up day", "day.rest": "office closed", "day.work": "worked", "day.weekend": "weekend",
    "day.workday": "workday", "day.named": "{kind} ({name})", "day.number": "working day {number}",
    "weekday.0": "Mon", "weekday.1": "Tue", "weekday.2": "Wed", "weekday.3": "Thu", "weekday.4": "Fri", "weekday.5": "Sat", "weekday.6": "Sun",
    "can.by": "by {by}", "can.needs": "needs: {needs}",

    # other output
    "plan.heading": "{title} ({number})", "log.post": "{unit} {role}",
    "card.action": "{title:.0}{name}",  # the name says as much as the title
    "plan.count": "{units} units, {groups} groups, {measures} measures, {indicators} indicators, {targets} targets.",
    "sweep.count": "Rungs fired: {events}, on tickets: {tickets}.", "sweep.none": "No rung is due.",
    "clock.real": "{date} (real time)", "clock.sandbox": "{date} (sandbox; only a person moves it)",
    "calendar.head": "{year}: {count} working days; hours {hours} ({zone})",
    "calendar.provisional": "Holidays are published up to {date}; what follows is provisional.",
    "calendar.due": "{amount} from {start} end at {date}:",
    "calendar.sound": "Calendar “{name}” ({version}) is sound; notices cover {begin} to {end}.",
    "calendar.needs-notice": "Load the holiday notice of {year} when it is published: provisional dates are counted again.",
    "audit.sound": "Verified: everything is as it was written (events: {events}, tickets: {tickets}).",
    "audit.redacted": "The words of {count} events were erased by rule; the facts are whole.", "audit.administration": "administration",
    "finding.altered": "the event was altered", "finding.gap": "an event is missing", "finding.cut": "the last events were cut off",
    "finding.words": "the words are not what was written", "finding.row": "column “{field}” is not what the events tell",
    "finding.fold": "the events cannot follow each other", "finding.no-ticket": "events without a ticket",
    "finding.no-events": "a ticket without events", "finding.number": "a number is missing, or was given by no counter",
    "finding.cooperators": "the index of cooperators is not the ticket's",
    "unit.count": "{count} units and groups.",
    "workflow.anywhere": "any state", "workflow.sound": "{file} is sound: {states} states, {triggers} triggers, version {hash}.",
    "init.done": "Made the database {url}",
    "init.holds": "Workflows: {workflows}; {units} units, {accounts} accounts; holidays up to {date}.",
    "init.sandbox": "A sandbox: its clock stands at {date}; its notices never leave this machine.",
    "upgrade.done": "The database is at schema {schema}.",

    "field.stands-for": "stands in for", "field.via": "by way of", "field.database": "database",
    "field.setting": "setting", "field.value": "value", "field.origin": "from",
    "origin.flag": "option", "origin.environment": "environment", "origin.locale": "locale", "origin.default": "default",
    "config.named": "{origin} {named}", "config.hidden": "(not shown)", "config.empty": "(empty)",
    "config.empty.key": "(beside the database)", "config.empty.pager": "(no pager)",
    "config.file": "Settings file: {file}", "config.no-file": "There is no settings file ({file}).",

    # hints, for people only
    "done.act": "{number}: {trigger}", "done.registered": "{number}, noted: {trigger}", "done.nothing": "{number} was opened before with the same content; nothing was done twice",
    "done.overdue": "{rung} was due on {date} and had not been fired; it goes first", "done.dry-run": "dry run: {number} would gain these events; nothing was written",
    "ask.lead": "In the plan {measure} is led by {units}. Lead (Enter {empty})",
    "ask.takes": "takes {unit}", "ask.leaves-empty": "leaves it empty",
    "hint.lead-suggested": "in the plan {measure} is led by {units}; name the lead with --lead",
    "hint.assign-next": "next: zg assign {number} --lead UNIT",
    "hint.show-next": "zg why {number} tells where the dates come from; zg log {number} what happened",
    "hint.several": "{done} done, {failed} not.",
    "hint.clock-moved": "next: zg sweep fires what is due now",
    "hint.init-next": "next: zg open 'the problem' --source visit",

    # the demo
    "demo.begin": "1. A sandbox: 16 March 2020; its clock moves when somebody moves it",
    "demo.found": "2. The first evaluation and an unannounced visit find problems; the hotline sends a complaint",
    "demo.assigned": "3. Assigned; units accept, one declines",
    "demo.march": "4. March: signed off, submitted, rejected, verified",
    "demo.april": "5. April: an extension, an endorsement, closed",
    "demo.autumn": "6. Some do nothing; in September a problem relapses",
    "demo.winter": "7. November: who drags, and why",
    "demo.end": 'The sandbox: {url}\nGo on:\n  export ZG_DB={url}\n  zg list --light red     zg why 3     zg can 3     zg --as 市中级法院 show 3\n  zg open "a new problem" --source visit --lead 市科技局\nWhen done: rm -r {folder}',

    # demo
    "demo-failed": "The demo stopped: {command} did not work.",
    "why.demo-failed": "Every step is a real command; that one fails is a fault of the program.",
    "hint.demo-failed": "send the output above to whoever maintains the program",
}
