"""Units and groups as they are now, and as they were called before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.record import queries
from engine.record.damage import as_written
from engine.record.database import Database

GROUP = "group"
OFFICIAL, ALIAS = "official", "alias"


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit or group of the record. A group stands for its members and is never assigned to.

    `former` are the official names it had before; `valid_to` is set for a unit that ended, `successor` where another took over.
    """

    code: str
    name: str
    kind: str
    relation: str | None = None
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    rank_group: str | None = None
    members: tuple[str, ...] = ()
    in_source: bool = True
    valid_to: date | None = None
    successor: str | None = None
    former: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        return self.kind == GROUP


@as_written
def read_units(database: Database, *, ended: bool = False) -> list[StoredUnit]:
    """Every unit and group that is in force, by code; with `ended` those that are not, under the last name they had."""
    units, names, members = database.reads((queries.UNITS, {}), (queries.UNIT_NAMES, {}), (queries.MEMBERS, {}))
    official: defaultdict[str, list[str]] = defaultdict(list)
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for unit, name, kind, _, valid_to in sorted(names, key=lambda row: row[3] or date.min):
        if kind == OFFICIAL:
            official[unit].append(name)
        elif valid_to is None or ended:
            aliases[unit].append(name)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for group, unit in members:
        groups[group].append(unit)
    return [
        StoredUnit(
            code, official[code][-1] if official[code] else code, kind, relation, tuple(aliases[code]), parent, rank_group,
            tuple(groups[code]), in_source, valid_to, successor,
            tuple(name for name in dict.fromkeys(official[code][:-1]) if name != official[code][-1]),
        )
        for code, kind, relation, parent, rank_group, _, valid_to, successor, in_source in units if (valid_to is not None) == ended
    ]


@dataclass(frozen=True, slots=True)
class Names:
    """What units are and were called, for showing."""

    spans: Mapping[str, tuple[tuple[date, str], ...]] = field(default_factory=dict)

    def now(self, code: str) -> str:
        """The official name, the last one of a unit that ended; the code where it never had one."""
        spans = self.spans.get(code)
        return spans[-1][1] if spans else code

    def on(self, code: str, day: date) -> str:
        """The official name it had on a day of the office; before its first one, that one."""
        spans = self.spans.get(code)
        if not spans:
            return code
        return next((name for since, name in reversed(spans) if since <= day), spans[0][1])


def read_names(database: Database) -> Names:
    """The official names of every unit in time."""
    found: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for unit, name, kind, valid_from, _ in database.rows(queries.UNIT_NAMES):
        if kind == OFFICIAL:
            found[unit].append((valid_from or date.min, name))
    return Names({unit: tuple(sorted(spans, key=lambda span: span[0])) for unit, spans in found.items()})
