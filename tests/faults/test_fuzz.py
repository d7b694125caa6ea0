"""Input that nobody would send: whatever it is, it is refused in words or does what it says. No traceback, no broken record."""

from __future__ import annotations

import copy
import json
import random
import shutil
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.audit.verify import verify
from engine.cli import CONTENTS, cli
from engine.errors import InvalidFile
from engine.record.connection import connect
from engine.registry.workflow_file import examine
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import assess
from engine.rules.acts.opening import Opening, open_ticket
from engine.rules.definition import Definition
from engine.rules.drawing import mermaid
from engine.rules.proof.chain import canonical, digest_words
from engine.rules.situation import Situation
from engine.rules.ticket import evolve
from engine.rules.timing.climb import climb
from engine.rules.wording import LONGEST, title_problem, word_problem
from engine.rules.worktime import Calendar, CalendarError, Side, WhenError, due, merge, parse_amount, parse_notice, parse_when
from tests.cli.conftest import Zg
from tests.cli.refusals import NO_NUMBERS, NO_TIMES, NO_UNITS, UNSEEN
from tests.conftest import MEMORY
from tests.faults.conftest import ROOT
from tests.rules.conftest import LEAD, OFFICE, PEOPLE, china

BRIEF = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
LONG = settings(BRIEF, max_examples=4_000)
NOW = datetime(2020, 9, 25, 1, 0, tzinfo=UTC)
WORKFLOW = (ROOT / "workflows" / "bad-review.yaml").read_text(encoding="utf-8")
NOTICE = json.loads(sorted((ROOT / "seeds" / "calendars" / "cn").glob("*-published-*.json"))[0].read_text(encoding="utf-8"))
OFFICE_HOURS = json.loads((ROOT / "seeds" / "calendars" / "cn" / "office.json").read_text(encoding="utf-8"))

ODD = (
    "", "~", "null", "yes", "[]", "{}", "-1", "0", "99999999999999999999", "1.5", ".nan", "*", "&a", "*a",
    "!!python/object:os.system", "<<", "? x",
    "|", ">", "- -", "a: b: c", "2020-02-30", "24:00", "25:61", "0 working days", "99999 working days", "长" * 300, "\x00",
    "\ufeff", "office", "found",
    "received", "{zh: x}", "[received, received]", "'", '"', "#", "\t", "@", "`", "%",
)


