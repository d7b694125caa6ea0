"""Reading the plan of a seed folder: plan.yaml, units.yaml, measures.yaml and targets.yaml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from engine.errors import InvalidFile, Problem, os_problem
from engine.record.regular import text_of
from engine.registry.yaml_fault import yaml_fault
from engine.rules.plan import Plan, read_plan

FILES = {
    "plan": "plan.yaml",
    "units": "units.yaml",
    "groups": "units.yaml",
    "measures": "measures.yaml",
    "indicators": "measures.yaml",
    "targets": "targets.yaml",
}
"""Which file holds which section of a plan."""


class PlanError(InvalidFile, ValueError):
    """The files do not hold a plan. Every fault has the name of its file."""


class _Unreadable(ValueError):
    """A file that cannot be read at all, because of `problem`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def load_plan(folder: Path) -> Plan:
    """The plan in a seed folder. Raises PlanError with every problem of all its files; nothing is read half."""
    nodes: dict[str, object] = {}
    unreadable: list[Problem] = []
    problems: list[Problem] = []
    for name in dict.fromkeys(FILES.values()):
        try:
            sections = _read(folder / name)
        except _Unreadable as fault:
            unreadable.append(fault.problem)
            continue
        problems += [Problem("problem-foreign-section", file=name, where=key) for key in sections if FILES.get(key) != name]
        nodes.update({section: node for section, node in sections.items() if FILES.get(section) == name})
    if not unreadable:  # with a file missing, every name that stands in it would be a fault
        plan, faults = read_plan(nodes)
        problems += [fault._replace(file=_file_of(fault)) for fault in faults]
        if not problems:
            return plan
    problems = unreadable + problems
    raise PlanError(problems, file=folder.name)


def _file_of(fault: Problem) -> str:
    return FILES[fault.where.partition("[")[0].partition(".")[0]]


def _read(file: Path) -> dict[str, object]:
    class Loader(yaml.SafeLoader):
        """Text stays as written but for true, false and null: YAML 1.1 takes `no` for false and 3.10 for 3.1."""

    Loader.yaml_implicit_resolvers = {}
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(true|false)$"), list("tf"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(null|~|)$"), ["n", "~", ""])
    Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
    text = ""
    try:
        text = text_of(file)
        node = yaml.load(text, Loader)  # noqa: S506 – a SafeLoader that refuses a key written twice
    except (OSError, UnicodeDecodeError) as fault:
        raise _Unreadable(os_problem(fault, file.name)) from None
    except _Unreadable as fault:
        raise _Unreadable(fault.problem._replace(file=file.name)) from None
    except yaml.YAMLError as fault:
        raise _Unreadable(yaml_fault(fault, text, file.name)) from None
    if not isinstance(node, dict):
        raise _Unreadable(Problem("problem-not-sections", file=file.name))
    return node


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _Unreadable(Problem("problem-key-not-word", key.start_mark.line + 1))
        if key.value in values:
            raise _Unreadable(Problem("problem-key-twice", key.start_mark.line + 1, {"key": key.value}))
        values[key.value] = loader.construct_object(value, deep=True)
    return values
