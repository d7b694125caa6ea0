"""Earlier findings that sheets name by number: each is found, asked about or told; never passed over, and never guessed."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.audit.verify import verify
from engine.desk import earlier, opening
from engine.desk.intake import Intake
from engine.desk.showing import show
from engine.desk.tickets import Desk
from engine.errors import Refused
from engine.office.batches import Batches
from engine.office.ledger import entry
from engine.office.ledger.earlier import Named, bearers, plain, read_named
from engine.office.ledger.entry import Ledger, Wishes
from engine.office.ledger.outcome import Outcome
from engine.office.sheets.reader import read_bytes
from engine.office.visits.importing import import_findings
from engine.office.visits.visits import Visits
from engine.record import journal
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.access import Actor
from engine.rules.acts.batch import Letter
from engine.rules.acts.opening import Opening
from engine.rules.loop.visit_acts import Outing
from engine.rules.ticket import Ticket
from engine.views.ledger_proposal import commands
from tests.conftest import new_server_database
from tests.office.ledgers import actions, asked, csv, imported, problems
from tests.office.test_ledger_entry import tickets, told, towns  # noqa: F401 – a fixture
from tests.registry.conftest import OFFICE, Town

HEADS = ("序号", "问题描述", "责任单位", "整改时限", "整改情况", "是否反复", "上次编号")


def row(number: str, repeat: str = "", earlier: str = "", title: str = "", unit: str = "市市场监管局") -> tuple[str, ...]:
    return number, title or f"问题{number}又出现", unit, "2020年11月30日", "整改中", repeat, earlier


def again(*rows: tuple[str, ...], heads: Sequence[str] = HEADS) -> bytes:
    return csv(*rows, heads=heads)


BEFORE = again(row("1", title="评价器停用"), row("2", title="窗口无人", unit="市税务局"), row("HJ-2019-7", title="办电慢"))


def letter(town: Town, number: str) -> str:
    return Batches(town.desk).receive(OFFICE, Letter("督查反馈", number, date(2020, 9, 1), "省营商办")).thing.number


def listed(town: Town) -> Town:
    """With last year's list: 1, 2 and HJ-2019-7."""
    imported(town, BEFORE, commit=True, source="superior", batch=letter(town, "一号"))
    return town


@pytest.fixture(scope="module")
def kept(founded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("listed") / "zg.db"
    shutil.copyfile(founded_file, path)
    with closing(connect(f"sqlite:///{path}")) as database:
        listed(Town(database))
    return path


@pytest.fixture
def known(kept: Path, tmp_path: Path) -> Iterator[Town]:
    """A record with last year's list."""
    shutil.copyfile(kept, tmp_path / "known.db")
    with closing(connect(f"sqlite:///{tmp_path / 'known.db'}")) as database:
        yield Town(database)


def second(town: Town, data: bytes, **wishes: Any) -> Outcome:
    return imported(town, data, source="superior", batch=letter(town, f"二号{town.desk.salt()[:6]}"), **wishes)


def repeats(town: Town) -> dict[str, tuple[str, ...]]:
    return {ticket.number: ticket.repeats for ticket in tickets(town) if ticket.repeats}


# -- what cells say -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("earlier", "repeat", "said"), [
    ("", "", Named()), ("无", "否", Named()), ("/", "", Named()), ("", "首次", Named()),
    ("12、13，14；15;16和17 and 18", "", Named(("12", "13", "14", "15", "16", "17", "18"))),
    ("12\n12", "是", Named(("12",), True)), ("", "是（12、13）", Named(("12", "13"), True)), ("", "是：HJ-7", Named(("HJ-7",), True)),
    ("", "12", Named(("12",), True)), ("", "√", Named((), True)), ("12", "否", Named(("12",), False)),
    ("", "待核", Named((), None, "待核")),
])
def test_numbers_and_yes_or_no_are_read_as_offices_write_them(earlier: str, repeat: str, said: Named) -> None:
    assert read_named(earlier, repeat) == said


