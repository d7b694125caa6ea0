"""The rows that entries about units change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.rules.json_value import Json
from engine.rules.judging.rows.expected import Expected, Holds, Rows, Said, anything, one_of, several, something


def added(said: Said) -> Rows:
    facts, code = said.facts, said.facts["unit"]
    if said.known.in_force(code) or code in said.known.successors():
        return None
    names = [facts["name"], *facts.get("aliases", ())]
    return [
        Expected("unit", {
            **{name: facts.get(name) for name in ("kind", "relation", "parent", "rank_group")}, "code": code, "in_source": False,
        }, new=True),
        *(Expected("unit_name", {
            "unit": code, "name": name, "place": place, "kind": "alias" if place else "official", "valid_from": something,
        }, new=True) for place, name in enumerate(names)),
    ]


def renamed(said: Said) -> Rows:
    code, since, (old, new) = said.facts["unit"], said.facts["from"], said.facts["changes"]["name"]
    free: Mapping[str, Json | Holds] = {"unit": code, "place": anything, "valid_to": since}
    return [
        Expected("unit_name", {"unit": code, "name": new, "place": anything, "kind": "official", "valid_from": since}, new=True),
        several(Expected("unit_name", {**free, "name": old}), least=1), several(Expected("unit_name", {**free, "name": new})),
    ]


def merged(said: Said) -> Rows:
    """A merger that is run again, for what was assigned in between, changes no row."""
    unit, into = said.facts["unit"], said.facts["into"]
    if not said.facts.get("rows"):
        return [] if said.known.successors().get(unit) == into else None
    return _ends(said, into)


def ended(said: Said) -> Rows:
    return _ends(said, None)


def _ends(said: Said, successor: str | None) -> Iterator[Expected]:
    """Its names are free, and a successor stands wherever the unit stood."""
    code, since = said.facts["unit"], said.facts["from"]
    yield Expected("unit", {"code": code, "valid_to": since, "successor": successor})
    yield several(Expected("unit_name", {"unit": code, "name": anything, "place": anything, "valid_to": since}))
    yield several(Expected("unit", {"code": _below(code), "parent": successor}))
    for table, other in (("unit_member", "group_code"), ("account_portfolio", "account")):
        left = {node["drop"][other] for node in said.facts["rows"] if node["table"] == table and "drop" in node}
        yield several(Expected(table, {"unit": code, other: anything}, drops=True))
        if successor is not None:
            place: Mapping[str, Holds] = {"place": anything} if table == "unit_member" else {}
            yield several(Expected(table, {"unit": successor, other: one_of(*left), **place}, new=True))


def _below(unit: str) -> Holds:
    """A unit that stands below another one."""
    def holds(value: Json, said: Said) -> bool:
        return said.known.parent(str(value)) == unit

    return holds
