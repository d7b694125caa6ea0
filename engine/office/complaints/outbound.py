"""What goes back to senders (诉求评价反馈): the outcome of each complaint and review as a file, and a comparison that changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from engine.desk.intake import Intake
from engine.office.complaints.columns import NOTHING_ASKED, Asked
from engine.office.complaints.feedbacks import PIECE
from engine.office.complaints.messages import Misread, Sent, read_message, sent
from engine.record import queries
from engine.record.aggregates import FEEDBACKS
from engine.rules.access import Actor, may_enter_feedback, may_read_feedback, must
from engine.rules.loop.feedback import DONE, Feedback
from engine.rules.loop.message import DIFFERS, NEWER, OLDER, Message, arrival
from engine.rules.proof.chain import canonical, stamp_or_none

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

FIELDS = ("ref", "number", "ticket", "outcome", "state", "at", "version", "mark")


class OutcomeLine(TypedDict):
    """What a sender is told: its id, our numbers, where the ticket stands. `version` grows with each outcome; `mark` comes back with what
    the sender's platform made of it, so that it is known as our own.
    """

    ref: str
    number: str
    ticket: str | None
    outcome: str | None
    state: str | None
    at: str | None
    version: int
    mark: str


class Difference(NamedTuple):
    """Where a sender's file and the record do not agree. `code`: unknown-here, unknown-there, older-there, newer-there, content,
    open-there, open-here, unreadable. `there` and `here` are what each says.
    """

    ref: str
    code: str
    number: str | None = None
    there: str | None = None
    here: str | None = None


class OutcomePage(NamedTuple):
    """Some of what a sender was told. `after`: what the next page begins behind; None where this is the last."""

    lines: tuple[OutcomeLine, ...]
    after: int | None


def outcomes(desk: Desk, actor: Actor, source: str) -> Iterator[OutcomeLine]:
    """What a sender was told, of each that it was told anything of. Raises NotPermitted."""
    must(may_read_feedback, actor)
    return map(_line, _told(desk, source))


def outcome_page(desk: Desk, actor: Actor, source: str, after: int, limit: int) -> OutcomePage:
    """So many of what a sender was told, behind what the page before gave. Raises NotPermitted."""
    must(may_read_feedback, actor)
    found = list(islice(_told(desk, source, after), limit + 1))
    return OutcomePage(tuple(map(_line, found[:limit])), found[limit - 1].id if len(found) > limit else None)


def _told(desk: Desk, source: str, after: int = 0) -> Iterator[Feedback]:
    return (each for each in _of(desk, source, after) if each.outcome is not None)


def _line(told: Feedback) -> OutcomeLine:
    return {
        "ref": told.ref, "number": told.number, "ticket": told.ticket, "outcome": told.outcome, "state": told.told,
        "at": stamp_or_none(told.outcome_at), "version": told.version, "mark": told.mark,
    }


def write_csv(found: Iterator[OutcomeLine], path: Path) -> int:
    """Writes what a sender was told as a csv with a heading, and returns of how many matters. Raises OSError."""
    from engine.office.sheets.delimited import write_delimited  # few commands write a csv

    return write_delimited(path, FIELDS, (tuple(cells(line)) for line in found))


def write_lines(found: Iterator[OutcomeLine], path: Path) -> int:
    """Writes what a sender was told as one JSON object a line, and returns of how many matters. Raises OSError."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for line in found:
            file.write(canonical(dict(line)) + "\n")
            count += 1
    return count


def cells(line: OutcomeLine) -> list[str | int | None]:
    """What a sender is told, in the order of FIELDS."""
    return [line["ref"], line["number"], line["ticket"], line["outcome"], line["state"], line["at"], line["version"], line["mark"]]


def reconcile(desk: Desk, actor: Actor, source: str, path: Path, asked: Asked = NOTHING_ASKED) -> Iterator[Difference]:
    """Every difference between a sender's file and the record; nothing is changed. Raises InvalidFile, NotPermitted."""
    must(may_enter_feedback, actor)
    intake, items = Intake(desk, actor), sent(path, asked).messages
    seen: set[str] = set()
    for start in range(0, len(items), PIECE):
        messages = [_message(intake, source, item) for item in items[start:start + PIECE]]
        refs = list(dict.fromkeys(each.ref for each in messages if isinstance(each, Message)))
        rows = desk.database.rows(queries.FEEDBACK_CALLED, source=source, refs=refs) if refs else []
        known = {each.ref: each for each in map(FEEDBACKS.read, rows)}
        numbers = list(dict.fromkeys(each.ticket for each in known.values() if each.ticket is not None))
        closed = {row[0] for row in desk.database.rows(queries.CLOSED_OF, numbers=numbers)} if numbers else set()
        for message in messages:
            yield from [message] if isinstance(message, Difference) else _differences(message, known.get(message.ref), closed)
        seen.update(refs)
    yield from (Difference(each.ref, "unknown-there", each.number) for each in _of(desk, source) if each.ref not in seen)


def _message(intake: Intake, source: str, item: Sent) -> Message | Difference:
    """What the sender says, or that it cannot be read."""
    try:
        if item.problem is None:
            return read_message(intake, source, item.fields)
    except Misread:
        pass
    return Difference(str(item.fields.get("ref", item.row)), "unreadable")


def _differences(message: Message, ours: Feedback | None, closed: Collection[str]) -> Iterator[Difference]:
    """Where a message and what is known of its id do not agree. `closed` are tickets that are."""
    if ours is None:
        yield Difference(message.ref, "unknown-here")
        return
    if (code := _CODES.get(arrival(ours, message))) is not None:
        yield Difference(message.ref, code, ours.number, str(message.version), str(ours.stated_version))
    if ours.ticket is not None and (message.category == DONE) != (over := ours.ticket in closed):
        yield Difference(message.ref, "open-there" if over else "open-here", ours.number, message.category, ours.told)


_CODES = {OLDER: "older-there", NEWER: "newer-there", DIFFERS: "content"}


def _of(desk: Desk, source: str, after: int = 0) -> Iterator[Feedback]:
    while rows := desk.database.rows(queries.FEEDBACK_FROM, source=source, after=after, limit=PIECE):
        found = [FEEDBACKS.read(row) for row in rows]
        yield from found
        after = found[-1].id
