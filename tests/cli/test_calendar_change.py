"""`zg calendar import`, `add`, `remove` as people type them, with every kind of wrong file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.conftest import Zg
from tests.holidays import sound, sound_json

Shown = Callable[..., Result]
NOTICE = sound_json(2027, "2026-11-10")


def written(node: Any, name: str = "2027.json") -> str:
    Path(name).write_text(node if isinstance(node, str) else json.dumps(node), encoding="utf-8")
    return name


@pytest.fixture
def ticket(zg: Zg) -> str:
    number = zg.opened()
    zg("assign", number, "--lead", "市市场监管局")
    return number


def promised(zg: Zg, number: str) -> str:
    return str(zg.json("show", number)["promised_on"])


def test_a_storm_moves_the_date_and_taking_it_back_needs_consent(zg: Zg, shown: Shown, ticket: str) -> None:
    before = zg.json("calendar", "check")["version"]
    lines = zg.lines("calendar", "add", "2020-09-28", "--rest", "--name", "台风停工", "--dry-run")
    assert [line["way"] for line in lines[:-1]] == ["later"] and lines[-1]["dry_run"] is True
    assert promised(zg, ticket) == "2020-10-09" and zg.json("calendar", "check")["version"] == before

    result = shown("calendar", "add", "2020-09-28", "--rest", "--name", "台风停工")
    assert "整改时限" in result.stdout and "2020-10-09" in result.stdout and "2020-10-10" in result.stdout and "推迟" in result.stdout
    assert "1 件" in result.stderr
    assert promised(zg, ticket) == "2020-10-10"
    assert "2020-09-28  周一" in shown("why", ticket).stdout and "台风停工" in shown("why", ticket).stdout
    assert "2020-10-09 18:00 → 2020-10-10 18:00" in shown("log", ticket).stdout

    kept = zg("calendar", "remove", "2020-09-28", code=7)
    assert f"{ticket}\trectify\t2020-10-10\t2020-10-09\tkept" in kept.stdout
    assert promised(zg, ticket) == "2020-10-10"
    assert "2020-09-28" not in shown("why", ticket).stdout.replace("2020-09-28  周一  本单位休息", "")
    assert zg.json("audit", "verify")["verified"] is True

    would = zg.lines("calendar", "remove", "2020-09-28", "--accept-earlier", "--dry-run")
    assert [line["way"] for line in would[:-1]] == ["earlier"] and promised(zg, ticket) == "2020-10-10"
    accepted = zg.lines("calendar", "remove", "2020-09-28", "--accept-earlier")
    assert accepted[-1]["tickets"] == 1 and accepted[-1]["kept"] == 0
    assert promised(zg, ticket) == "2020-10-09"
    assert "没有本单位自己的安排" in zg("calendar", "remove", "2020-09-28", "--accept-earlier", code=5).stderr


@pytest.mark.parametrize("change", [("add", "2020-09-29", "--rest"), ("remove", "2020-09-28"), ("import", "2027.json")])
def test_who_may_not_change_the_calendar_is_not_told_what_would_move(zg: Zg, ticket: str, change: tuple[str, ...]) -> None:
    zg("calendar", "add", "2020-09-28", "--rest")
    written(NOTICE)
    for actor in ("叶县", "市市场监管局"):
        result = zg("--as", actor, "calendar", *change, "--dry-run", code=4)
        assert ticket not in result.stdout + result.stderr


def test_a_day_of_one_county(zg: Zg, shown: Shown, ticket: str) -> None:
    zg("open", "窗口无人值守", "--source", "visit")
    zg("assign", "2", "--lead", "叶县")
    zg("calendar", "add", "2020-09-28", "--rest", "--unit", "叶县", "--name", "防汛")
    assert (promised(zg, ticket), promised(zg, "2")) == ("2020-10-09", "2020-10-10")
    assert "防汛" in zg("calendar", "show", "2020", "--unit", "叶县").stdout and "防汛" not in zg("calendar", "show", "2020").stdout
    assert zg.lines("calendar", "remove", "2020-09-28", "--unit", "叶县", "--accept-earlier")[-1]["tickets"] == 1
    assert promised(zg, "2") == "2020-10-09"


def test_summer_hours_move_the_hour_of_a_date_and_the_unit_is_told(zg: Zg, shown: Shown, ticket: str) -> None:
    would = zg.lines("calendar", "hours", "--season", "9.1..10.31", "08:30-12:00,15:00-18:30", "--dry-run")
    assert {line["clock"]: line["way"] for line in would[:-1]} == {"accept": "later", "rectify": "later"}
    result = shown("calendar", "hours", "--season", "9月1日至10月31日", "08:30-12:00，15:00-18:30")
    assert "2020-10-09 18:00" in result.stdout and "2020-10-09 18:30" in result.stdout
    assert zg.json("show", ticket)["promised_at"].startswith("2020-10-09T10:30")
    told = next(line["text"] for line in zg.lines("--as", "市市场监管局", "notices") if line["kind"] == "rescheduled")
    assert "2020-10-09 18:00" in told and "2020-10-09 18:30" in told
    assert "09-01 至 10-31" in shown("calendar", "show", "2020").stdout
    assert zg.json("calendar", "show", "2020")["seasons"] == [
        {"from": "09-01", "to": "10-31", "hours": [["08:30", "12:00"], ["15:00", "18:30"]]},
    ]
    assert zg.json("calendar", "due", "2020-09-30", "5wd")["due_local"] == "2020-10-14 18:30"
    back = zg.lines("calendar", "hours", "--season", "09-01..10-31", "08:30-12:00,14:30-18:00", "--accept-earlier")
    assert back[-1]["calendar"][1] == would[-1]["calendar"][0]
    assert zg.json("audit", "verify")["verified"] is True


def test_a_half_day_is_counted_and_shown(zg: Zg, shown: Shown, ticket: str) -> None:
    zg("calendar", "add", "10月9日", "--hours", "08:30-12:00", "--name", "半天", "--accept-earlier")
    assert zg.json("calendar", "due", "2020-09-30", "1wd")["due_local"] == "2020-10-09 12:00"
    day = next(day for day in zg.json("calendar", "show", "2020")["days"] if day["day"] == "2020-10-09")
    assert day == {"day": "2020-10-09", "kind": "work", "name": "半天", "working": True, "hours": [["08:30", "12:00"]]}
    assert "半天 08:30–12:00" in shown("calendar", "show", "2020").stdout
    zg("calendar", "add", "2020-10-12", "--hours", "08:30-12:00", "--unit", "叶县")
    assert "2020-10-12" in zg("calendar", "show", "2020", "--unit", "叶县").stdout
    zg("calendar", "remove", "2020-10-09")
    assert zg.json("calendar", "due", "2020-09-30", "1wd")["due_local"] == "2020-10-09 18:00"


@pytest.mark.parametrize(("words", "code", "expected"), [
    (("hours", "8-12"), 2, "when-hours-not-understood"), (("hours", "12:00-08:00"), 2, "when-hours-out-of-order"),
    (("hours", "08:30-12:00", "--season", "夏季"), 2, "when-season-not-understood"),
    (("add", "2020-10-02", "--hours", "08:30-12:00"), 5, "day-rests-hours"),
    (("add", "2020-10-09", "--rest", "--hours", "08:30-12:00"), 2, "usage-rest-or-work"),
])
def test_hours_that_cannot_be_are_refused(zg: Zg, words: tuple[str, ...], code: int, expected: str) -> None:
    before = zg.json("calendar", "check")
    error = zg.error("calendar", *words, code=code)
    assert expected in (error["code"], *(reason.get("code") for reason in error["reasons"]))
    assert zg.json("calendar", "check") == before


def test_a_notice_is_loaded_and_loading_it_again_changes_nothing(zg: Zg, shown: Shown) -> None:
    would = shown("calendar", "import", written(NOTICE), "--dry-run")
    assert zg.json("calendar", "check")["covered_until"] == "2026-12-31"
    result = shown("calendar", "import", written(NOTICE))
    assert "2027-12-31" in result.stderr
    for told in (would, result):  # before and after: 1 January and 1 May rest by any calendar, 5 April by this notice
        assert "2027-04-05 改为休息 清明节" in told.stderr and "2027-02-08 改为休息 春节" in told.stderr and "2027-01-01" not in told.stderr
    again = zg.lines("calendar", "import", "2027.json")
    assert again == [{"dry_run": False, "calendar": [again[0]["calendar"][1]] * 2, "covered_until": "2027-12-31", "tickets": 0,
                      "kept": 0, "failed": [], "days": []}]
    assert zg.json("calendar", "check")["covered_until"] == "2027-12-31"
    assert "放假安排覆盖到 2027-12-31" in shown("log", "--admin").stdout


def test_a_day_of_the_offices_own_that_a_notice_contradicts_is_told(zg: Zg, shown: Shown) -> None:
    zg("calendar", "add", "2027-01-01", "--work")
    assert "2027-01-01" in shown("calendar", "import", written(NOTICE)).stderr


def test_what_others_publish_is_loaded_and_asked_for_what_it_does_not_say(zg: Zg) -> None:
    notice = sound(2027, "2026-11-10", work=["2027-02-14"])
    days = [{"name": name, "date": day.isoformat(), "isOffDay": True} for day, name in notice.off]
    cn = written({"year": 2027, "papers": [], "days": [*days, {"name": "春节", "date": "2027-02-14", "isOffDay": False}]}, "cn.json")
    event = "BEGIN:VEVENT\nSUMMARY:{}\nDTSTART;VALUE=DATE:{:%Y%m%d}\nEND:VEVENT"
    events = [event.format(f"{name}假期", day) for day, name in notice.off] + [event.format("上班(补春节假期)", date(2027, 2, 14))]
    ics = written("\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR"]), "2027.ics")
    versions = set()
    for file in (cn, ics):
        assert "--published" in zg("calendar", "import", file, code=8).stderr
        loaded = zg.lines("calendar", "import", file, "--published", "2026-11-10", "--dry-run")[-1]
        assert loaded["covered_until"] == "2027-12-31"
        assert {"from": "2027-02-14", "to": "2027-02-14", "working": True, "name": "春节"} in loaded["days"]
        versions.add(loaded["calendar"][1])
    assert len(versions) == 1


def test_a_notice_that_cannot_be_meant_is_refused_with_all_that_is_wrong_and_changes_nothing(zg: Zg) -> None:
    before = zg.json("calendar", "check")
    three = {"year": 2027, "published": "2026-11-10", "off": ["2027-10-01", "2027-10-02", "2027-10-03"], "work": ["2027-06-16"]}
    said = {"zh": ("元旦没有放假", "春节没有放假", "2027-06-16 本来就是"), "en": ("元旦 is not off", "an ordinary working")}
    for language, expected in said.items():
        told = zg("--lang", language, "calendar", "import", written(three), code=8).stderr
        assert all(text in told for text in expected) and len(told.splitlines()) >= 9
    assert zg.json("calendar", "check") == before


DEEP = "[" * 100_000
FILES = [
    "", "{", "null", "[]", "1e999", '"x"', DEEP, '{"year": 2027}',
    '{"year": 2027, "year": 2028, "published": "2026-11-10", "off": [], "work": []}',
    json.dumps(NOTICE | {"year": 20270}), json.dumps(NOTICE | {"year": "2027"}), json.dumps(NOTICE | {"year": 2062}),
    json.dumps(NOTICE | {"year": 2030, "published": "2029-11-10", "off": ["2030-01-01"]}),
    json.dumps(NOTICE | {"published": "2026-13-01"}), json.dumps(NOTICE | {"off": ["2027-02-30"]}), json.dumps(NOTICE | {"off": []}),
    json.dumps(NOTICE | {"off": ["2027-01-01"], "work": ["2027-01-01"]}), json.dumps(NOTICE | {"off": ["2027-01-01"] * 2}),
    json.dumps(NOTICE | {"off": [{"date": "2027-01-01", "name": "\x1b[31m元旦"}]}), json.dumps(NOTICE | {"off": [{"date": "2027-01-01"}]}),
    json.dumps(NOTICE | {"off": [{"date": "2027-01-01", "name": "\ud800"}]}), json.dumps(NOTICE | {"titel": "x"}),
    '{"year": NaN, "published": "2026-11-10", "off": ["2027-01-01"], "work": []}', "x" * 10_000_000,
    '{"year": ' + "9" * 5000 + ', "published": "2026-11-10", "off": [], "work": []}', '{"notices": [{}]}',
    json.dumps({"year": 2020, "published": "2019-01-01", "off": ["2020-01-01"], "work": []}),
]


@pytest.mark.parametrize("place", range(len(FILES)))
def test_a_malformed_notice_is_refused_in_a_few_lines_and_changes_nothing(zg: Zg, place: int) -> None:
    before = zg.json("calendar", "check")
    for language, heads in (("zh", ("错误：", "原因：", "下一步")), ("en", ("Error", "Why:", "Next:"))):
        result = zg("--lang", language, "calendar", "import", written(FILES[place]), code=8)
        lines = result.stderr.splitlines()
        assert result.stdout == "" and "Traceback" not in result.stderr and "\x1b" not in result.stderr
        assert lines[0].startswith(heads[0]) and lines[1].startswith(heads[1]) and lines[-1].startswith(heads[2])
        assert all(len(line) < 400 for line in lines)
    assert zg.error("calendar", "import", "2027.json", code=8)["code"] == "invalid-file"
    assert zg.json("calendar", "check") == before


@pytest.mark.parametrize(("node", "zh", "en"), [
    (NOTICE | {"off": ["2027-01-01"] * 2}, "off：2027-01-01 写了两次", "off: 2027-01-01 stands there twice"),
    (NOTICE | {"off": []}, "off：没有 2027 年的放假日", "off: no day of 2027"),
    ({"notices": [NOTICE | {"off": ["2027-02-30"]}]}, "notices 1: off 1：没有 2027-02-30 这一天", "notices 1: off 1: 2027-02-30 does not"),
    (NOTICE | {"year": 2030, "published": "2029-11-10", "off": ["2030-01-01"]}, "应先载入 2027 年的通知", "the next to load is 2027"),
])
def test_what_is_wrong_is_said_in_both_languages(zg: Zg, node: dict[str, Any], zh: str, en: str) -> None:
    assert zh in zg("calendar", "import", written(node), code=8).stderr
    assert en in zg("--lang", "en", "calendar", "import", written(node), code=8).stderr


def test_files_that_cannot_be_read_at_all_are_refused_too(zg: Zg) -> None:
    Path("bytes.json").write_bytes(b'{"year": 2027, "published": "\xff"}')
    Path("folder.json").mkdir()
    Path("bom.json").write_text("\ufeff" + json.dumps(NOTICE), encoding="utf-8")
    assert "UTF-8" in zg("calendar", "import", "bytes.json", code=8).stderr
    zg("calendar", "import", "absent.json", code=8)
    zg("calendar", "import", "folder.json", code=2)
    assert zg.lines("calendar", "import", "bom.json", "--dry-run")[-1]["covered_until"] == "2027-12-31"


@pytest.mark.parametrize(("words", "code", "expected"), [
    (("2020-10-01", "--rest"), 5, "day-rests-already"),
    (("2020-09-28", "--work"), 5, "day-works-already"),
    (("2062-09-28", "--rest"), 5, "day-far"), (("2020-09-28",), 2, "usage-rest-or-work"),
    (("2020-02-30", "--rest"), 2, "when-no-such-date"),
    (("2020-09-28", "--rest", "--name", "x" * 41), 2, "usage-day-name"),
    (("2020-09-28", "--rest", "--name", "\u202e"), 2, "usage-day-name"),
    (("2020-09-28", "--rest", "--unit", "月球"), 3, "unit-not-found"),
    (("2020-09-28", "--rest", "--unit", "各县（市、区）"), 5, "unit-is-group"),
])
def test_a_day_that_cannot_be_decided_changes_nothing(zg: Zg, words: tuple[str, ...], code: int, expected: str) -> None:
    before = zg.json("calendar", "check")
    error = zg.error("calendar", "add", *words, code=code)
    assert expected in (error["code"], *(reason.get("code") for reason in error["reasons"]))
    assert zg.json("calendar", "check") == before


def test_a_day_decided_before_and_the_wrong_person(zg: Zg) -> None:
    zg("calendar", "add", "2020-09-28", "--rest")
    assert zg.error("calendar", "add", "2020-09-28", "--work", code=5)["reasons"][0]["code"] == "day-decided"
    assert zg.error("calendar", "remove", "2020-09-29", code=5)["reasons"][0]["code"] == "day-not-own"
    assert zg.error("--as", "市公安局", "calendar", "remove", "2020-09-28", code=4)["code"] == "not-permitted"


def test_many_moves_fill_a_page_and_programs_get_all(zg: Zg, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.cli.calendar_change.MOST_ROWS", 1)
    for number in (zg.opened(), zg.opened()):
        zg("assign", number, "--lead", "市市场监管局")
    assert "其余 1 个" in shown("calendar", "add", "2020-09-28", "--rest", "--dry-run").stdout
    assert len(zg.lines("calendar", "add", "2020-09-28", "--rest")) == 3
