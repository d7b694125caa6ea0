"""What a round says is asked again when something is done because of it: results are corrected and taken back while people act on them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.audit.verify import verify
from engine.desk.filing import inspect
from engine.desk.tickets import Desk
from engine.errors import Conflict, NotPossible, Refused
from engine.office.each import Became
from engine.office.rounds import application
from engine.office.rounds.beginning import About, Rounds
from engine.office.rounds.closing import close_round
from engine.office.rounds.imports import Asked, import_results, undo_round
from engine.office.rounds.surroundings import Surroundings
from engine.record.connection import connect
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from tests.conftest import new_server_database
from tests.office.rounds.conftest import LEADS, Loop
from tests.registry.conftest import OFFICE, Town

ONE = ("3.5-1",)


@pytest.fixture
def server_loop(server: str, founded_name: str, tmp_path: Path) -> Iterator[Loop]:
    with new_server_database(server, template=founded_name) as url, closing(connect(url)) as database:
        yield Loop(Town(database, url=url).at("2020-07-06T09:00"), tmp_path)


def two_measured_again(loop: Loop, *rows: str, verified: bool = False) -> str:
    """Two tickets that were handed in, or verified, and the round that measures them then."""
    first = loop.start("2020-06-30", targets=ONE)
    loop.load(first, "3.5-1,甲县,7,", "3.5-1,乙区,7,", confirm=2)
    for ticket in loop.every():
        loop.rectified(ticket.number, verified=verified)
    loop.at("2020-09-01")
    number = loop.start("2020-08-31", targets=ONE)
    loop.load(number, *rows, confirm=sum(row.endswith(",9,") for row in rows) if verified else None)
    return number


def told(item: Became) -> tuple[str, type | None]:
    return item.ticket.number, None if item.error is None else type(item.error)


def test_a_correction_between_two_verifications_stops_the_second(loop: Loop) -> None:
    number = two_measured_again(loop, "3.5-1,甲县,1,", "3.5-1,乙区,1,")
    items = loop.proposals(number).verify("{} {} {}".format)
    first = next(items)
    other = next(ticket for ticket in loop.every() if ticket.number != first.ticket.number)
    subject = next(pair.split("|")[1] for pair, result in loop.round(number).results.items() if result.ticket == other.number)
    loop.correct(number, *(f"3.5-1,{name},{9 if name == subject else 1}," for name in ("甲县", "乙区")))
    assert [told(first), *map(told, items)] == [(first.ticket.number, None), (other.number, Conflict)]
    assert (loop.ticket(first.ticket.number).final, loop.ticket(other.number).state) == (True, "submitted")


def test_a_round_taken_back_between_two_reopenings_stops_the_second(loop: Loop) -> None:
    number = two_measured_again(loop, "3.5-1,甲县,9,", "3.5-1,乙区,9,", verified=True)
    items = loop.proposals(number).reopen("{} {} {}".format)
    next(items)
    loop.undo(number)
    assert [told(item)[1] for item in items] == [Conflict]
    assert {(ticket.state, ticket.attempt) for ticket in loop.every()} == {("verified", 1)}


@pytest.mark.parametrize(("trigger", "given", "code"), [
    ("verify", {}, "round-says-no-pass"), ("reopen", {"as": "relapse"}, "round-says-no-relapse"),
])
def test_what_rests_on_a_round_that_does_not_say_it_is_refused(loop: Loop, trigger: str, given: dict[str, str], code: str) -> None:
    number = two_measured_again(loop, "3.5-1,甲县,9,", "3.5-1,乙区,9,", verified=False)
    command = Command(trigger, given, {"reason": "复测"} if given else {"note": "复测"}, round=number)
    with pytest.raises(Refused) as refused:
        loop.town.desk.do(OFFICE, loop.every()[0].number, command)
    assert code in [reason.code for reason in refused.value.reasons]


def test_the_audit_asks_again_on_which_round_an_act_rests(loop: Loop) -> None:
    number = two_measured_again(loop, "3.5-1,甲县,1,", "3.5-1,乙区,1,")
    assert [told(item)[1] for item in loop.verify(number)] == [None, None]
    assert list(verify(loop.town.database)) == []


def test_a_closed_round_is_imported_into_by_no_preview_and_closed_once(loop: Loop) -> None:
    number = loop.start("2020-06-30", targets=ONE, subjects=("甲县",))
    loop.load(number, "3.5-1,甲县,7,", confirm=1)
    close_round(loop.town.desk, OFFICE, number, None)
    before = loop.round(number)
    for act in (
        lambda: loop.load(number, "3.5-1,甲县,9,", commit=False), lambda: close_round(loop.town.desk, OFFICE, number, None),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert [reason.code for reason in refused.value.reasons] == ["round-closed"]
    assert loop.round(number) == before
    loop.correct(number, "3.5-1,甲县,8,")
    assert loop.round(number).results["3.5-1|甲县"].facts == {"value": "8"}


@pytest.mark.parametrize(("target", "row", "value", "fact"), [
    ("3.10", "3.10,甲县,,未达标", "达标", {"result": "pass"}), ("3.5-1", "3.5-1,甲县,7,", "1.5个工作日", {"value": "1.5"}),
])
def test_what_is_accepted_is_read_as_people_write_it(
    loop: Loop, tmp_path: Path, target: str, row: str, value: str, fact: dict[str, str],
) -> None:
    number = loop.start("2020-06-30", targets=(target,), subjects=("甲县",), comment_until=loop.town.now + timedelta(days=1))
    loop.load(number, row, head="指标,对象,数值,结果")
    scan = tmp_path / "异议.pdf"
    scan.write_bytes(b"%PDF-1.4 objection")
    rounds = Rounds(loop.town.desk)
    rounds.object(OFFICE, number, About("甲县", target), "口径不一", [inspect(scan)])
    decided = rounds.settle(OFFICE, number, About("甲县", target), accepted=True, value=value, reason="属实").thing
    [result] = decided.results.values()
    assert (result.facts, result.result) == (fact, "pass")


def many(loop: Loop, count: int) -> tuple[str, list[str]]:
    """A round of so many subjects, and the rows that say of each that it is short."""
    subjects = tuple(f"第{index}" for index in range(count))
    return loop.start("2020-06-30", targets=ONE, subjects=subjects), [f"3.5-1,{name},9," for name in subjects]


def test_a_correction_that_opens_many_is_confirmed_as_an_import_is(loop: Loop) -> None:
    number, rows = many(loop, 20)
    loop.load(number, rows[0])
    with pytest.raises(NotPossible, match="confirm-needed"):
        loop.correct(number, *rows)
    assert len(loop.every()) == 1
    with pytest.raises(NotPossible, match="confirm-other"):
        loop.correct(number, *rows, confirm=20)
    assert loop.correct(number, *rows, confirm=19).actions["opened"] == 19
    assert len(loop.every()) == 20


class Between:
    """Does something once, between the preview of a command and its first transaction."""

    def __init__(self, loop: Loop, act: Callable[[], object]) -> None:
        self.desk, self.act, self.done = loop.town.desk, act, False

    def install(self, patch: pytest.MonkeyPatch) -> None:
        real = type(self.desk).writing_as

        def writing_as(desk: Desk, actor: Actor, *, dry_run: bool = False) -> AbstractContextManager[datetime]:
            if not self.done:
                self.done = True
                self.act()
            return real(desk, actor, dry_run=dry_run)

        patch.setattr(type(self.desk), "writing_as", writing_as)


def test_what_changed_after_the_preview_of_a_correction_is_left_and_its_row_named(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    number = loop.start("2020-06-30", targets=ONE)
    loop.load(number, "3.5-1,甲县,7,", "3.5-1,乙区,7,", confirm=2)
    ticket = loop.of("3.5-1|甲县", number)
    Between(loop, lambda: loop.rectified(ticket.number)).install(monkeypatch)
    applied = loop.correct(number, "3.5-1,甲县,1,", "3.5-1,乙区,6,")
    assert [(problem.code, problem.line) for problem in applied.problems] == [("result-changed-meanwhile", 2)]
    assert applied.actions["problem"] == 1 and loop.round(number).results["3.5-1|甲县"].facts == {"value": "7"}
    assert loop.round(number).results["3.5-1|乙区"].facts == {"value": "6"}
    assert loop.ticket(ticket.number).state == "submitted" and list(verify(loop.town.database)) == []


@pytest.mark.postgres
def test_of_two_rounds_that_are_written_at_once_the_earlier_one_is_late(
    server_loop: Loop, monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = server_loop
    number, later = loop.start("2020-06-30", targets=ONE), loop.start("2020-07-03", targets=ONE)
    file = loop.file("3.5-1,甲县,7,", "3.5-1,乙区,7,")
    real, told = application.record_results, list[str]()

    def imported() -> None:
        with closing(connect(loop.town.url)) as database:
            try:
                import_results(replace(loop.town, database=database).desk, OFFICE, number, file, Asked(commit=True, confirm=2))
                told.append("written")
            except NotPossible as error:
                told.append(str(error.values["reason"]))

    hand = threading.Thread(target=imported)

    def recorded(around: Surroundings, *given: Any) -> None:
        """The later round is about to be written when the earlier one comes, and goes on once that one waits, or is through."""
        real(around, *given)
        if around.number == later:
            hand.start()
            while hand.is_alive() and not loop.town.database.rows("SELECT 1 FROM pg_locks WHERE NOT granted"):
                pass

    monkeypatch.setattr(application, "record_results", recorded)
    loop.load(later, "3.5-1,甲县,1,", "3.5-1,乙区,1,")
    hand.join()
    assert told == ["round-late"]


def test_an_import_is_late_if_a_later_round_was_applied_after_its_preview(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    number, later = loop.start("2020-06-30", targets=ONE), loop.start("2020-07-03", targets=ONE)
    Between(loop, lambda: loop.load(later, "3.5-1,甲县,1,", "3.5-1,乙区,1,")).install(monkeypatch)
    with pytest.raises(NotPossible, match="round-late"):
        loop.load(number, "3.5-1,甲县,9,", "3.5-1,乙区,9,", confirm=2)
    assert loop.every() == []


def test_what_a_wrong_result_reopened_and_was_closed_again_is_named(loop: Loop) -> None:
    number = two_measured_again(loop, "3.5-1,甲县,9,", "3.5-1,乙区,1,", verified=True)
    [item] = loop.reopen(number)
    unit = next(actor for actor in LEADS.values() if actor.unit == item.ticket.lead)
    loop.town.desk.do(unit, item.ticket.number, Command("submit", words={"note": "已整改"}))
    loop.town.desk.do(OFFICE, item.ticket.number, Command("verify"))
    assert loop.correct(number, "3.5-1,甲县,1,", "3.5-1,乙区,1,").stays == [(item.ticket.number, "stays-verified")]


def test_what_is_missing_is_counted_when_a_round_is_closed(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    number = loop.start("2020-06-30", targets=ONE)
    loop.load(number, "3.5-1,甲县,7,", "3.5-1,乙区,1,")
    Between(loop, lambda: loop.correct(number, "3.5-1,甲县,7,")).install(monkeypatch)
    with pytest.raises(Refused) as refused:
        close_round(loop.town.desk, OFFICE, number, None)
    assert [reason.code for reason in refused.value.reasons] == ["round-missing"]


def test_a_round_of_which_letters_went_out_is_taken_back_by_two(loop: Loop) -> None:
    number = loop.start("2020-06-30", targets=ONE)
    loop.load(number, "3.5-1,甲县,7,", "3.5-1,乙区,1,")
    ticket = loop.of("3.5-1|甲县", number).number
    assert not loop.undo(number, commit=False).asks
    loop.town.desk.do(OFFICE, ticket, Command("assign"))
    asked = undo_round(loop.town.desk, OFFICE, number, "用错文件", commit=True)
    assert asked.asks and not loop.ticket(ticket).final and loop.round(number).undone_at is None
    for reason in ("用错文件", None):
        with pytest.raises(Refused):
            undo_round(loop.town.desk, OFFICE, number, reason, commit=True)
    assert undo_round(loop.town.desk, loop.second(), number, None, commit=True).reversed[0].number == ticket
    assert loop.ticket(ticket).closed_as == "mistake" and loop.round(number).undone_by == "second"
    assert list(verify(loop.town.database)) == []


def test_a_letter_that_goes_out_while_one_person_takes_a_round_back_stops_it(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    number = loop.start("2020-06-30", targets=ONE)
    loop.load(number, "3.5-1,甲县,7,", "3.5-1,乙区,1,")
    ticket = loop.of("3.5-1|甲县", number).number
    Between(loop, lambda: loop.town.desk.do(OFFICE, ticket, Command("assign"))).install(monkeypatch)
    with pytest.raises(Refused) as refused:
        undo_round(loop.town.desk, OFFICE, number, "用错文件", commit=True)
    assert [reason.code for reason in refused.value.reasons] == ["undo-letters-out"]
    assert not loop.ticket(ticket).final and loop.round(number).applied
