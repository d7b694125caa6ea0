"""What goes out comes in again as it is: tickets of every shipped workflow, wherever their lives led them, in every format and language."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.desk.wanted import EVERY, Wanted
from engine.errors import ZgError
from engine.office.ledger.ticket_row import Speech
from engine.office.ledger.writer import Writer
from engine.record.connection import connect
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.definition import Definition, Trigger
from engine.rules.ticket import Ticket
from engine.views.names import Naming
from engine.words.phrase import Phrase
from tests.conftest import MEMORY
from tests.office.ledgers import imported
from tests.registry.conftest import OFFICE, Town
from tests.rules.lives import acting

SEARCHING = settings.get_profile("searching").max_examples == settings().max_examples
UNITS = ("SCJGJ", "GAJ", "FGW")
TEXTS = ("依据事实", "分两步：\n一、先办\n二、后补", "“引号”、顿号，逗号；分号", "12", "=1+1", "已整改", "2020-10-01")
SOURCES = {"complaint": "complaint", "bad-review": "review", "superior": "superior"}


@contextmanager
def record(founded: Path) -> Iterator[Town]:
    with TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder) / "zg.db"
        shutil.copyfile(founded, path)
        with closing(connect(f"sqlite:///{path}")) as database:
            yield Town(database, url=f"sqlite:///{path}")


def opened(town: Town, luck: random.Random, workflow: str) -> str:
    """A ticket of a workflow, of which more or less is said."""
    definition = town.desk.rules.current(workflow)
    opening = Opening(
        title=luck.choice(("企业开办材料重复提交", "办电慢；跑了三趟、两个窗口", "1.1 不动产登记", "已销号问题反弹")),
        source=SOURCES.get(workflow, "visit"),
        detail=luck.choice((None, *TEXTS)), grade=luck.choice((None, *definition.grades)), measure=luck.choice((None, "3.1")),
        lead=luck.choice((None, *UNITS)), due=luck.choice((None, town.now + timedelta(days=luck.randint(3, 60)))),
    )
    with suppress(ZgError):
        return town.desk.open(OFFICE, opening, workflow=workflow).ticket.number
    return town.desk.open(OFFICE, Opening("企业开办材料重复提交", opening.source, lead="SCJGJ"), workflow=workflow).ticket.number


def act(town: Town, luck: random.Random, number: str) -> None:
    """Something that may be done to it, if it may."""
    ticket = town.desk.ticket(OFFICE, number)
    definition = town.desk.rules.definition(ticket.definition)
    triggers = [trigger for trigger in definition.triggers.values() if ticket.state in trigger.sources and trigger.by]
    if not triggers:
        return
    trigger = luck.choice(triggers)
    given, words = filled(town, luck, ticket, trigger)
    with suppress(ZgError):
        town.desk.do(acting(trigger, ticket), number, Command(trigger.name, given, words))


def filled(town: Town, luck: random.Random, ticket: Ticket, trigger: Trigger) -> tuple[dict[str, Any], dict[str, str]]:
    given: dict[str, Any] = {}
    words: dict[str, str] = {}
    ahead = max(town.now, ticket.promised_at or town.now) + timedelta(days=luck.randint(1, 30))
    made = {
        "when": lambda item: ahead, "units": lambda item: tuple(unit for unit in UNITS[1:] if unit != given.get("lead", ticket.lead)),
        "unit": lambda item: luck.choice(UNITS), "choice": lambda item: luck.choice(item.choices), "flag": lambda item: True,
    }
    for item in trigger.input:
        if not item.required(ticket.grade) and luck.random() < 0.5:
            continue
        if item.kind == "words":
            words[item.name] = luck.choice(TEXTS)
        elif item.kind in made:
            given[item.name] = made[item.kind](item)
    return given, words


def lived(founded: Town, seed: int) -> Town:
    """A record in which tickets of every shipped workflow came to where chance led them."""
    luck, town = random.Random(seed), founded  # noqa: S311 – a walk, not a secret
    numbers = [opened(town, luck, name) for name in ("rectification", "superior", "complaint", "bad-review") for _ in range(3)]
    for _ in range(60):
        if luck.random() < 0.2:
            town = town.at((town.now + timedelta(days=luck.randint(0, 6))).isoformat()[:16])
        act(town, luck, luck.choice(numbers))
    return town


def events(town: Town) -> int:
    [(count,)] = town.database.rows("SELECT count(*) FROM event")
    return int(count)


def out(town: Town, path: Path, language: str) -> bytes:
    def phrase(definition: Definition | None) -> Phrase:
        return Phrase(language, definition=definition)

    Writer(town.desk, OFFICE, Speech(language, phrase, Naming(town.database))).write(Wanted(limit=None, scope=EVERY), path, path.suffix[1:])
    return path.read_bytes()


@settings(
    max_examples=200 if SEARCHING else 4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(seed=st.integers(0, 2**32 - 1), language=st.sampled_from(["zh", "en"]), kind=st.sampled_from(["xlsx", "csv"]))
def test_what_went_out_says_nothing_new(founded_file: Path, tmp_path: Path, seed: int, language: str, kind: str) -> None:
    with record(founded_file) as founded:
        town = lived(founded, seed)
        data = out(town, tmp_path / f"台账.{kind}", language)
        before = events(town)
        again = imported(town, data, commit=True)
        assert [(each.ticket, each.action, each.proposals) for each in again.readings if each.action != "same"] == []
        assert len(again.readings) == 12 and events(town) == before
        assert ([*again.questions], [each for each in again.problems if each.holds], again.refusals, again.unasked) == ([], [], [], [])
