"""The rows that are loaded: the first accounts, the plan, workflows, calendars."""

from __future__ import annotations

from collections.abc import Mapping

from engine.rules.json_value import Json
from engine.rules.judging.rows.expected import Expected, Holds, Rows, Said, anything, now, one_of, several, something

_OF_A_PLAN = {
    "unit": ("code", "kind", "relation", "parent", "rank_group", "in_source"), "unit_name": ("unit", "name", "place", "kind"),
    "unit_member": ("group_code", "unit", "place"), "measure": ("no", "title", "leads", "cooperators", "responsible"),
    "indicator": ("measure", "name"),
    "target": (
        "id", "measure", "metric", "comparator", "value", "unit", "baseline", "deadline", "scope", "mandatory", "words",
    ),
}
"""The columns that a plan fills; the whole of it is named by its SHA-256."""


def accounts(said: Said) -> Rows:
    """The first accounts of a record."""
    names = said.facts["names"]
    told = [node["put"]["name"] for node in said.facts["rows"] if node["table"] == "account"]
    if names != told or any(said.known.post(name) is not None for name in names):
        return None
    account: Mapping[str, Json | Holds] = {
        "name": something, "title": something, "role": something, "unit": anything, "active": True,
    }
    title: Mapping[str, Json | Holds] = {"account": one_of(*names), "since": now, "title": something}
    return [
        several(Expected(table, values, new=True), least=len(names), most=len(names))
        for table, values in (("account", account), ("account_title", title))
    ]


def plan(said: Said) -> Rows:
    """The plan that a record is founded with, which brings its units."""
    nodes = said.facts["rows"]
    counted = {
        "units": sum(node["table"] == "unit" and node["put"]["kind"] != "group" for node in nodes),
        "measures": sum(node["table"] == "measure" for node in nodes), "targets": sum(node["table"] == "target" for node in nodes),
    }
    if any(said.facts[name] != count for name, count in counted.items()) or said.known.tells_people:
        return None
    return [
        *(several(Expected(table, dict.fromkeys(columns, anything), new=True)) for table, columns in _OF_A_PLAN.items()),
        Expected("setting", {"name": "plan", "value": something}),
    ]


def workflow(said: Said) -> Rows:
    """A workflow, in place of the version of it that was in force."""
    facts = said.facts
    of_that_name = _called(facts["name"])
    if not of_that_name(facts["hash"], said):
        return None
    content = {"name": facts["name"], "json": something, "source": facts["source"]}
    return _in_force(said, Expected("definition", {"hash": facts["hash"]}), content, {"hash": of_that_name})


def calendar(said: Said) -> Rows:
    """A calendar, in place of the one that was in force; what it is made of may be told anew."""
    now_in_force = Expected("calendar", {"version": said.facts["version"], "notices": anything})
    return _in_force(said, now_in_force, {"name": something, "json": something}, {"version": something})


def _in_force(said: Said, loaded: Expected, content: Mapping[str, Json | Holds], before: Mapping[str, Holds]) -> Rows:
    """What is loaded is in force from now on, and what was in force no more. What had been loaded before has its content already."""
    current: Mapping[str, Json | Holds] = {**loaded.values, "current": True}
    afresh = any(node["put"].get("json") is not None for node in said.facts["rows"])
    return [
        Expected(loaded.table, {**current, **content, "loaded_at": now}, new=True) if afresh else Expected(loaded.table, current),
        Expected(loaded.table, {**before, "current": False}, least=0),
    ]


def _called(name: str) -> Holds:
    """A workflow of that name, as far as it can be read."""
    def holds(value: Json, said: Said) -> bool:
        definition = said.known.definition(str(value))
        return definition is None or definition.name == name

    return holds