@pytest.mark.parametrize("text", ["12", "第12号", "第12条", "编号：12", "上次编号12", "１２", "No.12", "#12"])
def test_what_is_written_around_a_number_is_no_part_of_it(text: str) -> None:
    assert plain(text) == "12"


# -- what becomes of a row ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["12、第12号", "编号：12；12"])
def test_one_number_that_is_written_in_two_ways_counts_once(cell: str) -> None:
    assert len(read_named(cell).numbers) == 1


def test_rows_may_write_one_number_each_in_its_way(known: Town) -> None:
    found = bearers(known.database, ["1", "第1号", "zg-2020-1", "ZG-2020-0001"])
    assert found["1"] == found["第1号"] and [each.number for each in found["zg-2020-1"]] == ["ZG-2020-0001"] == [
        each.number for each in found["ZG-2020-0001"]
    ]


def test_the_senders_number_names_the_ticket_that_came_with_it_and_both_tell_of_each_other(town: Town) -> None:
    known = listed(town)
    found = second(known, again(row("31", "是", "HJ-2019-7"), row("32", "", "1、2")), commit=True)
    assert problems(found) == ["row-earlier-open"] * 3, "a warning, and no refusal"
    assert repeats(known) == {"ZG-2020-0004": ("ZG-2020-0003",), "ZG-2020-0005": ("ZG-2020-0001", "ZG-2020-0002")}
    assert show(known.desk, OFFICE, "4").view["links"] == [{"relation": "repeats", "number": "ZG-2020-0003"}]
    assert show(known.desk, OFFICE, "1").view["links"] == [{"relation": "repeated-by", "number": "ZG-2020-0005"}]
    counted = next(Batches(known.desk).every(OFFICE))
    assert (counted.tickets, counted.repeats) == (2, 2)
    assert known.sound()


def test_our_own_number_names_its_ticket(known: Town) -> None:
    second(known, again(row("31", "", "zg-2020-3")), commit=True)
    assert repeats(known) == {"ZG-2020-0004": ("ZG-2020-0003",)}


@pytest.mark.parametrize(("repeat", "earlier", "code"), [
    ("是", "99", "row-earlier-unknown"), ("", "ZG-2018-0001", "row-earlier-unknown"), ("是", "", "row-repeat-unnamed"),
    ("否", "1", "row-repeat-denied"), ("待核", "", "row-repeat-unclear"), ("", "12-14", "row-earlier-unknown"),
])
def test_what_cannot_be_found_is_told_and_holds_its_row_unless_waived_with_a_reason(
    known: Town, repeat: str, earlier: str, code: str,
) -> None:
    data = again(row("31", repeat, earlier), row("32"))
    held = second(known, data, commit=True)
    assert (actions(held), problems(held)) == (["held", "new"], [code])
    taken = second(known, data, commit=True, waiver="上级来文未附上次清单")
    assert (actions(taken), problems(taken)) == (["new", "same"], [code]), "row 32 of this very file is there already"
    number = next(ticket for ticket in taken.written if known.desk.ticket(OFFICE, ticket).source_ref.endswith("/31"))
    first = known.desk.events(OFFICE, number)[0]
    assert first.words is not None and first.words["waiver"].startswith("上级来文未附上次清单\n")
    assert (earlier or repeat) in first.words["waiver"]
    assert show(known.desk, OFFICE, number).view["waiver"] == first.words["waiver"]
    assert repeats(known) == {} and known.sound()


def test_a_number_that_several_lists_have_is_told_with_those_it_may_be(known: Town) -> None:
    second(known, again(row("1", unit="市财政局", title="收费高")), commit=True)
    found = second(known, again(row("31", "", "1", unit="市税务局")), commit=True)
    assert problems(found) == ["row-earlier-several"]
    assert found.problems[0].problem.values["tickets"] == ["ZG-2020-0001", "ZG-2020-0004"]
    second(known, again(row("32", "", "1")), commit=True)
    assert repeats(known) == {"ZG-2020-0005": ("ZG-2020-0001",)}, "of a list for several units that of the same unit"


