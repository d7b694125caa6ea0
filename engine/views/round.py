"""Rounds of evaluation as JSON: a round, what an application did, what was done in bulk, the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import NotRequired, TypedDict

from engine.rules.event import Event
from engine.rules.json_value import Json
from engine.rules.loop import outcome
from engine.rules.loop.round import DISPUTED, SETTLED, Round
from engine.rules.loop.round_facts import Application, Dispute, Result
from engine.rules.loop.target import MISS, NOT_DUE, PASS, Standard, measured, plain
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import GREEN, RED, YELLOW, light
from engine.views.moments import date_text, day_text, moment_text

_LIGHTS = {PASS: GREEN, MISS: RED, NOT_DUE: YELLOW}


class StandardView(TypedDict):
    """A target as a round pinned it; `demand` says it in a few characters."""

    id: str
    name: str
    demand: str
    deadline: str | None
    mandatory: bool


class DisputeView(TypedDict):
    """An objection; `accepted` is None until somebody decides. Where the round is shown also why, the files (by their SHA-256) that its
    unit signed, and why it was decided so; None where the words are gone.
    """

    target: str
    subject: str
    at: str
    by: str
    accepted: bool | None
    settled_by: str | None
    point: NotRequired[str]
    reason: NotRequired[str | None]
    files: NotRequired[list[str]]
    decision: NotRequired[str | None]


class PairView(TypedDict):
    """What a round says of a pair, and what that did to which ticket."""

    target: str
    subject: str
    point: NotRequired[str]
    value: str | None
    result: str
    action: str
    ticket: str | None


class RoundView(TypedDict):
    """A round without its results. `missing` pairs of its scope are not explained."""

    round: str
    title: str
    scheme: str
    on: str
    period_from: str | None
    received_on: str | None
    doc: str | None
    subjects: list[str]
    targets: list[StandardView]
    points: bool
    interim: bool
    comment_until: str | None
    assign_limit: str
    assign_due_on: str | None
    started_at: str
    started_by: str
    results_version: int
    actions: dict[str, int]
    disputes: list[DisputeView]
    closed_at: str | None
    closed_by: str | None
    undone_at: str | None
    undone_by: str | None
    version: int


class ApplicationView(TypedDict):
    """One file that was applied."""

    version: int
    cause: str
    by: str
    at: str
    file: str | None
    settings: Mapping[str, Json]
    actions: Mapping[str, int]


class FaultView(TypedDict):
    """What of a file cannot be used."""

    row: int | None
    code: str
    message: str


class NewSubjectView(TypedDict):
    """A subject that nobody measured before, or a name of which somebody has to say whom it means, and what has a name like it."""

    subject: str
    near: list[str]


class AppliedView(TypedDict):
    """What an application did, or would do: the actions add up to the pairs in scope. Nothing is entered as long as `unclear_subjects` are
    names of which nobody said whom they mean.
    """

    round: str
    dry_run: bool
    actions: dict[str, int]
    pairs: list[PairView]
    problems: list[FaultView]
    columns: Mapping[str, str | None]
    confirm: int
    asks: bool
    new_subjects: list[NewSubjectView]
    unclear_subjects: list[NewSubjectView]
    reversals: NotRequired[list[dict[str, str]]]
    stays: NotRequired[list[dict[str, str]]]


class ItemView(TypedDict):
    """What became of one ticket in bulk."""

    number: str
    done: bool
    state: str
    reasons: list[FaultView]


class CellView(TypedDict):
    """What one round says of a line of the board. `by` is what the value is (value, score, rate …); one of another kind than the last is
    not `comparable` with it, else `trend` (better, same, worse) says how it went. Ranks, and what they tell, only for who may read them.
    """

    round: str
    on: str
    value: str | None
    by: str | None
    result: str
    action: str
    gap: str | None
    to_last: str | None
    comparable: bool
    trend: str | None
    to_best: NotRequired[str | None]
    rank: NotRequired[str | None]
    of: NotRequired[str | None]


class LineView(TypedDict):
    """A line of the board."""

    target: str
    name: str
    demand: str
    subject: str
    cells: list[CellView]
    light: str | None
    ticket: str | None


class BoardView(TypedDict):
    """The board of one scheme."""

    scheme: str
    rounds: list[str]
    rows: list[LineView]


def standard_view(standard: Standard) -> StandardView:
    return {
        "id": standard.id, "name": standard.name, "demand": standard.demand, "deadline": date_text(standard.deadline),
        "mandatory": standard.mandatory,
    }


def round_view(round_: Round, zone: tzinfo) -> RoundView:
    """A round, with how often each action stands among its results."""
    return {
        "round": round_.number, "title": round_.title, "scheme": round_.scheme, "on": date_text(round_.measured_on) or "",
        "period_from": date_text(round_.period_from), "received_on": date_text(round_.received_on), "doc": round_.letter,
        "subjects": list(round_.subjects), "targets": [standard_view(item) for item in round_.standards if item.named],
        "points": round_.points, "interim": round_.interim, "comment_until": moment_text(round_.comments_end_at),
        "assign_limit": round_.assign_limit, "assign_due_on": day_text(round_.assign_due_at, zone),
        "started_at": moment_text(round_.started_at) or "", "started_by": round_.started_by,
        "results_version": round_.results_version, "actions": _counts(round_),
        "disputes": [_dispute_view(round_, item) for item in round_.disputes],
        "closed_at": moment_text(round_.closed_at), "closed_by": round_.closed_by, "undone_at": moment_text(round_.undone_at),
        "undone_by": round_.undone_by, "version": round_.version,
    }


def disputes_view(round_: Round, events: Sequence[Event]) -> list[DisputeView]:
    """The objections to a round with what was said of them."""
    said = {event.seq: event for event in events if event.kind in (DISPUTED, SETTLED)}
    views = []
    for item in round_.disputes:
        made = said[item.seq]
        decided = next((event for event in said.values() if event.kind == SETTLED and event.data["pair"] == item.pair), None)
        views.append(_dispute_view(round_, item) | {
            "reason": (made.words or {}).get("reason"), "files": [node["sha256"] for node in made.data["evidence"]],
            "decision": ((decided.words if decided is not None else None) or {}).get("reason"),
        })
    return views


def pair_view(round_: Round, pair: str, result: Result, action: str | None = None, ticket: str | None = None) -> PairView:
    """A pair of a round; another `action` and `ticket` where they are told of an application."""
    problem = round_.problem(pair)
    standard = round_.standard(problem.target)
    value = plain(measured(standard, result.facts)) if standard is not None else None
    view: PairView = {
        "target": problem.target, "subject": problem.subject, "value": value if value is not None else result.facts.get("value"),
        "result": result.result, "action": action or result.action, "ticket": ticket if ticket is not None else result.ticket,
    }
    if problem.point is not None:
        view["point"] = problem.point
    return view


def application_view(item: Application) -> ApplicationView:
    return {
        "version": item.version, "cause": item.cause, "by": item.by, "at": moment_text(item.at) or "", "file": item.file,
        "settings": dict(item.settings), "actions": dict(item.actions),
    }


def cell_view(
    round_: Round, result: Result, numbers: tuple[str | None, str | None, str | None, str | None], by: str | None, trend: str | None, *,
    comparable: bool, ranks: bool,
) -> CellView:
    """A cell of the board; `numbers` are value, gap to the target, to the last round, to the best."""
    value, gap, to_last, to_best = numbers
    view: CellView = {
        "round": round_.number, "on": round_.measured_on.isoformat(), "value": value, "by": by, "result": result.result,
        "action": result.action, "gap": gap, "to_last": to_last, "comparable": comparable, "trend": trend,
    }
    if ranks:
        view |= {"to_best": to_best, "rank": result.facts.get("rank"), "of": result.facts.get("of")}
    return view


def light_of(ticket: Ticket | None, results: Sequence[Result], now: datetime) -> str | None:
    """The light of a line, by what was found when it was last measured: green where the target was reached; where it was missed that of its
    ticket, but yellow for green, and red where no ticket is under way. None where nothing was measured.
    """
    found = next((result.result for result in reversed(results) if result.result in _LIGHTS), None)
    if found != MISS:
        return _LIGHTS.get(found or "")
    if ticket is None or ticket.final or ticket.relapse is not None:
        return RED
    own = light(ticket, now)
    return YELLOW if own == GREEN else own


def _counts(round_: Round) -> dict[str, int]:
    counts = dict.fromkeys(outcome.ACTIONS, 0)
    for result in round_.results.values():
        counts[result.action] += 1
    return counts


def _dispute_view(round_: Round, item: Dispute) -> DisputeView:
    problem = round_.problem(item.pair)
    view: DisputeView = {
        "target": problem.target, "subject": problem.subject, "at": moment_text(item.at) or "", "by": item.by, "accepted": item.accepted,
        "settled_by": item.settled_by,
    }
    if problem.point is not None:
        view["point"] = problem.point
    return view
