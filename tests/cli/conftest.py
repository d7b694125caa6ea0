"""A command line in this process: a database made once for each worker, copied for each test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from click.testing import CliRunner, Result

from engine.cli import cli
from tests.cli.shelf import Shelf

BEGIN = "2020-09-25T09:00"
ENVIRONMENT: dict[str, str | None] = dict.fromkeys((
    "ZG_AS", "ZG_LANG", "ZG_DB", "ZG_FORCE_TTY", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LC_ALL", "LC_MESSAGES", "TERM",
    "ZG_KEY",
))
"""What the machine that runs the tests may say about terminals and languages is not heard."""

Made = TypeVar("Made")


@dataclass
class Zg:
    """`zg("show", "1")`: runs the command and keeps what it said."""

    url: str
    environment: dict[str, str | None] = field(default_factory=lambda: {**ENVIRONMENT, "LANG": "zh_CN.UTF-8"})
    shelf: Shelf | None = None

    def __call__(self, *words: str, code: int | None = 0, given: str = "", **environment: str) -> Result:
        result = CliRunner().invoke(
            cli, ["--db", self.url, *words], input=given, env={**self.environment, **environment}, catch_exceptions=False,
        )
        if code is not None:
            assert result.exit_code == code, (words, result.exit_code, result.stdout, result.stderr)
        return result

    def json(self, *words: str, **said: Any) -> Any:
        return json.loads(self(*words, "--json", **said).stdout)

    def lines(self, *words: str, **said: Any) -> list[Any]:
        return [json.loads(line) for line in self(*words, "--json", **said).stdout.splitlines()]

    def error(self, *words: str, code: int, **said: Any) -> Any:
        """The JSON error; standard output stays empty."""
        result = self(*words, "--json", code=code, **said)
        assert result.stdout == ""
        return json.loads(result.stderr)["error"]

    def once(self, fill: Callable[..., Made], *said: str) -> Made:
        """What `fill(self, *said)` types and returns: typed once for each worker, copied wherever it begins with the same database.

        `fill` is a function of a module, writes nothing but this database, its evidence and its keys, and returns what nobody changes.
        """
        if self.shelf is None:
            return fill(self, *said)
        return self.shelf.take(Path(self.url.removeprefix("sqlite:///")), (fill, said), lambda: fill(self, *said))

    def opened(self, **said: str) -> str:
        return self.once(_opened, *(word for name, value in said.items() for word in (f"--{name}", value)))

    def rectifying(self) -> str:
        return self.once(_rectifying)

    def submitted(self) -> str:
        return self.once(_submitted)


def _opened(zg: Zg, *options: str) -> str:
    return str(zg.json("open", "企业开办材料重复提交", "--source", "visit", *options)["number"])


def _rectifying(zg: Zg) -> str:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局", "--with", "市税务局")
    zg("--as", "市市场监管局", "accept", number)
    return number


def _submitted(zg: Zg) -> str:
    number = zg.rectifying()
    zg("--as", "市税务局", "sign-off", number)
    zg("--as", "市市场监管局", "submit", number, "--note", "已合并为一张表")
    return number


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "zg.db"
    Zg(f"sqlite:///{path}")("init", "--seed", "pingdingshan-2020", "--sandbox", BEGIN)
    return path


@pytest.fixture(scope="session")
def shelf(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    shelf.know(office_template)
    return shelf


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Zg:
    """No database yet."""
    monkeypatch.chdir(tmp_path)
    return Zg(f"sqlite:///{tmp_path / 'zg.db'}")


@pytest.fixture
def zg(empty: Zg, office_template: Path, shelf: Shelf, tmp_path: Path) -> Zg:
    """A sandbox with the plan of 2020 whose clock stands at the morning of 25 September 2020."""
    shutil.copyfile(office_template, tmp_path / "zg.db")
    empty.shelf = shelf
    return empty


@pytest.fixture
def shown(zg: Zg) -> Iterator[Callable[..., Result]]:
    """As on a terminal of 100 columns."""

    def run(*words: str, **said: Any) -> Result:
        return zg(*words, **{"ZG_FORCE_TTY": "1", "COLUMNS": "100", "NO_COLOR": "1", **said})

    yield run
