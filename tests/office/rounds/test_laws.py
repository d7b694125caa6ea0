"""Laws of rounds over random files and lives: what may not hang on order, on pieces, on being killed, on being corrected or undone."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from engine.audit.verify import verify
from engine.office.rounds import application, correction
from engine.office.rounds.names import Names
from engine.record.connection import connect
from engine.record.database import Database
from engine.registry.units import NewUnit
from engine.rules.loop.identity import read_key
from engine.rules.ticket import Ticket
from tests.conftest import BOTH, MEMORY, new_server_database
from tests.office.rounds.conftest import Loop, handed_to_units
from tests.office.rounds.lives import DAYS, HEAD, File, Life, standing
from tests.office.rounds.lives import rows as rows_of
from tests.registry.conftest import BEGIN, OFFICE, Town

SEARCHING = settings.get_profile("searching").max_examples == settings().max_examples
FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def examples(few: int, many: int) -> settings:
    """Few in `make test`, more where what is new is looked for."""
    count = many if SEARCHING else few
    return settings(max_examples=count, deadline=None, suppress_health_check=FIXTURES, phases=[Phase.explicit, Phase.generate])


SEEDS = st.integers(0, 2**32 - 1)
VALUES = st.sampled_from(["1", "2", "3", "7.2", "—", "不参评", ""])
FILES = st.fixed_dictionaries({f"{target},{subject}": VALUES for target in ("3.5-1", "3.1-1") for subject in ("甲县", "乙区")})
MOMENTS = frozenset({
    "opened_at", "changed_at", "told_at", "state_since", "wake_at", "office_due_at", "deadlines", "id", "number", "serial",
})
"""What is of today, or counted: it may differ."""


class Places:
    """Fresh records of a founded office, each time another, on one kind of database."""

    def __init__(self, request: pytest.FixtureRequest, kind: str) -> None:
        self.request, self.kind = request, kind

    @contextmanager
    def town(self, now: str = "2020-07-06T09:00") -> Iterator[Loop]:
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder, self._address(Path(folder)) as url, closing(connect(url)) as database:
            yield Loop(Town(database, now=datetime.fromisoformat(now).replace(tzinfo=BEGIN.tzinfo), url=url), Path(folder))

    @contextmanager
    def copied(self, loop: Loop) -> Iterator[Loop]:
        """The same record once more, to go on with in another way. SQLite only."""
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            path = Path(folder) / "zg.db"
            with closing(sqlite3.connect(loop.folder / "zg.db")) as there, closing(sqlite3.connect(path)) as here:
                there.backup(here)
            with closing(connect(f"sqlite:///{path}")) as database:
                yield Loop(replace(loop.town, database=database, url=f"sqlite:///{path}"), Path(folder))

    @contextmanager
    def _address(self, folder: Path) -> Iterator[str]:
        if self.kind == "sqlite":
            path = folder / "zg.db"
            shutil.copyfile(self.request.getfixturevalue("founded_file"), path)
            yield f"sqlite:///{path}"
            return
        with new_server_database(self.request.getfixturevalue("server"), template=self.request.getfixturevalue("founded_name")) as url:
            yield url


@pytest.fixture(params=BOTH)
def places(request: pytest.FixtureRequest) -> Places:
    return Places(request, request.param)


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Places:
    return Places(request, "sqlite")


def rows(file: dict[str, str]) -> list[str]:
    return [f"{pair},{value}," for pair, value in file.items()]


def told(ticket: Ticket) -> dict[str, object]:
    return {name: value for name, value in ticket._asdict().items() if name not in MOMENTS | {"version"}}


def record(loop: Loop, *, standing: bool = False) -> list[dict[str, object]]:
    """The tickets without what is of today; with `standing` those on which a round's word stands, or that are under way."""
    found = [ticket for ticket in loop.every() if not standing or ticket.measurements]
    return sorted((told(ticket) for ticket in found), key=lambda item: (str(item["problem_key"]), str(item["measurements"])))


def results(loop: Loop, number: str) -> dict[str, tuple[str, str]]:
    return {pair: (result.result, result.action) for pair, result in loop.round(number).results.items()}


