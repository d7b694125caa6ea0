"""On a terminal of 60 columns dates and numbers stay, texts become shorter, and no line is longer than the screen."""

from __future__ import annotations

import re

import pytest

from engine.cli.terminal import display_width
from tests.cli.conftest import Zg

TITLE = "不动产登记窗口一般登记业务未在五个工作日内办结"

NOTICE = re.compile(r"\S+ +2020-(11-20|09-25)  (1|2)  (?P<what>\S+) +(2020-..-..)? +(?P<title>\S+)")
"""A notice on a narrow line: its day and number, what it says, when it is due, of which ticket."""


@pytest.fixture
def busy(zg: Zg) -> Zg:
    """An office with everything to look at: late tickets, letters to sign, notices, a leader's decision."""
    zg.once(much_to_look_at)
    return zg


def much_to_look_at(zg: Zg) -> None:
    for _ in range(2):
        zg("open", TITLE, "--source", "visit", "--lead", "市自然资源和规划局", "--with", "市住房城乡建设局")
    zg("assign", "1", "2")
    zg("--as", "市自然资源和规划局", "accept", "1", "2")
    zg("clock", "set", "2020-11-20T09:00")
    zg("sweep")


TABLES = [
    ("list",), ("today",), ("notices",), ("--as", "市自然资源和规划局", "notices"), ("list", "--proposals"), ("unit", "list"),
    ("user", "list"), ("plan",), ("count", "--by", "unit"), ("workflow", "list"), ("notices", "outbox"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_of_a_table_is_wider_than_a_narrow_screen(busy: Zg, language: str) -> None:
    for words in TABLES:
        said = busy("--lang", language, *words, ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS="60").stdout
        rows = [line for line in said.splitlines() if "  " in line.strip()]
        assert [line for line in rows if display_width(line) > 60] == [], words


def test_a_notice_keeps_its_dates_and_number_and_enough_of_its_texts(busy: Zg) -> None:
    lines = busy("notices", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS="60").stdout.splitlines()
    assert lines[0].split() == ["未读", "时间", "#", "情况", "期限", "事项"]
    for line in lines[1:]:
        kept = NOTICE.fullmatch(line)
        assert kept and display_width(kept["what"]) >= 4 and kept["title"].startswith("不动产登记"), line
    wide = busy("notices", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS="200").stdout
    assert TITLE in wide and "ZG-2020-0001" in wide and "2020-11-20 09:00" in wide


@pytest.mark.parametrize("width", ["40", "60"])
def test_what_waits_keeps_its_title_and_a_command_that_may_be_run_as_it_stands(busy: Zg, width: str) -> None:
    narrow = busy("today", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS=width).stdout.splitlines()
    waiting = [line for line in narrow if "zg " in line]
    assert waiting and all("不动产" in line and "2020-" in line for line in waiting)
    commands = {line[line.index("zg "):] for line in waiting}
    assert "zg can 1" in commands, "what is to be filled in does not fit: it is asked what that is"
    for command in commands:
        busy(*command.split()[1:])


def test_a_list_of_people_and_units_shows_their_names(busy: Zg) -> None:
    people = busy("user", "list", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS="60").stdout
    assert "市自然资源和规划局联络员" in people
    units = busy("unit", "list", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS="60").stdout
    assert "市自然资源和规划局" in units and "市政府部门" in units


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", ["80", "60", "40"])
def test_a_list_says_what_it_is_whose_how_urgent_and_until_when_however_narrow(busy: Zg, language: str, width: str) -> None:
    lines = busy("--lang", language, "list", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS=width).stdout.splitlines()
    red = {"zh": "● 红", "en": "● red"}[language]
    for number, line in enumerate(lines[1:], 1):
        assert display_width(line) <= int(width), line
        assert red in line and re.search(rf" (ZG-2020-000)?{number} ", line) and "10-09" in line, line
        assert len(re.findall(r"市自[^ ]*…|市自然资源和规划局", line)) == 1 and "不动" in line, line


def test_a_list_for_a_program_is_the_same_however_narrow_the_terminal(busy: Zg) -> None:
    assert busy("list", COLUMNS="40").stdout == busy("list", COLUMNS="200").stdout
