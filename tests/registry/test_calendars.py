"""A calendar changes under open tickets, through desk and registry, on both databases: the dates of two real notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from engine.app import founding
from engine.app.founding import first_entries
from engine.app.shipped import workflow_files
from engine.audit.verify import verify
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.errors import Conflict, InvalidFile, NotPermitted
from engine.notices.texts import text_of_facts
from engine.record import journal, queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.registry.accounts import NewAccount
from engine.registry.calendars import CalendarChange, Calendars, Counted
from engine.registry.registry import COUNTING_SETTING, Registry
from engine.registry.units import NewUnit
from engine.registry.workflow_file import load
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.timing.reproject import Move, Reprojected, Version
from engine.rules.worktime import REST, Calendar, HolidayNotice, add_day, merge
from engine.watch import sweep
from tests.signing import FIRST

OFFICE = Actor("office", "supervisor", None, "test")
ADMIN = Actor("admin", "admin", None, "test")
CONTACT = Actor("scjgj", "contact", "SCJGJ", "test")
NOTICES = {f"{notice.year} {notice.published}": notice for notice in founding.china_notices()}
LABOUR, SPRING = NOTICES["2019 2019-03-22"], NOTICES["2020 2020-01-27"]
"""The May holidays of 2019 became four days; the spring festival of 2020 was prolonged to 2 February."""

AMOUNTS = "{C: 5 working days, B: 15 working days, A: 1 month}"


@dataclass
class Town:
    """An office whose rectify clock has the amounts a test needs, with the notices known at a time."""

    database: Database
    desk: Desk
    registry: Registry
    heard: list[tuple[str, Move]] = field(default_factory=list)

    @property
    def calendars(self) -> Calendars:
        return Calendars(self.desk, self.registry, breathe=lambda _: None)

    def at(self, when: str) -> Town:
        clock = FixedClock(self.desk.rules.calendar().opening(date.fromisoformat(when)))
        self.desk.clock = clock
        self.registry = Registry(self.database, clock)
        return self

    def assigned(self, when: str, grade: str = "C", lead: str = "SCJGJ") -> str:
        self.at(when)
        number = self.desk.open(OFFICE, Opening("企业开办材料重复提交", "visit", grade=grade)).ticket.number
        self.desk.do(OFFICE, number, Command("assign", {"lead": lead}))
        return number

    def load(self, *notices: HolidayNotice, accept_earlier: bool = False) -> Counted:
        change, _ = self.calendars.with_notices(notices, "notice.json")
        return self.calendars.put_in_force(OFFICE, change, self.hear, accept_earlier=accept_earlier)

    def hear(self, ticket: Ticket, move: Move) -> None:
        self.heard.append((ticket.number, move))

    def ticket(self, number: str) -> Ticket:
        return self.desk.ticket(OFFICE, number)

    def promised(self, number: str) -> str:
        at = self.ticket(number).promised_at
        assert at is not None
        return self.desk.rules.calendar().local_day(at).isoformat()

    def kinds(self, number: str) -> list[str]:
        return [event.kind for event in self.desk.events(OFFICE, number)]

    def told(self, language: str = "zh") -> list[tuple[str, str]]:
        rows = self.database.rows("SELECT recipient, body FROM notice WHERE body IS NOT NULL ORDER BY recipient")
        return [(recipient, text_of_facts(body, language)) for recipient, body in rows]

    def sound(self) -> bool:
        return list(verify(self.database)) == [] and not self.calendars.unfinished()


Make = Callable[..., Town]


@pytest.fixture
def town(database: Database, tmp_path: Path) -> Make:
    """`town(until)`: an office that knows the notices published until then."""
    return lambda *said: found(database, tmp_path, *said)


@pytest.fixture
def village(sqlite_url: str, tmp_path: Path) -> Iterator[Make]:
    """The same on SQLite alone, for what is no matter of the database."""
    with closing(connect(sqlite_url)) as database:
        yield lambda *said: found(database, tmp_path, *said)


def found(database: Database, folder: Path, until: str, amounts: str = AMOUNTS, begin: str = "2019-01-02") -> Town:
    path = folder / "rectification.yaml"
    shipped = next(path for path in workflow_files() if path.stem == "rectification").read_text(encoding="utf-8")
    assert AMOUNTS in shipped
    path.write_text(shipped.replace(AMOUNTS, amounts), encoding="utf-8")
    known = [notice for notice in founding.china_notices() if notice.published.isoformat() <= until]
    calendar = merge(known, founding.office_calendar())
    clock = FixedClock(calendar.opening(date.fromisoformat(begin)))
    first_entries(
        Registry(database, clock),
        office="ZG", sandbox=None, calendar=calendar, notices=known, definitions=[(load(path), path.name)], plan=None, code=None,
        key=FIRST.verifier,
    )
    registry = Registry(database, clock)
    for code in ("SCJGJ", "SHUIWJ", "YX"):
        registry.units.add(OFFICE, NewUnit(code, code, "bureau", "subordinate"))
        registry.accounts.add(OFFICE, NewAccount(code.lower(), code, "contact", code))
    return Town(database, Desk(database, clock), Registry(database, clock))


MAY = "{C: 10 working days, B: 30 working days, A: 3 working days}"
FEBRUARY = "{C: 5 working days, B: 10 working days, A: 1 month}"


def test_the_notice_of_march_2019_moves_dates_later_and_those_that_come_earlier_wait_for_a_person(town: Make) -> None:
    office = town("2018-12-06", MAY)
    thirty, ten, three = office.assigned("2019-03-15", "B"), office.assigned("2019-04-18", "C"), office.assigned("2019-04-26", "A")
    assert [office.promised(number) for number in (thirty, ten, three)] == ["2019-04-29", "2019-05-03", "2019-05-02"]

    counted = office.load(LABOUR)
    assert (counted.tickets, counted.kept) == (1, 3)  # the third ticket's accept date too
    assert [office.promised(number) for number in (thirty, ten, three)] == ["2019-04-29", "2019-05-05", "2019-05-02"]
    assert [(number, move.way, move.kept) for number, move in office.heard if move.clock == "rectify"] == [
        (thirty, "earlier", True), (ten, "later", False), (three, "earlier", True),
    ]
    again = office.load(LABOUR, accept_earlier=True)
    assert (again.tickets, again.kept) == (2, 0)
    assert [office.promised(number) for number in (thirty, ten, three)] == ["2019-04-28", "2019-05-05", "2019-04-30"]
    assert [office.kinds(number)[-1] for number in (thirty, ten, three)] == ["rescheduled"] * 3
    assert [office.kinds(number).count("rescheduled") for number in (thirty, ten, three)] == [1, 1, 1]
    assert office.load(LABOUR, accept_earlier=True).tickets == 0
    assert office.sound()


def test_the_notice_of_january_2020_moves_dates_behind_the_prolonged_holiday(town: Make) -> None:
    office = town("2019-11-21", FEBRUARY, "2020-01-02")
    ten, five = office.assigned("2020-01-13", "B"), office.assigned("2020-01-20", "C")
    assert (office.promised(ten), office.promised(five)) == ("2020-01-31", "2020-02-01")
    assert office.at("2020-01-27").load(SPRING).tickets == 2
    assert (office.promised(ten), office.promised(five)) == ("2020-02-03", "2020-02-04")
    event = office.desk.events(OFFICE, ten)[-1]
    assert event.data["cause"]["calendar"][1] == office.desk.rules.calendar().version
    assert event.data["cause"]["moved"]["rectify"] == ["2020-01-31T10:00:00.000000Z", "2020-02-03T10:00:00.000000Z"]
    assert event.from_state == event.to_state == "assigned" and event.actor == "office"
    assert office.sound()


def test_each_unit_is_told_once_of_all_its_tickets(village: Make) -> None:
    office = village("2019-11-21", FEBRUARY, "2020-01-02")
    numbers = [office.assigned("2020-01-20"), office.assigned("2020-01-20"), office.assigned("2020-01-20", lead="SHUIWJ")]
    hidden = office.desk.open(OFFICE, Opening("暗访发现的问题", "visit", lead="SHUIWJ")).ticket.number
    office.load(SPRING)
    told = office.told()
    assert [recipient for recipient, _ in told] == ["scjgj", "shuiwj"]
    assert "2 件" in told[0][1] and all(number in told[0][1] for number in numbers[:2]) and numbers[2] not in told[0][1]
    assert "整改时限由 2020-02-01 改为 2020-02-04" in told[1][1] and hidden not in told[1][1]
    english = office.told("en")[1][1]
    assert f"{numbers[2]} " in english and "2020-02-01 becomes 2020-02-04" in english and english.isascii()


def test_who_hears_of_several_units_dates_is_told_once_and_whoever_changed_the_calendar_is_not(village: Make) -> None:
    """A stand-in hears as a contact does; the office, of all units that have nobody, in one message."""
    office = village("2019-11-21", FEBRUARY, "2020-01-02")
    office.at("2020-01-20")
    number = office.desk.open(OFFICE, Opening("企业开办材料重复提交", "visit", grade="C")).ticket.number
    office.desk.do(OFFICE, number, Command("assign", {"lead": "SCJGJ", "with": ("SHUIWJ",)}))
    other = office.assigned("2020-01-20", lead="YX")
    accounts = office.registry.accounts
    accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
    accounts.add(ADMIN, NewAccount("scjgj2", "第二联络员", "contact", "SCJGJ"))
    accounts.stand_in(OFFICE, "scjgj", "scjgj2", office.desk.clock.now(), office.desk.clock.now() + timedelta(days=60))
    accounts.disable(OFFICE, "yx")
    accounts.disable(OFFICE, "shuiwj")
    office.load(SPRING)
    told = dict(office.told())
    assert [name for name, _ in office.told()] == ["scjgj", "scjgj2", "second"]
    assert told["scjgj"] == told["scjgj2"] and other not in told["scjgj"] and told["scjgj"].count(number) == 1
    assert told["second"].count(number) == 1 and other in told["second"] and "配合" in told["second"]


def test_of_very_many_tickets_a_unit_reads_the_first_and_how_many_more(village: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.registry.calendars.SHOWN", 2)
    monkeypatch.setattr("engine.registry.calendars.BATCH", 2)
    office = village("2019-11-21", FEBRUARY, "2020-01-02")
    for _ in range(5):
        office.assigned("2020-01-20")
    assert office.load(SPRING).tickets == 5
    ((recipient, body),) = office.told()
    assert recipient == "scjgj" and body.endswith("；另有 3 件") and body.count("ZG-") == 2


def test_a_later_years_notice_makes_provisional_dates_firm(village: Make) -> None:
    office = village("2019-03-22", FEBRUARY, "2019-12-02")
    number = office.assigned("2019-12-25")
    assert office.ticket(number).deadlines["rectify"].provisional
    office.load(NOTICES["2020 2019-11-21"])
    promise = office.ticket(number).deadlines["rectify"]
    assert not promise.provisional and promise.epoch == 1
    assert [move.way for _, move in office.heard if move.clock == "rectify"] == ["firm"]
    assert "由暂定转为确定" in office.told()[0][1]


def test_rungs_that_fired_never_fire_again_and_the_rest_have_their_new_dates(town: Make) -> None:
    office = town("2019-11-21", FEBRUARY, "2020-01-02")
    number = office.assigned("2020-01-20")
    sweep(office.at("2020-01-31").desk)
    office.load(SPRING)
    promise = office.ticket(number).deadlines["rectify"]
    assert promise.epoch == 1 and promise.rung == 1
    assert office.ticket(number).wake_at == promise.next_at == promise.due_at
    sweep(office.at("2020-02-10").desk)
    rungs = [event.data["rung"] for event in office.desk.events(OFFICE, number)
             if event.kind == "escalated" and event.data["clock"] == "rectify"]
    assert rungs == ["reminder", "urging", "supervision-letter"]
    assert office.sound()


def test_what_rests_keeps_the_time_left_and_a_date_of_a_person_never_moves(village: Make) -> None:
    office = village("2019-11-21", FEBRUARY, "2020-01-02")
    resting, dated = office.assigned("2020-01-20"), office.assigned("2020-01-20")
    office.desk.do(CONTACT, resting, Command("accept"))
    office.desk.do(CONTACT, resting, Command("submit", {}, {"note": "已合并"}))
    office.desk.do(OFFICE, dated, Command(
        "reassign", {"lead": "SHUIWJ", "due": datetime.fromisoformat("2020-02-01T18:00+08:00")}, {"reason": "职责调整"},
    ))
    before = office.ticket(resting).deadlines["rectify"]
    office.load(SPRING)
    assert office.ticket(resting).deadlines["rectify"] == before
    assert office.promised(dated) == "2020-02-01"
    assert office.sound()


def test_a_pause_stays_credited(village: Make) -> None:
    office = village("2019-11-21", FEBRUARY, "2020-01-02")
    number = office.assigned("2020-01-13", "B")
    office.at("2020-01-14").desk.do(OFFICE, number, Command("suspend", {}, {"reason": "等待上级答复"}))
    office.at("2020-01-16").desk.do(OFFICE, number, Command("resume"))
    assert office.promised(number) == "2020-02-03"  # two days more than 01-31 by the old calendar: 02-01 is a make-up day
    office.load(SPRING)
    assert office.promised(number) == "2020-02-05"  # two days more than 02-03 by the new one


def test_whoever_runs_it_again_after_a_crash_finishes_it(town: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.registry.calendars.BATCH", 2)
    office = town("2019-11-21", FEBRUARY, "2020-01-02")
    numbers = [office.assigned("2020-01-20") for _ in range(5)]
    written = journal.append_many

    def dies(db: Database, batch: list[journal.Change]) -> None:
        if batch[0].after.id > 2:
            raise KeyboardInterrupt
        written(db, batch)

    monkeypatch.setattr(journal, "append_many", dies)
    with pytest.raises(KeyboardInterrupt):
        office.load(SPRING)
    monkeypatch.setattr(journal, "append_many", written)
    assert office.calendars.unfinished() and office.told() == []
    assert [office.promised(number) for number in numbers] == ["2020-02-04"] * 2 + ["2020-02-01"] * 3
    assert office.load(SPRING).tickets == 3
    assert [office.promised(number) for number in numbers] == ["2020-02-04"] * 5
    assert [office.kinds(number).count("rescheduled") for number in numbers] == [1] * 5
    ((_, body),) = office.told()
    assert "5 件" in body
    assert office.sound()


def test_a_ticket_that_somebody_moves_meanwhile_is_counted_all_the_same(
    town: Make, record_url: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = town("2019-11-21", FEBRUARY, "2020-01-02")
    numbers = [office.assigned("2020-01-20") for _ in range(3)]
    written = journal.append_many

    def late(db: Database, batch: list[journal.Change]) -> None:
        """Between reading and writing, a contact accepts one of them by another connection."""
        monkeypatch.setattr(journal, "append_many", written)
        raise Conflict

    monkeypatch.setattr(journal, "append_many", late)
    with closing(connect(record_url)) as other:
        Desk(other, office.desk.clock).do(CONTACT, numbers[1], Command("accept"))
    office.load(SPRING)
    assert [office.promised(number) for number in numbers] == ["2020-02-04"] * 3
    assert office.sound()


def test_a_ticket_assigned_by_the_old_calendar_while_the_new_one_comes_in_is_counted_too(town: Make) -> None:
    office = town("2019-11-21", FEBRUARY, "2020-01-02")
    early = office.assigned("2020-01-20")
    office.at("2020-01-20")
    number = office.desk.open(OFFICE, Opening("窗口无人值守", "visit")).ticket.number
    old = office.desk.rules.calendar()
    change, _ = office.calendars.with_notices([SPRING], "x")

    def hear(ticket: Ticket, move: Move) -> None:
        """While the first ticket is told of, a desk that still holds the old calendar assigns the second."""
        if ticket.number == early and move.clock == "rectify":
            desk = Desk(office.database, office.desk.clock)
            desk.rules.calendar = lambda: old  # type: ignore[method-assign]
            desk.do(OFFICE, number, Command("assign", {"lead": "SHUIWJ"}))

    office.calendars.put_in_force(OFFICE, change, hear)
    assert office.promised(number) == office.promised(early) == "2020-02-04"
    assert office.sound()


def test_two_who_change_the_calendar_at_once_do_not_overwrite_each_other(town: Make) -> None:
    office = town("2019-11-21", FEBRUARY, "2020-01-02")
    first, _ = office.calendars.with_notices([SPRING], "x")
    second, _ = office.calendars.with_notices([SPRING, NOTICES["2021 2020-11-25"]], "y")
    office.calendars.put_in_force(OFFICE, first, office.hear)
    with pytest.raises(Conflict):
        office.calendars.put_in_force(OFFICE, second, office.hear)
    assert office.desk.rules.calendar().version == first.calendar.version


def test_a_preview_shows_what_would_move_and_changes_nothing(village: Make) -> None:
    office = village("2018-12-06", MAY)
    number = office.assigned("2019-04-18")
    change, _ = office.calendars.with_notices([LABOUR], "x")
    counted = office.calendars.preview(OFFICE, change, office.hear)
    assert counted.tickets == 1 and [move.way for _, move in office.heard if move.clock == "rectify"] == ["later"]
    assert office.promised(number) == "2019-05-03" and office.kinds(number) == ["opened", "did"]
    assert office.desk.rules.calendar().version == change.before.version
    assert office.database.row(queries.SETTING, name=COUNTING_SETTING) is None


def test_a_ticket_whose_rules_fail_is_named_and_the_rest_goes_on(village: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    office = village("2019-11-21", FEBRUARY, "2020-01-02")
    bad, good = office.assigned("2020-01-20"), office.assigned("2020-01-20")
    from engine.registry import calendars

    honest = calendars.reproject

    def failing(at: Situation, version: Version, *, accept_earlier: bool = False) -> Reprojected:
        if at.ticket.number == bad:
            raise ValueError("beyond our years")
        return honest(at, version, accept_earlier=accept_earlier)

    monkeypatch.setattr(calendars, "reproject", failing)
    counted = office.load(SPRING)
    assert counted.failed == [bad] and office.promised(good) == "2020-02-04"


def test_a_county_that_a_storm_closes_gets_the_day_and_nobody_else_does(village: Make) -> None:
    office = village("2019-11-21", AMOUNTS, "2020-01-02")
    county, city = office.assigned("2020-06-01", lead="YX"), office.assigned("2020-06-01")
    before = office.desk.rules.calendar()
    closed = add_day(before, date(2020, 6, 5), REST, "防汛", "YX")
    assert isinstance(closed, Calendar)
    change = CalendarChange(before, closed, office.calendars.notices(), {"day": "2020-06-05"}, {"name": "防汛"})
    office.calendars.put_in_force(OFFICE, change, office.hear)
    assert (office.promised(county), office.promised(city)) == ("2020-06-09", "2020-06-08")
    later = office.assigned("2020-06-02", lead="YX")
    assert office.promised(later) == "2020-06-10"
    moved = office.desk.do(OFFICE, city, Command("reassign", {"lead": "YX"}, {"reason": "属地办理"})).ticket
    assert moved.deadlines["rectify"].due_at == office.ticket(later).deadlines["rectify"].due_at
    loaded = journal.read_events(office.database, 0)[-2]
    assert loaded.data["day"] == "2020-06-05" and loaded.words == {"name": "防汛"}
    # a notice that comes later leaves the county's day alone
    office.load(NOTICES["2021 2020-11-25"])
    assert not office.desk.rules.calendar().of("YX").is_working(date(2020, 6, 5))
    assert office.sound()


def test_only_those_who_administer_change_a_calendar(village: Make) -> None:
    office = village("2019-11-21", FEBRUARY, "2020-01-02")
    change, _ = office.calendars.with_notices([SPRING], "x")
    for again in (change, type(change)(change.before, change.before, change.notices, {})):
        with pytest.raises(NotPermitted):
            office.calendars.put_in_force(CONTACT, again, office.hear)


def test_a_notice_that_leaves_a_gap_or_is_older_than_the_one_in_force_is_refused(village: Make) -> None:
    office = village("2020-01-27", FEBRUARY, "2020-01-02")
    with pytest.raises(InvalidFile) as caught:
        office.calendars.with_notices([NOTICES["2022 2021-10-25"], NOTICES["2020 2019-11-21"]], "x.json")
    older, gap = caught.value.problems
    assert (older.code, gap.code, gap.values["missing"]) == ("problem-older", "problem-gap", 2021)
