"""Changing the calendar: it is put in force, the open tickets are counted anew, each person is told once.

The calendar comes first, in a transaction of its own, then the tickets in batches. Every deadline knows the version it was counted
with and the record knows that counting began, so whoever runs it again after a crash finishes it, and nothing is counted twice.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.desk.tickets import Desk
from engine.errors import Conflict, InvalidFile
from engine.notices.queue import addressed
from engine.notices.reach import WEBHOOK, read_reach
from engine.record import event_rows, journal, queries
from engine.record.directory import directory
from engine.registry.registry import COUNTING_SETTING, Registry
from engine.rules.access import Actor, may_administer, must
from engine.rules.deadline import OFFICE
from engine.rules.event import Event
from engine.rules.proof.chain import canonical, moment
from engine.rules.recipients import answering
from engine.rules.ticket import Ticket, evolve
from engine.rules.timing.reproject import Move, Reprojected, reproject
from engine.rules.timing.silence import SILENCE
from engine.rules.worktime import Calendar, CalendarError, HolidayNotice, Loaded, load_notices, parse_notice

BATCH = 500
BREATH_SECONDS = 0.005
SHOWN = 20
"""The number of tickets that the notice of a unit names one by one; of more it says only how many."""

OnMove = Callable[[Ticket, Move], None]
"""Hears of every date that moves, and of every one that would and is kept."""


@dataclass(slots=True)
class Counted:
    """What counting anew did: tickets that moved, earlier dates that were not taken because nobody accepted them,
    tickets whose rules fail.
    """

    tickets: int = 0
    kept: int = 0
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """A calendar that is to be in force in place of the one that was read; `cause` is said in the administration's stream."""

    before: Calendar
    calendar: Calendar
    notices: tuple[HolidayNotice, ...]
    cause: Mapping[str, Any]
    words: Mapping[str, str] | None = None


