"""Writes tests/facts/edition.json: what the rules of this edition are, so that nobody changes their meaning without noticing.

Run it (`python -m tests.facts.edition`) after `tests/rules/test_editions.py` said what changed and you did what it asks for.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from hashlib import sha256
from pathlib import Path
from random import Random
from textwrap import dedent
from typing import Any

from engine.rules import access
from engine.rules.acts.guards import GUARDS
from engine.rules.definition import Definition
from engine.rules.judging.judgement import EDITION
from engine.rules.proof.chain import canonical
from tests.rules.conftest import ROOT, Matter, china
from tests.rules.lives import GRADES, START, act

PLACE = Path(__file__).with_name("edition.json")

WORKFLOWS = {
    "rectification": "49274966dc10d1bfdc7c6577bde5d92f2feccb6e105f49d461ddc0ed53ef717a",
    "complaint": "c7e66336a4ec9932553892d3be9f2b5ceb3a2be87f7975067398019a4333daab",
    "bad-review": "dd5759a03d2700af4ddfc20b54555b897c6a1c0bb19a3e4451ead835e9ad4b3c",
}
"""The definitions by which the lives are lived: kept ones, that no later file changes."""

LIVES = 20
STEPS = 40


def meaning(function: Any) -> str:
    """A digest of what a function does: its source without its docstring and its comments."""
    tree = ast.parse(dedent(inspect.getsource(function)))
    [defined] = tree.body
    assert isinstance(defined, ast.FunctionDef)
    if ast.get_docstring(defined) is not None:
        defined.body = defined.body[1:]
    return sha256(ast.unparse(defined).encode()).hexdigest()[:16]


def guards() -> dict[str, str]:
    """Every guard by its name."""
    return {name: meaning(guard.check) for name, guard in sorted(GUARDS.items())}


def access_rules() -> dict[str, str]:
    """Every rule of access by its name."""
    rules = {name: rule for name, rule in vars(access).items() if inspect.isfunction(rule) and rule.__module__ == access.__name__}
    return {name: meaning(rules[name]) for name in sorted(rules)}


def lives() -> dict[str, str]:
    """What random lives come to, by workflow: every event of them, but for the version of the calendar, which grows by itself."""
    return {name: _lived(name, hash_) for name, hash_ in WORKFLOWS.items()}


def _lived(name: str, hash_: str) -> str:
    text = (ROOT / "tests" / "facts" / "definitions" / f"{hash_}.json").read_text(encoding="utf-8")
    definition, digest = Definition.from_json(text), sha256()
    for seed in range(LIVES):
        chance = Random(seed)  # noqa: S311 – a walk, not a secret
        matter = Matter(START, definition, china()).open(grade=chance.choice(GRADES[name]), lead="SCJGJ", cooperators=("SWJ",))
        for _ in range(STEPS):
            act(chance, matter)
        told = canonical([[event.kind, event.actor, event.from_state, event.to_state, event.data] for event in matter.events])
        for version in matter.calendars:
            told = told.replace(version, "calendar")
        digest.update(told.encode())
    return digest.hexdigest()


def facts() -> dict[str, Any]:
    return {"edition": EDITION, "guards": guards(), "access": access_rules(), "lives": lives()}


def main() -> None:
    PLACE.write_text(json.dumps(facts(), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{PLACE}\n")


if __name__ == "__main__":
    main()
