"""A round of evaluation (评价轮次): its scope, its results pair by pair, what was disputed. A frozen value, the fold of its events."""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple, cast

from engine.rules.event import Event, folded
from engine.rules.json_value import Json
from engine.rules.loop.identity import ProblemName, read_pair
from engine.rules.loop.round_facts import ERASED_NOTE, NOTE, Application, Dispute, Leftover, Result
from engine.rules.loop.target import Facts, Standard, judged
from engine.rules.proof.chain import moment
from engine.rules.ticket import ERASED_TITLE
from engine.rules.ticket_field import Declaration, by_name, follows, names, opened, several
from engine.rules.ticket_number import ROUNDS, number_parts

STARTED, RECORDED, DISPUTED, SETTLED, CLOSED, UNDO_ASKED, UNDO_WITHDRAWN, UNDONE, ASKED, ERASED = (
    "round-started", "results-recorded", "result-disputed", "dispute-settled", "round-closed", "undo-asked",
    "undo-withdrawn", "round-undone",
    "erasure-asked", "erased",
)
"""The kinds of event of a round."""

BEGINNINGS = (STARTED,)
"""The kind of event that a round begins with."""

SERIES = ROUNDS
"""What the numbers of rounds begin with: `R-2020-01`. They are counted by themselves, each year anew."""

DIGITS = 2
"""Digits of their serials, at least."""


class Round(NamedTuple):
    """A round. Its fields are the columns of table `round`, in this order.

    `measured_on` is the day as of which was measured: the end of the period, or a day that was named. `subjects` and `standards` are its
    scope where they were named; a scope that was not named is what was measured before and what the results name. `points`: each row of
    its results is a problem of its own. `interim`: a target whose date is to come may be missed. Until `comments_end_at` an import is only
    kept. `title` and the notes are words and may be erased. `results` are by the name of the pair; `results_version` counts corrections;
    `leftovers` are tickets that these, or the undoing, left to people.
    """

    id: int = opened(lambda event: event.ticket)
    number: str = opened(lambda event: event.data["number"])
    year: int = opened(lambda event: number_parts(event.data["number"])[0])
    serial: int = opened(lambda event: number_parts(event.data["number"])[1])
    office: str = opened(lambda event: event.data["office"])
    version: int = follows(0)
    title: str = opened(lambda event: (event.words or {}).get("title", ERASED_TITLE))
    scheme: str = opened(lambda event: event.data["scheme"])
    measured_on: date = opened(lambda event: date.fromisoformat(event.data["on"]))
    period_from: date | None = opened(lambda event: _day(event.data.get("from")))
    received_on: date | None = opened(lambda event: _day(event.data.get("received")))
    letter: str | None = opened("doc")
    subjects: tuple[str, ...] = names(lambda event: tuple(event.data.get("subjects", ())))
    standards: tuple[Standard, ...] = several(Standard)
    points: bool = opened(lambda event: bool(event.data.get("points")))
    interim: bool = opened(lambda event: bool(event.data.get("interim")))
    comments_end_at: datetime | None = opened(lambda event: _moment(event.data.get("comment_until")))
    assign_limit: str = opened(lambda event: event.data["assign_limit"])
    assign_due_at: datetime = opened(lambda event: moment(event.data["assign_due_at"]))
    started_at: datetime = opened(lambda event: event.at)
    started_by: str = opened(lambda event: event.actor)
    changed_at: datetime = opened(lambda event: event.at)
    results: Mapping[str, Result] = by_name(Result)
    results_version: int = follows(0)
    applications: tuple[Application, ...] = several(Application)
    disputes: tuple[Dispute, ...] = several(Dispute)
    leftovers: tuple[Leftover, ...] = several(Leftover)
    closed_at: datetime | None = follows(None)
    closed_by: str | None = follows(None)
    undone_at: datetime | None = follows(None)
    undone_by: str | None = follows(None)

    @property
    def applied(self) -> bool:
        """Whether it says anything of anybody."""
        return bool(self.results) and self.undone_at is None

    def problem(self, pair: str) -> ProblemName:
        """The problem of one of its pairs."""
        return read_pair(self.number if self.points else self.scheme, pair)

    def standard(self, target: str) -> Standard | None:
        """The target as the round pinned it."""
        return next((item for item in self.standards if item.id == target), None)

    def judges(self, standard: Standard, facts: Facts) -> str:
        """The result that follows from the facts of a pair by its target."""
        return judged(standard, facts, self.measured_on, interim=self.interim).result

    def disputed(self, pair: str) -> bool:
        """Whether an objection to the pair waits for its decision."""
        return any(item.pair == pair and item.accepted is None for item in self.disputes)

    def commenting(self, now: datetime) -> bool:
        """Whether the time for comments runs, in which results are only kept."""
        return self.comments_end_at is not None and now < self.comments_end_at


