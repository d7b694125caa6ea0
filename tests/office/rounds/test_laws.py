"""Laws of rounds over random files and lives: what may not hang on order, on pieces, on being killed, on being corrected or undone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.audit.verify import verify
from engine.office.rounds import application, correction
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.ticket import Ticket
from tests.office.rounds.conftest import Loop
from tests.registry.conftest import BEGIN, Town

LAWS = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
VALUES = st.sampled_from(["1", "2", "3", "7.2", "—", "不参评", ""])
FILES = st.fixed_dictionaries({f"{target},{subject}": VALUES for target in ("3.5-1", "3.1-1") for subject in ("甲县", "乙区")})
MOMENTS = frozenset({
    "opened_at", "changed_at", "told_at", "state_since", "wake_at", "office_due_at", "deadlines", "id", "number", "serial",
})
"""What is of today, or counted: it may differ."""


@contextmanager
def a_town(founded: Path) -> Iterator[Loop]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zg.db"
        shutil.copyfile(founded, path)
        with closing(connect(f"sqlite:///{path}")) as database:
            yield Loop(Town(database, now=datetime.fromisoformat("2020-07-06T09:00").replace(tzinfo=BEGIN.tzinfo)), Path(folder))


def rows(file: dict[str, str]) -> list[str]:
    return [f"{pair},{value}," for pair, value in file.items()]


def record(loop: Loop, *, standing: bool = False) -> list[dict[str, object]]:
    """The tickets without what is of today; with `standing` those on which a round's word stands, or that are under way."""
    def told(ticket: Ticket) -> dict[str, object]:
        return {name: value for name, value in ticket._asdict().items() if name not in MOMENTS | {"version"}}

    found = [ticket for ticket in loop.every() if not standing or ticket.measurements]
    return sorted((told(ticket) for ticket in found), key=lambda item: str(item["problem_key"]))


def results(loop: Loop, number: str) -> dict[str, tuple[str, str]]:
    return {pair: (result.result, result.action) for pair, result in loop.round(number).results.items()}


@LAWS
@given(first=FILES, second=FILES, chance=st.randoms(), piece=st.integers(1, 3))
def test_order_pieces_and_repeats_change_nothing_and_nothing_closes(
    founded_file: Path, first: dict[str, str], second: dict[str, str], chance: object, piece: int,
) -> None:
    def life(shuffled: bool, size: int) -> list[dict[str, object]]:
        with a_town(founded_file) as loop, pytest.MonkeyPatch.context() as patch:
            patch.setattr(application, "PIECE", size)
            for on, day, file in (("2020-06-30", "2020-07-06", first), ("2020-09-30", "2020-10-09", second)):
                number, each = loop.at(day).start(on), rows(file)
                if shuffled:
                    chance.shuffle(each)  # type: ignore[attr-defined]
                applied = loop.load(number, *each)
                assert sum(applied.actions.values()) == len(applied.planned) == 4
                before = loop.events(), loop.notices()
                loop.load(number, *each)
                assert (loop.events(), loop.notices()) == before, "the same file again"
            found = loop.every()
            assert not [ticket for ticket in found if ticket.final or ticket.promised_at is not None], "no import closes, or starts a clock"
            assert list(verify(loop.town.database)) == []
            return record(loop)

    assert life(False, 500) == life(True, piece)


@LAWS
@given(wrong=FILES, right=FILES)
def test_a_corrected_round_is_as_if_the_right_file_had_come(founded_file: Path, wrong: dict[str, str], right: dict[str, str]) -> None:
    with a_town(founded_file) as loop, a_town(founded_file) as other:
        number = loop.start("2020-06-30")
        loop.load(number, *rows(wrong))
        loop.correct(number, *rows(right))
        same = other.start("2020-06-30")
        other.load(same, *rows(right))
        assert record(loop, standing=True) == record(other, standing=True)
        assert [ticket for ticket in loop.every() if not ticket.measurements and not ticket.final] == []
        assert list(verify(loop.town.database)) == []


@LAWS
@given(first=FILES, second=FILES)
def test_an_undone_round_is_as_if_it_had_not_been(founded_file: Path, first: dict[str, str], second: dict[str, str]) -> None:
    with a_town(founded_file) as loop:
        loop.load(loop.start("2020-06-30"), *rows(first))
        before = record(loop)
        number = loop.at("2020-10-09").start("2020-09-30")
        loop.load(number, *rows(second))
        loop.undo(number)
        assert record(loop, standing=True) == before
        count = loop.events()
        loop.undo(number)
        assert loop.events() == count and list(verify(loop.town.database)) == []


class Killed(Exception):
    """The program ends here."""


def killing(database: Database, after: int) -> Callable[[], None]:
    """Ends the program at the nth write of a transaction."""
    left, run = after, database.run

    def counted(sql: str, /, expect: int | None = None, **values: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        run(sql, expect, **values)

    database.run = counted  # type: ignore[method-assign]
    return lambda: setattr(database, "run", run)


@LAWS
@given(file=FILES, other=FILES, after=st.integers(0, 25), how=st.sampled_from(["import", "correct", "undo"]))
def test_killed_at_any_moment_and_run_again_comes_to_the_same_end(
    founded_file: Path, file: dict[str, str], other: dict[str, str], after: int, how: str,
) -> None:
    def life(kill: bool) -> tuple[list[dict[str, object]], dict[str, tuple[str, str]]]:
        with a_town(founded_file) as loop, pytest.MonkeyPatch.context() as patch:
            patch.setattr(application, "PIECE", 1)
            patch.setattr(correction, "PIECE", 1)
            number = loop.start("2020-06-30")
            acts: dict[str, Callable[[], object]] = {
                "import": lambda: loop.load(number, *rows(file)), "correct": lambda: loop.correct(number, *rows(other)),
                "undo": lambda: loop.undo(number),
            }
            if how != "import":
                acts["import"]()
            if kill:
                again = killing(loop.town.database, after)
                try:
                    acts[how]()
                except Killed:
                    pass
                finally:
                    again()
            acts[how]()
            assert list(verify(loop.town.database)) == []
            return [replace_numbers(item) for item in record(loop)], results(loop, number)

    assert life(True) == life(False)


def replace_numbers(item: dict[str, object]) -> dict[str, object]:
    """A ticket without what a withdrawal says in words of its own."""
    return {name: value for name, value in item.items() if name not in ("closed_at", "hands")}


