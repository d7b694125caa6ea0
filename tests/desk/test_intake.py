"""What people type, as the rules take it: nothing is printed, warnings are returned with what was understood."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from engine.desk.intake import Intake
from engine.desk.typed_outing import typed_outing
from engine.errors import (
    AccountNotFound,
    NotFound,
    NotPermitted,
    NotPossible,
    TicketNotFound,
    UnitEnded,
    UnitNotFound,
    UsageError,
)
from engine.rules.access import Actor
from engine.rules.worktime import Side
from tests.registry.conftest import ADMIN, BEGIN, CONTACT, OFFICE, Town


@pytest.fixture
def intake(town: Town) -> Intake:
    return Intake(town.desk, OFFICE)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEGIN.tzinfo)


def test_a_moment_is_understood_without_a_word(intake: Intake, capsys: pytest.CaptureFixture[str]) -> None:
    found = intake.when("2020-09-29T12:00", Side.COMING)
    assert (found.value, found.warnings) == (local("2020-09-29T12:00"), ())
    assert capsys.readouterr() == ("", "")


def test_a_visit_that_is_planned_far_ahead_is_noted(intake: Intake) -> None:
    today = intake.desk.clock.now().date()
    for day, notes in ((today, []), (today + timedelta(days=30), []), (today + timedelta(days=365), ["visit-ahead"])):
        found = typed_outing(intake, day.isoformat(), "大厅", None, unannounced=False)
        assert [item.code for item in found.warnings if item.code.startswith("visit")] == notes and found.value.day == day


def test_a_day_off_and_a_day_no_notice_covers_are_warned_of_and_nothing_is_printed(
    intake: Intake, capsys: pytest.CaptureFixture[str],
) -> None:
    (warning,) = intake.when("2020-10-01", Side.COMING).warnings
    assert (warning.code, warning.values) == ("when-not-a-working-day", {"date": "2020-10-01", "text": "2020-10-01"})
    assert "when-provisional" in [warning.code for warning in intake.when("2040-03-02", Side.COMING).warnings]
    assert intake.when("2020-09-01", Side.COMING).warnings == ()  # what is past is for the rules to refuse
    assert capsys.readouterr() == ("", "")


def test_the_warnings_of_a_commands_dates_come_with_the_command(intake: Intake, town: Town) -> None:
    trigger = town.desk.rules.current("rectification").triggers["assign"]
    typed = {"lead": "市发展改革委", "with": ("市公安局、市税务局",), "due": "2020-10-01", "designate": False, "note": "请抓紧"}
    found = intake.command("assign", trigger, typed, None)
    command = found.value
    assert (command.input["lead"], command.input["with"], command.words) == ("FGW", ("GAJ", "SHUIWJ"), {"note": "请抓紧"})
    assert command.input["due"].date() == date(2020, 10, 1) and "designate" not in command.input
    assert [warning.code for warning in found.warnings] == ["when-not-a-working-day"]


def test_whoever_names_an_original_says_that_it_is_a_duplicate(intake: Intake, town: Town) -> None:
    ticket, original = town.assigned("FGW"), town.assigned("GAJ").number
    trigger = town.desk.definition(ticket).triggers["withdraw"]

    def withdrawn(**more: object) -> object:
        return intake.command("withdraw", trigger, {"of": original, "reason": "x", **more}, ticket).value.input["as"]

    assert (withdrawn(), withdrawn(**{"as": "重复"})) == ("duplicate", "duplicate")
    with pytest.raises(UsageError) as refused:
        withdrawn(**{"as": "mistake"})
    assert refused.value.values["reason"] == "usage-of-no-duplicate"


def test_what_a_trigger_does_not_take_is_left_for_the_rules_to_refuse(intake: Intake, town: Town) -> None:
    trigger = town.desk.rules.current("rectification").triggers["accept"]
    assert intake.command("accept", trigger, {"colour": "red"}, None).value.input == {"colour": "red"}
    assert intake.command("paint", None, {"reason": "x"}, None).value.words == {"reason": "x"}


@pytest.mark.parametrize(("text", "begin", "end"), [
    ("2020-10-01", "2020-10-01T00:00", "2020-10-02T00:00"), ("2020-10-01T12:00", "2020-10-01T12:00", "2020-10-01T12:00"),
    ("2020-10-01T12：00", "2020-10-01T12:00", "2020-10-01T12:00"), (" 2020-10-01 ", "2020-10-01T00:00", "2020-10-02T00:00"),
    ("10 月 1 日", "2020-10-01T00:00", "2020-10-02T00:00"), ("10月1日12：00", "2020-10-01T12:00", "2020-10-01T12:00"),
])
def test_a_day_begins_at_its_first_moment_and_lasts_until_its_last(intake: Intake, text: str, begin: str, end: str) -> None:
    assert (intake.begin(text).value, intake.end(text).value) == (local(begin), local(end))
    assert intake.day(text, Side.ANY).value == date(2020, 10, 1)


@pytest.mark.usefixtures("machine_in_new_york")
def test_the_day_of_a_time_is_the_office_s(intake: Intake) -> None:
    assert intake.day("2020-10-01T00:30", Side.ANY).value == intake.day("2020-10-01T23:30", Side.ANY).value == date(2020, 10, 1)


def test_a_span_lasts_from_the_first_moment_of_one_day_to_the_last_of_another(intake: Intake) -> None:
    span = intake.between("2020-09-01", "2020-09-10").value
    assert (span.since, span.before) == (local("2020-09-01T00:00"), local("2020-09-11T00:00"))


def test_what_is_looked_back_at_has_begun(intake: Intake) -> None:
    assert intake.since("2020-09-24").value == local("2020-09-24T00:00")
    with pytest.raises(UsageError) as caught:
        intake.since("2020-10-01")
    assert (caught.value.values["reason"], caught.value.values["text"]) == ("when-day-still-to-come", "2020-10-01")
    with pytest.raises(UsageError) as caught:
        intake.since("10月1日")
    assert (caught.value.values["reason"], caught.value.values["dates"]) == ("when-still-to-come", ["2019-10-01"])


def test_a_unit_that_ended_can_be_looked_at_and_takes_no_work(intake: Intake, town: Town) -> None:
    town.registry.units.end(OFFICE, "GXJ", BEGIN.date(), "机构改革方案")
    assert intake.unit_or_group("市工业和信息化局") == "GXJ"
    with pytest.raises(UnitEnded):
        intake.unit("市工业和信息化局")


def test_an_amount_of_plain_time_ends_at_the_same_hour_and_a_working_day_at_its_close(intake: Intake) -> None:
    assert intake.later("3d").value - BEGIN == timedelta(days=3)
    assert intake.later("90m").value - BEGIN == timedelta(minutes=90)
    assert intake.later("1wd").value == intake.when("1wd", Side.COMING).value != BEGIN + timedelta(days=1)


def test_units_accounts_and_leaders_are_found_by_what_people_call_them(intake: Intake) -> None:
    assert (intake.unit("市发展改革委"), intake.accounts.name("office")) == ("FGW", "office")
    assert intake.units(["市公安局", "GAJ", "市税务局"]) == ("GAJ", "SHUIWJ")
    with pytest.raises(NotPossible) as caught:
        intake.accounts.leader("office")
    assert caught.value.values["reason"] == "not-a-leader"


def test_an_account_that_ended_is_no_leader_and_its_name_is_not_taken_for_a_persons(intake: Intake, town: Town) -> None:
    town.registry.accounts.disable(ADMIN, "leader", "调离")
    with pytest.raises(NotPossible) as caught:
        intake.accounts.leader(" Leader ")
    assert caught.value.values == {"reason": "account-not-active", "name": "leader"}
    assert intake.accounts.leader("王副市长").value == "王副市长"


def test_what_is_not_there_names_what_is_near(intake: Intake) -> None:
    for ask, error in ((lambda: intake.unit("市发展委"), UnitNotFound), (lambda: intake.measure("3.99"), NotFound),
                       (lambda: intake.accounts.name("ofice"), AccountNotFound)):
        with pytest.raises(error) as caught:
            ask()
        assert caught.value.values["nearest"]


def test_a_group_can_be_looked_at_and_takes_no_work(intake: Intake, town: Town) -> None:
    code = intake.unit_or_group("各县（市、区）")
    with pytest.raises(NotPossible) as caught:
        intake.unit(code)
    assert caught.value.values["reason"] == "unit-is-group"


def test_the_plan_suggests_its_leads_and_nobody_is_picked(intake: Intake) -> None:
    task = intake.measure(" 3.1 ")
    assert task.no == "3.1" and intake.suggested_leads(task) == (task.leads or task.named) != ()


def test_a_grade_is_written_as_the_workflow_writes_it(intake: Intake, town: Town) -> None:
    rectification = town.desk.rules.current("rectification")
    assert [intake.grade(rectification, text) for text in ("c", "Ｃ", "C类", "Ｃ类（简易）", "C (simple)", "Z", None)] == [
        "C", "C", "C", "C", "C", "Z", None,
    ]


def test_a_state_is_named_as_the_screen_names_it(intake: Intake) -> None:
    typed = {"rectifying": "rectifying", "整改中": "rectifying", "To be assigned": "found", "待交办": "found", "x": "x"}
    for text, name in typed.items():
        assert name in intake.states([text]), text
    assert intake.states(["found", "待交办"])[0] == "found"


@pytest.mark.parametrize(("typed", "reason"), [
    ({"due": "someday"}, "when-not-understood"), ({"designate": "perhaps"}, "usage-flag"), ({"lead": ("FGW", "GAJ")}, "usage-twice"),
])
def test_what_cannot_be_read_is_told(intake: Intake, town: Town, typed: dict[str, object], reason: str) -> None:
    trigger = town.desk.rules.current("rectification").triggers["assign"]
    with pytest.raises(UsageError) as caught:
        intake.command("assign", trigger, typed, None)
    assert caught.value.values["reason"] == reason


def test_a_ticket_that_the_actor_may_not_see_cannot_be_named(town: Town) -> None:
    other = town.assigned("GAJ").number
    trigger = town.desk.rules.current("rectification").triggers["withdraw"]
    assert Intake(town.desk, OFFICE).command("withdraw", trigger, {"of": other}, None).value.input["of"] == other
    with pytest.raises(TicketNotFound):
        Intake(town.desk, CONTACT).command("withdraw", trigger, {"of": other}, None)


def test_files_are_looked_at_and_not_kept(intake: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZG_EVIDENCE", str(tmp_path / "files"))
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    assert [file.evidence.bytes for file in intake.files([str(tmp_path / "x.pdf")])] == [8]
    assert not (tmp_path / "files").exists()


def test_a_role_that_no_rule_names_reads_no_plan(town: Town) -> None:
    with pytest.raises(NotPermitted):
        Intake(town.desk, Actor("x", "visitor", None, "test")).measure("3.1")