def test_a_serial_may_mean_this_list_or_an_earlier_one_and_a_person_says_so_once(known: Town) -> None:
    data = again(row("1", title="别的问题"), row("5", "", "1"), row("6", "", "1"))
    batch = letter(known, "三号")
    assert asked(imported(known, data, source="superior", batch=batch)) == {"earlier": 2}
    for answer, number in (("here", "ZG-2020-0004"), ("before", "ZG-2020-0001")):
        found = imported(known, data, source="superior", batch=batch, answers={"earlier": answer})
        assert actions(found) == ["new", "new", "new"]
        assert [each.repeats or tuple(row.number for row in each.follows) for each in found.readings[1:]] == (
            [("1",), ("1",)] if answer == "here" else [(number,), (number,)]
        )
    imported(known, data, source="superior", batch=batch, answers={"earlier": "here"}, commit=True)
    assert repeats(known) == {"ZG-2020-0005": ("ZG-2020-0004",), "ZG-2020-0006": ("ZG-2020-0004",)}
    again_ = imported(known, data, source="superior", batch=batch, commit=True)
    assert (actions(again_), again_.written, asked(again_)) == (["same"] * 3, [], {})


def test_a_row_is_no_earlier_finding_of_itself(known: Town) -> None:
    assert problems(imported(known, again(row("77", "", "77")), source="superior")) == ["row-earlier-unknown"]


def test_the_former_number_is_the_earlier_one_beside_the_question_whether_it_repeats(known: Town) -> None:
    data = again(row("31", "是", "HJ-2019-7"), heads=(*HEADS[:-1], "原编号"))
    second(known, data, commit=True)
    assert repeats(known) == {"ZG-2020-0004": ("ZG-2020-0003",)}


# -- a ledger of several years ------------------------------------------------------------------------------------------------


CHAIN = (row("A-2018-1"), row("A-2019-1", "是", "A-2018-1"), row("A-2020-9", "是", "A-2019-1、A-2020-10"), row("A-2020-10"))


def test_rows_that_repeat_rows_follow_them_whatever_the_order_and_the_size_of_pieces(
    towns: list[Town], monkeypatch: pytest.MonkeyPatch,  # noqa: F811 – the fixture
) -> None:
    said = []
    for town, piece, order in zip(towns, (500, 1, 2), (None, 1, 2), strict=True):
        monkeypatch.setattr(entry, "WRITTEN", piece)
        rows = list(CHAIN)
        if order is not None:
            random.Random(order).shuffle(rows)  # noqa: S311 – an order, and no secret
        imported(town, again(*rows), commit=True)
        assert imported(town, again(*rows), commit=True).written == []
        said.append(told(town))
        assert town.sound()
    assert said[0] == said[1] == said[2] and len(said[0]) == 4
    assert list(repeats(towns[0]).values()) == [("ZG-2020-0001",), ("ZG-2020-0002", "ZG-2020-0003")]


