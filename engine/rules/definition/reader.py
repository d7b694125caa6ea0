"""Reads a workflow from YAML nodes: every problem with its line, all at once. Nothing in a file is evaluated or imported."""

from __future__ import annotations

from typing import Any

from engine.errors import Problem
from engine.rules.definition.model import ANY_GRADE, LARGEST_LEVEL, PROPOSES, Definition, Text, build
from engine.rules.definition.node import Reading
from engine.rules.worktime import parse_amount

WORKFLOW_KEYS = (
    "workflow", "title", "rule", "grades", "default_grade", "initial", "states", "clocks", "ladders", "triggers", "extensions",
)
STATE_KEYS = ("title", "stage", "turn", "clocks", "final", "hidden", "rests")
CLOCK_KEYS = ("title", "of", "amount", "ladder", "promise", "rests_in", "runs_with", "before", "urgent")
RUNG_KEYS = ("name", "title", "at", "act", "level", "tell", "letter", "trigger")
TRIGGER_KEYS = ("title", "from", "to", "by", "input", "guards", "effects", "restart", "at_least", "tell")
INPUT_KEYS = ("kind", "required", "choices")

TURNS = ("office", "lead", "cooperator", "head")
ACTORS = ("office", "lead", "cooperator", "head", "leader", "intake", "watch")
RECIPIENTS = ("office", "lead", "cooperator", "head", "leader", "part")
ACTS = ("notify", PROPOSES, "fire")
ATTRIBUTES = ("request", "part", "proposal", "pause", "instruction", "standing", "outer")
INPUT_KINDS = ("words", "text", "unit", "units", "when", "flag", "choice", "ticket", "account", "leader")
LARGEST_OFFSET = 250

INPUT_KIND_BY_NAME = {
    "lead": "unit", "with": "units", "leader": "leader", "due": "when", "to": "when", "until": "when", "report_by": "when", "outer": "when",
    "reason": "words", "note": "words", "clause": "words", "basis": "words", "approved_by": "words", "suggest": "unit",
    "designate": "flag", "as": "choice", "of": "ticket", "without": "units", "again": "units", "by": "text", "signed": "flag",
    "rung": "text", "review": "text", "urgent": "flag", "standing": "flag", "to_unit": "flag", "about": "text", "refuse": "flag",
}
"""The kind of each input that the rules know by its name; a workflow may add other inputs and say their kind."""


def read(node: Any, file: str) -> tuple[Definition | None, list[Problem], dict[str, int]]:
    """The definition (None if it cannot be used), every problem, and the line of each path for the problems that the check finds."""
    reading = Reading(file)
    top = reading.mapping(node, "workflow", WORKFLOW_KEYS, ("workflow", "title", "initial", "states", "clocks", "triggers"))
    workflow: dict[str, Any] = {
        "name": reading.name(top["workflow"], "workflow") if "workflow" in top else "",
        "title": _title(reading, top, "workflow"),
        "rule": [reading.text(item, "rule") for item in reading.sequence(top["rule"], "rule")] if "rule" in top else [],
        "grades": {
            grade: _translations(reading, value, f"grades.{grade}") for grade, value in _entries(reading, top, "grades").items()
        },
        "default_grade": reading.name(top["default_grade"], "default_grade") if "default_grade" in top else None,
        "initial": reading.name(top["initial"], "initial") if "initial" in top else "",
        "states": {name: _state(reading, name, value) for name, value in _entries(reading, top, "states").items()},
        "clocks": {name: _clock(reading, name, value) for name, value in _entries(reading, top, "clocks").items()},
        "ladders": {
            name: {"rungs": [_rung(reading, name, item) for item in reading.sequence(value, f"ladders.{name}")]}
            for name, value in _entries(reading, top, "ladders").items()
        },
        "triggers": {},
        "extensions": {
            grade: _extension(reading, grade, value) for grade, value in _entries(reading, top, "extensions").items()
        },
    }
    for name, value in _entries(reading, top, "triggers").items():
        workflow["triggers"][name] = _trigger(reading, name, value, tuple(workflow["states"]))
    if reading.problems:
        return None, reading.problems, reading.lines
    return build(workflow).with_hash(), [], reading.lines


def _entries(reading: Reading, top: dict[str, Any], key: str) -> dict[str, Any]:
    return reading.mapping(top[key], key) if key in top else {}


