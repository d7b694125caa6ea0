"""What the record told at the moment at which an event was written: people, units, calendars, definitions. Whoever judges is given it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from engine.rules.acts.redaction import Appointment
from engine.rules.batch import Batch
from engine.rules.definition import Definition
from engine.rules.loop.visit import Visit
from engine.rules.worktime import Calendar

if TYPE_CHECKING:
    from engine.rules.event import Event, Facts


class Post(NamedTuple):
    """An account as it was: its role and unit, and when it may act."""

    role: str
    unit: str | None
    active: bool = True
    valid_from: datetime | None = None
    valid_to: datetime | None = None

    def may_act(self, at: datetime) -> bool:
        return self.active and (self.valid_from is None or self.valid_from <= at) and (self.valid_to is None or at < self.valid_to)


class Found(NamedTuple):
    """A finding as it was: when it was found, None where that is not known, and the numbers of the earlier ones that it repeats."""

    since: datetime | None
    repeats: tuple[str, ...] = ()


class Known(Protocol):
    """What was known when one event was written: as far as the entries before it tell.

    `same_rules`: the event was written by this edition of the rules. `tells_people` and `tells_units`: the entries before it tell of
    accounts and of units at all; those of a record of before do not.
    """

    @property
    def same_rules(self) -> bool: ...

    @property
    def thorough(self) -> bool:
        """Whether the values of what openings, acts and rungs changed are computed again, and not only asked whether they may change it."""

    @property
    def tells_people(self) -> bool: ...

    @property
    def tells_units(self) -> bool: ...

    @property
    def no_earlier(self) -> datetime | None:
        """When the last entry before the event was written: what had ended by then, had ended when the event was written."""

    @property
    def separated(self) -> bool:
        """Whether the administrator's work had been parted in three."""

    @property
    def sandbox_clock(self) -> datetime | None:
        """Where a sandbox's clock stood; None for a record that goes by real time."""

    def post(self, account: str) -> Post | None:
        """The account; None where there was none of that name."""

    def stands_in(self, account: str, deputy: str, at: datetime) -> bool:
        """Whether the deputy was entered for the account, for that moment."""

    def supervisors(self, at: datetime) -> Collection[str]:
        """The accounts of the supervisors who could act."""

    def appointments(self, asked: int) -> Sequence[Appointment]:
        """How accounts came to their roles: before or after the event `asked` of this ticket."""

    def lost_asked(self, seq: int) -> tuple[Event, Sequence[Appointment]] | None:
        """The entry of that number by which somebody asked for the key to be replaced as lost, and how accounts came to their roles:
        before or after it; None where there was none yet.
        """

    def successors(self) -> Mapping[str, str | None]:
        """The units that had ended, each with the one that succeeded it."""

    def in_force(self, unit: str) -> bool:
        """Whether there was such a unit and it had not ended."""

    def relation(self, unit: str | None) -> str | None:
        """The unit's relation to the city; None where it had none."""

    def parent(self, unit: str) -> str | None:
        """The unit above a unit; None where there is none."""

    def portfolio(self, account: str) -> Set[str]:
        """The units that a leader answered for."""

    def calendars(self, at: datetime) -> Sequence[Calendar]:
        """The calendar in force, then those of which whoever acted at that moment may still have known only."""

    def calendar(self, version: str) -> Calendar | None:
        """The calendar of that version; None where there was none yet."""

    def definition(self, hash_: str) -> Definition | None:
        """The workflow of that hash; None where it cannot be read. What it says is what hashes to its name."""

    def loaded(self, hash_: str, at: datetime) -> bool:
        """Whether that workflow was in force for new tickets, or was at that moment."""

    def kept(self, hash_: str) -> bool:
        """Whether that workflow had been loaded at all."""

    def batch(self, number: str) -> Batch | None:
        """The batch that came with a letter, as it was; None where there was none of that number yet."""

    def unassigned(self, batch: str) -> int:
        """How many tickets of the batch waited to be assigned."""

    def visit(self, number: str) -> Visit | None:
        """The visit, as it was; None where there was none of that number yet."""

    def finding(self, number: str) -> Found | None:
        """What the ticket was found as, and repeats; None where there was none of that number yet."""

    def entry(self, seq: int) -> Facts | None:
        """The facts of an entry of the administration; None where there was none of that number yet."""
