"""What schemes, targets and units are called that went over to others, as the record has it."""

from __future__ import annotations

import json

from engine.errors import Damaged
from engine.record.database import Database
from engine.record.directory import unit_names
from engine.record.settings import SUCCESSORS_SETTING, setting
from engine.rules.loop.going_over import GoingOver
from engine.rules.loop.identity import Successors


def read_going_over(database: Database) -> GoingOver:
    """The successors of schemes and targets, as people said them. Raises Damaged."""
    kept = setting(database, SUCCESSORS_SETTING)
    if kept is None:
        return GoingOver()
    try:
        return GoingOver.from_json(json.loads(kept))
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(detail=SUCCESSORS_SETTING) from error


def read_successors(database: Database) -> Successors:
    """The successors of schemes, targets and subjects: a unit that ended goes over to who took it over, and what was measured by its name
    to the unit that bears the name now, or bore it last. Raises Damaged.
    """
    said = read_going_over(database)
    in_force, ended = unit_names(database), unit_names(database, ended=True)
    named = ended.spellings() | in_force.spellings()
    subjects = {name: unit.code for name, unit in named.items() if not unit.is_group and name != unit.code}
    merged = {unit.code: unit.successor for unit in ended if unit.successor is not None}
    return Successors(said.schemes, said.targets, subjects | merged)
