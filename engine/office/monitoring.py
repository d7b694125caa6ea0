"""What monitoring points (监测点) find comes in, item by item, by the sender's own id: each opens one ticket, however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.desk.act import Done
from engine.desk.intake import Intake
from engine.desk.typed_opening import TypedOpening, opening
from engine.errors import Reason, Refused
from engine.office.complaints.inbound import must_bring
from engine.rules.access import Actor
from engine.rules.loop.message import LONGEST_REF, LONGEST_SOURCE
from engine.rules.wording import word_problem

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

MONITOR, WORKFLOW = "monitor", "rectification"
FIELDS = ("ref", "title", "detail", "unit", "measure", "name", "phone")
"""What a finding says: the sender's id, the problem in one line and in full, which unit it is about and which measure of the plan, and who
told it, which the supervision office alone reads.
"""


def take_in(desk: Desk, actor: Actor, source: str, fields: Mapping[str, object], *, dry_run: bool = False) -> Done:
    """Opens the ticket of what a monitoring point found; the same again gives the ticket that is there (no events). The unit is a
    suggestion: the office assigns.

    Raises Refused, KeyTaken (the same id with other words), UnitNotFound, NotFound (a measure), UsageError, NotPermitted.
    """
    must_bring(actor, source)
    said = {name: str(value).strip() for name, value in fields.items() if value is not None and str(value).strip()}
    ref = said.get("ref", "")
    against = [
        *(Reason("finding-field-unknown", {"field": name[:LONGEST_REF], "known": list(FIELDS)}) for name in said if name not in FIELDS),
        word_problem("source", source, LONGEST_SOURCE, one_line=True), word_problem("ref", ref, LONGEST_REF, one_line=True),
    ]
    if any(against):
        raise Refused(tuple(reason for reason in against if reason is not None))
    typed = TypedOpening(
        said.get("title", ""), MONITOR, said.get("detail"), said.get("measure"), lead=said.get("unit"), key=f"{source}:{ref}",
        complainant=said.get("name"), phone=said.get("phone"),
    )
    return desk.open(actor, opening(Intake(desk, actor), typed, WORKFLOW).value, WORKFLOW, dry_run=dry_run)
