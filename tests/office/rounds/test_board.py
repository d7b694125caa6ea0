"""The board as a unit reads it: what is about it, and what it has to put right, and no row of anybody else."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.office.rounds.board import board
from engine.office.rounds.closing import close_round
from engine.office.rounds.shown import board_view
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from tests.office.rounds.conftest import LEADS, Loop
from tests.registry.conftest import OFFICE

LEAD = LEADS["3.5-1"]
COUNTIES = {code: Actor(code.lower(), "contact", code, "test") for code in ("BFX", "JX")}
ONE, NOW = ("3.5-1",), datetime(2020, 12, 1, tzinfo=UTC)


def measured(loop: Loop, day: str, *values: str) -> str:
    """A round in which 宝丰县 and 郏县 are measured."""
    number = loop.start(day, targets=ONE, subjects=("BFX", "JX"))
    loop.load(number, *(f"3.5-1,{name},{value}," for name, value in zip(("宝丰县", "郏县"), values, strict=False)))
    return number


def rows(loop: Loop, actor: Actor) -> list[tuple[str, list[str], bool]]:
    """The lines that somebody reads: about whom, of which rounds, and whether with a ticket."""
    view = board_view(board(loop.town.desk, actor), NOW)
    assert set(view["rounds"]) == {cell["round"] for row in view["rows"] for cell in row["cells"]}
    return [(row["subject"], [cell["round"] for cell in row["cells"]], row["ticket"] is not None) for row in view["rows"]]


def assigned(loop: Loop, pair: str, number: str, lead: str | None = None) -> str:
    ticket = loop.of(pair, number).number
    loop.town.desk.do(OFFICE, ticket, Command("assign", {"lead": lead} if lead else {}))
    return ticket


def test_whoever_is_measured_reads_its_line_once_it_was_issued_whoever_leads(loop: Loop) -> None:
    first = measured(loop, "2020-06-30", "9", "1")
    assert rows(loop, COUNTIES["BFX"]) == []
    assigned(loop, "3.5-1|BFX", first)
    assert rows(loop, COUNTIES["BFX"]) == [("BFX", [first], False)], "the ticket is another unit's"
    assert rows(loop, COUNTIES["JX"]) == [], "what opened nothing is issued when the round is closed"
    assert rows(loop, LEAD) == [("BFX", [first], True)]
    close_round(loop.town.desk, OFFICE, first, None)
    assert rows(loop, COUNTIES["JX"]) == [("JX", [first], False)]


def test_a_duplicate_shows_no_unit_the_row_of_another(loop: Loop) -> None:
    first = measured(loop, "2020-06-30", "9", "8")
    own = assigned(loop, "3.5-1|JX", first, "JX")
    repeated = loop.of("3.5-1|BFX", first).number
    loop.town.desk.do(OFFICE, repeated, Command("withdraw", {"as": "duplicate", "of": own}, {"reason": "重复"}))
    loop.at("2020-09-01")
    second = measured(loop, "2020-08-31", "7", "6")
    assert loop.round(second).results["3.5-1|BFX"].ticket == own
    assert [row[0] for row in rows(loop, COUNTIES["JX"])] == ["JX"]


def test_whoever_leads_reads_no_round_of_before_but_that_by_which_it_was_found(loop: Loop) -> None:
    first = measured(loop, "2020-06-30", "9", "1")
    ticket = assigned(loop, "3.5-1|BFX", first, "SCJGJ")
    loop.at("2020-09-01")
    second = measured(loop, "2020-08-31", "8", "1")
    loop.town.desk.do(OFFICE, ticket, Command("reassign", {"lead": "ZRZYJ"}, {"reason": "职责调整"}))
    loop.at("2020-10-09")
    third = measured(loop, "2020-09-30", "7", "1")
    assert rows(loop, LEAD) == [("BFX", [first, third], True)]
    [line] = board(loop.town.desk, LEAD).lines
    assert line.cells[-1].to_last == "-2", "counted from what the reader knows, and not from the round between"
    assert [row[1] for row in rows(loop, OFFICE)] == [[first, second, third]] * 2


def test_a_rate_and_a_score_are_not_compared(loop: Loop) -> None:
    loop.load(loop.start("2020-06-30", targets=("3.4:rate>=85",), subjects=("JX",)), "3.4,郏县,,72%", head="目标,被评对象,数值,得分率")
    loop.at("2020-09-01")
    loop.load(loop.start("2020-08-31", targets=("3.4:score>=80",), subjects=("JX",)), "3.4,郏县,,86", head="目标,被评对象,数值,得分")
    loop.at("2020-10-09")
    loop.load(loop.start("2020-09-30", targets=("3.4:score>=80",), subjects=("JX",)), "3.4,郏县,,88", head="目标,被评对象,数值,得分")
    [line] = board_view(board(loop.town.desk, OFFICE), NOW)["rows"]
    assert [(cell["value"], cell["by"], cell["comparable"], cell["to_last"], cell["trend"]) for cell in line["cells"]] == [
        ("72", "rate", True, None, None), ("86", "score", False, None, None), ("88", "score", True, "2", "better"),
    ]
    assert [item.trend for item in loop.of("3.4|JX", "R-2020-01").measurements] == [None, None, "better"]


def test_a_relapse_is_read_when_the_office_reopens_it(loop: Loop) -> None:
    first = measured(loop, "2020-06-30", "9", "1")
    loop.rectified(loop.of("3.5-1|BFX", first).number, verified=True)
    loop.at("2020-09-01")
    second = measured(loop, "2020-08-31", "8", "1")
    assert rows(loop, LEAD) == [("BFX", [first], True)] and rows(loop, COUNTIES["BFX"]) == [("BFX", [first], False)]
    loop.reopen(second)
    assert rows(loop, LEAD) == [("BFX", [first, second], True)]
    assert rows(loop, COUNTIES["BFX"]) == [("BFX", [first, second], False)]