def committed(life: Life, number: str, file: File, order: random.Random | None) -> None:
    """A file comes in: what is asked of every import in every life."""
    loop = life.loop
    before, written = standing(loop.every()), (loop.events(), loop.notices())
    shown = life.load(number, file, order, commit=False)
    assert (loop.events(), loop.notices()) == written, "a preview writes nothing"
    done = life.load(number, file, order, confirm=shown.confirms)
    assert done.actions == shown.actions and sum(done.actions.values()) == len(done.planned)
    after = standing(loop.every())
    assert {name: after[name] for name in before} == before, "no import closes anything, moves a state or a clock, or gives it to a unit"
    new = [ticket for ticket in loop.every() if ticket.number not in before]
    assert all((ticket.state, ticket.final, ticket.promised_at, ticket.assigned_at) == ("found", False, None, None) for ticket in new)
    written = loop.events(), loop.notices()
    again = life.load(number, file, order, confirm=0)
    assert (loop.events(), loop.notices(), again.written) == (*written, 0), "the same file again"


def lived(loop: Loop, seed: int, rounds: int, *, order: random.Random | None = None, acts: int = 12) -> Life:
    """A life of so many rounds, with people's acts after each."""
    life = Life(loop, random.Random(seed))  # noqa: S311 – a walk, not a secret
    life.settle()
    for place in range(rounds):
        number = life.begin(place)
        committed(life, number, life.file(), order)
        life.people(acts)
    return life


@examples(2, 300)
@given(seed=SEEDS, chance=st.randoms(), piece=st.integers(1, 3))
def test_order_pieces_and_repeats_change_nothing_and_nothing_closes_whatever_people_do(
    places: Places, seed: int, chance: random.Random, piece: int,
) -> None:
    def life(order: random.Random | None, size: int) -> tuple[list[Ticket], list[object]]:
        with places.town() as loop, pytest.MonkeyPatch.context() as patch:
            patch.setattr(application, "WRITTEN", size)
            life = lived(loop, seed, 3, order=order)
            assert list(verify(loop.town.database)) == [] and handed_to_units(loop) == []
            return loop.every(), [results(loop, number) for number in life.numbers]

    assert life(None, 500) == life(chance, piece)


@examples(2, 300)
@given(seed=SEEDS)
def test_a_corrected_round_is_as_if_the_right_file_had_come(place: Places, seed: int) -> None:
    with place.town() as loop:
        life = lived(loop, seed, 2)
        number, wrong, right = life.begin(2), life.file(), life.file()
        with place.copied(loop) as other:
            committed(life, number, wrong, None)
            corrected = loop.correct(number, *rows_of(right), head=HEAD)
            # rows that contradict each other, as of two subjects that became one, are named and correct nothing: what stood there stays
            assume(not any(problem.code == "result-twin-other" for problem in corrected.problems))
            count = loop.events()
            loop.correct(number, *rows_of(right), head=HEAD)
            assert loop.events() == count, "a correction that was made"
            committed(replace(life, loop=other), number, right, None)
            assert record(loop, standing=True) == record(other, standing=True)
            known = {ticket.number for ticket in other.every()}
            assert [ticket for ticket in loop.every() if not ticket.measurements and not ticket.final and ticket.number not in known] == []
        assert list(verify(loop.town.database)) == []


@examples(2, 300)
@given(seed=SEEDS)
def test_an_undone_round_is_as_if_it_had_not_been(place: Places, seed: int) -> None:
    with place.town() as loop:
        life = lived(loop, seed, 2)
        before = record(loop, standing=True)
        number = life.begin(2)
        committed(life, number, life.file(), None)
        loop.undo(number)
        assert record(loop, standing=True) == before
        count = loop.events()
        loop.undo(number)
        assert loop.events() == count and list(verify(loop.town.database)) == []


