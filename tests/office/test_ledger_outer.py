"""The superior's own date (上级时限) in ledgers: beside ours, beside a blank column, and where the workflow keeps one date only."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

from engine.audit.verify import verify
from engine.desk.wanted import Wanted
from engine.office.ledger.ticket_row import Speech
from engine.office.ledger.writer import Writer
from engine.office.sheets.reader import read
from engine.record import journal
from engine.record.connection import connect
from engine.views.names import Naming
from engine.views.ticket import outer_at
from engine.words.phrase import Phrase
from tests.office.ledgers import actions, asked, csv, imported, only, problems
from tests.registry.conftest import OFFICE, Town

HEADS = ("序号", "问题描述", "责任单位", "办结时限", "我办时限", "上级时限")
"""What a superior's list looks like after the office wrote its own date into it: the sender's own column is blank."""


def line(blank: str = "", ours: str = "2020-10-20", outer: str = "2020-10-31") -> tuple[str, ...]:
    return ("7", "企业开办材料重复提交", "市市场监管局", blank, ours, outer)


def test_the_filled_column_beats_the_blank_one_and_the_superiors_date_is_kept_beside_it(town: Town) -> None:
    outcome = imported(town, csv(line(), heads=HEADS), commit=True, workflow="superior", source="superior")
    assert (actions(outcome), problems(outcome)) == (["new"], [])
    [(ticket, _)] = journal.read_tickets(town.database, [1])
    promise, outer = ticket.promise, outer_at(ticket, town.desk.definition(ticket))
    zone = town.desk.rules.zone()
    assert promise is not None
    assert outer is not None
    assert (promise.due_at.astimezone(zone).date(), outer.astimezone(zone).date()) == (date(2020, 10, 20), date(2020, 10, 31))
    assert ticket.deadlines["outer"].next_at is not None, "the office is warned before it, also while nobody is assigned"
    assert list(verify(town.database)) == []


def test_what_a_superiors_list_calls_rectified_waits_for_the_superior(town: Town) -> None:
    heads = (*HEADS, "整改情况", "完成时间")
    data = csv((*line(), "已整改", "2020-07-01"), ("8", "办电慢", *line()[2:], "已销号", "2020-07-01"), heads=heads)
    imported(town, data, commit=True, workflow="superior", source="superior")
    states = [ticket.state for ticket, _ in journal.read_tickets(town.database, [1, 2])]
    assert states == ["checked", "closed"]
    assert list(verify(town.database)) == []


def test_two_columns_that_say_two_limits_are_asked_about_once(town: Town) -> None:
    data = csv(line("2020-10-15"), ("8", "办电慢", *line("2020-10-15")[2:]), heads=HEADS)
    outcome = imported(town, data, workflow="superior", source="superior")
    assert (asked(outcome), actions(outcome)) == ({"which-limit": 2}, ["asked", "asked"])
    answered = imported(town, data, workflow="superior", source="superior", answers={"which-limit": "我办时限"})
    dues = {reading.told["due"] for reading in answered.readings}
    assert (dues, actions(answered)) == ({date(2020, 10, 20)}, ["new", "new"])
    assert all("2020-10-15" in str(reading.told["detail"]) for reading in answered.readings), "the other one is kept"


def test_a_limit_after_the_superiors_date_is_told_and_holds_nothing_back(town: Town) -> None:
    outcome = imported(town, csv(line(ours="2020-11-20"), heads=HEADS), workflow="superior", source="superior")
    assert (actions(outcome), problems(outcome)) == (["new"], ["row-beyond-outer"])


def test_a_workflow_of_one_date_takes_the_superiors_where_there_is_no_other_and_says_so(town: Town) -> None:
    alone = imported(town, csv(line(ours=""), heads=HEADS))
    assert only(alone).told["due"] == date(2020, 10, 31)
    assert [remark.code for remark in alone.remarks].count("ledger-outer") == 1
    both = only(imported(town, csv(line(), heads=HEADS)))
    assert (both.told["due"], both.told.get("outer")) == (date(2020, 10, 20), None)
    assert "上级时限：2020-10-31" in str(both.told["detail"])


def test_a_column_of_another_name_is_the_superiors_date_where_somebody_says_so(town: Town) -> None:
    heads = (*HEADS[:5], "上面给的日子")
    outcome = imported(town, csv(line(), heads=heads), workflow="superior", source="superior", named={"上面给的日子": ("outer",)})
    assert only(outcome).told["outer"] == date(2020, 10, 31)


def test_what_goes_out_with_both_dates_comes_in_again_as_it_is(town: Town, tmp_path: Path) -> None:
    imported(town, csv(line(), heads=HEADS), commit=True, workflow="superior", source="superior")
    for language in ("zh", "en"):
        speech = Speech(language, lambda definition, language=language: Phrase(language, definition=definition), Naming(town.database))
        Writer(town.desk, OFFICE, speech).write(Wanted(limit=None), tmp_path / f"{language}.xlsx", "xlsx")
        book = read(tmp_path / f"{language}.xlsx")
        again = imported(town, (tmp_path / f"{language}.xlsx").read_bytes(), workflow="superior")
        assert "2020-10-31" in [cell.text for cell in book.sheets[0].rows[-1].cells]
        assert actions(again) == ["same"], [reading.proposals for reading in again.readings]
    moved = imported(town, csv(line(outer="2020-11-30"), heads=HEADS), workflow="superior", source="superior")
    [proposal] = only(moved).proposals
    assert proposal.field == "outer"


def test_the_senders_number_goes_out_beside_ours_and_comes_in_again(town: Town, tmp_path: Path, founded_file: Path) -> None:
    given = csv(line(), ("8", "窗口无人值守", "市公安局", "", "", "2020-10-31"), heads=HEADS)
    imported(town, given, commit=True, workflow="superior", source="superior")
    written = tmp_path / "台账.xlsx"
    speech = Speech("zh", lambda definition: Phrase("zh", definition=definition), Naming(town.database))
    Writer(town.desk, OFFICE, speech).write(Wanted(limit=None), written, "xlsx")
    [sheet, _] = read(written).sheets
    heads = next(row.texts for row in sheet.rows if "来文编号" in row.texts)
    assert sorted(row.texts[heads.index("来文编号")] for row in sheet.rows if row.texts[0].startswith("ZG-")) == ["7", "8"]
    again = imported(town, written.read_bytes(), name="台账.xlsx", commit=True, source="superior")
    assert actions(again) == ["same", "same"]
    shutil.copyfile(founded_file, tmp_path / "other.db")
    with closing(connect(f"sqlite:///{tmp_path / 'other.db'}")) as database:
        other = Town(database)
        imported(other, written.read_bytes(), commit=True, workflow="superior", source="superior")
        assert {reading.key for reading in imported(other, given, workflow="superior", source="superior").readings} == {"7", "8"}
        assert actions(imported(other, given, workflow="superior", source="superior")) == ["same", "same"], "by the sender's number"