def _translations(reading: Reading, node: Any, path: str) -> dict[str, str]:
    entries = reading.mapping(node, path, Text._fields, Text._fields)
    return {
        language: reading.text(entries[language], f"{path}.{language}") if language in entries else ""
        for language in Text._fields
    }


def _title(reading: Reading, entries: dict[str, Any], path: str) -> dict[str, str]:
    return _translations(reading, entries["title"], f"{path}.title") if "title" in entries else dict.fromkeys(Text._fields, "")


def _state(reading: Reading, name: str, node: Any) -> dict[str, Any]:
    path = f"states.{name}"
    entries = reading.mapping(node, path, STATE_KEYS, ("title",))
    return {
        "name": name, "title": _title(reading, entries, path),
        "stage": reading.name(entries["stage"], f"{path}.stage") if "stage" in entries else name,
        "turn": reading.choice(entries["turn"], f"{path}.turn", TURNS) if "turn" in entries else None,
        "clocks": reading.names(entries["clocks"], f"{path}.clocks") if "clocks" in entries else (),
        **{key: key in entries and reading.flag(entries[key], f"{path}.{key}") for key in ("final", "hidden", "rests")},
    }


def _clock(reading: Reading, name: str, node: Any) -> dict[str, Any]:
    path = f"clocks.{name}"
    entries = reading.mapping(node, path, CLOCK_KEYS, ("title", "of", "amount", "ladder"))
    return {
        "name": name, "title": _title(reading, entries, path),
        "of": reading.choice(entries["of"], f"{path}.of", TURNS) if "of" in entries else "",
        "amount": reading.by_grade(entries["amount"], f"{path}.amount", _amount(reading)) if "amount" in entries else {},
        "ladder": reading.name(entries["ladder"], f"{path}.ladder") if "ladder" in entries else "",
        "promise": "promise" in entries and reading.flag(entries["promise"], f"{path}.promise"),
        "rests_in": reading.names(entries["rests_in"], f"{path}.rests_in") if "rests_in" in entries else (),
        "runs_with": reading.choice(entries["runs_with"], f"{path}.runs_with", ATTRIBUTES) if "runs_with" in entries else None,
        "before": reading.name(entries["before"], f"{path}.before") if "before" in entries else None,
        "urgent": reading.by_grade(entries["urgent"], f"{path}.urgent", _amount(reading)) if "urgent" in entries else {},
    }


def _amount(reading: Reading) -> Any:
    def amount(node: Any, path: str) -> str:
        text = reading.text(node, path)
        if not text:
            return ""
        try:
            return str(parse_amount(text))
        except ValueError:
            reading.report("definition-bad-amount", node, path=path, key=text)
            return ""

    return amount


def _rung(reading: Reading, ladder: str, node: Any) -> dict[str, Any]:
    path = f"ladders.{ladder}"
    entries = reading.mapping(node, path, RUNG_KEYS, ("name", "title", "at", "act"))
    name = reading.name(entries["name"], f"{path}.name") if "name" in entries else ""
    path = f"{path}.{name}"
    reading.lines[path] = node.start_mark.line + 1

    def offset(item: Any, where: str) -> int:
        return reading.whole(item, where, -LARGEST_OFFSET, LARGEST_OFFSET)

    def letter(item: Any, where: str) -> str:
        return reading.name(item, where)

    return {
        "name": name, "title": _title(reading, entries, path),
        "at": reading.by_grade(entries["at"], f"{path}.at", offset) if "at" in entries else {},
        "act": reading.choice(entries["act"], f"{path}.act", ACTS) if "act" in entries else "",
        "level": reading.whole(entries["level"], f"{path}.level", 0, LARGEST_LEVEL) if "level" in entries else 0,
        "tell": _relations(reading, entries, "tell", path, RECIPIENTS),
        "letter": reading.by_grade(entries["letter"], f"{path}.letter", letter) if "letter" in entries else {},
        "trigger": reading.name(entries["trigger"], f"{path}.trigger") if "trigger" in entries else None,
    }


