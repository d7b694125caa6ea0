"""`zg visit`: where the office went to look (督查检查): begun, looked at, consented to, closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.cli.acts import OPTIONS
from engine.cli.call import Call
from engine.cli.complete import complete_unit, complete_workflow
from engine.cli.failure import refusing
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.listing import TITLE_LEAST
from engine.cli.opening import GRADE_METAVAR
from engine.cli.result import result
from engine.cli.table import Column, pairs, table, tsv
from engine.desk.tickets import WORKFLOW
from engine.office.stream import DoneTo
from engine.office.visits.findings import enter
from engine.office.visits.visits import CountedVisit, Visits
from engine.rules.acts.opening import Opening
from engine.rules.loop.visit import Visit
from engine.rules.ticket import Ticket
from engine.views.batch import member_view
from engine.views.event import event_view
from engine.views.visit import visit_view

SOURCE = "visit"
"""Where what a visit finds comes from."""


def _number_argument() -> click.Argument:
    return argument("number", metavar="VISIT")


def _write_options() -> tuple[click.Option, ...]:
    return option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True)


@verb(
    "visit.new", option("--on", "day", required=True, metavar="DAY"), option("--place", required=True, metavar="TEXT"),
    option("--unannounced", is_flag=True), option("--team", metavar="WHO,…"), *_write_options(),
)
def new(call: Call, day: str, place: str, unannounced: bool, team: str | None, dry_run: bool, as_json: bool) -> int:
    app = call.app
    outing = call.value_of(app.intake.outing(day, place, team, unannounced=unannounced))
    done = Visits(app.desk).begin(app.actor, outing, dry_run=dry_run)
    _print_done(call, done, dry_run=dry_run)
    if not dry_run:
        call.hint("hint.visit-next", visit=done.thing.number)
    return 0


@verb(
    "visit.finding", _number_argument(), argument("title", metavar="TITLE"), option("--measure", metavar="NO"),
    option("--grade", metavar=GRADE_METAVAR), option("--unit", metavar="UNIT", shell_complete=complete_unit),
    option("--place", metavar="TEXT"), option("--detail", metavar="TEXT"), option("--file", **OPTIONS["file"]),
    option("--workflow", metavar="NAME", default=WORKFLOW, shell_complete=complete_workflow), *_write_options(),
)
def finding(
    call: Call, number: str, title: str, measure: str | None, grade: str | None, unit: str | None, place: str | None, detail: str | None,
    file: tuple[str, ...], workflow: str, dry_run: bool, as_json: bool,
) -> int:
    app, intake = call.app, call.app.intake
    opening = Opening(
        title, SOURCE, detail, measure=intake.measure(measure).no if measure is not None else None,
        grade=intake.grade(app.desk.rules.current(workflow), grade), lead=intake.unit(unit) if unit is not None else None,
    )
    with refusing("open"):
        done = enter(app.desk, app.actor, number, opening, [Path(path) for path in file], workflow, place=place, dry_run=dry_run)
    result(call, done, act="open", dry_run=dry_run, several=False)
    return 0


@verb("visit.consent", _number_argument(), *_write_options())
def consent(call: Call, number: str, dry_run: bool, as_json: bool) -> int:
    _print_done(call, Visits(call.app.desk).consent(call.app.actor, number, dry_run=dry_run), dry_run=dry_run)
    return 0


@verb("visit.close", _number_argument(), *_write_options())
def close(call: Call, number: str, dry_run: bool, as_json: bool) -> int:
    _print_done(call, Visits(call.app.desk).close(call.app.actor, number, dry_run=dry_run), dry_run=dry_run)
    return 0


@verb("visit.show", _number_argument(), option("--json", "as_json", is_flag=True))
def show(call: Call, number: str, as_json: bool) -> int:
    visits, actor = Visits(call.app.desk), call.app.actor
    found = visits.read(actor, number)
    findings = visits.findings(actor, found.visit)
    if call.json:
        zone = call.app.desk.rules.zone()
        call.dump({**_view(call, found), "members": [member_view(ticket, zone) for ticket in findings]})
        return 0
    _print_card(call, found)
    call.lines(_findings(call, findings))
    return 0


@verb("visit.list", option("--all", "every", is_flag=True), option("--json", "as_json", is_flag=True))
def list_(call: Call, every: bool, as_json: bool) -> int:
    found = Visits(call.app.desk).every(call.app.actor, closed=every)
    if call.json:
        for each in found:
            call.dump(_view(call, each))
        return 0
    shown = [(each, _view(call, each)) for each in found]
    if not call.terminal.out:
        fields = ("number", "day", "unannounced", "findings", "unassigned", "open", "closed_on", "place")
        call.lines(tsv([[{**view, "unannounced": _kind(call, each.visit)}[name] for name in fields] for each, view in shown]))
        return 0
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("field.visit-day"), whole=True),
        Column(call.say("field.place"), least=TITLE_LEAST), Column(call.say("field.visit-kind"), spare=1),
        Column(call.say("field.findings"), right=True), Column(call.say("field.unassigned"), right=True),
    ]
    rows = [
        [each.visit.number, str(view["day"]), each.visit.place, _kind(call, each.visit), str(each.findings), str(each.unassigned)]
        for each, view in shown
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("visit.count" if shown else "visit.none", count=len(shown))
    return 0


def _view(call: Call, found: CountedVisit) -> dict[str, Any]:
    zone = call.app.desk.rules.zone()
    return dict(visit_view(found.visit, zone, findings=found.findings, unassigned=found.unassigned, open_=found.open))


def _print_done(call: Call, done: DoneTo[Visit], *, dry_run: bool) -> None:
    """Prints a visit as it is after an act, or in a rehearsal as it would be, with the event."""
    [found] = Visits(call.app.desk).counted([done.thing])
    if call.json:
        view = _view(call, found)
        rehearsed = {"number": done.thing.number, "dry_run": True, "events": [event_view(done.event)], "visit": view}
        call.dump(rehearsed if dry_run else view)
        return
    if dry_run:
        call.hint("done.rehearsed")
    _print_card(call, found)


def _print_card(call: Call, found: CountedVisit) -> None:
    visit, view = found.visit, _view(call, found)
    again = call.say("visit.again", count=len(visit.again), sample=visit.sample, months=visit.months) if visit.again else ""
    call.lines(pairs([
        (call.say("field.number"), visit.number), (call.say("field.visit-day"), view["day"]), (call.say("field.place"), visit.place),
        (call.say("field.visit-kind"), _kind(call, visit)),
        (call.say("field.team"), call.phrase().several(call.person(name) for name in visit.team)),
        (call.say("field.again"), again),
        (call.say("field.findings"), call.say("visit.findings", **{name: view[name] for name in ("findings", "unassigned", "open")})),
        (call.say("field.visit-begun"), _by(call, view["begun_on"], visit.begun_by)),
        (call.say("field.visit-consented"), _by(call, view["consented_on"], visit.consented_by)),
        (call.say("field.visit-closed"), _by(call, view["closed_on"], visit.closed_by)),
    ], call.terminal))


def _kind(call: Call, visit: Visit) -> str:
    return call.say("visit.unannounced" if visit.unannounced else "visit.announced")


def _by(call: Call, day: str | None, who: str | None) -> str:
    return call.say("visit.by", date=day, who=call.person(who)) if who else ""


def _findings(call: Call, findings: list[Ticket]) -> list[str]:
    """What a visit found, line by line."""
    desk, zone = call.app.desk, call.app.desk.rules.zone()
    if not call.terminal.out:
        return tsv([["ticket", *member_view(ticket, zone).values()] for ticket in findings])
    rows = []
    for ticket in findings:
        phrase = call.phrase(desk.definition(ticket))
        rows.append([ticket.number, ticket.title, phrase.unit(ticket.lead), phrase.state(ticket.state)])
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("field.title"), least=TITLE_LEAST),
        Column(call.say("field.lead"), spare=1), Column(call.say("field.state")),
    ]
    return ["", *table(columns, rows, call.terminal)] if rows else []


visit = Noun("visit", (new, finding, show, list_, consent, close))
