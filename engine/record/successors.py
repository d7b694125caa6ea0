"""What schemes, targets and units are called that went over to others, as the record has it."""

from __future__ import annotations

import json

from engine.errors import Damaged
from engine.record.database import Database
from engine.record.settings import SUCCESSORS_SETTING, setting
from engine.record.unit_list import read_units
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
    """The successors of schemes, targets and units. Raises Damaged."""
    said = read_going_over(database)
    units = read_units(database, ended=True)
    return Successors(said.schemes, said.targets, {unit.code: unit.successor for unit in units if unit.successor is not None})
