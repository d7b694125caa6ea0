"""Rounds of evaluation: begun, looked at, and what people do with what they found; objections, closing, taking back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from starlette.responses import Response

from engine.office.each import Became
from engine.office.rounds.applied import Applied
from engine.office.rounds.beginning import About, Rounds
from engine.office.rounds.closing import close_round, unexplained
from engine.office.rounds.imports import undo_round
from engine.office.rounds.newcomers import must_be_known
from engine.office.rounds.proposals import Proposals
from engine.office.rounds.shown import applied_view, because, taken_back
from engine.office.rounds.tasklist import write_tasklist
from engine.office.rounds.typed import Typed, beginning
from engine.views.office_lists import RoundForm, RoundPage, UndoPage
from engine.views.round import disputes_view, pair_view, round_view
from engine.web.attempt import FILE, MENDED, again, attempted
from engine.web.context import Context
from engine.web.download import download
from engine.web.listing import became, listed
from engine.web.page import page
from engine.web.texts import Speech

PAIRS = 200
"""So many pairs are shown at once; those of one action by its link."""

BEGUN = {"scheme": "column.scheme"}
OBJECTION = {"target": "column.standards", "unit": "field.subject", "reason": "page.rounds.why", FILE: "page.rounds.signed"}
DECISION = {"reason": "page.rounds.why"}

TYPED = ("scheme", "on", "period", "received", "doc", "title", "for_comment", "assign_limit")


def index(context: Context) -> Response:
    desk = context.record.desk
    zone = desk.rules.zone()
    view = listed(
        context, lambda closed: Rounds(desk).every(context.who, closed=closed), lambda round_: round_view(round_, zone),
    )
    return page(context, "rounds/index", view, form=context.query)


def show(context: Context) -> Response:
    return page(context, "rounds/show", _found(context), form=context.query)


def new(context: Context) -> Response:
    """The form of a round that begins."""
    return page(context, "rounds/new", _form(context), form=context.query)


def start(context: Context) -> Response:
    texts = context.form.texts

    def started() -> str:
        named: dict[str, Any] = {name: texts.get(name) for name in TYPED}
        named["scheme"] = named["scheme"] or ""
        typed = Typed(
            **named, subjects=texts.every("subjects"), targets=texts.every("targets"), points=texts.on("points"),
            interim=texts.on("interim"),
        )
        begun = beginning(context.app.intake, typed).value
        if not texts.on("fresh"):
            must_be_known(context.record.desk, begun)
        done = Rounds(context.record.desk).start(context.who, begun)
        return f"/rounds/{done.thing.number}?done=started"

    return attempted(context, started, "rounds/new", lambda: _form(context), BEGUN)


def verify(context: Context) -> Response:
    """Verifies what was handed in and passes."""
    return _each(context, verified)


def reopen(context: Context) -> Response:
    """Reopens what was closed and found again."""
    return _each(context, reopened)


def tasklist(context: Context) -> Response:
    """The list of tasks as a sheet to be filled in."""
    desk, speech = context.record.desk, Speech(context)
    round_ = Rounds(desk).read(context.who, context.asked.params["round"])
    with tempfile.TemporaryDirectory(prefix="zg-tasks-") as folder:
        path = Path(folder) / "tasks.xlsx"
        write_tasklist(desk, context.who, round_, path, speech.phrase())
        body = path.read_bytes()
    return download(body, f"tasks-{round_.number}.xlsx")


def object_(context: Context) -> Response:
    """Enters what a unit objects to, as its head signed it."""
    texts, number = context.form.texts, context.asked.params["round"]

    def objected() -> str:
        files = context.handed_in()
        done = Rounds(context.record.desk).object(context.who, number, _about(context), texts.get("reason") or "", files)
        return f"/rounds/{done.thing.number}?done=objected#disputes"

    return attempted(context, objected, "rounds/show", lambda: _found(context), OBJECTION)


def decide(context: Context) -> Response:
    """Decides about an objection."""
    texts, number = context.form.texts, context.asked.params["round"]

    def decided() -> str:
        done = Rounds(context.record.desk).settle(
            context.who, number, _about(context), accepted=texts.get("decision") == "accept", value=texts.get("value"),
            reason=texts.get("reason") or "",
        )
        return f"/rounds/{done.thing.number}?done=decided#disputes"

    return attempted(context, decided, "rounds/show", lambda: _found(context), DECISION)


def close(context: Context) -> Response:
    def closed() -> str:
        accepted = context.form.texts.get("accept_missing")
        done = close_round(context.record.desk, context.who, context.asked.params["round"], accepted)
        return f"/rounds/{done.thing.number}?done=closed"

    return attempted(context, closed, "rounds/show", lambda: _found(context))


def undo(context: Context) -> Response:
    """The form of taking it back."""
    return page(context, "rounds/undo", _undo_page(context), form=context.query)


def undo_preview(context: Context) -> Response:
    """What taking it back would do."""
    try:
        return page(context, "rounds/undo", _undo_page(context, _undone(context, commit=False)), form=context.form.texts)
    except MENDED as error:
        return again(context, error, "rounds/undo", _undo_page(context))


def take_back(context: Context) -> Response:
    """Takes it back, or asks another person to."""

    def taken() -> str:
        applied = _undone(context, commit=True)
        return f"/rounds/{applied.round.number}?done={'asked' if applied.asks else 'undone'}"

    return attempted(context, taken, "rounds/undo", lambda: _undo_page(context))


def _undone(context: Context, *, commit: bool) -> Applied:
    reason = context.form.texts.get("reason")
    return undo_round(context.record.desk, context.who, context.asked.params["round"], reason, commit=commit)


def _form(context: Context) -> RoundForm:
    return RoundForm(tuple(Rounds(context.record.desk).schemes()))


def _found(context: Context) -> RoundPage:
    desk, rounds = context.record.desk, Rounds(context.record.desk)
    round_ = rounds.read(context.who, context.asked.params["round"])
    missing = [] if round_.undone_at is not None else unexplained(desk, context.who, round_)
    action = context.query.get("action")
    wanted = (item for item in sorted(round_.results.items()) if action in (None, item[1].action))
    pairs = [pair_view(round_, pair, result) for pair, result in islice(wanted, PAIRS + 1)]
    return RoundPage(
        round_view(round_, desk.rules.zone()), tuple(disputes_view(round_, rounds.events(context.who, round_))) if round_.disputes else (),
        tuple((item.target, item.subject) for item in missing), tuple(pairs[:PAIRS]), len(pairs) > PAIRS,
    )


def _undo_page(context: Context, applied: Applied | None = None) -> UndoPage:
    desk = context.record.desk
    round_ = Rounds(desk).read(context.who, context.asked.params["round"])
    view = applied_view(applied, Speech(context).phrase(), reversals=True) if applied is not None else None
    return UndoPage(round_view(round_, desk.rules.zone()), view, taken_back(view) if view is not None else {})


def _about(context: Context) -> About:
    texts = context.form.texts
    return About(texts.get("unit") or "", texts.get("target") or "", texts.get("point"))


def _each(context: Context, act: Callable[[Context], Iterator[Became]]) -> Response:
    """Does it to each ticket that the round proposes it for, and says of each what became of it."""
    round_ = Rounds(context.record.desk).read(context.who, context.asked.params["round"])
    found = became(context.record.desk, act(context), round_.number, f"/rounds/{round_.number}")
    return page(context, "bulk/became", found, form=context.form.texts)


def verified(context: Context) -> Iterator[Became]:
    """Verifies, of the tickets of a round, those that were handed in and pass."""
    return _proposals(context).verify(because(Speech(context).phrase(), "round.verified-because"))


def reopened(context: Context) -> Iterator[Became]:
    """Reopens, of the tickets of a round, those that were closed and found again."""
    return _proposals(context).reopen(because(Speech(context).phrase(), "round.reopened-because"))


def _proposals(context: Context) -> Proposals:
    desk, unit = context.record.desk, context.form.texts.get("unit")
    round_ = Rounds(desk).read(context.who, context.asked.params["round"])
    return Proposals(desk, context.who, round_, context.app.intake.unit(unit) if unit is not None else None)
