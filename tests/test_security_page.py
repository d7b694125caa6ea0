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
from engine.web.scanner import read_scanner

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
ROWS = re.findall(r"^\| ([\d.,– ]+) \| ([^|]+) \| (.+) \|$", PAGE, re.MULTILINE)


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


def test_the_settings_that_it_shows_are_all_there_are_and_are_understood() -> None:
    found = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    table = tomllib.loads(found[1])
    assert set(table["security"]) == set(_KEYS)
    assert read_policy(table["security"], "zg.toml").most_sessions == 3
    assert read_scanner(table["scanner"], "zg.toml").command[0] == "clamdscan"
    assert read_access_log(table["access-log"], "zg.toml", "sqlite:///x").syslog == "/dev/log"
