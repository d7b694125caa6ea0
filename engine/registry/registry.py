"""The writer of everything that is not a ticket: units, accounts, calendars, definitions, settings. By the same journal, stream 0."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from engine.errors import ClockBackwards, Conflict, Damaged, RealClock, UsageError, WriteRefused
from engine.notices import INBOX
from engine.record import journal, queries, schema
from engine.record.directory import READ_ONLY, directory
from engine.record.projection import read_projection, untold
from engine.record.row_change import RowChange, RowPut, new_row
from engine.record.settings import SANDBOX_SETTING
from engine.registry.accounts import Accounts
from engine.registry.credentials import Credentials
from engine.registry.entries import Entries
from engine.registry.seal_codes import SealCodes
from engine.registry.units import Units
from engine.registry.workflow_file import file_name, load
from engine.rules.access import Actor
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.judging.judgement import EDITION, RULES
from engine.rules.proof.chain import canonical, moment, stamp
from engine.rules.timing.climb import WATCHER
from engine.rules.worktime import Calendar, HolidayNotice, notice_json
from engine.rules.worktime.day import LATEST

ASKED_SETTING = "notice-asked-for"
"""The last year whose notice the watch asked for."""

COUNTING_SETTING = "counting"
"""Where counting the tickets anew by another calendar began, until it is finished: {after: event id, calendar: [old, new]}."""


class LoadedWorkflow(NamedTuple):
    """What loading a workflow file did. `before` is the definition that was in force (None: the first of its name), `event` the entry
    that was made, or in a dry run would be; None where the file holds the very definition in force.
    """

    definition: Definition
    before: Definition | None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Registry(Entries):
    """The registry of one database."""

    @property
    def units(self) -> Units:
        """The writer of units."""
        return Units(self.database, self.clock, self.salt)

    @property
    def accounts(self) -> Accounts:
        """The writer of accounts."""
        return Accounts(self.database, self.clock, self.salt)

    @property
    def seal_codes(self) -> SealCodes:
        """The writer of who keeps the codes of seals."""
        return SealCodes(self.database, self.clock, self.salt)

    @property
    def credentials(self) -> Credentials:
        """The writer of what opens accounts."""
        return Credentials(self.database, self.clock, self.salt)

    def load_workflow(self, actor: Actor, path: Path, *, dry_run: bool = False) -> LoadedWorkflow:
        """Makes the workflow in the file the one in force for new tickets; what is under way stays pinned to its own definition.

        The very definition that is in force already changes nothing and makes no event. Raises NotPermitted, InvalidWorkflow, InvalidFile.
        """
        self._require_permission(actor)  # before the file is read: what it holds is not told to everybody
        definition = load(path)
        with self._entry(actor, dry_run=dry_run):
            row = self.database.row(queries.CURRENT_DEFINITION, name=definition.name)
            before = Definition.from_json(row[1]) if row is not None else None
            if before is not None and before.hash == definition.hash:
                return LoadedWorkflow(definition, before)
            event = self.keep_definition(actor, definition, file_name(path))
        return LoadedWorkflow(definition, before, event)

    def load_calendar(
        self, actor: Actor, before: Calendar, calendar: Calendar, notices: Sequence[HolidayNotice], cause: Mapping[str, Any],
        words: Mapping[str, str] | None = None,
    ) -> None:
        """Makes this calendar the one in force, in place of the one that was read; the tickets follow (`engine.registry.calendars`).

        Raises Conflict where somebody else changed the calendar meanwhile, NotPermitted.
        """
        with self._entry(actor):
            row = self.database.row(queries.CALENDAR_LOCKED)
            if row is None or row[0] != before.version:
                raise Conflict(reason="calendar-changed")
            self.keep_calendar(actor, calendar, notices, cause, words)
            self._begin_counting(before, calendar)

    def count_again(self, actor: Actor, calendar: Calendar) -> None:
        """Begins counting the tickets anew by the calendar that is in force already. Raises NotPermitted."""
        with self._entry(actor):
            self._begin_counting(calendar, calendar)

    def counted(self, actor: Actor, tickets: int, tell: Sequence[tuple[int, Sequence[journal.Notice]]]) -> None:
        """Notes that every ticket is counted anew, and queues what each person is told, at the last event of one of the tickets.

        Raises NotPermitted.
        """
        with self._entry(actor):
            row = self.database.row(queries.SETTING_LOCKED, name=COUNTING_SETTING)
            if row is None:
                return  # another process finished it
            if tickets:
                self._note(actor, "loaded", {"what": "dates", "calendar": json.loads(row[0])["calendar"], "tickets": tickets})
            for ticket, notices in tell:
                journal.notify(self.database, ticket, notices)
            self.database.run(queries.DROP_SETTING, name=COUNTING_SETTING)

    def move_clock(self, actor: Actor, to: datetime) -> datetime:
        """Moves a sandbox's clock forward; it does not sweep. Raises RealClock, ClockBackwards, UsageError (beyond 2200)."""
        with self._entry(actor):
            row = self.database.row(queries.SETTING, name=SANDBOX_SETTING)
            if row is None:
                raise RealClock
            now = moment(row[0])  # somebody may have moved it since this process looked
            if to.year > LATEST.year:
                raise UsageError(reason="when-out-of-range", text=str(to.year))
            if to < now:
                raise ClockBackwards(now=now, to=to)
            standing = new_row("setting", name=SANDBOX_SETTING, value=stamp(to))
            self._note(actor, "clocked", {"from": stamp(now), "to": stamp(to)}, rows=[standing])
        return to

    def ask_for_notice(self, year: int) -> int:
        """The watch asks the office once to load the State Council's notice of a year. Returns how many people were told."""
        with self.database.write():
            journal.administration_head(self.database, lock=True)  # first, so that two watches ask one after the other
            row = self.database.row(queries.SETTING, name=ASKED_SETTING)
            if row is not None and int(row[0]) >= year:
                return 0
            now = self.clock.now()
            people = directory(self.database, now).office
            asked = new_row("setting", name=ASKED_SETTING, value=str(year))
            seq = self._note(WATCHER, "set", {"name": ASKED_SETTING, "value": str(year)}, rows=[asked]).seq
            body = canonical({"say": "notice.calendar", "year": year})
            notices = [journal.Notice(seq, name, INBOX, now, body, now) for name in people]
            journal.notify(self.database, journal.ADMINISTRATION, notices)
        return len(people)

    def upgraded(self, actor: Actor) -> None:
        """The database has another schema since the setting UPGRADING stands in it, and what no entry told of its tables is told; nothing,
        where another process said so meanwhile. The program itself says so, in the name of the first account, whether or not that may act
        still: an office whose first administrator has left can be upgraded too.
        """
        with self.database.write():
            journal.administration_head(self.database, lock=True)
            old, told = self.database.row(queries.SETTING_LOCKED, name=schema.UPGRADING), read_projection(self.database)
            if old is None and told.told_since is not None:
                return
            rows = untold(self.database, told)
            self._note(actor, "upgraded", {"schema": [old[0] if old else schema.SCHEMA, schema.SCHEMA], RULES: EDITION}, rows=rows)
            self.database.run(queries.DROP_SETTING, name=schema.UPGRADING)

    def read_whole(self, actor: Actor, what: str, **said: str) -> bool:
        """The whole record is about to be read for something (a backup), or was put back from one: that is an event, and in what is made.
        Returns whether it was noted. Raises NotPermitted.

        Where the record can only be read, or nothing can be appended to the administration any more, what is there is read without, and
        `database.unnoted` says so: that is when it is needed most, and the audit of what is made names the damage.
        """
        self._require_permission(actor)
        try:
            with self._entry(actor):
                self._note(actor, "read", {"what": what} | said)
        except WriteRefused:
            self.database.unnoted = READ_ONLY
        except (Damaged, Conflict):
            self.database.unnoted = "reading-unnoted-damaged"
        else:
            return True
        return False

    # inside a transaction --------------------------------------------------------------------------------------------

    def keep_definition(self, actor: Actor, definition: Definition, source: str) -> Event:
        """The workflow becomes the current one of its name. Returns the entry that says so."""
        rows: list[RowChange] = []
        current = self.database.row(queries.CURRENT_DEFINITION, name=definition.name)
        if current is not None:
            rows.append(RowPut("definition", {"hash": current[0], "current": False}))
        if self.database.row(queries.DEFINITION, hash=definition.hash) is not None:
            rows.append(RowPut("definition", {"hash": definition.hash, "current": True}))
        else:
            rows.append(new_row(
                "definition", hash=definition.hash, name=definition.name, json=definition.to_json(), source=source,
                loaded_at=self.clock.now(), current=True,
            ))
        data = {"what": "workflow", "name": definition.name, "hash": definition.hash, "source": source}
        return self._note(actor, "loaded", data, rows=rows)

    def keep_calendar(
        self, actor: Actor, calendar: Calendar, notices: Sequence[HolidayNotice], cause: Mapping[str, Any] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        """The calendar becomes the one in force; `notices` is what it is made of, `cause` why it changed."""
        rows: list[RowChange] = []
        made_of = canonical([notice_json(notice) for notice in notices])
        current = self.database.row(queries.CURRENT_CALENDAR)
        if current is not None:
            rows.append(RowPut("calendar", {"version": current[0], "current": False}))
        if self.database.row(queries.CALENDAR, version=calendar.version) is not None:
            rows.append(RowPut("calendar", {"version": calendar.version, "current": True, "notices": made_of}))
        else:
            rows.append(new_row(
                "calendar", version=calendar.version, name=calendar.name, json=calendar.to_json(), notices=made_of,
                loaded_at=self.clock.now(), current=True,
            ))
        data = {"what": "calendar", "version": calendar.version, "covered_until": calendar.covered_until.isoformat()}
        self._note(actor, "loaded", {**data, **(cause or {})}, words, rows)

    def _begin_counting(self, before: Calendar, calendar: Calendar) -> None:
        """Notes the event from which tickets are counted anew.

        Where an earlier counting is not finished, its beginning stays, so that nobody is forgotten who must be told.
        """
        row = self.database.row(queries.SETTING_LOCKED, name=COUNTING_SETTING)
        if row is not None:
            begun = json.loads(row[0])
            value = {"after": begun["after"], "calendar": [begun["calendar"][0], calendar.version]}
        else:
            last = self.database.row(queries.LAST_EVENT)
            value = {"after": last[0] if last else 0, "calendar": [before.version, calendar.version]}
        self.database.run(queries.SET_SETTING, name=COUNTING_SETTING, value=canonical(value))
