"""`zg visit`: where the office went to look (督查检查): begun, looked at, consented to, closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from engine.cli.acts import OPTIONS
from engine.cli.call import Call
from engine.cli.complete import complete_unit, complete_workflow
from engine.cli.failure import refusing
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.listing import TITLE_LEAST
from engine.cli.opening import GRADE_METAVAR, repeats_option
from engine.cli.result import result
from engine.cli.table import Cell, Column, table, tsv
from engine.cli.thing import Shape, number_argument, write_options
from engine.cli.visit_import import import_
from engine.desk.tickets import WORKFLOW
from engine.desk.typed_outing import draw, typed_outing
from engine.errors import UsageError
from engine.office.stream import Counted
from engine.office.visits.rechecking import Rated, rate
from engine.office.visits.typed import TypedFinding, enter_typed
from engine.office.visits.visits import Visits
from engine.rules.access import may_read_visits
from engine.rules.loop.recheck import RATINGS
from engine.rules.loop.visit import Visit
from engine.views.visit import AgainView, again_view


@verb(
    "visit.new", option("--on", "day", metavar="DAY"), option("--place", metavar="TEXT"),
    option("--unannounced", is_flag=True), option("--team", metavar="WHO,…"),
    option("--recheck", is_flag=True), option("--sample", metavar="10%|N"), option("--months", metavar="N", type=click.IntRange(1, 60)),
    option("--lot", metavar="TEXT"), *write_options(),
)
def new(
    call: Call, day: str | None, place: str | None, unannounced: bool, team: str | None, recheck: bool, sample: str | None,
    months: int | None, lot: str | None, dry_run: bool, as_json: bool,
) -> int:
    if not recheck and (day is None or place is None):
        raise UsageError(reason="usage-visit-where")
    if not recheck and (sample, months, lot) != (None, None, None):
        raise UsageError(reason="usage-visit-draw")
    app = call.app
    again = draw(sample, months, lot) if recheck else None
    outing = call.value_of(typed_outing(app.intake, day, place, team, unannounced=unannounced, again=again))
    done = Visits(app.desk).begin(app.actor, outing, dry_run=dry_run)
    SHAPE.print_done(call, done, dry_run=dry_run)
    if not dry_run:
        call.hint("hint.recheck-next" if recheck else "hint.visit-next", visit=done.thing.number, number=next(iter(done.thing.again), ""))
    return 0


@verb(
    "visit.finding", number_argument("VISIT"), argument("title", metavar="TITLE"), option("--measure", metavar="NO"),
    option("--grade", metavar=GRADE_METAVAR), option("--unit", metavar="UNIT", shell_complete=complete_unit),
    option("--place", metavar="TEXT"), option("--detail", metavar="TEXT"), option("--file", **OPTIONS["file"]),
    repeats_option(), option("--workflow", metavar="NAME", default=WORKFLOW, shell_complete=complete_workflow), *write_options(),
)
def finding(
    call: Call, number: str, title: str, measure: str | None, grade: str | None, unit: str | None, place: str | None, detail: str | None,
    file: tuple[str, ...], earlier: tuple[str, ...], workflow: str, dry_run: bool, as_json: bool,
) -> int:
    app = call.app
    typed = TypedFinding(title, measure, grade, unit, place, detail, earlier, workflow)
    with refusing("open"):
        done = enter_typed(app.intake, number, typed, app.intake.files(file), dry_run=dry_run)
    result(call, done, act="open", dry_run=dry_run, several=False)
    return 0


@verb(
    "visit.recheck", number_argument("VISIT"), argument("ticket", metavar="NO"),
    argument("rating", metavar="0|50|100", type=click.Choice([str(value) for value in RATINGS])),
    option("--adequate", metavar="yes|no", type=click.Choice(["yes", "no"])), option("--note", metavar="TEXT"),
    option("--file", **OPTIONS["file"]),
    option("--workflow", metavar="NAME", default=WORKFLOW, shell_complete=complete_workflow), *write_options(),
)
def recheck(
    call: Call, number: str, ticket: str, rating: str, adequate: str | None, note: str | None, file: tuple[str, ...], workflow: str,
    dry_run: bool, as_json: bool,
) -> int:
    app = call.app
    rated = Rated(int(rating), None if adequate is None else adequate == "yes", note)
    with refusing("recheck"):
        done, found = rate(app.desk, app.actor, number, ticket, rated, workflow, app.intake.files(file), dry_run=dry_run)
    result(call, done, act="recheck", dry_run=dry_run, several=False)
    if not dry_run:
        if done.ticket.relapse is not None:
            call.hint("hint.relapsed", number=done.ticket.number)
        if found is not None:
            call.hint("hint.followed-up", number=found)
    return 0


@verb("visit.consent", number_argument("VISIT"), *write_options())
def consent(call: Call, number: str, dry_run: bool, as_json: bool) -> int:
    visits = Visits(call.app.desk)
    done = visits.consent(call.app.actor, number, dry_run=dry_run)
    SHAPE.print_done(call, done, dry_run=dry_run)
    if unnamed := [finding.number for finding in visits.waiting(done.thing) if finding.unit is None]:
        call.hint("hint.findings-without-unit", numbers=call.phrase().several(unnamed), number=unnamed[0])
    return 0


@verb("visit.close", number_argument("VISIT"), *write_options())
def close(call: Call, number: str, dry_run: bool, as_json: bool) -> int:
    SHAPE.print_done(call, Visits(call.app.desk).close(call.app.actor, number, dry_run=dry_run), dry_run=dry_run)
    return 0


@verb("visit.show", number_argument("VISIT"), option("--json", "as_json", is_flag=True))
def show(call: Call, number: str, as_json: bool) -> int:
    visits, actor = Visits(call.app.desk), call.app.actor
    found = visits.read(actor, number)
    again = [again_view(found.thing, ticket) for ticket in visits.again(found.thing)]
    SHAPE.print_whole(call, found, visits.findings(actor, found.thing), {"rechecked": again})
    if again and not call.json:
        call.lines(_again(call, again))
    return 0


@verb("visit.list", option("--all", "every", is_flag=True), option("--json", "as_json", is_flag=True))
def list_(call: Call, every: bool, as_json: bool) -> int:
    SHAPE.print_list(call, Visits(call.app.desk).every(call.app.actor, closed=every))
    return 0


def _view(call: Call, found: Counted[Visit]) -> dict[str, Any]:
    return dict(Visits(call.app.desk).view(found))


def _card(call: Call, found: Counted[Visit]) -> Sequence[tuple[str, str | Cell]]:
    visit, view = found.thing, _view(call, found)
    again = call.say(
        "visit.again", count=len(visit.again), sample=visit.sample, months=visit.months, lot=visit.lot,
    ) if visit.again else ""
    return [
        (call.say("field.number"), visit.number), (call.say("field.visit-day"), view["day"]),
        (call.say("field.place"), _place(call, visit)), (call.say("field.visit-kind"), _kind(call, visit)),
        (call.say("field.team"), call.phrase().several(call.person(name) for name in visit.team)),
        (call.say("field.again"), again),
        (call.say("field.findings"), call.say("visit.findings", **{name: view[name] for name in ("findings", "unassigned", "open")})),
        (call.say("field.visit-begun"), _by(call, view["begun_on"], visit.begun_by)),
        (call.say("field.visit-consented"), _by(call, view["consented_on"], visit.consented_by)),
        (call.say("field.visit-closed"), _by(call, view["closed_on"], visit.closed_by)),
    ]


TOLD = ("number", "day", "unannounced", "findings", "unassigned", "open", "closed_on", "place")


def _told(call: Call, found: Counted[Visit]) -> Sequence[object]:
    view = {**_view(call, found), "unannounced": _kind(call, found.thing)}
    return [view[name] for name in TOLD]


def _columns(call: Call) -> list[Column]:
    return [
        Column(call.say("field.number"), whole=True), Column(call.say("field.visit-day"), whole=True),
        Column(call.say("field.place"), least=TITLE_LEAST), Column(call.say("field.visit-kind"), spare=1),
        Column(call.say("field.findings"), right=True), Column(call.say("field.unassigned"), right=True),
    ]


def _row(call: Call, found: Counted[Visit]) -> list[Cell | str]:
    visit = found.thing
    return [visit.number, visit.day.isoformat(), _place(call, visit), _kind(call, visit), str(found.tickets), str(found.unassigned)]


def _again(call: Call, again: Sequence[AgainView]) -> list[str]:
    """What a 回头看 was drawn to look at again, and how it was rated."""
    if not call.terminal.out:
        return tsv([["again", item["number"], item["title"], item["rating"]] for item in again])
    rows: list[list[Cell | str]] = [
        [item["number"], item["title"], call.say(f"rating.{item['rating']}") if item["rating"] is not None else ""] for item in again
    ]
    columns = [
        Column(call.say("field.again"), whole=True), Column(call.say("field.title"), least=TITLE_LEAST),
        Column(call.say("field.recheck-rating")),
    ]
    return ["", *table(columns, rows, call.terminal)]


def _place(call: Call, visit: Visit) -> str:
    return visit.place or (call.say("visit.recheck-place") if visit.again else "")


def _kind(call: Call, visit: Visit) -> str:
    return call.say("visit.unannounced" if visit.unannounced else "visit.announced")


def _by(call: Call, day: str | None, who: str | None) -> str:
    return call.say("visit.by", date=day, who=call.person(who)) if who else ""


def _count(call: Call, count: int) -> None:
    call.hint("visit.count" if count else "visit.none", count=count)


SHAPE: Shape[Visit] = Shape("visit", lambda call: Visits(call.app.desk), _view, _card, _told, _columns, _row, _count, may_read_visits)

visit = Noun("visit", (new, finding, import_, recheck, show, list_, consent, close))
