"""A selection of tickets: filters, switches, lights, order. Their SQL is fixed text, with a name for every value that is bound."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from engine.errors import UsageError

OPEN, CLOSED, EVERY = "open", "closed", "all"

SCOPES = {OPEN: "NOT ticket.final", CLOSED: "ticket.final", EVERY: None}
"""Which tickets a list is about. The words are those of the partial indexes: a database uses one only where it finds them."""

ASKED = "(request IS NOT NULL OR returns_to IS NOT NULL)"
"""Blue: an extension is asked for, or the ticket is suspended."""

WAS_LATE = "late_days > 0"
"""How late the unit was when its promise stopped: handed in, suspended, closed. While it runs, `late_at` says since when it is late."""

LIGHTS = {
    "grey": "ticket.final",
    "blue": f"NOT ticket.final AND {ASKED}",
    "red": f"NOT ticket.final AND NOT {ASKED} AND late_at <= :now",
    "yellow": f"NOT ticket.final AND NOT {ASKED} AND warn_at <= :now AND (late_at IS NULL OR late_at > :now)",
    "green": f"NOT ticket.final AND NOT {ASKED} AND (late_at IS NULL OR late_at > :now) AND (warn_at IS NULL OR warn_at > :now)",
}
"""The light of the promise, as `rules.timing.clocks.light` gives it (a test holds the two together)."""

BEFORE_GREEN = {"grey": "ticket.final", "blue": ASKED, "red": "late_at <= :now", "yellow": "warn_at <= :now"}
LIGHT = f"CASE {' '.join(f'WHEN {asked} THEN {name!r}' for name, asked in BEFORE_GREEN.items())} ELSE 'green' END"
"""The same as a value: what comes later asks nothing again of what came before."""

EITHER = {
    "state": "state", "source": "source", "turn": "turn", "measure": "measure", "grade": "grade", "lead": "lead",
    "level": "level + 0", "acted_level": "acted_level", "officer": "officer", "batch": "batch", "visit": "visit",
}
"""Filters that name values of a column, the name and the column: a ticket has one of them. The index of levels is for their order; an
expression does not lead a database there, where it would have to sort.
"""

FILTERS = {
    "unit": "(lead IN :unit OR id IN (SELECT ticket FROM cooperator WHERE cooperator.unit IN :unit))",
    "cooperating": "id IN (SELECT ticket FROM cooperator WHERE cooperator.unit IN :cooperating AND cooperator.due_at IS NOT NULL)",
    "round": "number IN :round",
    "repeating": "number IN :repeating",
    "text": "(title_folded LIKE :text ESCAPE '!' OR number LIKE :text_in_number ESCAPE '!')",
    "hidden": "(definition || ' ' || state) NOT IN :hidden",
    "opened_from": "opened_at >= :opened_from",
    "opened_before": "opened_at < :opened_before",
    "due_from": "ticket.promised_at >= :due_from",
    "due_before": "ticket.promised_at < :due_before",
    "due_later": "(ticket.promised_at IS NULL OR ticket.promised_at >= :due_later)",
    "closed_from": "closed_at >= :closed_from",
    "closed_before": "closed_at < :closed_before",
    "changed_from": "changed_at >= :changed_from",
    "told_from": "told_at >= :told_from",
}
"""Filters with a value. `hidden` lists what units do not see, together with `unit`: a definition's hash, a blank, one of its states;
`repeating` stands for a unit in the place of the switch `repeats`, since it may not know every finding that a ticket repeats.
"""

SWITCHES = {
    "overdue": "NOT ticket.final AND late_at <= :now",
    "late": f"({WAS_LATE} OR late_at <= :now)",
    "on_time": "on_time",
    "submitted_late": "NOT on_time",
    "office_late": "NOT ticket.final AND office_due_at <= :now",
    "parts": "EXISTS (SELECT 1 FROM cooperator WHERE cooperator.ticket = ticket.id AND cooperator.due_at IS NOT NULL)",
    "instructed": "instructed",
    "relapsed": "relapse IS NOT NULL",
    "repeats": "repeats <> '[]'",
    "asked": "request IS NOT NULL",
    "declined": "denials <> '[]'",
    "objected": "objections <> '{}'",
    "asked-again": "request IS NOT NULL AND grants <> '[]'",
    "running": "late_at IS NOT NULL",
    "sent-back": "submitted_at IS NOT NULL AND NOT submitted",
    "first-time": "submitted_at IS NULL",
    "to-revise": "to_revise",
    "as-drafted": "NOT to_revise",
    "pause-over": "returns_to IS NOT NULL AND office_due_at <= :now",
    "proposals": "proposals <> '[]'",
}
"""Filters that are on or off. `late`: the unit is late now or was when its promise stopped, also of closed ones; `on_time` and
`submitted_late` look at the last submission, and a ticket that never was submitted is neither.
"""


class Order(NamedTuple):
    """An order of a list: its column, whether the largest comes first, and whether a ticket may have no value there."""

    column: str
    descending: bool = False
    nullable: bool = False

    @property
    def direction(self) -> str:
        return " DESC" if self.descending else ""


SORTS = {
    "due": Order("promised_at", nullable=True),
    "turn-due": Order("due_at", nullable=True),
    "number": Order("id"),
    "newest": Order("id", descending=True),
    "changed": Order("changed_at", descending=True),
    "told": Order("told_at", descending=True),
    "level": Order("level", descending=True),
    "acted-level": Order("acted_level", descending=True),
    "closed": Order("closed_at", descending=True, nullable=True),
}
"""Orders of a list. Tickets without a value come last."""

SORTS_OF_UNITS = {"level": "acted-level", "changed": "told", "turn-due": "due"}
"""The order that a unit gets instead of another: it may not tell from an order what is the office's own, as are proposals, comments and
the limit for signing."""

INNER_SORTS = ("acted-level", "told")
"""Orders that nobody names."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Tickets to be read, whoever asks. `now` (UTC) decides lights and lateness; `after` is the sort value and id of the last row seen.

    A value of `unit`, `cooperating` and of the filters in EITHER is a list. `dated`: of a list that is read in two parts, the tickets
    that have a value in its order, or those that have none.
    """

    now: datetime
    filters: Mapping[str, Any] = field(default_factory=dict)
    switches: Collection[str] = ()
    lights: Sequence[str] = ()
    scope: str = EVERY
    sort: str = "due"
    limit: int = 50
    after: tuple[Any, int] | None = None
    dated: bool | None = None

    @property
    def order(self) -> Order:
        return order_of(self.sort)


def order_of(sort: str) -> Order:
    """The order of that name. Raises UsageError for an unknown one."""
    found: Order = lookup(SORTS, sort)
    return found


def lookup(table: Mapping[str, Any], name: str) -> Any:
    """What the table has under the name. Raises UsageError, which names what there is."""
    try:
        return table[name]
    except KeyError:
        raise UsageError(reason="list-unknown", name=name, known=list(table)) from None