@st.composite
def spoiled_text(draw: st.DrawFn, text: str) -> str:
    """The text with some lines deleted, doubled, moved, indented, or a value replaced by something odd."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        way = draw(st.sampled_from(("delete", "double", "move", "indent", "value", "word", "key")))
        line = lines[at]
        if way == "delete" and len(lines) > 1:
            del lines[at]
        elif way == "double":
            lines.insert(at, line)
        elif way == "move":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        elif way == "indent":
            lines[at] = " " * draw(st.integers(0, 6)) + line.lstrip()
        elif way == "value" and ": " in line:
            lines[at] = line.partition(": ")[0] + ": " + draw(st.sampled_from(ODD))
        elif way == "word":
            words = line.split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(ODD))
            lines[at] = " ".join(words)
        elif way == "key" and ":" in line:
            lines[at] = draw(st.sampled_from(ODD)) + ":" + line.partition(":")[2]
    return "\n".join(lines)


@st.composite
def spoiled_bytes(draw: st.DrawFn, text: str) -> bytes:
    """The bytes with some of them changed, cut out or put in."""
    raw = bytearray(text.encode())
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + draw(st.integers(0, 4))] = draw(st.binary(max_size=6))
    return bytes(raw)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=8), st.sampled_from(ODD),
    st.dates().map(str), st.just([]), st.just({}), st.just([["08:30", "12:00"]]),
    st.just({"date": "2020-01-01", "name": "x"}),
)


@st.composite
def spoiled_json(draw: st.DrawFn, node: Any) -> str:
    """The document with some of its parts replaced, removed, doubled or renamed."""
    spoiled = copy.deepcopy(node)
    for _ in range(draw(st.integers(1, 4))):
        place = spoiled
        while isinstance(place, dict | list) and place:
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            inner = place[key]
            if isinstance(inner, dict | list) and inner and draw(st.integers(0, 3)):
                place = inner
                continue
            way = draw(st.sampled_from(("replace", "remove", "double", "rename")))
            if way == "remove":
                del place[key]
            elif way == "double" and isinstance(place, list):
                place.append(copy.deepcopy(inner))
            elif way == "rename" and isinstance(place, dict):
                place[draw(st.text(max_size=8))] = place.pop(key)
            else:
                place[key] = copy.deepcopy(draw(SCALARS))
            break
    return json.dumps(spoiled)


def examined(raw: bytes) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder) / "w.yaml"
        path.write_bytes(raw)
        try:
            definition, problems = examine(path)
        except InvalidFile:
            return
    assert definition is not None or problems
    if definition is not None and not problems:
        lived(definition)


def lived(definition: Definition) -> None:
    """A workflow that was found sound never makes the rules stumble: it is drawn, stored, and a ticket of it lives for a year."""
    assert Definition.from_json(definition.to_json()) == definition
    assert mermaid(definition, "zh", str)
    opening = Opening("标题", "visit", lead="SCJGJ", grade=definition.default_grade)
    event = open_ticket(definition, opening, OFFICE, NOW, china(), ticket=1, number="ZG-2020-0001", office="ZG", salt="salt")
    if isinstance(event, Refusal):
        return
    ticket = evolve(None, event)
    for days in (0, 7, 400):
        at = Situation(definition, ticket, OFFICE, NOW + timedelta(days=days), china())
        _, ticket = climb(at, PEOPLE)
        for trigger in definition.triggers.values():
            for actor in (OFFICE, LEAD):
                assess(at._replace(ticket=ticket, actor=actor), trigger)


def noticed(text: str) -> None:
    try:
        notice = parse_notice(text)
        made = merge([notice], china())
    except CalendarError as error:
        assert error.problems
        return
    assert Calendar.from_json(made.to_json()) == made


def counted(text: str) -> None:
    try:
        calendar = Calendar.from_json(text)
    except CalendarError as error:
        assert error.problems
        return
    assert Calendar.from_json(calendar.to_json()).version == calendar.version
    try:
        assert due(NOW, parse_amount("3 working days"), calendar).at >= NOW
    except CalendarError:
        return


def understood(text: str) -> None:
    try:
        when = parse_when(text, NOW, china(), Side.ANY)
        assert when.at.utcoffset() == timedelta(0) and 1989 <= when.at.year <= 2201
    except WhenError as error:
        assert error.code and error.text is not None
    try:
        amount = parse_amount(text)
        assert parse_amount(str(amount)) == amount
    except WhenError as error:
        assert error.code


def said(text: str) -> None:
    """What the rules let through, the record can hold and hash."""
    for problem in (title_problem(text), word_problem("note", text, LONGEST)):
        if problem is None:
            assert canonical({"x": text}).encode() and digest_words({"x": text}, "salt")


CHARACTERS = st.text(st.sampled_from("0123456789-/.:TtZz+ 年月日天号个工作小时后明今dwhmoadys５\u3000٣\x00\ud800"),
    max_size=24)
ANY = st.one_of(st.text(st.characters(), max_size=40), CHARACTERS, st.sampled_from([*UNSEEN, *ODD]))

CASES = [
    (examined, spoiled_text(WORKFLOW).map(lambda text: text.encode("utf-8", "surrogatepass"))),
    (examined, spoiled_bytes(WORKFLOW)),
    (noticed, spoiled_json(NOTICE)), (noticed, st.text(max_size=60)), (counted, spoiled_json(OFFICE_HOURS)),
    (understood, CHARACTERS), (understood, ANY), (said, ANY),
]


@pytest.mark.parametrize(("check", "strategy"), CASES,
    ids=[f"{number}-{case[0].__name__}" for number, case in enumerate(CASES)])
def test_odd_input_is_refused_in_words(check: Any, strategy: st.SearchStrategy[Any]) -> None:
    BRIEF(given(strategy)(check))()


@pytest.mark.torture
@pytest.mark.parametrize(("check", "strategy"), CASES,
    ids=[f"{number}-{case[0].__name__}" for number, case in enumerate(CASES)])
def test_much_odd_input_is_refused_in_words(check: Any, strategy: st.SearchStrategy[Any]) -> None:
    LONG(given(strategy)(check))()


LASTING = {"demo", "watch", "serve", "init", "upgrade", "clock", "backup", "restore"}
"""Commands that stay, or make databases: they have tests of their own."""

POOL = (
    "1", "2", "3", "ZG-2020-0001", "-", "市市场监管局", "市税务局", "SCJGJ", "各县（市、区）", "C", "A", "3.1", "visit",
    "5wd", "1mo", "2020-10-09",
    "2200-12-31", "yes", "x", "reason=x", "until=3d", "lead=SCJGJ", "office", "--json", "--dry-run", "--help", "--", "-1",
    "verify",
    "rectification", "2021", "2020-09-30", *NO_NUMBERS[:12], *NO_UNITS, *NO_TIMES[0][1], *UNSEEN, *ODD,
)


def leaves() -> list[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    found: list[tuple[tuple[str, ...], click.Command]] = []
    context = click.Context(cli)

    def walk(words: tuple[str, ...], command: click.Command) -> None:
        found.append((words, command))
        for name, inner in getattr(command, "commands", {}).items():
            walk((*words, name), inner)

    for group in CONTENTS.values():
        for name in group:
            command = cli.get_command(context, name)
            if command is not None and name not in LASTING:
                walk((name,), command)
    return found


FITTING = {
    "NO": ("1", "2", "3", "4", "ZG-2020-0001"), "NO…": ("1", "2", "3", "4", "-"),
    "UNIT": ("SCJGJ", "市税务局", "GAJ", "各县（市、区）"),
    "WHEN": ("5wd", "1mo", "2020-10-09", "2020-09-20", "2200-12-31", "明天"), "TEXT": ("依据事实", "x"),
    "NAME": ("rectification", "complaint"),
    "FILE": ("w.yaml", "photo.pdf", "missing"), "ACCOUNT": ("leader", "office"),
    "KEY=VALUE": ("reason=x", "lead=GAJ", "until=3d", "note=x"),
    "TRIGGER": ("verify", "accept", "submit", "comment"), "[TRIGGER]": ("verify", "fly"), "SOURCE": ("visit", "self"),
    "N": ("1", "2", "3"),
    "A|B|C": ("A", "b", "C"), "TITLE": ("窗口无人值守",), "STATE": ("found", "x"), "AMOUNT": ("1d", "5wd"),
    "START": ("2020-09-30", "-"),
}
"""What a parameter takes, by the word that its help shows."""


def word(luck: random.Random, item: click.Parameter) -> str:
    """What fits, mostly; sometimes anything."""
    choices = getattr(item.type, "choices", None)
    fitting = tuple(map(str, choices)) if choices else FITTING.get(item.metavar or "", POOL)
    return luck.choice(fitting if luck.random() < 0.85 else POOL)


def line(luck: random.Random) -> list[str]:
    """A command with what it needs, some of its other options, and now and then a word too much or too few."""
    words, command = luck.choice(leaves())
    said = list(words)
    for item in command.params:
        if isinstance(item, click.Argument) and luck.random() < 0.95:
            said.append(word(luck, item))
    options = [item for item in command.params if isinstance(item, click.Option)]
    for item in options:
        if item.required or luck.random() < 0.3:
            said.append(luck.choice(item.opts))
            if not item.is_flag and luck.random() < 0.97:
                said.append(word(luck, item))
    if luck.random() < 0.05:
        said.append(luck.choice(POOL))
    if luck.random() < 0.5:
        said = ["--as",
            luck.choice(("SCJGJ", "SHUIWJ", "GAJ", "scjgj-head", "leader", "auditor", "admin", luck.choice(POOL))), *said]
    return said


def typed(path: Path, times: int, seed: int, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    shutil.copyfile(path, place / "zg.db")
    zg, luck = Zg(f"sqlite:///{place / 'zg.db'}"), random.Random(seed)  # noqa: S311 – a seed that can be given again
    (place / "w.yaml").write_text(WORKFLOW)
    (place / "photo.pdf").write_bytes(b"%PDF-1.7")
    zg.submitted()
    for _ in range(3):
        zg.opened()
    for _ in range(times):
        words = line(luck)
        result = zg(*words, code=None, given=luck.choice(("", "1\n2\n", "x\ty\n", '{"number": "1"}\n', "\x00")), ZG_LANG="en")
        assert result.exit_code in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 75), (words, result.exit_code)
        assert "nobody expected" not in result.stderr and "Traceback" not in result.stderr, (words, result.stderr)
    with closing(connect(zg.url)) as db:
        assert list(verify(db)) == []


def test_random_command_lines_never_end_in_a_traceback(founded_sqlite: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "place").mkdir()
    seed = random.randrange(2**32)  # noqa: S311 – pytest-randomly prints the seed it comes from
    typed(Path(founded_sqlite.removeprefix("sqlite:///")), 100, seed, tmp_path / "place", monkeypatch)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(20))
def test_many_random_command_lines_never_end_in_a_traceback(
    seed: int, founded_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "place").mkdir()
    typed(Path(founded_sqlite.removeprefix("sqlite:///")), 1_000, seed, tmp_path / "place", monkeypatch)
