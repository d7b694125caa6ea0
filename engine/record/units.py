"""Units and groups as they are now, and as they were called before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.record import queries
from engine.record.database import Database

GROUP = "group"
OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit or group of the record. A group stands for its members and is never assigned to."""

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

    @property
    def is_group(self) -> bool:
        return self.kind == GROUP


def read_units(database: Database) -> list[KnownUnit]:
    """Every unit and group that is in force, by code."""
    units, names, members = database.reads((queries.UNITS, {}), (queries.UNIT_NAMES, {}), (queries.MEMBERS, {}))
    official: dict[str, str] = {}
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for unit, name, kind, _, valid_to in names:
        if valid_to is not None:
            continue
        if kind == OFFICIAL:
            official[unit] = name
        else:
            aliases[unit].append(name)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for group, unit in members:
        groups[group].append(unit)
    return [
        KnownUnit(
            code, official.get(code) or code, kind, relation, tuple(aliases[code]), parent, rank_group, tuple(groups[code]), in_source,
            valid_to, successor,
        )
        for code, kind, relation, parent, rank_group, _, valid_to, successor, in_source in units if valid_to is None
    ]


def names_of(database: Database) -> Mapping[str, str]:
    """The official name of every unit by its code, for showing. Units that ended are shown by their last name."""
    found: dict[str, str] = {}
    for unit, name, kind, _, valid_to in database.rows(queries.UNIT_NAMES):
        if kind == OFFICIAL and (valid_to is None or unit not in found):
            found[unit] = name
    return found
