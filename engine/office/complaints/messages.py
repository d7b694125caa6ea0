"""What senders say, read: lines of JSON, rows of a sheet, or what the API was given, into messages; each fault of a row has a code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from engine.desk.intake import Intake
from engine.errors import InvalidFile, Problem, UsageError, ZgError
from engine.office.sheets.cells import folded
from engine.office.sheets.heading import blocks
from engine.rules.loop.feedback import BEST, CATEGORIES, COMPLAINT, KINDS, OPEN, REVIEW, WORST
from engine.rules.loop.feedback_acts import Message, message_problems
from engine.rules.worktime import Side
from engine.rules.worktime.day import EARLIEST
from engine.words.vocabulary import code_of

LINES = (".jsonl", ".ndjson")
"""How files end whose every line is the JSON of one message."""

HEADS: Mapping[str, tuple[str, ...]] = {
    "ref": ("ref", "id", "编号", "工单号", "工单编号", "诉求编号", "评价编号", "来件编号", "办件编号", "受理编号"),
    "version": ("version", "版本", "版本号"),
    "at": ("at", "time", "时间", "评价时间", "受理时间", "来电时间", "诉求时间", "登记时间", "提交时间"),
    "kind": ("kind", "类型", "来件类型"),
    "rating": ("rating", "评价等级", "满意度", "评价结果", "星级", "满意等级"),
    "text": ("text", "内容", "评价内容", "诉求内容", "投诉内容", "问题描述", "意见建议"),
    "unit": ("unit", "被评单位", "被投诉单位", "办理单位", "承办单位", "责任单位", "服务单位", "部门"),
    "item": ("item", "事项", "事项名称", "服务事项", "政务服务事项", "办理事项"),
    "name": ("name", "姓名", "评价人", "诉求人", "投诉人", "来电人", "申请人"),
    "phone": ("phone", "电话", "联系电话", "联系方式", "手机", "手机号", "来电号码"),
    "category": ("category", "state", "状态", "办理状态", "工单状态"),
    "mark": ("mark", "回传标识"),
}
"""By the name of a field, the heads under which senders keep it."""

BORNE_WITH = timedelta(days=1)
"""So far may the clock of a sender run ahead of ours, whatever its zone."""

_FIELD_OF = {folded(head): field for field, heads in HEADS.items() for head in heads}


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


def sent(path: Path) -> tuple[Sent, ...]:
    """The messages of a file, in their order. Raises InvalidFile."""
    found = tuple(_lines(path) if path.suffix.casefold() in LINES else _rows(path))
    if not found:
        raise InvalidFile(file=path.name, problems=[Problem("feedback-none")])
    return found


def read_message(intake: Intake, source: str, fields: Mapping[str, object]) -> Message:
    """The message of some fields, as a file or the API has them. Raises Misread with everything that stands against it."""
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


class _Reading:
    """The fields of one message, and what is wrong with them."""

    def __init__(self, intake: Intake, said: Mapping[str, object]) -> None:
        self.intake, self.fields, self.problems = intake, dict[str, object](), list[Problem]()
        for name, value in said.items():
            field = _FIELD_OF.get(folded(name), name)
            if field in self.fields and self.fields[field] != value:
                self.problems.append(Problem("feedback-twice", None, {"field": field}))
            self.fields[field] = value

    def text(self, name: str) -> str | None:
        value = self.fields.get(name)
        text = "" if value is None else str(value).strip()
        return text or None

    def moment(self, name: str) -> datetime | None:
        """A moment that has come; one ahead would be newer than whatever is said later. A clock that is not quite right is borne with."""
        found = self._moment(name)
        if found is not None and not EARLIEST <= found.date() <= self.intake.desk.clock.now().date() + BORNE_WITH:
            self.problems.append(Problem("feedback-moment-ahead", None, {"text": self.text(name)}))
            return None
        return found

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
        """Complaint or review; where nobody says it, what has a rating is a review."""
        if (text := self.text("kind")) is None:
            return REVIEW if rating is not None or self.text("rating") else COMPLAINT
        return code_of(text, KINDS, "source") or text

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


def _lines(path: Path) -> Iterator[Sent]:
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
        yield Sent(row, node) if isinstance(node, dict) else Sent(row, {}, Problem("feedback-no-object"))


class _Twice(Exception):
    """An object has a key twice: which of its values is meant nobody knows."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _rows(path: Path) -> Iterator[Sent]:
    """The rows of every table that names the sender's id."""
    from engine.office.sheets.reader import read  # what reads foreign files is not loaded by what reads none

    for sheet in read(path):
        for block in blocks(sheet, lambda head: folded(head) in _FIELD_OF):
            fields = [_FIELD_OF.get(folded(head)) for head in block.heading.heads]
            if "ref" not in fields:
                continue
            for row in block.rows:
                cells = [(field, cell) for field, cell in zip(fields, row.cells, strict=False) if field is not None and cell.text]
                values = {field: cell.value if isinstance(cell.value, date) else cell.text for field, cell in cells}
                if values:
                    yield Sent(row.number, values)
