"""A round corrected by another file, or taken back whole: what rested on what was wrong is reversed where nobody worked on it yet.

What a ticket keeps of a round is replaced or taken away, so that it is as if the right file had come. What was opened by a wrong result and
untouched by its unit is withdrawn as a mistake; a reopening that nobody touched is taken back; anything else stays, and is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import NotPossible, Reason, Refused
from engine.office.rounds.applied import Applied, File, Reversal, must_be_confirmed
from engine.office.rounds.entering import filing, open_ticket, record_results, sheet_of
from engine.office.rounds.planning import Mark, Planned, Planner, Said
from engine.office.rounds.results import Results
from engine.office.rounds.reversing import Reversing, own, went_out
from engine.office.rounds.scope import overlap
from engine.office.rounds.surroundings import LOCKED, Surroundings
from engine.office.stream import WRITTEN, decided
from engine.record import journal
from engine.record.appointed import appointed_since
from engine.rules.access import Actor
from engine.rules.acts.redaction import Appointment
from engine.rules.event import Event
from engine.rules.loop import outcome
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.round import Round, evolve
from engine.rules.loop.round_acts import CORRECTED, Entered, Sheet
from engine.rules.loop.round_facts import Leftover, Result
from engine.rules.loop.standing import measure
from engine.rules.loop.target import NOT_MEASURED
from engine.rules.loop.undoing import TAKEN_BACK, ask_undo, undo, undo_asked, undo_problems
from engine.rules.ticket import Ticket

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


@dataclass(slots=True)
class Correction:
    """Replaces the results of a round, or takes them all away."""

    desk: Desk
    actor: Actor
    number: str
    around: Surroundings = field(init=False)
    cause: str = CORRECTED
    reason: str | None = None
    material: bool = True
    reversing: Reversing = field(init=False)
    _rows: dict[str, int] = field(default_factory=dict)
    _looked_at: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.around = Surroundings(self.desk, self.actor, self.number, correcting=True)

    def correct(
        self, results: Results, file: File, reason: str, *, material: bool, commit: bool, confirm: int | None = None,
    ) -> Applied:
        """Another version of the results. What is not `material` changes values and words only: where a result would be another one, it is
        a problem of its row. Raises NotPossible where a later round rests on this one, or a number was not confirmed; RoundNotFound,
        Refused, NotPermitted.
        """
        self.cause, self.reason, self.material = CORRECTED, reason, material
        self.reversing = Reversing(self.around, whole=False, reason=reason)
        self._rows = {pair: item.row for pair, item in results.found.items()}
        planner = self._newest()
        said = {pair: Said(item.facts, item.note) for pair, item in results.found.items()}
        pairs = {pair: item.problem for pair, item in results.found.items()} | {
            pair: planner.round.problem(pair) for pair in planner.round.results if pair not in results.unusable
        }
        applied = Applied(planner.round, [], list(results.problems), results.columns, not commit)
        self.around.known = pairs.keys()
        tickets = self.around.tickets(pairs.values())
        self._looked_at = {pair: _versions(each) for pair, each in tickets.items()}
        for pair in sorted(pairs):
            item = self._replan(planner, pairs[pair], said.get(pair), tickets.get(pair, ()))
            if self._is_immaterial(planner, item):
                item = self._kept_back(item, "correction-material", applied)
            applied.planned.append(item)
        changed = [item for item in applied.planned if item.keeps]
        applied.confirms = sum(_finds(item, planner.round) for item in changed)
        self._foresee(applied, planner, changed, tickets)
        if commit and changed:
            must_be_confirmed(applied, file, confirm)
            self._replace(applied, planner, {item.problem_name.pair: item for item in changed}, said, file, self._version(planner, file))
        return applied

    def undo(self, reason: str | None, *, commit: bool) -> Applied:
        """Takes the whole round back: by one person who says why, as long as no letter of it went out; else that asks for it, and another
        person does it without a reason. A second time there is nothing to take back. Raises as `correct` does.
        """
        self.cause = TAKEN_BACK
        planner = self._newest()
        applied = Applied(planner.round, [], dry_run=not commit)
        if planner.round.undone_at is not None:
            return applied
        asked = self._asked_now(planner.round)
        if reasons := undo_problems(planner.round, asked, reason, self.actor, self._appointed(planner.round, asked)):
            raise Refused(reasons)
        self.reason = reason or ((asked.words or {}).get("reason") if asked is not None else None)
        self.reversing = Reversing(self.around, whole=True, reason=self.reason)
        pairs = {pair: planner.round.problem(pair) for pair in planner.round.results}
        self.around.known = pairs.keys()
        tickets = self.around.tickets(pairs.values())
        kept = planner.round.results
        gone = {pair: Planned(problem, kept[pair], kept[pair].action) for pair, problem in sorted(pairs.items())}
        applied.planned = list(gone.values())
        self._foresee(applied, planner, applied.planned, tickets)
        applied.asks = asked is None and any(
            went_out(ticket, planner, problem) for pair, problem in pairs.items() for ticket in tickets.get(pair, ())
        )
        if not commit:
            return applied
        if not applied.asks:
            self._replace(applied, planner, gone, {}, File(""), planner.version)
        with self.desk.writing_as(self.actor) as now:
            round_, head = self.around.locked()
            salt = self.desk.salt()
            if applied.asks:
                event = decided(ask_undo(round_, self._asked_now(round_), reason or "", self.actor, now, salt))
            else:
                asked = self._asked_now(round_)
                event = decided(undo(round_, asked, reason, self.actor, now, salt, self._appointed(round_, asked)))
            journal.append(self.desk.database, [event], round_, evolve(round_, event), head)
            applied.written += 1
        return applied

    def _asked_now(self, round_: Round) -> Event | None:
        """The request to take the round back, as things stand."""
        return undo_asked(journal.read_events(self.desk.database, round_.id))

    def _appointed(self, round_: Round, asked: Event | None) -> list[Appointment]:
        """How accounts came to their roles: before or after that request."""
        return appointed_since(self.desk.database, round_.id, asked)

    # planning ------------------------------------------------------------------------------------------------------------

    def _newest(self, round_: Round | None = None, now: datetime | None = None) -> Planner:
        """The planner, if no later round of the scheme stands on overlapping scope; inside `write()` of what was locked then. Raises
        NotPossible, RoundNotFound.
        """
        planner = self.around.planner() if round_ is None or now is None else self.around.planner_now(round_, now)
        others = [*planner.earlier, *planner.later]
        newer = [other for other in others if overlap(planner.round, other, planner.successors) and _after(other, planner.round)]
        if newer:
            raise NotPossible(reason="round-not-newest", round=planner.round.number, later=newer[-1].number)
        return planner

    def _replan(self, planner: Planner, problem: ProblemName, said: Said | None, tickets: Sequence[Ticket]) -> Planned:
        """What the corrected row does: nothing where it says what is kept already; of the same result only the value is another one."""
        before = planner.round.results.get(problem.pair)
        if said is None:  # the corrected file does not name it any more
            if before is None or before.result == NOT_MEASURED:
                return planner.missing(problem, tickets)._replace(keeps=False)
            said = Said({"result": NOT_MEASURED})
        item = planner.pair(problem, said, tickets)
        if before is None or not item.keeps or before.result != item.result.result or before.pending:
            return item
        marks = tuple(
            mark._replace(measurement=mark.measurement._replace(action=kept.action, repeats=kept.repeats))
            for mark in item.marks if mark.measurement is not None and (kept := own(mark.ticket, planner, problem)) is not None
        )
        if item.opens is not None or not marks:
            marks = tuple(
                Mark(ticket, planner.reading(problem, item.result, kept.action, ticket, kept.repeats))
                for ticket in tickets if (kept := own(ticket, planner, problem)) is not None
            )
        result = item.result._replace(action=before.action, ticket=before.ticket)
        return item._replace(result=result, action=before.action, marks=marks, opens=None)

    def _foresee(self, applied: Applied, planner: Planner, changed: Iterable[Planned], tickets: Mapping[str, Sequence[Ticket]]) -> None:
        """Says what would be reversed, and what would stay and why."""
        for item in changed:
            for ticket in tickets.get(item.problem_name.pair, ()):
                how = self.reversing.way(ticket, planner, item)
                if how in ("withdraw", "revert"):
                    applied.reversed.append(Reversal(ticket.number, how, ticket.lead if ticket.assigned_at is not None else None))
                elif how is not None:
                    applied.stays.append((ticket.number, how))

    def _is_immaterial(self, planner: Planner, item: Planned) -> bool:
        """Whether the row says another result than is kept, where only values and words were to change."""
        before = planner.round.results.get(item.problem_name.pair)
        return item.keeps and not self.material and before is not None and before.result != item.result.result

    def _kept_back(self, item: Planned, code: str, applied: Applied) -> Planned:
        """A pair that is not written, and why, in the account."""
        applied.problems.append(self.around.problem(code, item.problem_name, self._rows))
        return item._replace(action=outcome.PROBLEM, keeps=False, problem=code)

    # writing -------------------------------------------------------------------------------------------------------------

    def _version(self, planner: Planner, file: File) -> int:
        """The version that this file makes: a run that goes on makes none of its own."""
        last = planner.round.applications[-1] if planner.round.applications else None
        goes_on = last is not None and last.cause == CORRECTED and last.settings.get("sha256") == file.sha256
        return planner.version if goes_on else planner.version + 1

    def _replace(
        self, applied: Applied, planner: Planner, changed: Mapping[str, Planned], said: Mapping[str, Said], file: File, version: int,
    ) -> None:
        """Writes what changed, piece by piece."""
        pairs = sorted(changed)
        with filing(self.desk.database, file) as keep:
            for start in range(0, len(pairs), WRITTEN):
                with self.desk.writing_as(self.actor) as now:
                    keep(now)
                    self._replace_piece(applied, planner, changed, pairs[start:start + WRITTEN], said, now, file, version)

    def _replace_piece(
        self, applied: Applied, planner: Planner, changed: Mapping[str, Planned], pairs: Sequence[str], said: Mapping[str, Said],
        now: datetime, file: File, version: int,
    ) -> None:
        """One piece, inside `write()`."""
        round_, head = self.around.locked()
        inside = self._newest(round_, now)
        self.reversing.left.clear()
        results: dict[str, Result | None] = {}
        asked = self._asked_now(round_) if self.cause == TAKEN_BACK else None
        for pair in pairs:
            if pair in round_.results or self.cause == CORRECTED:
                tickets = self.around.tickets([changed[pair].problem_name], LOCKED).get(pair, ())  # a ticket may be several problems'
                alone = self.cause == TAKEN_BACK and asked is None
                if alone and any(went_out(ticket, inside, changed[pair].problem_name) for ticket in tickets):
                    raise Refused([Reason("undo-letters-out", {"round": round_.number})])
                if code := self._changed(inside, planner, changed[pair], said.get(pair), tickets):
                    places = [index for index, item in enumerate(applied.planned) if item.problem_name.pair == pair]
                    applied.planned[places[0]] = self._kept_back(changed[pair], code, applied)
                    continue
                results[pair] = self._pair(inside, changed[pair], said.get(pair), tickets, now, applied)
        if results:
            sheet = sheet_of(file) if file.sha256 else Sheet()
            left = [Leftover(number, why, self.reversing.versions[number]) for number, why in sorted(self.reversing.left.items())]
            record_results(self.around, round_, head, Entered(results, version, self.cause, sheet, self.reason, asked, left), now)
            applied.written += 1

    def _changed(
        self, inside: Planner, planner: Planner, item: Planned, said: Said | None, tickets: Sequence[Ticket],
    ) -> str | None:
        """Why a pair is not corrected now as it was planned: its result or its tickets changed since, and not by this correction; None
        where nothing did.
        """
        if self.cause == TAKEN_BACK or any(ticket.number in self.reversing.versions for ticket in tickets):
            return None
        pair = item.problem_name.pair
        same = inside.round.results.get(pair) == planner.round.results.get(pair) and _versions(tickets) == self._looked_at.get(pair, {})
        again = self._replan(inside, item.problem_name, said, tickets)
        if self._is_immaterial(inside, again):
            return "correction-material"
        return None if same and again.seen({}) == item.seen({}) else "result-changed-meanwhile"

    def _pair(
        self, planner: Planner, item: Planned, said: Said | None, tickets: Sequence[Ticket], now: datetime, applied: Applied,
    ) -> Result | None:
        """One pair, inside `write()`: reversed, and what is right now applied. Returns what the round keeps of it."""
        standing = []
        for ticket in tickets:
            way = self.reversing.way(ticket, planner, item)
            if way == "withdraw":
                way = self.reversing.withdraw(ticket, planner, item.problem_name, applied)
                if way is None:
                    continue
            if way == "revert":
                ticket = self.reversing.revert(ticket, planner.round, now, applied)
            elif way is not None:
                self.reversing.left[ticket.number] = way
                self.reversing.versions.setdefault(ticket.number, ticket.version)
            if self.cause == TAKEN_BACK and own(ticket, planner, item.problem_name) is not None:
                ticket = self.reversing.forget(ticket, planner, item.problem_name, now, applied)
            standing.append(ticket)
        if self.cause == TAKEN_BACK:
            return None
        again = self._replan(planner, item.problem_name, said, standing)
        number = open_ticket(self.around, planner, again) if again.opens is not None else again.result.ticket
        marked = {mark.ticket.id: mark for mark in again.marks}
        for ticket in standing:
            if ticket.id in marked:
                event = decided(measure(ticket, planner.round.number, marked[ticket.id].measurement, self.actor, now))
                self.reversing.write(ticket, event, applied)
            elif own(ticket, planner, item.problem_name) is not None:
                self.reversing.forget(ticket, planner, item.problem_name, now, applied)
        return again.result._replace(ticket=number)


def _versions(tickets: Sequence[Ticket]) -> dict[str, int]:
    return {ticket.number: ticket.version for ticket in tickets}


def _finds(item: Planned, round_: Round) -> bool:
    """Whether the corrected row opens a ticket, or finds again one that was closed, which the round did not say before."""
    before = round_.results.get(item.problem_name.pair)
    again = item.action == outcome.RELAPSED and (before is None or before.action != outcome.RELAPSED)
    return item.opens is not None or again


def _after(one: Round, other: Round) -> bool:
    return (one.measured_on, one.id) > (other.measured_on, other.id)
