"""Rounds of evaluation, for programs: begun, looked at, objected to, decided, closed, taken back; and the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from starlette.responses import Response

from engine.office.rounds.beginning import About, Rounds
from engine.office.rounds.board import board as read_board
from engine.office.rounds.closing import close_round, unexplained
from engine.office.rounds.imports import undo_round
from engine.office.rounds.shown import applied_view, board_view
from engine.office.rounds.typed import Typed, beginning
from engine.views.round import AppliedView, PairView, RoundView, disputes_view, pair_view, round_view
from engine.web.api.answer import CREATED, answer, named, sent, sent_texts
from engine.web.api.listing import listed
from engine.web.api.several import answer_of_each
from engine.web.context import Context
from engine.web.endpoints.rounds import reopened, verified
from engine.web.query import Texts, must_know
from engine.web.texts import Speech

STARTED = ("scheme", "on", "period", "received", "doc", "title", "for_comment", "assign_limit")
SEVERAL, SWITCHES, ABOUT = ("subjects", "targets"), ("points", "interim"), ("unit", "target", "point")


class RoundsView(TypedDict):
    """The newest rounds; there are `more` than a request lists."""

    rounds: list[RoundView]
    more: bool


class MissingView(TypedDict):
    """A pair of a round's scope that nobody explained."""

    target: str
    subject: str


class RoundShownView(TypedDict):
    """A round with what it says of each pair, and the pairs that are missing."""

    round: RoundView
    pairs: list[PairView]
    missing: list[MissingView]


class Started(TypedDict):
    """A round that begins, each field as a person types it."""

    scheme: str
    on: NotRequired[str]
    period: NotRequired[str]
    received: NotRequired[str]
    doc: NotRequired[str]
    title: NotRequired[str]
    for_comment: NotRequired[str]
    assign_limit: NotRequired[str]
    subjects: NotRequired[list[str]]
    targets: NotRequired[list[str]]
    points: NotRequired[bool]
    interim: NotRequired[bool]


class Objected(TypedDict):
    """What a unit objects to: its value of a target, or of one point of it."""

    unit: str
    target: str
    reason: str
    point: NotRequired[str]


class Decided(TypedDict):
    """How an objection is decided; one that is accepted may name the right value."""

    unit: str
    target: str
    accept: bool
    reason: str
    value: NotRequired[str]
    point: NotRequired[str]


class Ended(TypedDict):
    """Why pairs may be missing, where some are."""

    accept_missing: NotRequired[str]


class TakenBack(TypedDict):
    """Why; with `dry_run` only what it would do is answered."""

    reason: str
    dry_run: NotRequired[bool]


class Narrowed(TypedDict):
    """Only the tickets of a unit."""

    unit: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Of which scheme; of the newest unless told."""

    scheme: str | None = None


def index(context: Context) -> Response:
    """The rounds, newest first; with `every` also those that are over."""
    desk = context.record.desk
    zone = desk.rules.zone()
    found, more = listed(context, lambda closed: Rounds(desk).every(context.who, closed=closed))
    view: RoundsView = {"rounds": [round_view(round_, zone) for round_ in found], "more": more}
    return answer(context.asked, view)


def one(context: Context) -> Response:
    """A round, what it says of each pair, and which are missing."""
    desk, rounds = context.record.desk, Rounds(context.record.desk)
    round_ = rounds.read(context.who, context.asked.params["round"])
    missing = [] if round_.undone_at is not None else unexplained(desk, context.who, round_)
    shown = round_view(round_, desk.rules.zone())
    if round_.disputes:
        shown["disputes"] = disputes_view(round_, rounds.events(context.who, round_))
    view: RoundShownView = {
        "round": shown, "pairs": [pair_view(round_, pair, result) for pair, result in sorted(round_.results.items())],
        "missing": [{"target": item.target, "subject": item.subject} for item in missing],
    }
    return answer(context.asked, view)


def board(context: Context) -> Response:
    """How each target stands with each subject, round by round; a unit sees its own row."""
    desk, texts = context.record.desk, named(context.asked)
    must_know(texts, ("scheme",))
    return answer(context.asked, board_view(read_board(desk, context.who, texts.get("scheme")), desk.clock.now()))


def start(context: Context) -> Response:
    """Begins a round."""
    texts, intake = sent_texts(context.form), context.app.intake
    must_know(texts, (*STARTED, *SEVERAL, *SWITCHES))
    given: dict[str, Any] = {name: texts.get(name) for name in STARTED}
    given |= {name: texts.every(name) for name in SEVERAL} | {name: _on(context, texts, name) for name in SWITCHES}
    done = Rounds(context.record.desk).start(context.who, beginning(intake, Typed(**given | {"scheme": given["scheme"] or ""})).value)
    return _answer(context, done.thing.number, CREATED)


def object_(context: Context) -> Response:
    """Enters what a unit objects to, as its head signed it, with the scan where it is sent as a form."""
    texts = sent_texts(context.form)
    must_know(texts, (*ABOUT, "reason"))
    files = context.handed_in()
    done = Rounds(context.record.desk).object(
        context.who, context.asked.params["round"], _about(texts), texts.get("reason") or "", files,
    )
    return _answer(context, done.thing.number)


def decide(context: Context) -> Response:
    """Decides about an objection."""
    texts = sent_texts(context.form)
    must_know(texts, (*ABOUT, "reason", "accept", "value"))
    done = Rounds(context.record.desk).settle(
        context.who, context.asked.params["round"], _about(texts), accepted=_on(context, texts, "accept"), value=texts.get("value"),
        reason=texts.get("reason") or "",
    )
    return _answer(context, done.thing.number)


def close(context: Context) -> Response:
    """Closes a round, with the reason why pairs are missing, where some are."""
    texts = sent_texts(context.form)
    must_know(texts, ("accept_missing",))
    done = close_round(context.record.desk, context.who, context.asked.params["round"], texts.get("accept_missing"))
    return _answer(context, done.thing.number)


def undo(context: Context) -> Response:
    """Takes a round back, or asks another person to; with `dry_run` it says what that would do."""
    texts = sent_texts(context.form)
    must_know(texts, ("reason", "dry_run"))
    rehearsed = _on(context, texts, "dry_run")
    applied = undo_round(context.record.desk, context.who, context.asked.params["round"], texts.get("reason"), commit=not rehearsed)
    view: AppliedView = applied_view(applied, Speech(context).phrase(), reversals=True)
    return answer(context.asked, view)


def verify(context: Context) -> Response:
    """Verifies what was handed in and passes, each by itself, and says of each what became of it."""
    return answer_of_each(context, verified(sent(context, Narrowed)))


def reopen(context: Context) -> Response:
    """Reopens what was closed and found again, each by itself, and says of each what became of it."""
    return answer_of_each(context, reopened(sent(context, Narrowed)))


def _answer(context: Context, number: str, status: int = 200) -> Response:
    desk = context.record.desk
    return answer(context.asked, round_view(Rounds(desk).read(context.who, number), desk.rules.zone()), status=status)


def _about(texts: Texts) -> About:
    return About(texts.get("unit") or "", texts.get("target") or "", texts.get("point"))


def _on(context: Context, texts: Texts, name: str) -> bool:
    given = texts.get(name)
    return given is not None and context.app.intake.flag(name, given)
