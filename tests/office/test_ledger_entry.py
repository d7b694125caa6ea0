"""Ledgers into the record: nothing twice, nothing closed, nobody told; whatever the order of rows, and however often it was interrupted."""

from __future__ import annotations

import json
import random
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.audit.rebuild import rebuild
from engine.audit.verify import verify
from engine.desk.explaining import explain
from engine.desk.showing import show
from engine.desk.today import one_section
from engine.errors import BatchNotFound, NotPermitted, Refused
from engine.office.batches import Batches
from engine.office.ledger import entry
from engine.office.ledger.entry import Ledger, Wishes
from engine.office.sheets.reader import read_bytes
from engine.record import journal, queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.directory import act_as
from engine.registry.accounts import NewAccount
from engine.rules.access import Actor
from engine.rules.acts.amend import Amendment
from engine.rules.acts.batch import Letter
from engine.rules.acts.command import Command
from engine.rules.ticket import Ticket
from engine.views.facts import facts
from engine.views.today import Line, command_of
from engine.watch.sweep import sweep
from tests.conftest import new_server_database
from tests.office.ledgers import HEADS, actions, asked, book, csv, imported, only, problems, row
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town, enter_the_three, part

LEDGER = csv(
    row("1"), row("2", "办电慢", "市供电公司", "2020年8月31日", "已整改", "2020-08-20"),
    row("3", "登记慢", "市自然资源和规划局", "长期坚持"),
    row("4", "拖欠账款", "市工业和信息化局", "2020年9月15日"), row("5", "收费高", "市发改委", "2020年12月31日", ""),
)


def tickets(town: Town) -> list[Ticket]:
    ids = [found[0] for found in town.database.rows("SELECT id FROM ticket ORDER BY id")]
    return [ticket for ticket, _ in journal.read_tickets(town.database, ids)]


def count(town: Town, table: str) -> int:
    [(number,)] = town.database.rows(f"SELECT count(*) FROM {table}")
    return int(number)


def told(town: Town) -> list[tuple[object, ...]]:
    """What the record says of its tickets, but for where their rows stood."""
    said = []
    for ticket in tickets(town):
        [first] = journal.read_events(town.database, ticket.id)
        data = {**first.data, "origin": {"number": first.data["origin"].get("number"), "sheet": first.data["origin"]["sheet"]}}
        said.append((ticket.number, ticket.state, json.dumps({**data, "words": None}, sort_keys=True), first.words))
    return said


@pytest.fixture
def towns(founded_file: Path, tmp_path: Path) -> Iterator[list[Town]]:
    """Three records that are alike."""
    made = []
    for name in "abc":
        shutil.copyfile(founded_file, tmp_path / name)
        made.append(Town(connect(f"sqlite:///{tmp_path / name}")))
    yield made
    for town in made:
        town.database.close()


# -- what is taken over -------------------------------------------------------------------------------------------------------


def test_a_ledger_is_taken_over_with_its_states_and_dates(town: Town) -> None:
    outcome = imported(town, LEDGER, commit=True)
    assert outcome.written == [f"ZG-2020-000{number}" for number in range(1, 6)]
    found = tickets(town)
    assert [(each.state, each.lead, each.source_ref) for each in found] == [
        ("rectifying", "SCJGJ", "1"), ("verified", "GDGS", "2"), ("rectifying", "ZRZYJ", "3"), ("rectifying", "GXJ", "4"),
        ("found", "FGW", "5"),
    ]
    assert found[1].on_time and found[2].standing and found[3].late_at is not None and found[3].late_at < town.now
    assert town.sound()


