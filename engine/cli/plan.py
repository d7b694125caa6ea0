"""`zg plan`: the plan that is supervised, with the open tickets of each measure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.table import Column, table, tsv
from engine.desk.lists import open_by_measure
from engine.desk.plan import read_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.rules.plan import Plan


@verb("plan", option("--json", "as_json", is_flag=True))
def plan(call: Call, as_json: bool) -> int:
    found = read_plan(call.app.desk, call.app.actor)
    counts = open_by_measure(call.app.desk, call.app.actor)
    if call.json:
        call.dump(plan_view(found, counts))
        return 0
    phrase = call.phrase()
    rows = [
        [measure.no, measure.title, phrase.several(call.unit_name(code) for code in measure.leads or measure.responsible),
         str(counts.get(measure.no, 0))]
        for measure in found.measures
    ]
    if not call.terminal.out:
        call.lines(tsv([[m.no, counts.get(m.no, 0), ",".join(m.leads or m.responsible), m.title] for m in found.measures]))
        return 0
    call.out(call.say("plan.heading", title=found.title, number=found.number))
    columns = [
        Column(call.say("field.no"), whole=True), Column(call.say("field.measure")), Column(call.say("field.lead")),
        Column(call.say("field.open"), whole=True, right=True),
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint(
        "plan.count", units=len(found.units), groups=len(found.groups), measures=len(found.measures),
        indicators=len(found.indicators), targets=len(found.targets),
    )
    return 0


def plan_view(found: Plan, counts: Mapping[str, int]) -> dict[str, Any]:
    """The plan as JSON values, with the number of open tickets of each measure (DESIGN §8)."""
    return {
        "code": found.code, "title": found.title, "number": found.number, "issuer": found.issuer, "city": found.city,
        "year": found.year,
        "units": [asdict(unit) for unit in found.units], "groups": [asdict(group) for group in found.groups],
        "measures": [{**asdict(measure), "open": counts.get(measure.no, 0)} for measure in found.measures],
        "indicators": [asdict(indicator) for indicator in found.indicators],
        "targets": [{**asdict(target), "deadline": target.deadline.isoformat()} for target in found.targets],
    }
