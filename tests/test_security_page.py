"""The page of security: each test that it names is there, and each setting that it shows is understood."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from engine.app.access_log import read_access_log
from engine.registry.policy import _KEYS, read_policy
from engine.registry.sign_in import _COMMON
from engine.web.scanner import read_scanner

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
ROWS = re.findall(r"^\| (\d[\d.,– ]*(?:\(level 3\))?) *\| ([^|]+) \| (.+) \|$", PAGE, re.MULTILINE)


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_that_the_page_names_is_there(path: str, name: str) -> None:
    assert name in names_in(path)


def test_every_line_of_the_list_has_a_number_and_a_test_or_a_reason() -> None:
    assert len(ROWS) > 60 and len(NAMED) > 40
    assert [row for row in ROWS if not re.search(r"\d+\.\d+", row[0]) or len(row[2].strip()) < 5] == []


LEVELS = {
    line[0]: line.split()[1:] for line in (ROOT / "tests" / "facts" / "asvs_5_0_0.txt").read_text(encoding="utf-8").splitlines()
}
"""The numbers of every requirement of the published standard, by level."""


def numbers(table: str) -> list[tuple[str, str]]:
    """The numbers in the first column of a table, ranges as each of theirs, and the level that a cell says of itself."""
    found = []
    for cell in re.findall(r"^\| (\d[\d.,– ]*(?:\(level 3\) )?)\|", table, re.MULTILINE):
        level = "3" if "level" in cell else ""
        for part in cell.partition("(")[0].strip().split(", "):
            first, _, last = part.partition("–")
            head, _, begin = first.rpartition(".")
            found += [(f"{head}.{at}", level) for at in range(int(begin), int((last or first).rpartition(".")[2]) + 1)]
    return found


def test_it_lists_every_number_of_levels_1_and_2_of_the_published_standard_once_and_no_other() -> None:
    first, second = PAGE.split("\n## ASVS 5.0, level ")[1:]
    listed, further = [number for number, _ in numbers(first)], [number for number, level in numbers(second) if not level]
    assert sorted(listed) == sorted(LEVELS["1"]) and len(listed) == 70
    assert sorted(further) == sorted(LEVELS["2"]) and len(further) == 183
    assert [number for number, level in numbers(second) if level and number not in LEVELS[level]] == []


def test_it_names_every_word_that_no_password_holds() -> None:
    assert [word for word in _COMMON if f"`{word}`" not in PAGE] == []


def test_the_settings_that_it_shows_are_all_there_are_and_are_understood() -> None:
    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    table = tomllib.loads(found[1])
    assert set(table["security"]) == set(_KEYS)
    assert read_policy(table["security"], "zg.toml").most_sessions == 3
    assert read_scanner(table["scanner"], "zg.toml").command[0] == "clamdscan"
    assert read_access_log(table["access-log"], "zg.toml", "sqlite:///x").syslog == "/dev/log"
