"""A round corrected by another file, or taken back whole: what rested on what was wrong is reversed where nobody worked on it yet.

What a ticket keeps of a round is replaced or taken away, so that it is as if the right file had come. What was opened by a wrong result and
untouched by its unit is withdrawn as a mistake; a reopening that nobody touched is taken back; anything else stays, and is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.desk.act import Act, carry_out, write
from engine.errors import NotPossible, Reason, Refused
from engine.office.rounds.application import LOCKED, Application, sheet_of
from engine.office.rounds.applied import Applied, File, Reversal, must_be_confirmed
from engine.office.rounds.planning import Mark, Planned, Planner, Said
from engine.office.rounds.results import Results
from engine.office.rounds.scope import overlap
from engine.office.stream import WRITTEN, decided
from engine.record import journal
from engine.record.appointed import appointed_since
from engine.rules.acts.decide import Command, Refusal, decide
from engine.rules.acts.guards.closing import VERIFIED
from engine.rules.acts.redaction import Appointment
from engine.rules.event import Event
from engine.rules.loop import outcome
from engine.rules.loop.identity import ProblemName
from engine.rules.loop.measurement import Measurement, of_pair
from engine.rules.loop.round import Leftover, Result, Round, evolve
from engine.rules.loop.round_acts import CORRECTED, Entered, Sheet
from engine.rules.loop.standing import by_units, measure, revert
from engine.rules.loop.target import MISS, NOT_MEASURED
from engine.rules.loop.undoing import TAKEN_BACK, ask_undo, undo, undo_asked, undo_problems
from engine.rules.ticket import Ticket
from engine.rules.ticket import evolve as evolved


@dataclass(slots=True)
class Correction(Application):
    """Replaces the results of a round, or takes them all away."""

    material: bool = True
    _looked_at: dict[str, dict[str, int]] = field(default_factory=dict)
    _left: dict[str, str] = field(default_factory=dict)

    def correct(
        self, results: Results, file: File, reason: str, *, material: bool, commit: bool, confirm: int | None = None,
    ) -> Applied:
        """Another version of the results. What is not `material` changes values and words only: where a result would be another one, it is
        a problem of its row. Raises NotPossible where a later round rests on this one, or a number was not confirmed; RoundNotFound,
        Refused, NotPermitted.
        """
        self.cause, self.correcting, self.reason, self.material = CORRECTED, True, reason, material
        self._rows = {pair: item.row for pair, item in results.found.items()}
        planner = self._newest()
        said = {pair: Said(item.facts, item.note) for pair, item in results.found.items()}
        pairs = {pair: item.problem for pair, item in results.found.items()} | {
            pair: planner.round.problem(pair) for pair in planner.round.results if pair not in results.unusable
        }
        applied = Applied(planner.round, [], list(results.problems), results.columns, not commit)
        self._known = pairs.keys()
        tickets = self.tickets(pairs.values())
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
        self.cause, self.correcting = TAKEN_BACK, True
        planner = self._newest()
        applied = Applied(planner.round, [], dry_run=not commit)
        if planner.round.undone_at is not None:
            return applied
        asked = self._asked_now(planner.round)
        if reasons := undo_problems(planner.round, asked, reason, self.actor, self._appointed(planner.round, asked)):
            raise Refused(reasons)
        self.reason = reason or ((asked.words or {}).get("reason") if asked is not None else None)
        pairs = {pair: planner.round.problem(pair) for pair in planner.round.results}
        self._known = pairs.keys()
        tickets = self.tickets(pairs.values())
        kept = planner.round.results
        gone = {pair: Planned(problem, kept[pair], kept[pair].action) for pair, problem in sorted(pairs.items())}
        applied.planned = list(gone.values())
        self._foresee(applied, planner, applied.planned, tickets)
        applied.asks = asked is None and any(
            _went_out(ticket, planner, problem) for pair, problem in pairs.items() for ticket in tickets.get(pair, ())
        )
        if not commit:
            return applied
        if not applied.asks:
            self._replace(applied, planner, gone, {}, File(""), planner.version)
        with self.desk.writing_as(self.actor) as now:
            round_, head = self._locked()
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
        planner = self.planner() if round_ is None or now is None else self._planner_now(round_, now)
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
            mark._replace(measurement=mark.measurement._replace(action=own.action, repeats=own.repeats))
            for mark in item.marks if mark.measurement is not None and (own := _own(mark.ticket, planner, problem)) is not None
        )
        if item.opens is not None or not marks:
            marks = tuple(
                Mark(ticket, planner.reading(problem, item.result, own.action, ticket, own.repeats))
                for ticket in tickets if (own := _own(ticket, planner, problem)) is not None
            )
        kept = item.result._replace(action=before.action, ticket=before.ticket)
        return item._replace(result=kept, action=before.action, marks=marks, opens=None)

    def _foresee(self, applied: Applied, planner: Planner, changed: Iterable[Planned], tickets: Mapping[str, Sequence[Ticket]]) -> None:
        """Says what would be reversed, and what would stay and why."""
        for item in changed:
            for ticket in tickets.get(item.problem_name.pair, ()):
                how = self._way(ticket, planner, item)
                if how in ("withdraw", "revert"):
                    applied.reversed.append(Reversal(ticket.number, how, ticket.lead if ticket.assigned_at is not None else None))
                elif how is not None:
                    applied.stays.append((ticket.number, how))

    def _way(self, ticket: Ticket, planner: Planner, item: Planned) -> str | None:
        """How what rested on the old result is reversed: by withdrawing or reverting; or the code of why it stays; None: nothing to do."""
        own = _own(ticket, planner, item.problem_name)
        if own is None or (self.cause != TAKEN_BACK and item.result.result == MISS and item.keeps):
            return None
        history = journal.read_events(self.desk.database, ticket.id)
        if own.action == outcome.OPENED and not ticket.final:
            return "stays-worked-on" if by_units(history) or ticket.acted_level > 1 else "withdraw"
        if _was_reopened(ticket, own) and not ticket.final:
            reopening = _reopening(history)
            if reopening is None:
                return "stays-worked-on"
            made = revert(ticket, history, reopening, planner.round.number, self.actor, self.desk.clock.now())
            return "stays-worked-on" if isinstance(made, Refusal) else "revert"
        closed = ticket.final and ticket.closed_as == VERIFIED
        return "stays-verified" if closed and (own.action in (outcome.PASSED, outcome.OPENED) or _was_reopened(ticket, own)) else None

    def _is_immaterial(self, planner: Planner, item: Planned) -> bool:
        """Whether the row says another result than is kept, where only values and words were to change."""
        before = planner.round.results.get(item.problem_name.pair)
        return item.keeps and not self.material and before is not None and before.result != item.result.result

    def _kept_back(self, item: Planned, code: str, applied: Applied) -> Planned:
        """A pair that is not written, and why, in the account."""
        applied.problems.append(self.problem(code, item.problem_name))
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
        with self._filing(file) as keep:
            for start in range(0, len(pairs), WRITTEN):
                with self.desk.writing_as(self.actor) as now:
                    keep(now)
                    self._replace_piece(applied, planner, changed, pairs[start:start + WRITTEN], said, now, file, version)

    def _replace_piece(
        self, applied: Applied, planner: Planner, changed: Mapping[str, Planned], pairs: Sequence[str], said: Mapping[str, Said],
        now: datetime, file: File, version: int,
    ) -> None:
        """One piece, inside `write()`."""
        round_, head = self._locked()
        inside = self._newest(round_, now)
        self._left.clear()
        results: dict[str, Result | None] = {}
        asked = self._asked_now(round_) if self.cause == TAKEN_BACK else None
        for pair in pairs:
            if pair in round_.results or self.cause == CORRECTED:
                tickets = self.tickets([changed[pair].problem_name], LOCKED).get(pair, ())  # a ticket may be several problems'
                alone = self.cause == TAKEN_BACK and asked is None
                if alone and any(_went_out(ticket, inside, changed[pair].problem_name) for ticket in tickets):
                    raise Refused([Reason("undo-letters-out", {"round": round_.number})])
                if code := self._changed(inside, planner, changed[pair], said.get(pair), tickets):
                    places = [index for index, item in enumerate(applied.planned) if item.problem_name.pair == pair]
                    applied.planned[places[0]] = self._kept_back(changed[pair], code, applied)
                    continue
                results[pair] = self._pair(inside, changed[pair], said.get(pair), tickets, now, applied)
        if results:
            sheet = sheet_of(file) if file.sha256 else Sheet()
            left = [Leftover(number, why, self._versions[number]) for number, why in sorted(self._left.items())]
            self.record(round_, head, Entered(results, version, self.cause, sheet, self.reason, asked, left), now)
            applied.written += 1

    def _changed(
        self, inside: Planner, planner: Planner, item: Planned, said: Said | None, tickets: Sequence[Ticket],
    ) -> str | None:
        """Why a pair is not corrected now as it was planned: its result or its tickets changed since, and not by this correction; None
        where nothing did.
        """
        if self.cause == TAKEN_BACK or any(ticket.number in self._versions for ticket in tickets):
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
            way = self._way(ticket, planner, item)
            if way == "withdraw":
                way = self._withdraw(ticket, planner, item.problem_name, applied)
                if way is None:
                    continue
            if way == "revert":
                ticket = self._revert(ticket, planner.round, now, applied)
            elif way is not None:
                self._left[ticket.number] = way
                self._versions.setdefault(ticket.number, ticket.version)
            if self.cause == TAKEN_BACK and _own(ticket, planner, item.problem_name) is not None:
                ticket = self._forget(ticket, planner, item.problem_name, now, applied)
            standing.append(ticket)
        if self.cause == TAKEN_BACK:
            return None
        again = self._replan(planner, item.problem_name, said, standing)
        number = self._open(planner, again) if again.opens is not None else again.result.ticket
        marked = {mark.ticket.id: mark for mark in again.marks}
        for ticket in standing:
            if ticket.id in marked:
                event = decided(measure(ticket, planner.round.number, marked[ticket.id].measurement, self.actor, now))
                self._write(ticket, event, applied)
            elif _own(ticket, planner, item.problem_name) is not None:
                self._forget(ticket, planner, item.problem_name, now, applied)
        return again.result._replace(ticket=number)

    def _withdraw(self, ticket: Ticket, planner: Planner, problem: ProblemName, applied: Applied) -> str | None:
        """What a wrong result opened and nobody touched is a mistake, and no round's word stands on it. Returns why it could not be
        withdrawn, where it could not.
        """
        def event(found: Ticket, at: datetime) -> Event | Refusal:
            words = {"reason": f"{planner.round.number} {self.reason or ''}".strip()}
            return decide(self.desk.situation(self.actor, found, at), Command("withdraw", {"as": "mistake"}, words, salt=self.desk.salt()))

        try:
            done = carry_out(self.desk, Act(self.actor, ticket.number, event))
        except Refused as refused:
            applied.reversed = [item for item in applied.reversed if item.number != ticket.number]
            applied.stays.append((ticket.number, refused.reasons[0].code))
            return refused.reasons[0].code
        [(after, head)] = journal.read_tickets(self.desk.database, [done.ticket.id])
        self._heads[after.id] = head
        self._forget(after, planner, problem, done.events[-1].at, applied)
        applied.written += len(done.events)
        return None

    def _revert(self, ticket: Ticket, round_: Round, now: datetime, applied: Applied) -> Ticket:
        """A reopening that rested on a wrong result and that nobody touched is taken back."""
        history = journal.read_events(self.desk.database, ticket.id)
        event = decided(revert(ticket, history, _reopening(history) or 0, round_.number, self.actor, now))
        return self._write(ticket, event, applied)

    def _forget(self, ticket: Ticket, planner: Planner, problem: ProblemName, now: datetime, applied: Applied) -> Ticket:
        """Nothing of what the round said of the ticket for this problem stands on it any more."""
        event = decided(measure(ticket, planner.round.number, None, self.actor, now, planner.pair_on(ticket, problem)))
        return self._write(ticket, event, applied)

    def _write(self, ticket: Ticket, event: Event, applied: Applied) -> Ticket:
        after = evolved(ticket, event)
        self._versions[after.number] = after.version
        write(self.desk, [event], ticket, after, self._heads[ticket.id])
        [(_, head)] = journal.read_tickets(self.desk.database, [ticket.id])
        self._heads[ticket.id] = head
        applied.written += 1
        return after


def _own(ticket: Ticket, planner: Planner, problem: ProblemName) -> Measurement | None:
    """What the ticket keeps of the round for this problem."""
    return of_pair(ticket.measurements, planner.round.number, planner.pair_on(ticket, problem))


def _versions(tickets: Sequence[Ticket]) -> dict[str, int]:
    return {ticket.number: ticket.version for ticket in tickets}


def _went_out(ticket: Ticket, planner: Planner, problem: ProblemName) -> bool:
    """Whether a unit was told of what the round found: the ticket that it opened was assigned, or the one that relapsed reopened."""
    own = _own(ticket, planner, problem)
    return own is not None and ((own.action == outcome.OPENED and ticket.assigned_at is not None) or _was_reopened(ticket, own))


def _was_reopened(ticket: Ticket, own: Measurement) -> bool:
    """Whether the ticket was reopened because of this word on it."""
    return own.action == outcome.RELAPSED and ticket.attempt > own.attempt


def _finds(item: Planned, round_: Round) -> bool:
    """Whether the corrected row opens a ticket, or finds again one that was closed, which the round did not say before."""
    before = round_.results.get(item.problem_name.pair)
    again = item.action == outcome.RELAPSED and (before is None or before.action != outcome.RELAPSED)
    return item.opens is not None or again


def _reopening(history: Sequence[Event]) -> int | None:
    """The last event by which the ticket was opened again."""
    return next((event.seq for event in reversed(history) if event.kind == "did" and event.data["trigger"] == "reopen"), None)


def _after(one: Round, other: Round) -> bool:
    return (one.measured_on, one.id) > (other.measured_on, other.id)
