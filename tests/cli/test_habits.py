"""Habits of good command lines: some fields of the JSON, a pager on a terminal, who am I, where a setting comes from, and files only."""

from __future__ import annotations

import json
import os
import pty
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from engine.cli import CONTENTS, cli
from engine.cli.fields import FIELDS
from engine.cli.pager import Page, Screen, pager_of, rows
from engine.cli.path import FilePath
from tests.cli.conftest import Zg
from tests.cli.test_cold import HEAVY, PLAIN, ROOT, run, told

Shown = Callable[..., Result]


# some fields ---------------------------------------------------------------------------------------------------------


def test_the_fields_that_are_named_come_in_their_order_and_no_others(zg: Zg) -> None:
    number = zg.rectifying()
    shown = json.loads(zg("show", number, "--json=light,number,lead").stdout)
    assert list(shown.items()) == [("light", "green"), ("number", number), ("lead", "SCJGJ")]
    assert json.loads(zg("list", "--json=number").stdout) == {"number": number}
    assert json.loads(zg("--as", "市税务局", "sign-off", number, "--json=signed").stdout) == {"signed": ["SHUIWJ"]}
    assert json.loads(zg("why", number, "--json=number").stdout) == {"number": number}


def test_json_alone_takes_no_word_for_its_fields(zg: Zg) -> None:
    number = zg.opened()
    assert json.loads(zg("show", "--json", number).stdout)["number"] == number


def test_an_unknown_field_is_refused_with_the_list_before_anything_is_done(zg: Zg) -> None:
    number = zg.submitted()
    refused = zg("verify", number, "--json=number,colour", code=2)
    error = json.loads(refused.stderr)["error"]
    assert refused.stdout == "" and error["code"] == "usage-field"
    assert "colour" in error["message"] and "light" in error["reasons"][0]["message"]
    assert zg.json("show", number)["state"] == "submitted"
    assert json.loads(zg("list", "--state", "verified", "--json=colour", code=2).stderr)["error"]["code"] == "usage-field"


def test_what_a_person_wrote_is_no_field(zg: Zg) -> None:
    zg("open", "--source", "visit", "--", "--json=number")
    assert zg.json("show", "1")["title"] == "--json=number"


def test_every_act_on_a_ticket_and_every_view_of_one_has_fields() -> None:
    assert {*CONTENTS["do"], "list", "show", "log", "why", "can", "today", "count"} - {*FIELDS} == set()


# the pager -----------------------------------------------------------------------------------------------------------


def on_a_terminal(zg: Zg, *words: str, rows: int = 10, **environment: str) -> str:
    """What a terminal of 80 columns shows of a command that runs on it."""
    pid, terminal = pty.fork()
    if pid == 0:
        known = {name: value for name, value in os.environ.items() if not name.startswith(("ZG_", "COV", "LESS", "PAGER"))}
        os.execve(sys.executable, [sys.executable, "-c", f"import os; os.system('stty rows {rows} cols 80'); {PLAIN}", *words], {  # noqa: S606
            **known, "ZG_DB": zg.url, "PYTHONPATH": str(ROOT), "ZG_LANG": "zh", "PYTHONUTF8": "1", "TERM": "xterm", **environment,
        })
    said = b""
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.waitpid(pid, 0)
    os.close(terminal)
    return said.decode("utf-8", "replace")


@pytest.fixture
def marking(tmp_path: Path) -> str:
    """A pager that leaves a sign of itself before each line."""
    path = tmp_path / "marking"
    path.write_text('#!/bin/sh\necho "LESS=$LESS"\nexec sed "s/^/> /"\n')
    path.chmod(0o755)
    return str(path)


def test_what_is_longer_than_the_screen_goes_through_the_pager_and_what_fits_does_not(zg: Zg, marking: str) -> None:
    zg.rectifying()
    long = on_a_terminal(zg, "show", "1", PAGER=marking)
    assert "LESS=FRX" in long and "> " in long and long.index("> ") < long.index("zg why 1"), "hints come after the page"
    assert "> " not in on_a_terminal(zg, "show", "1", rows=100, PAGER=marking)
    assert "> " not in on_a_terminal(zg, "--no-pager", "show", "1", PAGER=marking)
    assert "LESS=R" in on_a_terminal(zg, "show", "1", PAGER=marking, LESS="R")


def test_an_error_and_a_pager_that_is_not_there_lose_nothing(zg: Zg, marking: str) -> None:
    zg.rectifying()
    both = on_a_terminal(zg, "show", "1", "999", PAGER=marking)
    assert "企业开办材料重复提交" in both and "没有编号为“999”" in both
    assert "企业开办材料重复提交" in on_a_terminal(zg, "show", "1", PAGER="/nowhere/at/all")
    for failing in ("false", "sh -c 'exit 127'", "sh -c 'kill -9 $$'"):
        assert "企业开办材料重复提交" in on_a_terminal(zg, "show", "1", PAGER=failing), failing


def test_nothing_is_paged_in_a_pipe(zg: Zg, marking: str) -> None:
    zg.rectifying()
    assert "> " not in run(zg, "show", "1", program=PLAIN, PAGER=marking).stdout
    assert "> " not in run(zg, "show", "1", program=PLAIN, PAGER=marking, ZG_FORCE_TTY="1").stdout


def test_the_pager_is_what_the_environment_says() -> None:
    assert pager_of({"PAGER": "less -S"}) == ("less", "-S")
    assert pager_of({"PAGER": "cat"}) == pager_of({"PAGER": ""}) == pager_of({"PAGER": "'"}) == pager_of({"TERM": "dumb"}) == ()


