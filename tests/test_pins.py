"""Every package that is installed here is pinned, and its files have hashes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.pins import CONSTRAINTS, DEVELOP, ROOT, RUN, line_of, pins


def needed(asked: Iterable[str]) -> set[str]:
    """The names of everything that is asked for on this machine, with what it asks for itself; what is not installed asks for nothing."""
    found: set[str] = set()
    waiting = [Requirement(text) for text in asked]
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        asks = [f"{name}[{extra}]" for extra in one.extras] or [name]
        if set(asks) <= found:
            continue
        found |= {name, *asks}
        try:
            inner = [Requirement(text) for text in requires(one.name) or ()]
        except PackageNotFoundError:
            continue
        waiting += [
            each for each in inner
            if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *one.extras))
        ]
    return {name for name in found if "[" not in name}


def test_every_package_that_is_asked_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {name: [each for each in group if isinstance(each, str)] for name, group in project["dependency-groups"].items()}
    extras = [each for extra in project["project"]["optional-dependencies"].values() for each in extra]
    run = [*project["project"]["dependencies"], *extras, *project["build-system"]["requires"], *groups["build"]]
    assert needed(run) <= set(pins(RUN.read_text(encoding="utf-8")))
    assert needed([*run, *groups["dev"], *groups["mutants"]]) <= set(pins(CONSTRAINTS.read_text(encoding="utf-8")))


def test_the_files_with_hashes_pin_what_the_constraints_do_and_name_no_registry() -> None:
    text = RUN.read_text(encoding="utf-8") + DEVELOP.read_text(encoding="utf-8")
    hashed = pins(text)
    assert {line_of(block) for block in hashed.values()} == {line_of(block) for block in pins(CONSTRAINTS.read_text("utf-8")).values()}
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", block) for block in hashed.values())
    assert "://" not in text and "--index" not in text and "--extra-index" not in text and "-r requirements.txt\n" in text