def test_what_was_interrupted_goes_on_alike(towns: list[Town], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811 – the fixture
    monkeypatch.setattr(entry, "WRITTEN", 1)
    imported(towns[0], again(*CHAIN), commit=True)

    def die(done: int, of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Ledger(towns[1].desk).enter(OFFICE, read_bytes("台账.csv", again(*CHAIN)), Wishes(), commit=True, tick=die)
    imported(towns[1], again(*CHAIN), commit=True)
    assert told(towns[0]) == told(towns[1])


def test_a_row_waits_for_the_row_that_it_repeats_and_a_circle_is_none(town: Town) -> None:
    found = imported(town, again(row("A-2019-1", "待核"), row("A-2020-1", "", "A-2019-1"), row("A-2020-2", "", "A-2020-1")), commit=True)
    assert (actions(found), problems(found)) == (["held"] * 3, ["row-repeat-unclear", "row-earlier-waits", "row-earlier-waits"])
    found = imported(town, again(row("A-2020-1", "", "A-2020-2"), row("A-2020-2", "", "A-2020-1")), commit=True)
    assert (actions(found), problems(found)) == (["held"] * 2, ["row-earlier-circle"] * 2)


def test_what_the_sheet_names_later_is_a_proposal(known: Town) -> None:
    batch = letter(known, "四号")
    imported(known, again(row("31")), source="superior", batch=batch, commit=True)
    found = imported(known, again(row("31", "是", "2")), source="superior", batch=batch, commit=True)
    assert (actions(found), found.written) == (["proposed"], [])
    assert [tuple(each) for each in found.readings[0].proposals] == [("repeats", None, "ZG-2020-0002")]


# -- other doors --------------------------------------------------------------------------------------------------------------


def test_a_unit_learns_of_an_earlier_finding_what_it_may_know_of(known: Town) -> None:
    number = known.desk.open(OFFICE, Opening("又一次", "superior", lead="SHUIWJ", repeats=("ZG-2020-0001", "ZG-2020-0002"))).ticket.number
    [office] = [event.data["repeats"] for event in known.desk.events(OFFICE, number)]
    assert office == ["ZG-2020-0001", "ZG-2020-0002"]
    unit = Actor("x", "contact", "SHUIWJ", "test")
    ticket = journal.read_ticket(known.database, number)[0]  # type: ignore[index]
    seen = known.desk.sight(unit, ticket).ticket(ticket, known.desk.events(OFFICE, number))
    assert seen.repeats == ("ZG-2020-0002",)


def test_a_visits_sheet_names_earlier_findings_too(known: Town, tmp_path: Path) -> None:
    Visits(known.desk).begin(OFFICE, Outing("政务服务大厅", date(2020, 9, 24), ("office",)))
    sheet = tmp_path / "问题.csv"
    rows = ("序号,问题,责任单位,上次编号", "1,评价器又停用,市市场监管局,ZG-2020-0001", "2,无人,市市场监管局,ZG-2019-0001")
    sheet.write_text("\n".join(rows), encoding="utf-8")
    found = import_findings(known.desk, OFFICE, Intake(known.desk, OFFICE), "1", sheet, "rectification", commit=True)
    assert [error.reasons[0].code for _, error in found.problems] == ["row-earlier-unknown"]
    assert repeats(known) == {"ZG-2020-0004": ("ZG-2020-0001",)}


def test_what_was_found_later_is_no_earlier_finding_of_a_row_or_a_visit(known: Town, tmp_path: Path) -> None:
    """By the days that are told; of an item of a ledger that tells none it is not known, and it may be named."""
    heads = (*HEADS, "发现时间")
    found = second(known, again(
        (*row("A-50"), "2020年6月1日"), (*row("A-51", "是", "A-50"), "2020年5月1日"), (*row("A-52", "是", "A-50"), "2020年6月1日"),
        heads=heads,
    ), commit=True)
    assert (actions(found), problems(found)) == (["new", "held", "new"], ["repeats-later"])
    waived = second(known, again((*row("A-53", "是", "A-50、2"), "2020年5月1日"), heads=heads), commit=True, waiver="上级如此登记")
    assert (actions(waived), problems(waived), repeats(known)[waived.written[0]]) == (
        ["new"], ["repeats-later", "row-earlier-open"], ("ZG-2020-0002",),
    )
    opened = known.desk.open(OFFICE, Opening("今天发现", "superior")).ticket.number
    with pytest.raises(Refused) as refusal:
        known.desk.open(OFFICE, Opening("早就发现", "superior", happened_at=known.now - timedelta(days=3), repeats=(opened,)))
    assert [reason.code for reason in refusal.value.reasons] == ["repeats-later"]
    assert known.sound()


def test_a_row_that_is_carried_over_keeps_the_earlier_numbers_that_it_names(known: Town) -> None:
    """Last year's ticket goes on; what it repeats is proposed, and not lost. Its own number of last year is none of them."""
    carried = again((*row("21", "是", "2、HJ-2019-7"), "1"), heads=(*HEADS, "原编号"))
    found = imported(known, carried, source="superior", batch=known.desk.ticket(OFFICE, "1").batch, commit=True)
    assert (actions(found), found.written, found.readings[0].ticket) == (["carried"], [], "ZG-2020-0001")
    assert [tuple(each) for each in found.readings[0].proposals] == [("repeats", None, "ZG-2020-0002、ZG-2020-0003")]
    assert commands(found.readings[0].proposed, "REASON") == [f"zg link ZG-2020-0001 --repeats ZG-2020-000{number}" for number in (2, 3)]


def test_two_people_who_link_the_ends_of_two_chains_at_once_close_no_circle(
    server: str, founded_name: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One by one, whoever holds which tickets: the second reads what the first wrote, and is refused."""
    with new_server_database(server, template=founded_name) as url, closing(connect(url)) as database, closing(connect(url)) as other:
        town = Town(database)
        imported(town, again(row("A-1"), row("A-2", "", "A-3"), row("A-3"), row("A-4", "", "A-1")), commit=True)
        numbers = {ticket.source_ref.rpartition("-")[2]: ticket.number for ticket in tickets(town)}
        refused: list[str] = []

        def link(desk: Desk, number: str, before: str) -> None:
            try:
                desk.repeat(OFFICE, numbers[number], numbers[before])
            except Refused as refusal:
                refused.extend(reason.code for reason in refusal.reasons)

        second_person = threading.Thread(target=link, args=(Town(other).desk, "3", "4"))
        real = earlier.found_before

        def walked(record: Database, ticket: Ticket) -> frozenset[str]:
            """The first has walked its chain when the second comes, and goes on once that one waits, or is through."""
            found = real(record, ticket)
            if record is database:
                second_person.start()
                while second_person.is_alive() and not database.rows("SELECT 1 FROM pg_locks WHERE NOT granted"):
                    pass
            return found

        monkeypatch.setattr(earlier, "found_before", walked)
        link(town.desk, "1", "2")
        second_person.join()
        assert refused == ["repeats-in-circle"]
        assert town.sound()


def test_the_audit_names_a_link_to_what_is_not_in_the_record(town: Town) -> None:
    first = town.desk.open(OFFICE, Opening("有", "superior")).ticket
    town.desk.open(OFFICE, Opening("又有", "superior", repeats=(first.number,)))
    assert town.sound()
    ticket = town.desk.open(OFFICE, Opening("凭空", "superior", repeats=("ZG-2018-0001", first.number))).ticket
    assert [(found.code, found.number, found.field) for found in verify(town.database)] == [
        ("unlawful", ticket.number, "judged-earlier"), ("link", ticket.number, "ZG-2018-0001"),
    ]


def test_the_audit_names_every_link_that_the_desk_refuses(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a desk would write it that does not ask when the others were found, and what they repeat."""
    first, second, third = (town.desk.open(OFFICE, Opening(title, "superior")).ticket for title in ("甲", "乙", "丙"))
    town.desk.repeat(OFFICE, third.number, second.number)
    town.desk.repeat(OFFICE, second.number, first.number)
    assert town.sound()
    monkeypatch.setattr(earlier, "found_since", lambda database, tickets: dict.fromkeys(tickets))
    monkeypatch.setattr(earlier, "found_before", lambda database, ticket: frozenset())
    town.desk.repeat(OFFICE, first.number, third.number)
    monkeypatch.setattr(opening, "not_earlier", lambda database, opening: [])
    before = Opening("早就", "superior", happened_at=town.now - timedelta(days=3), repeats=(first.number,))
    fourth = town.desk.open(OFFICE, before).ticket
    assert [(found.code, found.number, found.field) for found in verify(town.database)] == [
        ("unlawful", first.number, "repeats-in-circle"), ("unlawful", first.number, "repeats-later"),
        ("unlawful", fourth.number, "repeats-later"),
    ]


def test_a_row_is_compared_with_when_its_earlier_finding_was_found_as_the_record_has_it(town: Town) -> None:
    """The sheet may say another day by now."""
    heads = (*HEADS, "发现时间")
    imported(town, again((*row("A-1"), "2020年6月1日"), heads=heads), commit=True)
    found = imported(town, again((*row("A-1"), "2020年4月1日"), (*row("A-2", "是", "A-1"), "2020年5月1日"), heads=heads), commit=True)
    assert (actions(found)[1], problems(found)) == ("held", ["repeats-later"])
    assert town.sound()
