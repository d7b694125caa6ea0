"""What senders say, read: lines of JSON, rows of a sheet, or what the API was given, into messages; each fault of a row has a code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from engine.desk.intake import Intake
from engine.errors import InvalidFile, Problem, UsageError, ZgError
from engine.office.complaints.columns import NOTHING_ASKED, Asked, columns_of, contradicted, is_known, named
from engine.office.sheets.cells import folded
from engine.office.sheets.heading import blocks
from engine.rules.loop.feedback import BEST, CATEGORIES, KINDS, OPEN, REVIEW, WORST
from engine.rules.loop.message import Message, message_problems
from engine.rules.worktime import Side
from engine.rules.worktime.day import EARLIEST
from engine.words.vocabulary import code_of

LINES = (".jsonl", ".ndjson")
"""How files end whose every line is the JSON of one message."""

BORNE_WITH = timedelta(days=1)
"""So far may the clock of a sender run ahead of ours, whatever its zone."""


class Sent(NamedTuple):
    """A message where it stands: the row of the file, and what its fields hold; or why the row holds none."""

    row: int
    fields: Mapping[str, object]
    problem: Problem | None = None


class Misread(Exception):
    """A message cannot be used; `problems` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = tuple(problems)


class Gist(NamedTuple):
    """What can be read of a message that cannot be used."""

    ref: str | None = None
    kind: str | None = None
    rating: int | None = None
    unit: str | None = None
    at: datetime | None = None


class File(NamedTuple):
    """The messages of a file, in their order, and of each column what it was taken for; None of those that nobody reads."""

    messages: tuple[Sent, ...]
    columns: Mapping[str, str | None]


def sent(path: Path, asked: Asked = NOTHING_ASKED) -> File:
    """What a file says. Raises InvalidFile."""
    columns: dict[str, str | None] = {}
    found = tuple(_lines(path, asked, columns) if path.suffix.casefold() in LINES else _rows(path, asked, columns))
    if not found:
        raise InvalidFile(file=path.name, problems=[Problem("feedback-none")])
    return File(found, columns)


def read_message(intake: Intake, source: str, fields: Mapping[str, object]) -> Message:
    """The message of some fields, by their names here. Raises Misread with everything that stands against it."""
    reading = _Reading(intake, fields)
    at, rating = reading.moment("at"), reading.rating()
    message = Message(
        reading.text("ref") or "", reading.version(at), at or intake.desk.clock.now(), reading.kind(rating), reading.category(), rating,
        reading.unit(), reading.text("item"), reading.text("text"), reading.text("name"), reading.text("phone"), reading.text("mark"),
    )
    against = message_problems(source, message)
    if reading.problems:  # what was not understood is not missing besides
        against = tuple(reason for reason in against if reason.code != "rating-missing")
    problems = [*reading.problems, *(Problem(reason.code, None, reason.values) for reason in against)]
    if message.kind == REVIEW and message.asks and message.unit is None and not any(each.where == "unit" for each in reading.problems):
        problems.append(Problem("feedback-no-unit"))
    if problems:
        raise Misread([problem._replace(where="") for problem in problems])
    return message


def gist_of(intake: Intake, fields: Mapping[str, object]) -> Gist:
    """What can be read of some fields, whatever is wrong with them."""
    reading = _Reading(intake, fields)
    rating = reading.rating()
    return Gist(reading.text("ref"), reading.kind(rating), rating, reading.unit(), reading.moment("at"))


def message_fields(said: Mapping[str, object], asked: Asked = NOTHING_ASKED) -> Mapping[str, object]:
    """What an object says by our names. Raises Misread where it says one field twice, and differently."""
    found = named(said, asked.columns)
    if twice := contradicted(said, found):
        raise Misread([Problem("feedback-twice", None, {"field": field}) for field in twice])
    return found


