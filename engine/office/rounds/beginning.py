"""The rounds of one office: begun by scheme, day and scope; read, listed, closed; what is objected to and decided about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from engine.desk.filing import HandedIn, Keep, keeping
from engine.desk.round import round_number
from engine.errors import RoundNotFound
from engine.office.rounds.names import Names
from engine.office.rounds.numbers import typed_value
from engine.office.rounds.scope import overlap
from engine.office.stream import Beginning as Begun
from engine.office.stream import DoneTo, Streams
from engine.record import journal, queries
from engine.record.aggregates import ROUNDS
from engine.record.successors import read_successors
from engine.rules.access import Actor, may_evaluate, may_read_rounds, may_redact, must
from engine.rules.acts.command import Refusal
from engine.rules.event import Event
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.objections import dispute, settle
from engine.rules.loop.outcome import OPENED
from engine.rules.loop.round import Round, evolve, note_word
from engine.rules.loop.round_acts import Beginning, start
from engine.rules.loop.undoing import undo_asked, withdraw_undo

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

PIECE = 50
"""Rounds read at once: each holds all of its results."""


class About(NamedTuple):
    """What an objection is about, as it was typed: of a list of points the number of the point too."""

    unit: str
    target: str
    point: str | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of one office: each act one transaction, by the clock, the calendar and the counters of its desk."""

    desk: Desk

    @property
    def streams(self) -> Streams[Round]:
        return Streams(self.desk, ROUNDS, _missing)

    def start(self, actor: Actor, beginning: Beginning, *, dry_run: bool = False) -> DoneTo[Round]:
        """Begins a round, under a number of its own. Raises Refused, NotPermitted."""

        def started(begun: Begun) -> Event | Refusal:
            made = self._event(actor, beginning, begun, None)
            if isinstance(made, Refusal):
                return made
            same_day = self._same_day(evolve(None, made))
            return made if same_day is None else self._event(actor, beginning, begun, same_day)

        return self.streams.begin(actor, started, dry_run=dry_run)

    def read(self, actor: Actor, number: str) -> Round:
        """One round. Raises RoundNotFound, NotPermitted."""
        must(may_read_rounds, actor)
        return self.streams.read(round_number(self.desk, number))

    def events(self, actor: Actor, round_: Round) -> list[Event]:
        """What happened to a round, in order. Raises NotPermitted."""
        must(may_read_rounds, actor)
        return journal.read_events(self.desk.database, round_.id)

    def every(self, actor: Actor, *, closed: bool = False) -> Iterator[Round]:
        """The rounds, newest first, in pieces; with `closed` also those that are over. Raises NotPermitted."""
        must(may_read_rounds, actor)
        pieces = self.streams.newest(queries.ROUNDS, PIECE, over=closed)
        return (round_ for piece in pieces for round_ in piece)

    def object(
        self, actor: Actor, number: str, about: About, reason: str, files: Sequence[HandedIn] = (), *, dry_run: bool = False,
    ) -> DoneTo[Round]:
        """Enters what a unit objects to (异议), as its head signed it. Raises RoundNotFound, Refused, NotPermitted, BadEvidence."""
        desk = self.desk
        pair, full = self._pair(actor, number, about), round_number(desk, number)
        evidence = [file.evidence for file in files]

        def once(keep: Keep, rehearsed: bool) -> DoneTo[Round]:
            def objected(round_: Round, now: datetime) -> Event | Refusal:
                made = dispute(round_, pair, pair.split("|")[1], reason, actor, now, desk.salt(), evidence)
                if not isinstance(made, Refusal):
                    keep(now)
                return made

            return self.streams.change(actor, full, objected, dry_run=rehearsed)

        return keeping(desk.database, files, once, dry_run=dry_run)

    def settle(
        self, actor: Actor, number: str, about: About, *, accepted: bool, value: str | None, reason: str, dry_run: bool = False,
    ) -> DoneTo[Round]:
        """Decides about an objection. Raises RoundNotFound, Refused, NotPermitted."""
        pair = self._pair(actor, number, about)

        def settled(round_: Round, now: datetime) -> Event | Refusal:
            read = typed_value(value, round_.standard(round_.problem(pair).target)) if value is not None else None
            return settle(round_, pair, accepted, read, reason, actor, now, self.desk.salt())

        return self.streams.change(actor, round_number(self.desk, number), settled, dry_run=dry_run)

    def keep(self, actor: Actor, number: str, *, dry_run: bool = False) -> DoneTo[Round]:
        """Withdraws the request to take a round back, by whoever made it. Raises RoundNotFound, Refused, NotPermitted."""
        def kept(round_: Round, now: datetime) -> Event | Refusal:
            return withdraw_undo(round_, undo_asked(journal.read_events(self.desk.database, round_.id)), actor, now)

        return self.streams.change(actor, round_number(self.desk, number), kept, dry_run=dry_run)

    def ask_erasure(self, actor: Actor, number: str, seq: int, reason: str, *, dry_run: bool = False) -> DoneTo[Round]:
        """Asks for the words of an event of a round to be erased. Raises RoundNotFound, Refused, NotPermitted."""
        must(may_redact, actor)
        return self.streams.ask_erasure(actor, round_number(self.desk, number), seq, reason, dry_run=dry_run)

    def erase(self, actor: Actor, number: str, seq: int, *, dry_run: bool = False) -> DoneTo[Round]:
        """Confirms an erasure that somebody else asked for. Raises RoundNotFound, Refused, NotPermitted, Conflict."""
        must(may_redact, actor)
        return self.streams.erase(actor, round_number(self.desk, number), seq, dry_run=dry_run)

    def detailed_by(self, round_: Round, seq: int) -> list[str]:
        """The tickets that an event of a round opened with a note on their pair: that is their detail, and erased apart."""
        event = next(event for event in journal.read_events(self.desk.database, round_.id) if event.seq == seq)
        noted = set(event.data.get("given", ()))
        return [
            node["ticket"] for node in event.data.get("pairs", ())
            if node.get("action") == OPENED and note_word(node["pair"]) in noted
        ]

    # how -----------------------------------------------------------------------------------------------------------------

    def _event(self, actor: Actor, beginning: Beginning, begun: Begun, same_day: str | None) -> Event | Refusal:
        return start(
            beginning, actor, begun.now, self.desk.rules.calendar(), stream=begun.stream, number=begun.number, office=self.desk.office,
            salt=self.desk.salt(), same_day=same_day,
        )

    def _same_day(self, round_: Round) -> str | None:
        """The number of a round of the same scheme and day whose scope overlaps."""
        successors = read_successors(self.desk.database)
        others = (other for other in self.of_scheme(round_.scheme) if other.measured_on == round_.measured_on)
        return next((other.number for other in others if overlap(other, round_, successors)), None)

    def schemes(self) -> list[str]:
        """The schemes of rounds that stand, the one of the newest round first."""
        return [str(row[0]) for row in self.desk.database.rows(queries.SCHEMES)]

    def of_scheme(self, scheme: str) -> list[Round]:
        """The rounds of a scheme that stand, and of those that it went over from and to, by their days."""
        schemes = read_successors(self.desk.database).names_of_scheme(scheme)
        return [ROUNDS.read(row) for row in self.desk.database.rows(queries.ROUNDS_OF_SCHEME, schemes=schemes)]

    def _pair(self, actor: Actor, number: str, about: About) -> str:
        """The name of the pair that is meant. Raises NotPermitted, RoundNotFound."""
        must(may_evaluate, actor)
        round_ = self.read(actor, number)
        names = Names(self.desk.database, round_.standards, round_.subjects)
        standard = names.standard(about.target)
        subjects = names.subjects(about.unit)
        named = ProblemName(
            round_.number if round_.points else round_.scheme, standard.id if standard else about.target,
            subjects[0] if subjects else about.unit, about.point if round_.points else None,
        )
        return names.successors.meant(named, round_.results, {item.id for item in round_.standards}).pair


def _missing(number: str) -> RoundNotFound:
    return RoundNotFound(round=number)
