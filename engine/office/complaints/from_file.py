"""A file of complaints and reviews: read, looked at or taken in message by message, by one function; what cannot be used is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.desk.intake import Intake
from engine.errors import Problem, Refused, ZgError
from engine.office.complaints.columns import NOTHING_ASKED, Asked
from engine.office.complaints.inbound import Inbound, must_bring, problem_of
from engine.office.complaints.intaken import OPENED, PROBLEM, TWIN, Intaken, Received, Row
from engine.office.complaints.messages import Misread, Sent, gist_of, read_message, sent
from engine.office.complaints.refusals import Refusals, Unusable
from engine.rules.access import Actor
from engine.rules.loop.message import Message

if TYPE_CHECKING:
    from engine.desk.tickets import Desk

REHEARSED = 50
"""Messages that are looked at in one transaction: others write in between."""

Tick = Callable[[int, int], None]


def take_in_file(
    desk: Desk, actor: Actor, source: str, path: Path, asked: Asked = NOTHING_ASKED, *, commit: bool = False,
    tick: Tick = lambda done, of: None,
) -> Intaken:
    """Takes in a file, or without `commit` says what that would do. What cannot be used is kept with its reasons. Raises InvalidFile,
    NotPermitted.
    """
    must_bring(actor, source)
    file = sent(path, asked)
    done, inbound, intake = Intaken(path.name, source, commit, file.columns), Inbound(desk, actor, source), Intake(desk, actor)
    messages: dict[int, Message] = {}
    misread = set[tuple[object, ...]]()
    for item in file.messages:
        if item.problem is not None:
            done.rows.append(Row(item.row, PROBLEM, problems=(item.problem,)))
            continue
        try:
            messages[item.row] = read_message(intake, source, item.fields)
        except Misread as error:
            done.rows.append(Row(item.row, PROBLEM, str(item.fields.get("ref", "")), problems=error.problems))
            misread.add(_version_of(item.fields))
    for item in file.messages:
        if item.row in messages and _version_of(item.fields) in misread:
            ref = messages.pop(item.row).ref
            done.rows.append(Row(item.row, PROBLEM, ref, problems=(Problem("feedback-twins", None, {"ref": ref}),)))
    done.rows += _twins(messages)
    order = sorted(messages, key=lambda row: taking_order(messages[row]))
    if commit:
        for place, row in enumerate(order, 1):
            done.rows.append(_row(row, messages[row], inbound.take))
            tick(place, len(order))
    else:
        done.rows += _rehearsed(inbound, [(row, messages[row]) for row in order])
    done.rows.sort(key=lambda each: each.row)
    if commit:
        _settle(inbound, file.messages, done.rows, path)
    return done


def _settle(inbound: Inbound, messages: Sequence[Sent], rows: Sequence[Row], path: Path) -> None:
    """Keeps what of a file could not be taken in, and forgets what stood of that which was."""
    from engine.office.sheets.reader import bytes_of  # bounded as every foreign file is

    desk, intake = inbound.desk, Intake(inbound.desk, inbound.actor)
    fields = {item.row: item.fields for item in messages}
    refused = [Unusable(gist_of(intake, fields[row.row]), row.problems, row.row) for row in rows if row.action == PROBLEM]
    taken = [row.ref for row in rows if row.action != PROBLEM]
    sha256 = hashlib.sha256(bytes_of(path)).hexdigest()
    Refusals(desk.database, desk.clock, desk.salt).settle(inbound.actor, inbound.source, refused, taken, sha256)


def _rehearsed(inbound: Inbound, messages: Sequence[tuple[int, Message]]) -> Iterator[Row]:
    """What would become of messages, in the order in which they are taken in: some at a time, so that nobody waits long for the database.
    Earlier ones that a later one builds on – of the same id, or the one that opens the ticket of its problem – are rehearsed before it.
    """
    by_ref: dict[str, list[tuple[int, Message]]] = {}
    openers: dict[str | None, list[tuple[int, Message]]] = {}
    for start in range(0, len(messages), REHEARSED):
        piece = messages[start:start + REHEARSED]
        before: dict[int, Message] = {}
        for _, message in piece:
            before.update((*by_ref.get(message.ref, ()), *openers.get(problem_of(message), ())))
        with inbound.desk.writing_as(inbound.actor, dry_run=True) as now:
            for row, message in sorted((*before.items(), *piece), key=lambda each: taking_order(each[1])):
                done = _row(row, message, lambda each: inbound.taken(each, now))
                if row in before:
                    continue
                yield done
                if done.action == OPENED and (key := problem_of(message)) is not None:
                    openers[key] = [*by_ref.get(message.ref, ()), (row, message)]
                by_ref.setdefault(message.ref, []).append((row, message))


def taking_order(message: Message) -> tuple[datetime, str, int]:
    """In which order messages are taken in, whatever order they stand in."""
    return message.at, message.ref, message.version


def _row(row: int, message: Message, take: Callable[[Message], Received]) -> Row:
    try:
        done = take(message)
    except Refused as error:
        return Row(row, PROBLEM, message.ref, problems=tuple(Problem(reason.code, None, reason.values) for reason in error.reasons))
    except ZgError as error:
        if error.stops_all:
            raise
        return Row(row, PROBLEM, message.ref, problems=(Problem(str(error.values.get("reason", error.code)), None, error.values),))
    return Row(row, done.action, message.ref, done.feedback.number, done.feedback.ticket)


def _version_of(fields: Mapping[str, object]) -> tuple[object, ...]:
    """Which version of what a row is, as it says: where one such row cannot be read, no other one is taken for it."""
    return tuple(str(fields.get(name) or "").strip() for name in ("ref", "version", "at"))


def _twins(messages: dict[int, Message]) -> Sequence[Row]:
    """Rows that say what an earlier one says, and rows of one version that contradict each other: neither is taken in."""
    found: list[Row] = []
    rows: dict[tuple[str, int], list[int]] = {}
    for row, message in messages.items():
        rows.setdefault((message.ref, message.version), []).append(row)
    for first, *others in rows.values():
        alike = all(messages[other] == messages[first] for other in others)
        if not alike:
            problem = Problem("feedback-twins", None, {"ref": messages[first].ref})
            found += [Row(row, PROBLEM, messages[row].ref, problems=(problem,)) for row in (first, *others)]
        else:
            found += [Row(row, TWIN, messages[row].ref) for row in others]
        for row in others if alike else (first, *others):
            del messages[row]
    return found