@examples(2, 300)
@given(seed=SEEDS, undone=st.booleans())
def test_what_people_worked_on_meanwhile_stays_when_a_round_is_corrected_or_undone(place: Places, seed: int, undone: bool) -> None:
    with place.town() as loop:
        life = lived(loop, seed, 1)
        number, wrong, right = life.begin(1), life.file(), life.file()
        committed(life, number, wrong, None)
        life.people(15)
        worked = {ticket.number: ticket for ticket in loop.every() if ticket.hands}
        change: Callable[[], object] = lambda: loop.undo(number) if undone else loop.correct(number, *rows_of(right), head=HEAD)  # noqa: E731
        change()
        for name, before in worked.items():
            after = loop.ticket(name)
            assert (after.state, after.attempt, after.hands) == (before.state, before.attempt, before.hands), "a unit's work"
        count = loop.events()
        change()
        assert loop.events() == count and list(verify(loop.town.database)) == []


@examples(2, 300)
@given(seed=SEEDS, after=st.integers(1, 2))
def test_a_subject_is_one_whether_it_was_a_unit_from_the_beginning_or_became_one(place: Places, seed: int, after: int) -> None:
    """Three rounds, rectified in between; by the last every subject is a unit, under a name or another name of it."""
    luck = random.Random(seed)  # noqa: S311 – as above
    pairs = [f"{target},{name}" for target in ("3.5-1", "3.1-1") for name in BECOME]
    files = [[f"{pair},{luck.choice(['1', '7', '—'])}" for pair in pairs] for _ in range(3)]
    assert becoming(place, files, seed, 0) == becoming(place, files, seed, after)


BECOME = {"甲县": NewUnit("JIA", "甲县", "county", "subordinate"), "乙区": NewUnit("YI", "乙新区", "county", "subordinate", ("乙区",))}


def becoming(place: Places, files: list[list[str]], seed: int, before: int) -> list[dict[str, tuple[str, str, str | None]]]:
    """What each round says of each problem, by the last names of it, where the subjects become units after so many rounds."""
    luck = random.Random(seed)  # noqa: S311 – as above
    with place.town() as loop:

        def name(key: str) -> str:
            problem = read_key(key)
            assert problem is not None
            return problem._replace(subject=BECOME[problem.subject].code if problem.subject in BECOME else problem.subject).pair

        for index, file in enumerate(files):
            for unit in BECOME.values() if index == before else ():
                loop.town.registry.units.add(OFFICE, unit)
            on, day = DAYS[index]
            loop.at(day).load(loop.start(on, subjects=()), *file, head="指标,对象,数值")
            for ticket in sorted(loop.every(), key=lambda item: name(item.problem_key or "")):
                if luck.random() < 0.7 and ticket.state == "found":
                    loop.rectified(ticket.number, verified=luck.random() < 0.7)
        assert list(verify(loop.town.database)) == []
        successors, opened = Names(loop.town.database).successors, {item.number: name(item.problem_key or "") for item in loop.every()}
        return [
            {
                successors.last(round_.problem(pair)).pair: (item.result, item.action, opened.get(item.ticket or ""))
                for pair, item in round_.results.items()
            } for round_ in (loop.round(f"R-2020-{index + 1:02d}") for index in range(len(files)))
        ]


def test_a_life_holds_what_people_do(place: Places) -> None:
    """The laws say something of it."""
    with place.town() as loop:
        life = lived(loop, 1, len(DAYS), acts=24)
        assert {"next", "other", "repeat", "propose", "sweep", "merge"} <= life.done.keys()
        actions = {result.action for number in life.numbers for result in loop.round(number).results.values()}
        assert {"opened", "measured", "passed", "confirmed", "recorded"} <= actions
        assert {ticket.state for ticket in loop.every()} >= {"rectifying", "submitted", "verified"}


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


@examples(4, 200)
@given(file=FILES, other=FILES, after=st.integers(0, 25), how=st.sampled_from(["import", "correct", "undo"]))
def test_killed_at_any_moment_and_run_again_comes_to_the_same_end(
    place: Places, file: dict[str, str], other: dict[str, str], after: int, how: str,
) -> None:
    def life(kill: bool) -> tuple[list[dict[str, object]], dict[str, tuple[str, str]]]:
        with place.town() as loop, pytest.MonkeyPatch.context() as patch:
            patch.setattr(application, "WRITTEN", 1)
            patch.setattr(correction, "WRITTEN", 1)
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
