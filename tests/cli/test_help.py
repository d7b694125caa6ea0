"""Help in the language in force, and errors as three lines with the right exit code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import CONTENTS, cli
from engine.errors import Busy, Damaged
from tests.cli.conftest import Zg

NAMES = [name for group in CONTENTS.values() for name in group]


def test_help_lists_every_command_in_its_group(empty: Zg) -> None:
    text = empty("--help").stdout
    assert text.index("\n办理\n") < text.index("\n查看\n") < text.index("\n开始使用\n")
    assert all(f"\n  {name} " in text for name in NAMES)


@pytest.mark.parametrize("words", [("--lang", "en"), ("--lang=en",)])
def test_the_language_of_help_is_that_of_the_flag_wherever_it_stands(empty: Zg, words: tuple[str, ...]) -> None:
    assert "Examples" in empty(*words, "--help").stdout
    assert "Examples" in empty("--help", *words).stdout
    assert "Opens a ticket" in empty(*words, "open", "--help").stdout


def test_the_language_is_flag_then_environment_then_locale(empty: Zg) -> None:
    assert "示例" in empty("--help").stdout
    assert "Examples" in empty("--help", LANG="C.UTF-8").stdout
    assert "示例" in empty("--help", LANG="C.UTF-8", ZG_LANG="zh").stdout
    assert "Examples" in empty("--lang", "en", "--help", ZG_LANG="zh").stdout
    assert "Examples" in empty("--lang", "EN", "--help").stdout


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_help_with_examples_before_options(empty: Zg, name: str, language: str) -> None:
    text = empty("--lang", language, name, "--help").stdout
    examples, options = ("示例", "选项") if language == "zh" else ("Examples", "Options")
    assert text.index(examples) < text.index(f"\n{options}")
    shown = text.partition(examples)[2].partition("\n\n")[0]
    assert re.search(rf"\bzg( --\w+ \S+)* {name}\b", shown), "among the examples, not in the usage alone"


def test_no_arguments_show_the_contents_and_exit_as_usage(empty: Zg) -> None:
    for result in (empty(code=2), CliRunner().invoke(cli, [], env=empty.environment)):
        assert result.exit_code == 2
        assert "\n办理\n" in result.stderr and result.stdout == ""


def test_the_version(empty: Zg) -> None:
    assert empty("--version").stdout == "zg 0.1.0\n"


@pytest.mark.parametrize(("words", "said"), [
    (("shw", "1"), "show"), (("show", "1", "--jsn"), "--json"), (("show",), "编号"), (("list", "--light", "pink"), "yellow"),
    (("list", "--limit", "x"), "--limit"), (("list", "--limit"), "--limit"), (("calendar", "due", "2020-09-30"), "时长"),
    (("can", "1", "a", "b"), "b"), (("open", "x"), "--source"), (("calendar", "frob"), "frob"),
])
def test_a_wrong_command_line_is_three_lines_and_exit_2(empty: Zg, words: tuple[str, ...], said: str) -> None:
    result = empty(*words, code=2)
    assert result.stdout == ""
    assert said in result.stderr
    assert [line[:3] for line in result.stderr.splitlines()] == ["错误：", "原因：", "下一步"]
    english = empty("--lang", "en", *words, code=2).stderr
    assert [line.split(":")[0] for line in english.splitlines()] == ["Error", "Why", "Next"]


def test_an_error_as_json_leaves_standard_output_empty(zg: Zg) -> None:
    error = zg.error("show", "99", code=3)
    assert error["code"] == "ticket-not-found"
    assert "99" in error["message"] and error["hint"] and error["reasons"]


def test_a_usage_error_speaks_json_too(empty: Zg) -> None:
    assert empty.error("list", "--light", "pink", code=2)["code"] == "usage-choice"


def test_without_a_database_the_next_step_is_init(empty: Zg) -> None:
    result = empty("list", code=3)
    assert "zg init" in result.stderr


@pytest.mark.parametrize(("actor", "said"), [("市发改", "市发展改革委"), ("offise", "office")])
def test_an_unknown_actor_is_told_the_nearest(zg: Zg, actor: str, said: str) -> None:
    assert said in zg("--as", actor, "list", code=3).stderr


def test_an_unexpected_error_has_no_traceback_without_debug(zg: Zg, monkeypatch: pytest.MonkeyPatch) -> None:
    import engine.app.opening

    def broken(*_: object) -> None:
        raise RuntimeError("boom \x1b[31m")

    monkeypatch.setattr(engine.app.opening, "act_as", broken)
    result = zg("list", code=1)
    assert "boom" in result.stderr and "Traceback" not in result.stderr and "\x1b" not in result.stderr
    assert "Traceback" in zg("--debug", "list", code=1).stderr


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (Busy(), 75), (Damaged(), 1), (BrokenPipeError(), 0)])
def test_exit_codes_of_what_can_happen(zg: Zg, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int) -> None:
    import engine.app.opening

    def raising(*_: object) -> None:
        raise error

    monkeypatch.setattr(engine.app.opening, "act_as", raising)
    result = zg("list", code=code)
    if code == 130:
        assert "Traceback" not in result.stderr
    if code == 1:
        assert "zg audit verify" in result.stderr


def test_a_settings_file_that_cannot_be_read_is_told_but_help_still_works(zg: Zg) -> None:
    Path("zg.toml").write_text("db = [", encoding="utf-8")
    assert "zg.toml" in zg("list", code=8).stderr
    assert "示例" in zg("list", "--help").stdout


def test_an_office_may_have_its_own_words(zg: Zg) -> None:
    Path("zg.toml").write_text('[labels.states]\nfound = "未派"\n[labels.triggers]\nassign = "派单"\n', encoding="utf-8")
    zg.opened()
    text = zg("show", "1").stdout
    assert "未派" in text and "派单 assign" in text


def test_every_error_is_an_object_with_the_same_keys(zg: Zg) -> None:
    for words, code in ((("show", "9"), 3), (("accept", "9"), 3), (("list", "--after", "!"), 2)):
        node = json.loads(zg(*words, "--json", code=code).stderr)
        assert set(node) == {"error"} and {"code", "message", "hint", "reasons"} == set(node["error"])


def test_the_contents_name_only_what_exists() -> None:
    import click

    ctx = click.Context(cli)
    assert cli.list_commands(ctx) == NAMES
    assert [name for name in NAMES if cli.get_command(ctx, name) is None] == []
    assert cli.get_command(ctx, "nonsense") is None