class _Reading:
    """The fields of one message, and what is wrong with them."""

    def __init__(self, intake: Intake, fields: Mapping[str, object]) -> None:
        self.intake, self.fields, self.problems = intake, fields, list[Problem]()

    def text(self, name: str) -> str | None:
        value = self.fields.get(name)
        text = "" if value is None else str(value).strip()
        return text or None

    def moment(self, name: str) -> datetime | None:
        """A moment that has come; one ahead would be newer than whatever is said later. A clock that is not quite right is borne with."""
        found = self._moment(name)
        if found is None or EARLIEST <= found.date() <= self.intake.desk.clock.now().date() + BORNE_WITH:
            return found
        code = "feedback-moment-early" if found.date() < EARLIEST else "feedback-moment-ahead"
        self.problems.append(Problem(code, None, {"text": self.text(name), "date": EARLIEST}))
        return None

    def _moment(self, name: str) -> datetime | None:
        """A moment as it is said; a day or a time without zone is the office's."""
        value, zone = self.fields.get(name), self.intake.desk.rules.zone()
        if isinstance(value, datetime):
            return value if value.tzinfo is not None else value.replace(tzinfo=zone)
        if isinstance(value, date):
            return datetime.combine(value, time(), zone)
        if (text := self.text(name)) is None:
            self.problems.append(Problem("feedback-field-missing", None, {"field": name}))
            return None
        try:
            read = datetime.fromisoformat(text)
        except ValueError:
            return self._typed_moment(text)
        return read if read.tzinfo is not None else read.replace(tzinfo=zone)

    def _typed_moment(self, text: str) -> datetime | None:
        try:
            return self.intake.begin(text, Side.PAST).value
        except UsageError:
            self.problems.append(Problem("feedback-moment", None, {"text": text}))
            return None

    def version(self, at: datetime | None) -> int:
        """How often the sender said something; where it does not count, the moment counts."""
        if (text := self.text("version")) is None:
            return int(at.timestamp()) if at is not None else 0
        try:
            return int(text)
        except ValueError:
            self.problems.append(Problem("feedback-version"))
            return 0

    def rating(self) -> int | None:
        """One of the five grades of satisfaction, by its name or as a number from 1, the worst, to 5."""
        if (text := self.text("rating")) is None:
            return None
        code = code_of(text, [str(grade) for grade in range(WORST, BEST + 1)], "rating")
        if code is None:
            self.problems.append(Problem("rating-unknown", None, {"rating": text}))
        return int(code) if code is not None else None

    def kind(self, rating: int | None) -> str:
        """Complaint or review; where nobody says it, what has a rating is a review. What has none is not taken for a complaint."""
        if (text := self.text("kind")) is not None:
            return code_of(text, KINDS, "source") or text
        if rating is None and self.text("rating") is None:
            self.problems.append(Problem("feedback-kind-missing"))
        return REVIEW

    def category(self) -> str:
        """What the sender's state comes down to, whatever it is called; without a state it is open."""
        text = self.text("category")
        return OPEN if text is None else code_of(text, CATEGORIES, "category") or text

    def unit(self) -> str | None:
        if (text := self.text("unit")) is None:
            return None
        try:
            return self.intake.unit(text)
        except ZgError as error:
            self.problems.append(Problem(str(error.values.get("reason", error.code)), None, error.values, where="unit"))
            return None


def _lines(path: Path, asked: Asked, columns: dict[str, str | None]) -> Iterator[Sent]:
    from engine.office.sheets.reader import bytes_of  # bounded as every foreign file is

    try:
        text = bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile(file=path.name, problems=[Problem("problem-no-utf8", None, {"place": error.start}, path.name)]) from error
    for row, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            node = json.loads(line, object_pairs_hook=_once)
        except _Twice as error:
            yield Sent(row, {}, Problem("feedback-twice", None, {"field": str(error)}))
            continue
        except (ValueError, RecursionError):
            node = None
        if not isinstance(node, dict):
            yield Sent(row, {}, Problem("feedback-no-object"))
            continue
        columns |= zip(node, columns_of([*node], asked.columns), strict=True)
        try:
            yield Sent(row, _said(message_fields(node, asked), asked))
        except Misread as error:
            yield Sent(row, {}, error.problems[0])


class _Twice(Exception):
    """An object has a key twice: which of its values is meant nobody knows."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _rows(path: Path, asked: Asked, columns: dict[str, str | None]) -> Iterator[Sent]:
    """The rows of every table that names the sender's id."""
    from engine.office.sheets.reader import read  # what reads foreign files is not loaded by what reads none

    for sheet in read(path):
        for block in blocks(sheet, lambda head: is_known(head) or folded(head) in asked.columns):
            fields = columns_of(block.heading.heads, asked.columns)
            columns |= {head: field for head, field in zip(block.heading.heads, fields, strict=True) if head}
            if "ref" not in fields:
                continue
            for row in block.rows:
                cells = [(field, cell) for field, cell in zip(fields, row.cells, strict=False) if field is not None and cell.text]
                values = {field: cell.value if isinstance(cell.value, date) else cell.text for field, cell in cells}
                if values:
                    yield Sent(row.number, _said(values, asked))


def _said(fields: Mapping[str, object], asked: Asked) -> Mapping[str, object]:
    """What a row says; where neither its kind nor its rating does, what was said of all."""
    return fields if asked.kind is None or fields.get("kind") or fields.get("rating") else {**fields, "kind": asked.kind}
