"""`zg batch`: what came with one letter (来文批次): received, looked at, closed. Tickets come into it by `zg open --batch`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.cli.call import Call
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.listing import TITLE_LEAST
from engine.cli.path import FilePath
from engine.cli.table import Cell, Column
from engine.cli.thing import Shape, number_argument, write_options
from engine.desk.typed_letter import typed_letter
from engine.office.batches import Batches
from engine.office.stream import Counted
from engine.rules.access import may_read_batches
from engine.rules.batch import Batch


@verb(
    "batch.new", argument("title", metavar="TITLE"), option("--letter", required=True, metavar="NO"),
    option("--date", "dated", required=True, metavar="DAY"), option("--sender", required=True, metavar="TEXT"),
    option("--limit", metavar="AMOUNT"),
    option("--file", metavar="FILE", multiple=True, type=FilePath(dir_okay=False)), *write_options(),
)
def new(
    call: Call, title: str, letter: str, dated: str, sender: str, limit: str | None, file: tuple[str, ...], dry_run: bool, as_json: bool,
) -> int:
    app = call.app
    given = call.value_of(typed_letter(app.intake, title, letter, dated, sender, limit))
    done = Batches(app.desk).receive(app.actor, given, files=app.intake.files(file), dry_run=dry_run)
    SHAPE.print_done(call, done, dry_run=dry_run)
    if not dry_run:
        call.hint("hint.batch-next", batch=done.thing.number)
    return 0


@verb("batch.close", number_argument("BATCH"), *write_options())
def close(call: Call, number: str, dry_run: bool, as_json: bool) -> int:
    SHAPE.print_done(call, Batches(call.app.desk).close(call.app.actor, number, dry_run=dry_run), dry_run=dry_run)
    return 0


@verb("batch.show", number_argument("BATCH"), option("--json", "as_json", is_flag=True))
def show(call: Call, number: str, as_json: bool) -> int:
    batches, actor = Batches(call.app.desk), call.app.actor
    found = batches.read(actor, number)
    SHAPE.print_whole(call, found, batches.tickets(actor, found.thing))
    return 0


@verb("batch.list", option("--all", "every", is_flag=True), option("--json", "as_json", is_flag=True))
def list_(call: Call, every: bool, as_json: bool) -> int:
    SHAPE.print_list(call, Batches(call.app.desk).every(call.app.actor, closed=every))
    return 0


def _view(call: Call, found: Counted[Batch]) -> dict[str, Any]:
    return dict(Batches(call.app.desk).view(found))


def _card(call: Call, found: Counted[Batch]) -> Sequence[tuple[str, str | Cell]]:
    batch, phrase, view = found.thing, call.phrase(), _view(call, found)
    closed = call.say("batch.closed", date=view["closed_on"], who=call.person(batch.closed_by)) if batch.closed_by else ""
    return [
        (call.say("field.number"), batch.number), (call.say("field.batch-title"), batch.title),
        (call.say("field.letter-number"), batch.letter),
        (call.say("field.dated"), view["dated_on"]), (call.say("field.sender"), batch.sender or ""),
        (call.say("field.received"), call.say("batch.received", date=view["received_on"], who=call.person(batch.received_by))),
        (call.say("field.assign-due"), call.say(
            "batch.due-late" if view["office_late"] else "batch.due", date=view["assign_due_on"], limit=phrase.amount(batch.assign_limit),
        )),
        (call.say("field.alarm"), phrase.moment(batch.wake_at) if view["next_alarm"] else ""),
        (call.say("field.in-batch"), call.say("batch.tickets", **{name: view[name] for name in ("tickets", "unassigned", "open")})),
        (call.say("field.repeats"), call.say("batch.repeats", count=found.repeats) if found.repeats else ""),
        (call.say("field.batch-closed"), closed),
    ]


TOLD = ("number", "letter", "sender", "dated_on", "assign_due_on", "tickets", "unassigned", "open", "closed_on", "title")


def _told(call: Call, found: Counted[Batch]) -> Sequence[object]:
    view = _view(call, found)
    return [*(view[name] for name in TOLD), "late" if view["office_late"] else ""]


def _columns(call: Call) -> list[Column]:
    return [
        Column(call.say("field.number"), whole=True), Column(call.say("field.batch-title"), least=TITLE_LEAST),
        Column(call.say("field.letter-number"), least=TITLE_LEAST, spare=1), Column(call.say("field.assign-due"), whole=True),
        Column(call.say("field.in-batch"), right=True), Column(call.say("field.unassigned"), right=True),
        Column(call.say("field.batch-closed"), spare=2),
    ]


def _row(call: Call, found: Counted[Batch]) -> list[Cell | str]:
    """The date by which it is to be assigned is marked where that is over."""
    view = _view(call, found)
    day = str(view["assign_due_on"])
    due = Cell(call.say("batch.late", date=day), ("red",)) if view["office_late"] else Cell(day)
    return [
        found.thing.number, found.thing.title, found.thing.letter, due, str(found.tickets), str(found.unassigned), view["closed_on"] or "",
    ]


def _count(call: Call, count: int) -> None:
    call.hint("batch.count" if count else "batch.none", count=count)


SHAPE: Shape[Batch] = Shape("batch", lambda call: Batches(call.app.desk), _view, _card, _told, _columns, _row, _count, may_read_batches)

batch = Noun("batch", (new, show, list_, close))