def test_nobody_is_told_of_the_past_and_importing_is_no_hand(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    assert count(town, "notice") == 0
    assert {each.hands for each in tickets(town)} == {()} and {each.assigned_by for each in tickets(town)} == {None}


def test_the_same_file_again_is_nothing(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    events = count(town, "event")
    again = imported(town, LEDGER, commit=True)
    assert actions(again) == ["same"] * 5 and (again.written, count(town, "event"), count(town, "notice")) == ([], events, 0)


def test_the_same_file_again_is_nothing_whatever_source_is_answered(town: Town) -> None:
    rows = [(*row("1"), "省评价"), (*row("2", "办电慢"), "省评价"), (*row("", "收费高"), "省评价")]
    data = csv(*rows, heads=(*HEADS, "问题来源"))
    imported(town, data, answers={"source:省评价": "superior"}, commit=True)
    for wishes in ({}, {"source": "visit"}, {"answers": {"source:省评价": "superior"}}):
        again = imported(town, data, commit=True, **wishes)
        assert actions(again) == ["same"] * 3 and again.written == []
    other = imported(town, csv(row("1", "拖欠账款")), commit=True)
    assert actions(other) == ["new"], "the first number of another sender's ledger"


def letter(town: Town, number: str) -> str:
    """A batch that came with a letter."""
    return Batches(town.desk).receive(OFFICE, Letter("问题清单", f"〔2020〕{number}号", town.now.date(), "省营商办")).thing.number


def test_the_same_file_again_is_nothing_whatever_batch_is_named(town: Town) -> None:
    batch = letter(town, "1")
    data = csv(row("1"), row("2", "办电慢"), row("", "收费高"))
    imported(town, data, batch=batch, source="superior", commit=True)
    events = count(town, "event")
    for wishes in ({}, {"source": "superior"}, {"batch": batch, "source": "superior"}, {"batch": letter(town, "2")}):
        again = imported(town, data, commit=True, **wishes)
        assert actions(again) == ["same"] * 3 and again.written == [], wishes
    assert count(town, "event") == events + 1, "the second letter"
    shuffled = csv(row("", "收费高"), row("2", "办电慢"), row("1", due="2020年12月15日"))
    assert actions(imported(town, shuffled, commit=True)) == ["same", "same", "proposed"]
    assert actions(imported(town, csv(row("1", "另一件事很难办")), commit=True)) == ["new"], "a list that counts from one again"


def test_what_came_without_a_batch_is_not_opened_again_with_one(town: Town) -> None:
    imported(town, csv(row("1"), row("", "收费高")), commit=True)
    again = imported(town, csv(row("1", status="已整改", finished="2020-03-01"), row("", "收费高")), batch=letter(town, "1"), commit=True)
    assert actions(again) == ["proposed", "same"] and len(tickets(town)) == 2


@pytest.mark.parametrize("named", [True, False])
def test_a_file_that_two_people_import_at_once_with_and_without_its_batch_opens_nothing_twice(
    town: Town, named: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The other one is through between the look and the writing."""
    batch = letter(town, "1")
    data = csv(row("1"), row("2", "办电慢"), row("", "收费高"), row("3", "登记慢"))
    wishes = [{"batch": batch, "source": "superior"}, {"source": "superior"}]
    other, own = wishes if named else reversed(wishes)
    looked = entry.match
    with closing(connect(town.url)) as database:

        def then(*given: Any) -> None:
            monkeypatch.setattr(entry, "match", looked)
            looked(*given)
            assert len(imported(Town(database), data, commit=True, **other).written) == 4

        monkeypatch.setattr(entry, "match", then)
        found = imported(town, data, commit=True, **own)
    assert actions(found) == ["same"] * 4 and found.written == []
    assert len(tickets(town)) == len({reading.ticket for reading in found.readings}) == 4


def test_who_imports_waits_for_whoever_does_so_at_the_same_moment(
    server: str, founded_name: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second reads what the first wrote, whose row has no key that it knows."""
    with new_server_database(server, template=founded_name) as url, closing(connect(url)) as database, closing(connect(url)) as other:
        town, beside = Town(database), Town(other)
        batch, data = letter(town, "1"), csv(row("1"), row("", "收费高"))
        found: list[list[str]] = []

        def enter() -> None:
            found.append(actions(imported(beside, data, commit=True, source="superior")))

        second = threading.Thread(target=enter)
        real = entry.must_be_in_force

        def asked(record: Database, units: set[str]) -> None:
            """The first knows what is new when the second comes, and goes on once that one waits, or is through."""
            if record is database:
                second.start()
                while second.is_alive() and not database.rows("SELECT 1 FROM pg_locks WHERE NOT granted"):
                    pass
            real(record, units)

        monkeypatch.setattr(entry, "must_be_in_force", asked)
        first = imported(town, data, commit=True, batch=batch, source="superior")
        second.join()
        assert (actions(first), found, len(tickets(town))) == (["new", "new"], [["same", "same"]], 2)


def test_of_an_item_without_a_number_whose_words_were_changed_a_person_says_whether_it_is_the_same(town: Town) -> None:
    imported(town, csv(row("", "收费高", remark="五月")), commit=True)
    assert actions(imported(town, csv(row("", "收费高", status="已整改", finished="2020-03-01", remark="五月")))) == ["proposed"]
    changed = csv(row("", "收费高", remark="六月"))
    waits = imported(town, changed, commit=True)
    assert actions(waits) == ["asked"] and asked(waits) == {"again": 1}
    assert actions(imported(town, changed, answers={"again": "same"})) == ["proposed"]
    assert actions(imported(town, changed, answers={"again": "others"}, commit=True)) == ["new"]
    assert actions(imported(town, changed)) == ["same"] and len(tickets(town)) == 2


def test_an_item_without_a_number_is_known_again_whoever_became_known_since(town: Town) -> None:
    heads = (*HEADS, "分管领导")
    data = csv((*row("", "收费高"), "王主任"), heads=heads)
    imported(town, data, commit=True)
    town.registry.accounts.add(ADMIN, NewAccount("wang", "王主任", "leader"))
    assert imported(town, data, commit=True).written == []


def test_a_source_that_nobody_knows_is_asked_and_is_not_taken_for_an_own_finding(town: Town) -> None:
    data = csv((*row("1"), "省评价"), heads=(*HEADS, "问题来源"))
    waits = imported(town, data, commit=True)
    assert actions(waits) == ["asked"] and [(question.key, question.holds) for question, _ in waits.questions] == [("source:省评价", True)]
    assert actions(imported(town, data, answers={"source:省评价": "superior"}, commit=True)) == ["new"]
    assert [each.source for each in tickets(town)] == ["superior"]


def test_a_preview_writes_nothing_and_says_what_a_commit_does(town: Town) -> None:
    events = count(town, "event")
    preview = imported(town, LEDGER)
    assert (count(town, "event"), count(town, "ticket"), preview.written) == (events, 0, [])
    assert [each.item for each in preview.readings] == [each.item for each in imported(town, LEDGER, commit=True).readings]


def test_a_limit_in_working_days_counts_from_the_assignment_and_why_says_what_set_it(town: Town) -> None:
    batch = Batches(town.desk).receive(OFFICE, Letter("问题清单", "12号", town.now.date(), "省营商办")).thing
    data = csv(row("1", due="15个工作日", status=""))
    imported(town, data, commit=True, batch=batch.number)
    [ticket] = tickets(town)
    assert (ticket.stated_limit, ticket.promise, ticket.detail) == ("15 working days", None, None)
    view = explain(town.desk, OFFICE, ticket.number).view
    assert view["limit"] == {"amount": "15 working days", "batch": batch.number, "sheet": None, "row": 2}
    [same] = imported(town, data, batch=batch.number).readings
    assert (same.action, same.proposals) == ("same", ())
    [other] = imported(town, csv(row("1", due="20个工作日", status="")), batch=batch.number).readings
    assert [(each.field, each.was, each.says) for each in other.proposals] == [("limit", "15 working days", "20 working days")]
    assigned = town.desk.do(OFFICE, ticket.number, Command("assign", {"lead": "FGW"})).ticket
    promise = assigned.promise
    assert promise is not None and (promise.amount, promise.due_at.date()) == ("15 working days", date(2020, 10, 22))
    declined = town.desk.do(CONTACT, ticket.number, Command("decline", {"clause": "职责"}, {"reason": "不属本单位职责"})).ticket
    again = town.desk.do(OFFICE, declined.number, Command("assign", {"lead": "SCJGJ"})).ticket.promise
    assert again is not None and again.amount == "15 working days", "whoever takes it next has the same limit"
    assert town.sound()


def test_what_runs_goes_on_by_its_own_date(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    later = town.at("2020-12-01T09:00")
    sweep(later.desk)
    fired = [(event.ticket, event.data["rung"]) for ticket in tickets(town) for event in journal.read_events(town.database, ticket.id)
             if event.kind == "escalated"]
    assert (1, "urging") in fired and not any(rung == "reminder" for stream, rung in fired if stream == tickets(town)[3].id)
    assert later.sound()


def test_a_record_is_made_anew_from_what_was_imported(towns: list[Town], tmp_path: Path) -> None:
    imported(towns[0], LEDGER, commit=True)
    rebuild(towns[0].database, f"sqlite:///{tmp_path / 'anew.db'}")
    with closing(connect(f"sqlite:///{tmp_path / 'anew.db'}")) as database:
        assert list(verify(database)) == []
        assert [each[1:] for each in told(Town(database))] == [each[1:] for each in told(towns[0])]


# -- laws ---------------------------------------------------------------------------------------------------------------------


UNITS = ("市市场监管局", "市税务局", "市公安局、市财政局", "各县（市、区）", "市工商局", "")
ROWS = st.builds(
    row, st.integers(1, 40).map(str), st.text("材料慢费高乱", min_size=1, max_size=6), st.sampled_from(UNITS),
    st.sampled_from(("2020年11月30日", "2020年8月1日", "长期坚持", "6.3", "")),
    st.sampled_from(("整改中", "已整改", "未闭环", "", "已上报")),
    st.sampled_from(("", "2020-08-01")),
)


@settings(max_examples=12)
@given(st.lists(ROWS, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_size_of_pieces_change_nothing(founded_file: Path,
tmp_path_factory: pytest.TempPathFactory, rows: Sequence[object], order: random.Random) -> None:
    folder = tmp_path_factory.mktemp("law")
    shuffled = list(rows)
    order.shuffle(shuffled)
    said, size = [], entry.WRITTEN
    for name, each, piece in (("one", rows, size), ("other", shuffled, 1 + order.randrange(3))):
        shutil.copyfile(founded_file, folder / name)
        with closing(connect(f"sqlite:///{folder / name}")) as database:
            town = Town(database)
            try:
                entry.WRITTEN = piece
                imported(town, csv(*each), commit=True)
                again = imported(town, csv(*each), commit=True)
            finally:
                entry.WRITTEN = size
            assert again.written == [] and count(town, "notice") == 0
            said.append(told(town))
    assert said[0] == said[1]


def test_the_order_of_sheets_changes_nothing(towns: list[Town]) -> None:
    one = {"甲": [HEADS, row("1"), row("2", "办电慢")], "乙": [HEADS, row("1", "登记慢"), row("10", "收费高"), row("9", "拖欠账款")]}
    imported(towns[0], book(one), commit=True)
    imported(towns[1], book(dict(reversed(one.items()))), commit=True)
    assert told(towns[0]) == told(towns[1]) and len(told(towns[0])) == 5


def test_a_workbook_that_gains_or_loses_a_sheet_opens_nothing_again(town: Town) -> None:
    first = [HEADS, row("1", "企业开办材料多"), row("2", "不动产登记慢")]
    second = [HEADS, row("1", "办电慢"), row("2", "收费高")]
    imported(town, book({"第一批": first}), commit=True)
    grown = imported(town, book({"第一批": first, "第二批": second}), commit=True)
    assert actions(grown) == ["same", "same", "new", "new"]
    assert [reading.ticket for reading in grown.readings][:2] == ["ZG-2020-0001", "ZG-2020-0002"]
    for sheets in ({"第二批": second}, {"第二批": second, "第一批": first}, {"第一批": first}):
        again = imported(town, book(sheets), commit=True)
        assert set(actions(again)) == {"same"} and again.written == []
    renamed = imported(town, book({"一": first, "第二批": second}), commit=True)
    assert set(actions(renamed)) == {"same"} and renamed.written == []
    others = {"第一批": [HEADS, row("1", "拖欠账款")], "第二批": [HEADS, row("1", "办电慢")]}
    other = imported(town, book(others), commit=True)
    assert actions(other) == ["held", "same"] and problems(other) == ["row-other-matter"], "a number that is another matter now"
    assert len(told(town)) == 4 and town.sound()


def test_whatever_sheets_come_in_whatever_order_each_item_is_taken_over_once(towns: list[Town]) -> None:
    luck = random.Random(20200302)  # noqa: S311 – a fixed lot
    matters = ("企业开办", "不动产登记", "获得电力", "拖欠账款", "招标投标", "纳税服务", "跨境贸易", "知识产权", "劳动监管")
    sheets = {
        name: [HEADS, *(row(str(number), f"{matters[3 * place + number - 1]}问题突出") for number in (1, 2, 3))]
        for place, name in enumerate(("甲", "乙", "丙"))
    }
    for town in towns:
        for _ in range(3):
            some = luck.sample(list(sheets), luck.randint(1, 3))
            imported(town, book({name: sheets[name] for name in some}), commit=True)
        imported(town, book(sheets), commit=True)
        assert sorted(ticket.title for ticket in tickets(town)) == sorted(f"{matter}问题突出" for matter in matters)


def test_what_was_interrupted_and_run_again_ends_alike(towns: list[Town], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "WRITTEN", 2)
    imported(towns[0], LEDGER, commit=True)

    def die(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Ledger(towns[1].desk).enter(OFFICE, read_bytes("台账.csv", LEDGER), Wishes(), commit=True, tick=die)
    assert len(tickets(towns[1])) == 2
    imported(towns[1], LEDGER, commit=True)
    assert told(towns[0]) == told(towns[1])


# -- a file that comes again with other words ---------------------------------------------------------------------------------


def test_what_the_file_says_otherwise_is_a_proposal_and_changes_nothing(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    before = tickets(town)
    other = csv(row("1",
    "企业开办材料仍然重复提交", "市税务局", "2020年12月31日", "已整改", "2020-09-20"), row("3", "登记慢", "市自然资源和规划局", "<清空>"))
    outcome = imported(town, other, commit=True)
    assert [(each.field, each.says) for each in outcome.readings[0].proposals] == [
        ("title", "企业开办材料仍然重复提交"), ("due", "2020-12-31"), ("lead", "SHUIWJ"), ("state", "verified"),
    ]
    assert tickets(town) == before


def test_what_a_ledger_proposes_waits_until_somebody_of_the_office_acts(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    changed = LEDGER.replace("2020年9月15日".encode(), "2020年12月31日".encode())

    def waits() -> list[tuple[str, str]]:
        section = one_section(town.desk, OFFICE, "proposed", 20)
        assert section is not None
        return [(line.ticket.number, command_of(line, "4")) for line in section.lines if isinstance(line, Line)]

    imported(town, changed)
    assert waits() == [], "a preview keeps nothing"
    imported(town, changed, commit=True)
    assert waits() == [("ZG-2020-0004", "zg amend ZG-2020-0004 --due 2020-12-31 --reason TEXT")]
    assert show(town.desk, OFFICE, "4").view["proposed"]["changes"] == [{"field": "due", "old": "2020-09-15", "new": "2020-12-31"}]
    assert "proposed" not in show(town.desk, Actor("gxj", "contact", "GXJ", "test"), "4").view, "that is for the office"
    events = count(town, "event")
    imported(town, changed, commit=True)
    assert count(town, "event") == events, "the same file again"
    imported(town, LEDGER, commit=True)
    assert waits() == [], "what the file says no more"
    imported(town, changed, commit=True)
    town.desk.amend(OFFICE, "4", Amendment("照台账更正", due=datetime(2020, 12, 31, 10, tzinfo=UTC)))
    assert waits() == [] and actions(imported(town, changed, commit=True))[3] == "same"
    assert waits() == [] and town.sound()


def test_a_blank_cell_leaves_everything_as_it_is(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    outcome = imported(town, csv(row("1", unit="", due="", status="")), commit=True)
    assert actions(outcome) == ["same"]


def test_what_people_decided_outranks_the_file_that_said_otherwise_before(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    town.desk.amend(OFFICE, "1", Amendment("核实", title="开办材料重复"))
    town.desk.do(OFFICE, "1", Command("withdraw", {"as": "not-a-problem"}, {"reason": "核实"}))
    assert actions(imported(town, LEDGER, commit=True)) == ["same"] * 5


def test_a_number_that_is_another_matter_is_no_proposal(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    outcome = imported(town, csv(row("1", "不动产登记排队时间长")), commit=True)
    assert (actions(outcome), problems(outcome)) == (["held"], ["row-other-matter"])
    assert actions(imported(town, csv(row("1", "不动产登记排队时间长")), source="inspection", commit=True)) == ["new"]


def test_words_that_were_erased_are_not_proposed_again(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    town.desk.ask_erasure(OFFICE, "1", 1, "涉及个人信息")
    town.desk.erase(Actor("admin", "admin", None, "test"), "1", 1)
    assert actions(imported(town, LEDGER)) == ["same"] * 5


def test_a_sheet_with_our_own_numbers_finds_its_tickets(town: Town) -> None:
    number = town.assigned("SCJGJ").number
    outcome = imported(town, csv(row(number, "企业开办材料重复提交 1")))
    assert (only(outcome).action, only(outcome).ticket) == ("proposed", number)


def test_what_is_carried_over_is_last_years_ticket(town: Town) -> None:
    imported(town, LEDGER, commit=True)
    carried = csv((*row("21"), "1"), heads=(*HEADS, "原编号"))
    outcome = imported(town, carried, commit=True)
    assert (only(outcome).action, only(outcome).ticket, outcome.written) == ("carried", "ZG-2020-0001", [])


# -- batches, bad rows, what is remembered --------------------------------------------------------------------------------------


def test_numbers_are_unique_in_a_batch(town: Town) -> None:
    numbers = [letter(town, text) for text in ("1", "2")]
    for batch, title in zip(numbers, ("企业开办材料重复提交", "另一件事很难办"), strict=True):
        assert actions(imported(town, csv(row("1", title)), batch=batch, source="superior", commit=True)) == ["new"]
    assert [(each.batch, each.source_ref) for each in tickets(town)] == [(batch, f"{batch}/1") for batch in numbers]
    with pytest.raises(BatchNotFound):
        imported(town, csv(row("2")), batch="B-2020-0099", commit=True)
    Batches(town.desk).close(OFFICE, numbers[0])
    with pytest.raises(Refused):
        imported(town, csv(row("2")), batch=numbers[0], source="superior", commit=True)
    assert town.sound()


def test_good_rows_are_not_held_back_by_bad_ones_unless_asked(town: Town) -> None:
    data = csv(row("1"), row("2", "", "市公安局"), row("3", "办电慢", "市工商局"))
    assert imported(town, data, commit=True, all_or_nothing=True).written == [] and tickets(town) == []
    outcome = imported(town, data, commit=True)
    assert (actions(outcome), problems(outcome), len(outcome.written)) == (["new", "held", "asked"], ["row-without-title"], 1)
    whole = imported(town, csv(row("5", "登记慢"), row("6", "收费高")), commit=True, all_or_nothing=True)
    assert len(whole.written) == 2


def test_a_refused_file_writes_nothing(town: Town) -> None:
    outcome = imported(town, csv(row(due="2019年1月1日"), title="2020年整改台账"), commit=True)
    assert not outcome.committed and tickets(town) == []


def test_what_is_said_of_a_column_is_remembered_for_the_next_time(town: Town) -> None:
    heads = (*HEADS[:2], "落实", *HEADS[3:])
    first = imported(town, csv(row("1"), heads=heads), named={"落实": ("lead",)}, commit=True)
    assert only(first).item.opening.lead == "SCJGJ"  # type: ignore[union-attr]
    assert len(town.entries("ledger-columns")) == 1
    again = imported(town, csv(row("1"), heads=heads), named={"落实": ("lead",)}, commit=True)
    assert only(again).action == "same" and len(town.entries("ledger-columns")) == 1
    other = imported(town, csv(row("2", "办电慢"), heads=heads))
    assert only(other).item.opening.lead == "SCJGJ" and town.sound()  # type: ignore[union-attr]


def test_what_is_said_of_a_column_is_kept_with_the_rows_or_not_at_all(town: Town) -> None:
    heads, named = (*HEADS[:2], "落实", *HEADS[3:]), {"落实": ("lead",)}
    held = imported(town, csv(row("1"), row("2", ""), heads=heads), named=named, commit=True, all_or_nothing=True)
    assert held.written == [] and town.entries("ledger-columns") == []
    letter = Batches(town.desk).receive(OFFICE, Letter("问题清单", "〔2020〕1号", town.now.date(), "省营商办")).thing.number
    Batches(town.desk).close(OFFICE, letter)
    with pytest.raises(Refused):
        imported(town, csv(row("1"), heads=heads), named=named, commit=True, batch=letter, source="superior")
    assert town.entries("ledger-columns") == [] and tickets(town) == []


def test_what_was_answered_is_not_asked_again(town: Town) -> None:
    batch, other = letter(town, "1"), letter(town, "2")
    first = csv(row("1", unit="各县（市、区）"), row("2", "办电慢", "市工商局"), row("3", "收费高", status="已整改"))
    answers = {"groups": "each", "unit:市工商局": "市市场监管局", "done-undated": "2020-03-02"}
    done = imported(town, first, batch=batch, source="superior", answers=answers, commit=True)
    assert asked(done) == {} and len(done.written) > 5 and done.recalled == {}
    said = len(town.entries("ledger-answers"))
    again = imported(town, first, commit=True)
    assert (again.written, asked(again), again.recalled) == ([], {}, answers), "the same file, whatever batch"
    imported(town, first, batch=batch, source="superior", answers=answers, commit=True)
    assert len(town.entries("ledger-answers")) == said == 3, "for all ledgers, the batch and the file"
    second = csv(row("8", "电价高", "各县（市、区）"), row("9", "排队长", "市工商局"), row("10", "证明多", status="已整改"))
    assert asked(imported(town, second, batch=batch, source="superior")) == {"done-undated": 1}, "the day was that of another file"
    assert asked(imported(town, second, batch=other, source="superior")) == {"groups": 1, "done-undated": 1}
    otherwise = imported(town, second, batch=batch, source="superior", answers={"groups": "none"})
    assert otherwise.recalled == {"unit:市工商局": "市市场监管局"} and town.sound()


def test_an_answer_of_before_that_fits_no_more_is_asked_again(town: Town) -> None:
    imported(town, csv(row("1", unit="市工商局")), answers={"unit:市工商局": "市市场监管局"}, commit=True)
    town.registry.units.merge(OFFICE, "SCJGJ", "FGW", town.now.date(), "机构改革")
    assert asked(imported(town, csv(row("2", "办电慢", "市工商局")))) == {"unit:市工商局": 1}


def test_only_the_office_imports(town: Town) -> None:
    for actor in (CONTACT, Actor("leader", "leader", None, "test"), Actor("auditor", "auditor", None, "test")):
        with pytest.raises(NotPermitted):
            imported(town, LEDGER, actor=actor)


def test_a_unit_that_ended_meanwhile_is_given_nothing_to_do(town: Town) -> None:
    assert town.database.row(queries.NUMBER_BY_KEY, source="self", source_ref="1") is None
    outcome = imported(town, csv(row("1", unit="市某某局")), commit=True)
    assert actions(outcome) == ["asked"] and tickets(town) == []


def test_what_the_ledger_told_of_the_past_is_shown_told_and_explained(town: Town) -> None:
    heads = ("编号", "问题", "责任单位", "交办日期", "整改时限", "整改状态", "完成时间")
    running = ("9", "没有叫号机", "市市场监管局", "2020-05-20", "原6.30延至9.30", "整改中", "")
    over = ("10", "窗口没有告知单", "市市场监管局", "2020-05-20", "2020-06-30", "已完成", "2020-06-20")
    imported(town, csv(running, over, heads=heads), commit=True)
    origin, finished = (show(town.desk, OFFICE, ticket.number).view["origin"] for ticket in tickets(town))
    assert origin is not None and finished is not None
    assert (origin["number"], origin["row"], len(origin["extended"]), origin["finished_at"]) == ("9", 2, 1, None)
    assert origin["assigned_at"] and finished["finished_at"] and finished["closed_at"]
    told = [[fact.code for fact in facts(town.desk.events(OFFICE, ticket.number)[0])] for ticket in tickets(town)]
    assert [[code for code in codes if code.startswith("past-")] for codes in told] == [
        ["past-assigned", "past-extended"], ["past-assigned", "past-finished", "past-closed"],
    ]
    first = tickets(town)[0]
    assert [clock["fixed_by"] for clock in explain(town.desk, OFFICE, first.number).view["clocks"]][:1] == ["ledger"]
    town.desk.amend(OFFICE, first.number, Amendment("调整时限", due=datetime(2020, 12, 1, tzinfo=UTC)))
    assert [clock["fixed_by"] for clock in explain(town.desk, OFFICE, first.number).view["clocks"]][:1] == ["person"]


# -- who complained -----------------------------------------------------------------------------------------------------------


COMPLAINTS = (
    "投诉人,联系电话", "投诉人,举报人", "来电号码,手机号码", "诉求人联系方式,反映人电话", "投诉人,联系方式", "举报人,举报电话",
    "姓名,身份证号", "信访人,联系人", "举报人姓名,举报人身份证号", "反映人,联系地址", "市民电话,联系方式(投诉人)",
    "complainant,phone", "来电人及电话,投诉电话",
)
"""Heads of who complained and how they are reached, two by two."""


@pytest.mark.parametrize("heads", COMPLAINTS)
def test_who_complained_is_read_by_the_office_alone(town: Town, heads: str) -> None:
    data = csv(("1", "办电慢", "市供电公司", "2020年8月31日", "整改中", "金丝雀甲", "金丝雀乙"), heads=(*HEADS[:5], *heads.split(",")))
    imported(town, data, commit=True, source="complaint")
    [ticket] = tickets(town)
    [first] = journal.read_events(town.database, ticket.id)
    assert "金丝雀" not in json.dumps([ticket.title, ticket.detail, first.data, first.words], ensure_ascii=False)
    secret = town.desk.secret(OFFICE, ticket)
    assert all(bird in "\n".join(secret.values()) for bird in ("金丝雀甲", "金丝雀乙")), "and the office reads both"
    assert town.desk.secret(CONTACT, ticket) == {}


def test_a_telephone_beside_who_is_responsible_is_the_units(town: Town) -> None:
    heads = (*HEADS[:3], "责任人", "联系电话", "投诉人", "手机")
    imported(town, csv(("1", "办电慢", "市供电公司", "李四", "0375-1", "张三", "0375-2"), heads=heads), commit=True)
    [ticket] = tickets(town)
    assert ticket.detail == "责任人：李四\n联系电话：0375-1"
    assert town.desk.secret(OFFICE, ticket) == {"complainant": "张三", "phone": "0375-2"}


def test_the_office_takes_ledgers_over_where_the_administrators_work_is_parted_in_three(town: Town) -> None:
    enter_the_three(town)
    part(town)
    office = act_as(town.database, "office", "test", town.now)
    data = csv(row("1", unit="市场局"), row("2"))
    said = {"source": "superior", "named": {"问题描述": ("title",)}, "answers": {"unit:市场局": "SCJGJ"}}
    done = imported(town, data, actor=office, commit=True, **said)
    assert (done.committed, actions(done)) == (True, ["new", "new"])
    imported(town, csv(row("2", "企业开办材料重复提交", due="2020年12月31日")), actor=office, commit=True, source="superior")
    assert [finding.code for finding in verify(town.database)] == []
