"""The ledger, today, the figures: their filters."""



# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # commands
    "short.today": "what waits for me today", "short.count": "figures of the ledger",
    "help.list": "Lists tickets, open ones unless told, most urgent first: pages of a table on a terminal; into a program all of them, lines with tabs, the number first, codes never translated. An option given twice means either. --unit shows what a unit leads and what it cooperates in; zg count counts what it leads.",
    "example.list": "zg list --unit FGW --light red\nzg list --due this-week\nzg list --state submitted --mine\nzg list --changed-since yesterday\nzg list @this-week",
    "help.today": "What waits for me today: for the office to assign, to verify, to answer, to sign, overdue, due this week and objected to; for a unit to accept, to submit, its parts; for its head to endorse; for a leader to decide; and what is stuck: rules fail, nobody may act, a suspension is over. Each line ends in the command to run; where the answer may be another, its command follows the section.",
    "example.today": "zg today\nzg --as FGW today --json",
    "help.count": "Figures: opened, closed and on time within a span, open and late as of now, and the mean of working days from the first assignment to the last submission. This year unless told. They count what zg list shows, without what was withdrawn; late are also those handed in late that wait to be verified. --unit counts the tickets it leads, as its row of --by unit does.",
    "example.count": "zg count --by unit --overdue\nzg count --by officer\nzg count --unit FGW --from 2020-03-01 --to 2020-03-31\nzg count --from last-month --to last-month",

    "help.export": "Writes the ledger to a file of the kind that its name ends in: .xlsx (heading frozen and on every page, lights by colour, filters, who exported it and when in the footer, a sheet of figures with charts), .csv, .jsonl (as zg list --json), .ics (due dates, for a calendar). The filters are those of zg list, and it holds what you may see; no text that begins with = + - @ becomes a formula. An export is an entry of the administration. A corrected .xlsx or .csv can be imported again.",
    "example.export": "zg export ledger.xlsx\nzg export late.xlsx --light red --unit FGW\nzg export everything.csv --all\nzg export this-month.ics --due this-month",

    "short.view": "filters under a name: save, list, remove",
    "short.view.save": "save a filter under a name", "short.view.list": "the saved filters", "short.view.remove": "remove a saved filter",
    "help.view": "Filters that are used again and again, under a name: zg list @NAME shows their tickets, and so does the page of the ledger.",
    "example.view": "zg view save this-week --due this-week\nzg list @this-week",
    "help.view.save": "Saves a filter under a name, as it was typed: this-week is always the week in which somebody looks. It is yours alone, unless --for unit gives it to the people of your unit, or --for all to everybody, which the office does. Whoever saved a name saves it anew; a name of somebody else is removed first. Whoever opens it sees what that person may see.",
    "example.view.save": "zg view save this-week --due this-week\nzg view save red --light red --for all",
    "help.view.list": "Lists those that you may use: your own, those of your unit, and everybody's.",
    "example.view.list": "zg view list\nzg view list --json",
    "help.view.remove": "Removes a saved filter; one of a unit is removed by its people, one of everybody by the office.",
    "example.view.remove": "zg view remove this-week\nzg view remove red --for all",
    "option.audience": "whose it is: {choices}; your own unless said",

    # options
    "option.view.save.lead": "the unit that leads; may be repeated", "option.view.save.unit": "the unit that leads or cooperates; may be repeated", "option.view.save.source": "the source: {choices}; may be repeated", "option.view.save.measure": "the measure; may be repeated", "option.view.save.grade": "the grade; may be repeated", "option.view.save.batch": "of this batch (B-2020-0001, or the first ticket of several for one problem); may be given twice", "option.view.save.due": "promised for within this span, like this-week", "option.view.save.visit": "found by this visit; may be given twice",
    "option.list.lead": "the unit that leads; may be repeated", "option.export.lead": "the unit that leads; may be repeated", "option.count.lead": "the unit that leads; may be repeated",
    "option.every": "closed ones too", "option.closed": "closed ones only", "option.state": "the state; may be repeated: either of them",
    "option.list.unit": "the unit that leads or cooperates; may be repeated", "option.export.unit": "the unit that leads or cooperates; may be repeated", "option.count.unit": "the unit that leads; may be repeated", "option.light": "the light: {choices}; may be repeated",
    "option.overdue": "only open ones that are late", "option.late": "late ones, also those closed late", "option.repeats": "those that repeat an earlier finding", "option.on_time": "those submitted in time",
    "option.list.source": "the source: {choices}; may be repeated", "option.export.source": "the source: {choices}; may be repeated", "option.count.source": "the source: {choices}; may be repeated",
    "option.level": "the level on the ladder: {choices}; may be repeated",
    "option.turn": "whose turn: {choices}; may be repeated", "option.list.measure": "the measure; may be repeated", "option.export.measure": "the measure; may be repeated", "option.count.measure": "the measure; may be repeated",
    "option.list.grade": "the grade; may be repeated", "option.export.grade": "the grade; may be repeated", "option.count.grade": "the grade; may be repeated", "option.officer": "the officer who handles it; may be repeated", "option.mine": "those I handle",
    "option.open.officer": "the officer who handles it; who opens it unless said", "option.amend.officer": "the new officer",
    "option.amend.lead": "the unit that is suggested (before it is assigned)", "option.portfolio": "only units I answer for",
    "option.list.batch": "of this batch (B-2020-0001, or the first ticket of several for one problem); may be given twice", "option.export.batch": "of this batch (B-2020-0001, or the first ticket of several for one problem); may be given twice", "option.count.batch": "of this batch (B-2020-0001, or the first ticket of several for one problem); may be given twice",
    "option.text": "words of title or number, in any width and case", "option.opened": "when it was opened, like 2020-03-01..2020-03-31 (both days included), 2020-03, last-week",
    "option.list.due": "promised for within this span, like this-week", "option.export.due": "promised for within this span, like this-week", "option.count.due": "promised for within this span, like this-week", "option.closed_in": "closed within this span", "option.changed_since": "to which anything happened since, like yesterday",
    "option.list.columns": "the columns: {choices}; several may be named",
    "option.export.columns": "the columns of a sheet: {choices}; several may be named, all of them without it",
    "option.export.force": "replace a file that is there", "option.sort": "{choices}; by level open ones only", "option.limit": "tickets on a page; a program gets all without it",
    "option.after": "go on after this ticket, or the cursor of the page before",
    "option.count.by": "{choices}", "option.count.since": "from the first moment of this day; the first of January unless said",
    "option.count.before": "to the end of this day or period; to the end of today unless said",
}
