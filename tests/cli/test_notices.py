"""`zg notices`: the inbox of whoever asks, and the office's look at what left the program."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from engine.cli.terminal import display_width
from engine.record.connection import connect
from tests.cli.conftest import Zg


def test_the_inbox_is_ones_own_newest_first_until_it_is_read(zg: Zg) -> None:
    zg.rectifying()
    number = zg.opened(lead="SCJGJ")
    zg("assign", number)
    mine = zg.lines("--as", "市市场监管局", "notices")
    assert [(item["number"], item["code"], item["read_at"]) for item in mine] == [
        ("ZG-2020-0002", "assign", None), ("ZG-2020-0001", "assign", None),
    ]
    assert mine[0]["title"] == "企业开办材料重复提交" and mine[0]["due_at"] == "2020-09-27T10:00:00Z"
    assert zg.lines("--as", "市公安局", "notices") == []
    assert len(zg.lines("--as", "市市场监管局", "notices", "--read", "--limit", "1")) == 1
    assert [item["number"] for item in zg.lines("--as", "市市场监管局", "notices")] == ["ZG-2020-0001"]
    read = zg.lines("--as", "市市场监管局", "notices", "--all")
    assert [item["read_at"] is None for item in read] == [False, True]


def test_the_inbox_on_a_terminal_and_for_a_program(zg: Zg, shown: Callable[..., Result]) -> None:
    zg.rectifying()
    result = shown("--as", "市市场监管局", "notices")
    assert "新  " in result.stdout and "交办" in result.stdout and "共 1 条" in result.stderr
    fields = zg("--as", "市市场监管局", "notices").stdout.rstrip("\n").split("\t")
    assert fields[2:4] == ["ZG-2020-0001", "assign"] and fields[-1] == "企业开办材料重复提交"
    assert "没有未读" in shown("--as", "市公安局", "notices").stderr
    assert "assign" in shown("--lang", "en", "--as", "市市场监管局", "notices").stdout


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_narrow_terminal_what_happened_and_its_day_stay(zg: Zg, language: str) -> None:
    zg("open", "企业开办材料重复提交" * 5, "--source", "visit", "--lead", "市公安局")
    zg("assign", "1")
    zg("clock", "set", "2020-10-15T19:00")
    zg("sweep")
    lines = zg("--lang", language, "notices", ZG_FORCE_TTY="1", NO_COLOR="1", COLUMNS="60").stdout.splitlines()
    assert len(lines) > 1 and all(display_width(line) <= 60 for line in lines)
    assert all("  1  " in line and "2020-" in line and "企业" in line for line in lines[1:])
    assert any(("督办单位到期" if language == "zh" else "office due") in line for line in lines)


def test_a_sandbox_holds_what_would_leave_and_says_so(zg: Zg, shown: Callable[..., Result]) -> None:
    Path("zg.toml").write_text('[notices.email]\nhost = "127.0.0.1"\nfrom = "zg@example.gov.cn"\n', encoding="utf-8")
    with closing(connect(zg.url)) as database, database.write():
        database.run("UPDATE account SET email = 'a@example.gov.cn' WHERE name = 'scjgj'")
    assert "0 条暂存" in zg("notices", "deliver").stdout
    zg.rectifying()
    assert zg.json("notices", "deliver") == {"sent": 0, "failed": 0, "dead": 0, "expired": 0, "waiting": 1, "held": 1}
    letter = zg.json("notices", "outbox")
    assert (letter["state"], letter["channel"], letter["recipient"], letter["number"]) == ("held", "email", "scjgj", "ZG-2020-0001")
    assert "暂存" in shown("notices", "outbox").stdout and "邮件" in shown("notices", "outbox").stdout
    assert zg("notices", "outbox", "--dead").stdout == ""


def given_up(zg: Zg) -> int:
    """One notice that was given up; its id."""
    zg.rectifying()
    with closing(connect(zg.url)) as database, database.write():
        database.run("""INSERT INTO notice (stream, seq, recipient, channel, not_before, created_at, tries, next_try_at, dead, error)
            SELECT stream, seq, recipient, 'email', not_before, created_at, 12, next_try_at, TRUE, 'smtp-550'
            FROM notice WHERE recipient = 'scjgj'""")
    return int(zg.json("notices", "outbox", "--dead")["id"])


def test_what_was_given_up_is_shown_with_its_reason_and_sent_again_as_an_entry(zg: Zg, shown: Callable[..., Result]) -> None:
    notice = given_up(zg)
    result = shown("notices", "outbox", "--dead")
    assert "已放弃" in result.stdout and "邮件服务器答复 550" in result.stdout and "resend --dead" in result.stderr
    assert zg.json("notices", "resend", "--dead") == {"resent": [notice]}
    assert zg("notices", "outbox", "--dead").stdout == ""
    assert zg.lines("log", "--admin")[-1]["data"] == {"resent": [notice]}
    assert "0 条" in zg("notices", "resend", "--dead").stdout
    assert zg.json("notices", "resend", str(notice)) == {"resent": [notice]}
    zg("audit", "verify")


@pytest.mark.parametrize(("words", "code"), [
    (("notices", "resend"), 2), (("notices", "resend", "1", "--dead"), 2), (("notices", "resend", "0"), 2), (("notices", "resend", "x"), 2),
    (("notices", "resend", "99"), 3), (("--as", "市公安局", "notices", "resend", "--dead"), 4),
    (("--as", "市公安局", "notices", "outbox"), 4), (("--as", "auditor", "notices", "deliver"), 4), (("notices", "--limit", "0"), 2),
])
def test_what_may_not_be_is_three_lines_and_changes_nothing(zg: Zg, words: tuple[str, ...], code: int) -> None:
    given_up(zg)
    result = zg(*words, code=code)
    assert result.stdout == "" and len(result.stderr.splitlines()) >= 3
    assert zg.json("notices", "outbox", "--dead")["tries"] == 12


def test_mistakes_in_the_settings_are_told_and_nothing_is_sent(zg: Zg) -> None:
    Path("zg.toml").write_text('[notices.email]\nhots = "m"\n[notices.sms]\nurl = "x"\n', encoding="utf-8")
    result = zg("notices", "deliver", code=8)
    assert "host" in result.stderr and "[notices.sms] url" in result.stderr and "zg.toml" in result.stderr
    assert "host" in zg("--lang", "en", "notices", "deliver", code=8).stderr
    zg("notices")


def test_what_is_not_a_readers_to_read_is_not_counted_and_takes_no_place_on_a_page(zg: Zg, shown: Callable[..., Result]) -> None:
    zg.rectifying()
    own = len(zg.lines("--as", "市税务局", "notices"))
    zg("assign", zg.opened(), "--lead", "市公安局")
    with closing(connect(zg.url)) as database, database.write():
        database.run("""INSERT INTO notice (stream, seq, recipient, channel, not_before, created_at, tries, next_try_at, dead)
            SELECT stream, seq, 'shuiwj', channel, not_before, created_at, tries, next_try_at, dead
            FROM notice WHERE recipient = 'gaj' AND channel = 'inbox'""")
    assert own and len(zg.lines("--as", "市税务局", "notices", "--limit", str(own))) == own
    assert f"共 {own} 条" in shown("--as", "市税务局", "notices").stderr