def _relations(reading: Reading, entries: dict[str, Any], key: str, path: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    if key not in entries:
        return ()
    return tuple(
        reading.choice(item, f"{path}.{key}", allowed) for item in reading.sequence(entries[key], f"{path}.{key}")
    )


def _trigger(reading: Reading, name: str, node: Any, states: tuple[str, ...]) -> dict[str, Any]:
    path = f"triggers.{name}"
    entries = reading.mapping(node, path, TRIGGER_KEYS, ("title", "from", "by"))
    target, back = _target(reading, entries, path)
    trigger: dict[str, Any] = {
        "name": name, "title": _title(reading, entries, path), "sources": (), "target": target, "back": back,
        "by": _relations(reading, entries, "by", path, ACTORS), "input": [],
        "guards": [_guard(reading, item, path) for item in reading.sequence(entries["guards"], f"{path}.guards")]
        if "guards" in entries else [],
        "effects": reading.names(entries["effects"], f"{path}.effects") if "effects" in entries else (),
        "restart": _amounts(reading, entries, "restart", path), "at_least": _amounts(reading, entries, "at_least", path),
        "tell": _relations(reading, entries, "tell", path, RECIPIENTS),
    }
    if "from" in entries:
        everywhere = entries["from"].id == "scalar" and entries["from"].value == ANY_GRADE
        trigger["sources"] = states if everywhere else reading.names(entries["from"], f"{path}.from")
    if "input" in entries:
        trigger["input"] = [
            _input(reading, key, value, f"{path}.input.{key}")
            for key, value in _fields(reading, entries["input"], f"{path}.input").items()
        ]
    return trigger


def _fields(reading: Reading, node: Any, path: str) -> dict[str, Any]:
    """Input names may hold an underscore, as Python's do; other names may not."""
    if node.id != "mapping":
        reading.report("definition-not-a-mapping", node, path=path)
        return {}
    fields: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if key.id != "scalar" or not name.isascii() or not name.isidentifier() or name in fields:
            reading.report("definition-bad-name", key, path=path, key=name)
        else:
            fields[name] = value
    return fields


def _target(reading: Reading, entries: dict[str, Any], path: str) -> tuple[str | None, tuple[str, ...]]:
    if "to" not in entries:
        return None, ()
    if entries["to"].id == "mapping":
        inner = reading.mapping(entries["to"], f"{path}.to", ("back",), ("back",))
        return None, reading.names(inner["back"], f"{path}.to.back") if "back" in inner else ()
    return reading.name(entries["to"], f"{path}.to"), ()


def _guard(reading: Reading, node: Any, path: str) -> dict[str, Any]:
    if node.id != "mapping":
        return {"name": reading.name(node, f"{path}.guards"), "grades": ()}
    entries = reading.mapping(node, f"{path}.guards")
    if len(entries) != 1:
        reading.report("definition-one-guard", node, path=path)
        return {"name": "", "grades": ()}
    [(name, grades)] = entries.items()
    return {"name": name, "grades": reading.names(grades, f"{path}.guards.{name}")}


def _amounts(reading: Reading, entries: dict[str, Any], key: str, path: str) -> dict[str, Any]:
    """`[rectify]` (the clock's own amounts) or `{rectify: amount, or amounts by grade}`."""
    if key not in entries:
        return {}
    node, path = entries[key], f"{path}.{key}"
    if node.id == "sequence":
        return {clock: {} for clock in reading.names(node, path)}
    return {
        clock: reading.by_grade(value, f"{path}.{clock}", _amount(reading))
        for clock, value in reading.mapping(node, path).items()
    }


def _input(reading: Reading, name: str, node: Any, path: str) -> dict[str, Any]:
    required: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    kind = INPUT_KIND_BY_NAME.get(name, "text")
    if node.id == "scalar":
        if reading.choice(node, path, ("required", "optional")) == "required":
            required = (ANY_GRADE,)
    else:
        entries = reading.mapping(node, path, INPUT_KEYS)
        if "required" in entries:
            required = _required(reading, entries["required"], path)
        if "choices" in entries:
            choices = reading.names(entries["choices"], f"{path}.choices")
            kind = "choice"
        if "kind" in entries:
            kind = reading.choice(entries["kind"], f"{path}.kind", INPUT_KINDS)
    return {"name": name, "kind": kind, "required_for": required, "choices": choices}


def _required(reading: Reading, node: Any, path: str) -> tuple[str, ...]:
    if node.id == "sequence":
        return reading.names(node, f"{path}.required")
    return (ANY_GRADE,) if reading.flag(node, f"{path}.required") else ()


def _extension(reading: Reading, grade: str, node: Any) -> dict[str, Any]:
    path = f"extensions.{grade}"
    entries = reading.mapping(node, path, ("times", "cap"), ("times", "cap"))
    return {
        "times": reading.whole(entries["times"], f"{path}.times", 0, 99) if "times" in entries else 0,
        "cap": _amount(reading)(entries["cap"], f"{path}.cap") if "cap" in entries else "",
    }
