"""`zg evaluate import|correct|undo|reopen|verify|tasklist`: results come in, and what people do with what they found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from engine.audit.outfile import replacing
from engine.cli.call import Call
from engine.cli.evaluate_screen import print_applied, print_corrected, print_undone
from engine.cli.frame import argument, json_option, option, verb
from engine.cli.many import SOME_FAILED
from engine.cli.path import FilePath
from engine.cli.progress import Progress
from engine.errors import NotPossible, UsageError
from engine.office.each import Became
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.imports import Asked, correct_results, import_results, undo_round
from engine.office.rounds.proposals import Proposals
from engine.office.rounds.shown import applied_view, because, faulty, item_view
from engine.office.rounds.tasklist import write_tasklist
from engine.views.round import AppliedView


def _file_options() -> tuple[click.Parameter, ...]:
    return (
        argument("number", metavar="ROUND"), argument("file", metavar="FILE", type=FilePath(path_type=Path)),
        option("--map", "columns", multiple=True, metavar="COLUMN=FIELD"), option("--sheet", metavar="NAME"),
        option("--subject", "subjects", multiple=True, metavar="NAME=SUBJECT"), option("--commit", is_flag=True),
    )


@verb(
    "evaluate.import", *_file_options(), option("--confirm", type=int, metavar="N"), option("--late", is_flag=True),
    option("--all-or-nothing", "whole", is_flag=True), json_option(),
)
def import_(
    call: Call, number: str, file: Path, columns: tuple[str, ...], sheet: str | None, subjects: tuple[str, ...], commit: bool,
    confirm: int | None, late: bool, whole: bool, as_json: bool,
) -> int:
    app, bar = call.app, Progress(call, 0)
    asked = Asked(columns, sheet, commit, confirm, late, whole, subjects)
    applied = import_results(app.desk, app.actor, number, file, asked, bar.advance)
    view = applied_view(applied, call.phrase())
    if not call.json:
        print_applied(call, view, applied)
    return _told(call, view)


@verb(
    "evaluate.correct", *_file_options(), option("--reason", required=True, metavar="TEXT"),
    option("--material", required=True, type=click.Choice(("yes", "no"))), option("--confirm", type=int, metavar="N"), json_option(),
)
def correct(
    call: Call, number: str, file: Path, columns: tuple[str, ...], sheet: str | None, subjects: tuple[str, ...], commit: bool,
    reason: str, material: str, confirm: int | None, as_json: bool,
) -> int:
    app = call.app
    asked = Asked(columns, sheet, commit, confirm, subjects=subjects)
    applied = correct_results(app.desk, app.actor, number, file, asked, reason, material=material == "yes")
    view = applied_view(applied, call.phrase(), reversals=True)
    if not call.json:
        print_corrected(call, view, applied)
    return _told(call, view)


@verb(
    "evaluate.undo", argument("number", metavar="ROUND"), option("--reason", metavar="TEXT"),
    option("--commit", is_flag=True), json_option(),
)
def undo(call: Call, number: str, reason: str | None, commit: bool, as_json: bool) -> int:
    applied = undo_round(call.app.desk, call.app.actor, number, reason, commit=commit)
    view = applied_view(applied, call.phrase(), reversals=True)
    if not call.json:
        print_undone(call, view, applied)
    return _told(call, view)


@verb(
    "evaluate.reopen", argument("number", metavar="ROUND"), option("--relapsed", is_flag=True), option("--unit", metavar="UNIT"),
    json_option(),
)
def reopen(call: Call, number: str, relapsed: bool, unit: str | None, as_json: bool) -> int:
    if not relapsed:
        raise UsageError(reason="usage-relapsed", round=number)
    return _items(call, _proposals(call, number, unit).reopen(because(call.phrase(), "round.reopened-because")))


@verb(
    "evaluate.verify", argument("number", metavar="ROUND"), option("--passing", is_flag=True), option("--unit", metavar="UNIT"),
    json_option(),
)
def verify(call: Call, number: str, passing: bool, unit: str | None, as_json: bool) -> int:
    if not passing:
        raise UsageError(reason="usage-passing", round=number)
    proposals = _proposals(call, number, unit)
    code = _items(call, proposals.verify(because(call.phrase(), "round.verified-because")))
    if waiting := proposals.waiting():
        call.hint("hint.evaluate-waiting", count=waiting)
    if reported := proposals.reported():
        call.hint("hint.evaluate-reported", count=reported)
    return code


@verb(
    "evaluate.tasklist", argument("number", metavar="ROUND"),
    option("--out", required=True, type=FilePath(path_type=Path), metavar="FILE"), option("--force", is_flag=True),
)
def tasklist(call: Call, number: str, out: Path, force: bool) -> int:
    if out.suffix.lower() != ".xlsx":
        raise UsageError(reason="usage-tasklist", file=str(out))
    if out.exists() and not force:  # somebody may have filled it in
        raise NotPossible(reason="export-exists", file=str(out))
    app = call.app
    round_ = Rounds(app.desk).read(app.actor, number)
    with replacing(out) as scratch:
        count = write_tasklist(app.desk, app.actor, round_, scratch, call.phrase())
    call.hint("done.tasklist", file=str(out), count=count)
    return 0


def _proposals(call: Call, number: str, unit: str | None) -> Proposals:
    app = call.app
    return Proposals(app.desk, app.actor, Rounds(app.desk).read(app.actor, number), app.intake.unit(unit) if unit is not None else None)


def _items(call: Call, items: Iterable[Became]) -> int:
    """Prints what became of each ticket."""
    failed = done = 0
    for item in items:
        view = item_view(item, call.phrase(call.app.desk.definition(item.ticket)))
        failed, done = failed + (not view["done"]), done + view["done"]
        if call.json:
            call.dump(view)
        else:
            said = "round.item-done" if view["done"] else "round.item-refused"
            reasons = call.say("list.comma").join(reason["message"] for reason in view["reasons"])
            call.out(call.say(said, number=item.ticket.number, title=item.ticket.title, reasons=reasons))
    call.hint("done.items", done=done, failed=failed)
    return SOME_FAILED if failed else 0


def _told(call: Call, view: AppliedView) -> int:
    if call.json:
        call.dump(view)
    return SOME_FAILED if faulty(view) else 0
