"""Reading the plan of a seed folder: plan.yaml, units.yaml, measures.yaml and targets.yaml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import InvalidFile
from engine.rules.plan import Plan, read_plan

if TYPE_CHECKING:
    import yaml

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
    """The files do not hold a plan. `problems` has one line for each fault, beginning with the file's name."""


def load_plan(folder: Path) -> Plan:
    """The plan in a seed folder. Raises PlanError with every problem of all its files; nothing is read half."""
    nodes: dict[str, object] = {}
    unreadable: list[str] = []
    problems: list[str] = []
    for name in dict.fromkeys(FILES.values()):
        try:
            sections = _read(folder / name)
        except ValueError as fault:
            unreadable.append(f"{name}: {fault}")
            continue
        problems += [f"{name}: {section}: does not belong here" for section in sections if FILES.get(section) != name]
        nodes.update({section: node for section, node in sections.items() if FILES.get(section) == name})
    if not unreadable:  # with a file missing, every name that stands in it would be a complaint
        plan, complaints = read_plan(nodes)
        problems += [f"{_file_of(complaint)}: {complaint}" for complaint in complaints]
        if not problems:
            return plan
    problems = unreadable + problems
    raise PlanError("\n".join(problems), problems=problems, folder=folder.name)


def _file_of(complaint: str) -> str:
    section = complaint.partition(":")[0].partition("[")[0].partition(".")[0]
    return FILES[section]


def _read(file: Path) -> dict[str, object]:
    import yaml  # costs more than a whole `zg show`

    class Loader(yaml.SafeLoader):
        """Text stays as written but for true, false and null: YAML 1.1 takes `no` for false and 3.10 for 3.1."""

    Loader.yaml_implicit_resolvers = {}
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(true|false)$"), list("tf"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(null|~|)$"), ["n", "~", ""])
    Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
    try:
        with file.open(encoding="utf-8") as stream:
            node = yaml.load(stream, Loader)  # noqa: S506 – a SafeLoader that refuses a key written twice
    except OSError as fault:
        raise ValueError(fault.strerror or "cannot be read") from None
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise ValueError(f"line {line}: {fault.problem}") from None
    except yaml.YAMLError as fault:
        raise ValueError(" ".join(str(fault).split())) from None
    if not isinstance(node, dict):
        raise ValueError("must be a table of sections")
    return node


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    import yaml

    values: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a key must be one word", key.start_mark)
        if key.value in values:
            raise yaml.constructor.ConstructorError(None, None, f"{key.value} is written twice", key.start_mark)
        values[key.value] = loader.construct_object(value, deep=True)
    return values
