"""The plan that is supervised, as everybody may read it."""

from __future__ import annotations

from engine.desk.tickets import Desk
from engine.errors import NotPossible
from engine.record import queries
from engine.record.damage import as_written
from engine.record.settings import PLAN_SETTING
from engine.rules.access import Actor, must_have_role
from engine.rules.plan import Plan


@as_written
def read_plan(desk: Desk, actor: Actor) -> Plan:
    """The plan of the seed. Raises NotPermitted, and NotPossible where the database was made without one."""
    must_have_role(actor)
    row = desk.database.row(queries.SETTING, name=PLAN_SETTING)
    if row is None:
        raise NotPossible(reason="no-plan")
    return Plan.from_json(row[0])