ROUND = Declaration(Round)
"""What follows from the declaration of the fields: the round of a row, the columns of a round."""


def evolve(round_: Round | None, event: Event) -> Round:
    """The round after the event. Pure; raises ValueError for an event that cannot follow."""
    if round_ is None:
        if event.kind not in BEGINNINGS or event.seq != 1:
            raise ValueError(f"a round cannot begin with event {event.seq} ({event.kind})")
        return ROUND.born(event, standards=tuple(Standard.from_json(node) for node in event.data["standards"]))
    over = round_.undone_at is not None and event.kind not in (ASKED, ERASED)
    if event.seq != round_.version + 1 or event.kind not in _FOLLOWS or over:
        raise ValueError(f"event {event.seq} ({event.kind}) cannot follow event {round_.version} of {round_.number}")
    return _FOLLOWS[event.kind](round_._replace(version=event.seq, changed_at=event.at), event)


def fold(events: Iterable[Event]) -> Round:
    """The round that the events tell. Raises ValueError where there are none."""
    return folded(evolve, events)


def note_word(pair: str) -> str:
    """Under which of an event's words the note on a pair stands: names are ASCII, and those of pairs are not."""
    from hashlib import sha256  # a command that only shows a ticket hashes nothing

    return f"{NOTE}{sha256(pair.encode()).hexdigest()[:16]}"


def actions_of(pairs: Iterable[Mapping[str, Json]]) -> dict[str, int]:
    """How often each action stands among pairs as an event holds them."""
    counts: dict[str, int] = {}
    for node in pairs:
        action = cast(str, node.get("action", "gone"))
        counts[action] = counts.get(action, 0) + 1
    return counts


def _recorded(round_: Round, event: Event) -> Round:
    """Results that were added, changed or taken back, pair by pair."""
    data, words = event.data, event.words or {}
    erased = frozenset(data.get("given", ())) if event.words is None else frozenset()
    results = dict(round_.results)
    for node in data["pairs"]:
        pair = node["pair"]
        if "result" not in node:
            results.pop(pair, None)
            continue
        kept = {name: value for name, value in node.items() if name != "pair"}
        results[pair] = Result.from_json({"note": _note(words, erased, pair), **kept, "version": data["version"]})
    new = Application(
        data["version"], data["cause"], event.actor, event.at, data.get("file"), data.get("settings", {}), actions_of(data["pairs"]),
    )
    applications = round_.applications
    if applications and applications[-1].goes_on(new):
        earlier = applications[-1]
        counts = {name: earlier.actions.get(name, 0) + new.actions.get(name, 0) for name in {**earlier.actions, **new.actions}}
        applications, new = applications[:-1], earlier._replace(actions=counts)
    leftovers = {item.ticket: item for item in (*round_.leftovers, *map(Leftover.from_json, data.get("leftovers", ())))}
    return round_._replace(
        results=results, results_version=data["version"], applications=(*applications, new), leftovers=tuple(leftovers.values()),
    )


def _note(words: Mapping[str, str], erased: Container[str], pair: str) -> str | None:
    """The note on a pair, of the words of an event and the names of those that were erased; None where there was none."""
    if not words and not erased:
        return None
    name = note_word(pair)
    return words.get(name, ERASED_NOTE if name in erased else None)


def _disputed(round_: Round, event: Event) -> Round:
    new = Dispute(event.data["pair"], event.data["unit"], event.at, event.actor, event.seq)
    return round_._replace(disputes=(*round_.disputes, new))


def _settled(round_: Round, event: Event) -> Round:
    pair, accepted = event.data["pair"], event.data["accepted"]
    disputes = tuple(
        item._replace(accepted=accepted, settled_by=event.actor) if item.pair == pair and item.accepted is None else item
        for item in round_.disputes
    )
    results = dict(round_.results)
    if accepted:
        before = results[pair]
        results[pair] = before._replace(facts=event.data["facts"], result=event.data["result"], pending=True, decided=True)
    return round_._replace(disputes=disputes, results=results)


def _closed(round_: Round, event: Event) -> Round:
    return round_._replace(closed_at=event.at, closed_by=event.actor)


def _undone(round_: Round, event: Event) -> Round:
    return round_._replace(undone_at=event.at, undone_by=event.actor)


def _same(round_: Round, event: Event) -> Round:
    """Nothing of a round changes where it is to be taken back, or words of it to be erased; and where they were, it is folded anew from
    what is left.
    """
    return round_


_FOLLOWS = {
    RECORDED: _recorded, DISPUTED: _disputed, SETTLED: _settled, CLOSED: _closed, UNDO_ASKED: _same,
    UNDO_WITHDRAWN: _same, UNDONE: _undone, ASKED: _same, ERASED: _same,
}


def _moment(text: str | None) -> datetime | None:
    return moment(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