@dataclass(slots=True)
class Calendars:
    """The calendars of one record."""

    desk: Desk
    registry: Registry
    breathe: Callable[[float], None] = time.sleep

    def notices(self) -> tuple[HolidayNotice, ...]:
        """The notices that the calendar in force is made of."""
        row = self.desk.database.row(queries.CURRENT_NOTICES)
        return tuple(parse_notice(json.dumps(node)) for node in json.loads(row[0])) if row else ()

    def with_notices(self, new: Sequence[HolidayNotice], file: str) -> tuple[CalendarChange, Loaded]:
        """The change that new notices make. Raises InvalidFile with every problem."""
        before = self.desk.rules.calendar()
        try:
            loaded = load_notices(before, self.notices(), new)
        except CalendarError as error:
            raise InvalidFile(file=file, problems=error.problems) from error
        cause = {"notices": [[notice.year, notice.published.isoformat()] for notice in new]}
        return CalendarChange(before, loaded.calendar, loaded.notices, cause), loaded

    def unfinished(self) -> bool:
        """Whether counting anew began and did not end."""
        return self.desk.database.row(queries.SETTING, name=COUNTING_SETTING) is not None

    def uncounted(self, actor: Actor, calendar: Calendar, *, accept_earlier: bool) -> bool:
        """Whether the calendar in force still has something to count: counting broke off, or earlier dates were kept and are accepted now.

        Raises NotPermitted.
        """
        if self.unfinished():
            return True
        if not accept_earlier:
            return False
        same = CalendarChange(calendar, calendar, self.notices(), {})
        return self.preview(actor, same, _silent, accept_earlier=True).tickets > 0

    def preview(self, actor: Actor, change: CalendarChange, on_move: OnMove, *, accept_earlier: bool = False) -> Counted:
        """What `put_in_force` would do, and changes nothing. Raises NotPermitted: it tells every open ticket, as the change itself does."""
        must(may_administer, actor)
        counted = Counted()
        for ids in self._under_way():
            for ticket, _ in journal.read_tickets(self.desk.database, ids):
                found = self._count(ticket, change, actor, accept_earlier, counted)
                self._note(ticket, found, counted, on_move)
        return counted

    def put_in_force(self, actor: Actor, change: CalendarChange, on_move: OnMove, *, accept_earlier: bool = False) -> Counted:
        """Makes the calendar the current one and counts every open ticket anew. `on_move` hears of each move once it is stored.

        Raises NotPermitted, Conflict (the calendar was changed meanwhile), Busy. Where it breaks off, whoever runs it again finishes it.
        """
        if change.calendar.version != change.before.version:
            self.registry.load_calendar(actor, change.before, change.calendar, change.notices, change.cause, change.words)
        else:
            self.registry.count_again(actor, change.calendar)
        counted = Counted()
        for ids in self._under_way():
            self._batch(ids, change, actor, accept_earlier, counted, on_move)
        for ids in self._touched():  # whoever began before the change and ended after it counted by the old one
            self._batch(ids, change, actor, accept_earlier, Counted(), _silent)
        tickets, tell = self._notices()
        self.registry.counted(actor, tickets, tell)
        return counted

    # how ------------------------------------------------------------------------------------------------------------

    def _under_way(self) -> Iterator[list[int]]:
        """Ids of open tickets with counted dates, in pieces."""
        after = 0
        while ids := [int(row[0]) for row in self.desk.database.rows(queries.UNDER_WAY, after=after, limit=BATCH)]:
            yield ids
            after = ids[-1]
            if len(ids) == BATCH:
                self.breathe(BREATH_SECONDS)

    def _batch(
        self, ids: list[int], change: CalendarChange, actor: Actor, accept_earlier: bool, counted: Counted, on_move: OnMove,
    ) -> None:
        """Counts some tickets anew in one transaction, or each in one of its own where somebody else changed one meanwhile."""
        found = [
            (ticket, head, self._count(ticket, change, actor, accept_earlier, counted))
            for ticket, head in journal.read_tickets(self.desk.database, ids)
        ]
        changes = [journal.Change(ticket, after, (made.event,), head) for ticket, head, made in found
                   if made.event is not None and (after := evolve(ticket, made.event))]
        try:
            if changes:
                with self.desk.writing_as(actor):
                    journal.append_many(self.desk.database, changes)
        except Conflict:
            found = [self._one(ticket.id, change, actor, accept_earlier, counted) for ticket, _, _ in found]
        for ticket, _, made in found:
            self._note(ticket, made, counted, on_move)

    def _one(
        self, ticket: int, change: CalendarChange, actor: Actor, accept_earlier: bool, counted: Counted,
    ) -> tuple[Ticket, bytes, Reprojected]:
        """A ticket on its own, read and locked in its transaction."""
        with self.desk.writing_as(actor):
            read = journal.read_ticket(self.desk.database, ticket, lock=True)
            if read is None:
                raise LookupError(f"ticket {ticket} vanished")
            before, head = read
            made = self._count(before, change, actor, accept_earlier, counted)
            if made.event is not None:
                journal.append(self.desk.database, [made.event], before, evolve(before, made.event), head)
        return before, head, made

    def _count(self, ticket: Ticket, change: CalendarChange, actor: Actor, accept_earlier: bool, counted: Counted) -> Reprojected:
        """Counts one ticket anew. A ticket that cannot be counted is noted in `counted.failed` and does not stop the rest."""

        def version(name: str | None) -> Calendar:
            return change.before if name is None else self.desk.rules.version(name)

        try:
            if ticket.final:
                return NOTHING
            at = self.desk.situation(actor, ticket)._replace(calendar=change.calendar)
            return reproject(at, version, accept_earlier=accept_earlier)
        except (ValueError, LookupError):
            counted.failed += [ticket.number] if ticket.number not in counted.failed else []
            return NOTHING

    def _note(self, ticket: Ticket, made: Reprojected, counted: Counted, on_move: OnMove) -> None:
        counted.tickets += made.event is not None
        for move in made.moves:
            counted.kept += move.kept
            on_move(ticket, move)

    def _begun(self) -> Mapping[str, Any] | None:
        row = self.desk.database.row(queries.SETTING, name=COUNTING_SETTING)
        return json.loads(row[0]) if row else None

    def _since(self) -> Iterator[list[Event]]:
        """What happened to tickets since counting began, in pieces."""
        begun = self._begun()
        after = begun["after"] if begun else None
        while after is not None:
            rows = self.desk.database.rows(queries.EVENTS_SINCE, after=after, limit=BATCH)
            if rows:
                yield [event_rows.event_of(row) for row in rows if row[0] != journal.ADMINISTRATION]
            after = rows[-1][-1] if rows else None

    def _touched(self) -> Iterator[list[int]]:
        """Tickets that somebody else changed since counting began."""
        for piece in self._since():
            ids = sorted({event.ticket for event in piece if event.kind != "rescheduled"})
            if ids:
                yield ids

    def _notices(self) -> tuple[int, list[tuple[int, Sequence[journal.Notice]]]]:
        """How many tickets moved since counting began, and what each person is told who hears of a unit's dates: one text, whatever the
        number of units and tickets, at the last of their events. Whoever changed the calendar is not told.
        """
        people, reach = directory(self.desk.database, self.desk.clock.now()), read_reach(self.desk.database)
        told: defaultdict[str, _Told] = defaultdict(_Told)
        tickets = 0
        for piece in self._since():
            events = [event for event in piece if event.kind == "rescheduled" and "calendar" in event.data["cause"]]
            tickets += len(events)
            ids = sorted({event.ticket for event in events})
            tickets_by_id = {ticket.id: ticket for ticket, _ in journal.read_tickets(self.desk.database, ids)}
            for event in events:
                ticket = tickets_by_id[event.ticket]
                dates: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
                for unit, moved in self._moved(ticket, event).items():
                    for name in answering((unit,), people):
                        dates[name] += moved
                for name in dates:
                    if name != event.actor:
                        told[name].add(event, {"say": "calendar.notice-ticket", "number": ticket.number, "moved": dates[name]})
        tell: list[tuple[int, Sequence[journal.Notice]]] = []
        for name in sorted(told):
            notices = [notice for notice in addressed(told[name].last, [name], reach) if notice.channel != WEBHOOK]
            tell.append((told[name].last.ticket, [notice._replace(body=told[name].body()) for notice in notices]))
        return tickets, tell

    def _moved(self, ticket: Ticket, event: Event) -> dict[str, list[dict[str, Any]]]:
        """The dates of one ticket that moved, for each unit. The office's own clocks, and what is not assigned yet, are none of its
        business.
        """
        definition = self.desk.definition(ticket)
        if ticket.state in definition.hidden_states:
            return {}
        moved: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        calendar = self.desk.rules.calendar()
        for clock, (old, new) in event.data["cause"]["moved"].items():
            node = event.data["effects"]["deadlines"][clock]
            unit = node.get("unit") or (ticket.lead if node["of"] != OFFICE else None)
            if unit is None:
                continue
            moments = [moment(text) for text in (old, new)]
            days = [calendar.local_day(at).isoformat() for at in moments]
            if moments[0] != moments[1] and days[0] == days[1]:  # other hours of the office: the day is the same
                days = [at.astimezone(calendar.tz).strftime("%Y-%m-%d %H:%M") for at in moments]
            title = definition.clocks.get(clock.partition(":")[0], SILENCE).title
            code = "calendar.notice-date" if days[0] != days[1] else "calendar.notice-firm"
            moved[unit].append({"say": code, "clock": title._asdict(), "old": days[0], "new": days[1]})
        return dict(moved)


@dataclass(slots=True)
class _Told:
    """What one person is told: the first of the tickets, how many there are, and the event the notice stands at."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    count: int = 0

    def add(self, event: Event, line: dict[str, Any]) -> None:
        self.count += 1
        self.events = [event]
        if len(self.lines) < SHOWN:
            self.lines.append(line)

    @property
    def last(self) -> Event:
        return self.events[-1]

    def body(self) -> str:
        rest = self.count - len(self.lines)
        lines = [*self.lines, {"say": "calendar.notice-more", "count": rest}] if rest else self.lines
        return canonical({"say": "calendar.notice", "count": self.count, "tickets": lines})


NOTHING = Reprojected(None, ())


def _silent(ticket: Ticket, move: Move) -> None:
    """Ignores a move: it was told before."""
