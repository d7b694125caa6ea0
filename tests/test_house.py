"""The house stands as it is drawn: no circle of imports, every file named by its package, every room in its layer."""

from __future__ import annotations

import ast
import re
import tokenize
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "engine"
LOOSE = {"__init__", "clock", "errors"}
MIGRATIONS = ENGINE / "record" / "migrations" / "versions"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {module_name(path): path for path in sorted(ENGINE.rglob("*.py")) if not path.is_relative_to(MIGRATIONS)}
PACKAGES = [path.parent for path in SOURCES.values() if path.name == "__init__.py"]


@cache
def tree_of(name: str) -> ast.Module:
    """The syntax tree of a module: parsed when a test asks for it, since every worker reads this file."""
    return ast.parse(SOURCES[name].read_text(encoding="utf-8"))


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module with its syntax tree."""
    return ((name, tree_of(name)) for name in SOURCES)


def imports_of(tree: ast.Module) -> Iterator[str]:
    """Every module of the engine that a file names in an import, wherever it stands: at the top, in a function, for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in SOURCES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "engine":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in SOURCES else str(node.module)


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of modules each of which leads to every other."""
    reached: dict[str, set[str]] = {}
    for start in graph:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = graph.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        reached[start] = seen
    groups = {tuple(sorted(other for other in reached[name] if name in reached[other])) for name in graph if name in reached[name]}
    return sorted(list(group) for group in groups)


def test_no_imports_run_in_a_circle() -> None:
    graph = {name: set(imports_of(tree)) - {name} for name, tree in trees()}
    assert len(graph) > 150 and sum(map(len, graph.values())) > 500, "the house was read"
    assert circles(graph) == []


def test_a_circle_is_seen_through_functions_types_and_packages() -> None:
    """What the test above relies on."""
    hidden = "def f() -> None:\n    from engine.rules import ticket\nif TYPE_CHECKING:\n    import engine.errors\n"
    assert set(imports_of(ast.parse(hidden))) == {"engine.rules.ticket", "engine.errors"}
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [["b", "c"]]


def test_what_lies_loose_in_the_engine_is_the_clock_and_the_errors() -> None:
    assert {path.stem for path in ENGINE.glob("*.py")} == LOOSE


def parts_of(folder: Path) -> set[str]:
    """The modules and the folders with code of a package."""
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    return files | {path.parent.name for path in folder.glob("*/*.py") if path.parent.name != "shipped_files"}


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: module_name(folder / "__init__.py"))
def test_every_package_says_what_it_is_and_names_its_files_in_reading_order(folder: Path) -> None:
    text = " ".join((ast.get_docstring(tree_of(module_name(folder / "__init__.py"))) or "").split())
    what, _, rest = text.partition("In reading order: ")
    named = [name.strip().removesuffix("/") for name in rest.partition(".")[0].split(",")]
    assert re.match(r"\S.+[.。] ?$", what), "one sentence says what the package is"
    assert len(named) == len(set(named))
    assert set(named) == parts_of(folder)


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]


def test_the_layers_are_the_packages_and_nothing_else() -> None:
    [layers] = [contract for contract in CONTRACTS if contract["type"] == "layers"]
    assert layers["containers"] == ["engine"] and "ignore_imports" not in layers
    named = [name.strip() for layer in layers["layers"] for name in layer.split("|")]
    assert sorted(named) == sorted(parts_of(ENGINE))


ALONE = {"engine.cli.serve -> engine.web.server", "engine.web.rule -> engine.rules.access"}
"""The only way from one room to another, where a contract says that there is but one."""


def test_no_contract_looks_away_from_an_import_between_two_rooms_of_the_house() -> None:
    """What is left out is a driver's or a third package's: `engine.rules.machine -> transitions`."""
    ignored = [entry for contract in CONTRACTS for entry in contract.get("ignore_imports", []) if entry not in ALONE]
    assert ignored
    assert [entry for entry in ignored if entry.partition("->")[2].strip().partition(".")[0] == "engine"] == []


def unexplained(path: Path) -> list[int]:
    """The lines of imports inside functions with no comment on the line and none directly above, nor above the imports they follow."""
    found: dict[int, bool] = {}
    inside = {
        (node.lineno, node.end_lineno or node.lineno)
        for function in ast.walk(tree_of(module_name(path))) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
    }
    if not inside:
        return []
    with path.open("rb") as file:
        commented = {token.start[0] for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT}
    ends: dict[int, int] = {}
    for first, last in sorted(inside):
        above = first - 1 in commented or found.get(ends.get(first - 1, 0), False)
        found[first] = above or bool(commented & set(range(first, last + 1)))
        ends[last] = first
    return [line for line, explained in found.items() if not explained]


def test_an_import_inside_a_function_says_why_it_is_not_at_the_top() -> None:
    """A lazy import is for what a reading command must not pay for; the others go to the top of the file."""
    found = [f"{path.relative_to(ROOT)}:{line}" for path in SOURCES.values() for line in unexplained(path)]
    assert found == []


ANY = "disallow_any_explicit"
OVERRIDES = PROJECT["tool"]["mypy"]["overrides"]


def modules(*, forbidden: bool) -> list[str]:
    """The modules for which mypy's overrides forbid, or allow again, a dictionary of whatever."""
    named = [override["module"] for override in OVERRIDES if override.get(ANY) is forbidden]
    return [module for entry in named for module in ([entry] if isinstance(entry, str) else entry)]