def test_a_long_line_takes_several_rows_and_colours_take_none() -> None:
    assert rows("整改" * 30 + "\n\n\x1b[31mx\x1b[0m\n", 80) == 4
    assert rows("", 80) == 0


def test_a_page_keeps_what_it_was_told_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    Page(["a\n", "b\n"], ["c\n"]).show(())
    assert capsys.readouterr() == ("a\nb\n", "c\n") and Screen(80, 24).height == 24


# who and where -------------------------------------------------------------------------------------------------------


def test_whoami_says_account_post_unit_and_database(zg: Zg, shown: Shown) -> None:
    told = zg.json("--as", "市税务局", "whoami")
    assert (told["account"], told["role"], told["unit"], told["unit_name"]) == ("shuiwj", "contact", "SHUIWJ", "市税务局")
    assert told["sandbox"] is True and told["stands_for"] is None and told["via"].startswith("cli:")
    card = shown("--as", "市税务局", "whoami").stdout
    assert "市税务局联络员" in card and "zg.db" in card


def test_whoami_says_for_whom_one_stands_in(zg: Zg) -> None:
    zg("user", "add", "deputy", "--title", "张三", "--role", "contact", "--unit", "市税务局")
    zg("user", "stand-in", "shuiwj", "--by", "deputy", "--until", "2020-12-01")
    assert zg.json("--as", "deputy/shuiwj", "whoami")["stands_for"] == "shuiwj"


def values(told: dict[str, object]) -> dict[str, tuple[object, object]]:
    settings = told["settings"]
    assert isinstance(settings, list)
    return {item["name"]: (item["value"], item["from"]) for item in settings}


def test_config_tells_each_value_and_where_it_came_from(empty: Zg, tmp_path: Path, shown: Shown) -> None:
    (tmp_path / "zg.toml").write_text('as = "市税务局"\n[labels.states]\nfound = "待派"\n', encoding="utf-8")
    told = json.loads(empty("config", "--json", ZG_LANG="en").stdout)
    assert told["file"] == str(tmp_path / "zg.toml")
    found = values(told)
    assert found["db"] == (empty.url, "flag") and found["lang"] == ("en", "environment")
    assert found["as"] == ("市税务局", "zg.toml") and found["key"][1] == "default"
    assert found["labels.states.found"] == ("待派", "zg.toml")
    assert values(json.loads(empty("--no-pager", "config", "--json").stdout))["pager"] == ("", "flag")
    assert "环境变量 ZG_LANG" in shown("config", ZG_LANG="zh").stdout


def test_config_shows_no_secret_and_opens_no_database(empty: Zg, tmp_path: Path) -> None:
    (tmp_path / "zg.toml").write_text(
        'db = "postgresql://zg:geheim@127.0.0.1:1/zg"\n[notices.email]\nhost = "mail"\npassword = "geheim"\npassword_file = "/etc/p"\n'
        '[notices.chat]\nwecom = "https://x/?key=geheim"\n[[notices.webhook]]\nname = "hub"\nurl = "https://hub/geheim"\n'
        '[notices.sms]\nfields = {token = "geheim"}\n', encoding="utf-8",
    )
    result = run(empty, "config", program=PLAIN, ZG_DB="", ZG_FORCE_TTY="1", PWD=str(tmp_path))
    assert result.returncode == 0 and "geheim" not in result.stdout + result.stderr, result.stderr
    assert "/etc/p" in result.stdout and "notices.webhook[0].name" in result.stdout and "zg:***@" in result.stdout


def test_whoami_and_config_start_cold_without_the_heavy_packages(zg: Zg) -> None:
    seen = told(run(zg, json.dumps([("whoami",), ("config",), ("list", "--json=number")])))
    assert [each["code"] for each in seen] == [0, 0, 0]
    assert {*seen[-1]["imported"]} & {*HEAVY, "transitions"} == set()


# files ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [
    ("workflow", "check", "{pipe}"), ("workflow", "load", "{pipe}"), ("calendar", "import", "{pipe}"),
    ("audit", "verify", "--file", "{pipe}"),
    ("restore", "{pipe}", "--into", "new.db"), ("comment", "1", "--note", "x", "--file", "{pipe}"), ("audit", "export", "--out", "{pipe}"),
    ("backup", "{pipe}"), ("workflow", "check", "/dev/zero"), ("do", "comment", "1", "--file", "/dev/zero"),
])
def test_a_pipe_or_a_device_where_a_file_is_meant_is_refused_and_not_waited_for(zg: Zg, tmp_path: Path, words: tuple[str, ...]) -> None:
    zg.opened()
    os.mkfifo(tmp_path / "pipe")
    refused = zg(*(word.format(pipe=tmp_path / "pipe") for word in words), code=2).stderr
    assert "不是文件" in refused and "管道或设备" in refused


def test_every_path_of_the_command_line_is_of_that_kind() -> None:
    ctx = click.Context(cli, info_name="zg")
    waiting = [cli.get_command(ctx, name) for group in CONTENTS.values() for name in group]
    paths = 0
    while waiting:
        command = waiting.pop()
        if command is None:
            continue
        waiting += getattr(command, "commands", {}).values()
        for item in command.params:
            assert not isinstance(item.type, click.File) and type(item.type) is not click.Path, (command.name, item.name)
            paths += isinstance(item.type, FilePath)
    assert paths > 10
