"""`zg unit list`: the units of the record, by code, with their relation to the city."""

from __future__ import annotations

from engine.cli.call import Call
from engine.cli.frame import Noun, option, verb
from engine.cli.table import Column, table, tsv
from engine.reading import read_units


@verb("unit.list", option("--json", "as_json", is_flag=True))
def list_(call: Call, as_json: bool) -> int:
    units = read_units(call.house.database)
    if call.json:
        for unit in units:
            call.dump({
                "code": unit.code, "name": unit.name, "aliases": list(unit.aliases), "kind": unit.kind, "relation": unit.relation,
                "members": list(unit.members),
            })
        return 0
    if not call.terminal.out:
        call.lines(tsv([[unit.code, unit.name, unit.kind, unit.relation, ",".join(unit.aliases)] for unit in units]))
        return 0
    phrase = call.phrase()
    rows = [
        [unit.code, unit.name, phrase.label("kind-of-unit", unit.kind),
         phrase.label("relation", unit.relation) if unit.relation else "", phrase.several(unit.aliases)]
        for unit in units
    ]
    columns = [
        Column(call.say("field.code"), whole=True), Column(call.say("field.name")), Column(call.say("field.kind")),
        Column(call.say("field.relation")), Column(call.say("field.aliases")),
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("unit.count", count=len(units))
    return 0


unit = Noun("unit", (list_,))