def test_no_rule_no_desk_and_no_view_holds_a_dictionary_of_whatever() -> None:
    """What has a name is a value there. What is excepted reads or writes a wire form, and does say `Any`."""
    assert ANY not in PROJECT["tool"]["mypy"] and set(modules(forbidden=True)) == {"engine.rules.*", "engine.desk.*", "engine.views.*"}
    excepted = modules(forbidden=False)
    assert excepted and len(excepted) == len(set(excepted))
    assert [name for name in excepted if name.split(".")[1] not in ("rules", "desk", "views")] == []
    without = [name for name in excepted if not any(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(tree_of(name)))]
    assert without == [], "these need no exception any more"
    assert [name for name, path in SOURCES.items() if "# mypy:" in path.read_text(encoding="utf-8")] == []


def test_every_exception_says_which_wire_form_it_is() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    for name in modules(forbidden=False):
        [line] = [line.strip() for line in lines if f'"{name}"' in line]
        assert re.fullmatch(rf'"{re.escape(name)}", # \S.{{9,}}', line), f"{name} says no reason"


ROOMS = {name.rpartition(".")[2] for name, path in SOURCES.items() if path.name == "__init__.py"}


def dotted_names(tree: ast.Module) -> Iterator[str]:
    """What docstrings name in backticks as a module of the engine or as something in one: `package.module`, `package.module.name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            for name in re.findall(r"`([a-z_]+(?:\.\w+)+)(?:\(\))?`", node.value.value):
                if name.split(".")[0] in ROOMS and not name.endswith((".py", ".yaml", ".json", ".md")):
                    yield name


def is_there(name: str) -> bool:
    """Whether there is a module that is called so, seen from any room, or one that has what is called so."""
    parts = name.split(".")
    for upto in range(len(parts), 0, -1):
        short, rest = "." + ".".join(parts[:upto]), parts[upto:]
        for module in (module for module in SOURCES if f".{module}".endswith(short)):
            found: object = import_module(module)
            for attribute in rest:
                found = getattr(found, attribute, None)
            if found is not None:
                return True
    return False


def test_a_name_of_something_gone_is_noticed() -> None:
    tree = ast.parse('"""See `rules.clock.light`, `rules.timing.clocks.light`, `engine.desk.tickets.Desk.told`, `ticket.number`."""')
    assert [(name, is_there(name)) for name in dotted_names(tree)] == [
        ("rules.clock.light", False), ("rules.timing.clocks.light", True), ("engine.desk.tickets.Desk.told", False),
    ]


def test_what_docstrings_name_is_there() -> None:
    named = [(module, name) for module, tree in trees() for name in dotted_names(tree)]
    assert len(named) > 5, "the docstrings were read"
    assert [(module, name) for module, name in named if not is_there(name)] == []
