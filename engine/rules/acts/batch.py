"""What is done with a batch (来文批次): the supervision office receives it with a letter and closes it once everything in it is assigned;
the watch rings when that is to be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.errors import Reason
from engine.rules.access import Actor, may_receive
from engine.rules.acts.command import Refusal
from engine.rules.acts.office_event import first_office_event, office_event
from engine.rules.batch import CLOSED, RANG, RECEIVED, Batch
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import stamp
from engine.rules.recipients import Directory
from engine.rules.ticket_facts import Evidence
from engine.rules.timing import office_limit
from engine.rules.timing.climb import WATCHER
from engine.rules.timing.office_limit import OfficeLimit, heard_by
from engine.rules.wording import LONGEST_FACT, title_problem, word_problem
from engine.rules.worktime import Amount, Calendar, due
from engine.rules.worktime.amount import WORKING_DAYS

ASSIGN_LIMIT = Amount(10, WORKING_DAYS)
"""In which time the tickets of a batch are to be assigned, where nothing else is said (DESIGN §9)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that came in (来文): what it is about, the sender's number of it, the day it bears, who sent it, and in which time what came
    with it is to be assigned; its scans are `evidence`, and `file_names` what they were called.
    """

    title: str
    number: str
    dated: date
    sender: str
    assign_limit: Amount = ASSIGN_LIMIT
    evidence: tuple[Evidence, ...] = ()
    file_names: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> dict[str, str]:
        """What of it may be erased."""
        return {"title": self.title, "sender": self.sender, **self.file_names}


def receive(
    letter: Letter, actor: Actor, now: datetime, calendar: Calendar, *, stream: int, number: str, office: str, salt: str,
    received_as: str | None = None,
) -> Event | Refusal:
    """The first event of a batch, or every reason against it. `stream` and `number` come from the record's counters; `received_as` is the
    batch of the same letter, if there is one.
    """
    reasons = _problems(letter, actor, calendar.local_day(now), received_as)
    if reasons:
        return Refusal(reasons)
    data: JsonObject = {
        "number": number, "office": office, "letter": letter.number, "dated": letter.dated.isoformat(),
        "assign_limit": str(letter.assign_limit), "assign_due_at": stamp(due(now, letter.assign_limit, calendar).at),
    }
    if letter.evidence:
        data["evidence"] = [item.to_json() for item in letter.evidence]
    return first_office_event(stream, actor, now, RECEIVED, data, letter.words(), salt)


def close(batch: Batch, unassigned: int, actor: Actor, now: datetime) -> Event | Refusal:
    """The event by which a batch takes no more tickets, or every reason against it. `unassigned` tickets of it wait to be assigned."""
    reasons = [
        None if may_receive(actor) else Reason("may-not-receive", {"actor": actor.name}, 4),
        over_problem(batch),
        Reason("batch-unassigned", {"batch": batch.number, "count": unassigned}) if unassigned else None,
    ]
    if found := tuple(reason for reason in reasons if reason):
        return Refusal(found)
    return office_event(batch, actor, now, CLOSED, {})


def ring(batch: Batch, now: datetime, calendar: Calendar, directory: Directory) -> Event:
    """The event by which the limit for assigning rings, or comes round. Raises ValueError where it does not ring (yet)."""
    if batch.wake_at is None or now < batch.wake_at:
        raise ValueError(f"nothing rings for {batch.number}")
    limit = OfficeLimit(batch.received_at, batch.assign_due_at, batch.rung, batch.repeated, batch.wake_at)
    facts, tell = office_limit.ring(limit, now, calendar)
    return office_event(batch, WATCHER, now, RANG, {**facts, "recipients": list(heard_by(tell, directory))})


def over_problem(batch: Batch) -> Reason | None:
    """Why nothing more comes into a batch, or None."""
    return Reason("batch-over", {"batch": batch.number, "date": batch.closed_at}) if batch.closed_at is not None else None


def _problems(letter: Letter, actor: Actor, today: date, received_as: str | None) -> tuple[Reason, ...]:
    found = [
        None if may_receive(actor) else Reason("may-not-receive", {"actor": actor.name}, 4),
        title_problem(letter.title),
        word_problem("letter", letter.number, LONGEST_FACT, one_line=True),
        word_problem("sender", letter.sender, LONGEST_FACT, one_line=True),
    ]
    if letter.dated > today:
        found.append(Reason("letter-ahead", {"date": letter.dated.isoformat()}))
    if letter.assign_limit.number == 0:
        found.append(Reason("limit-empty"))
    if received_as is not None and may_receive(actor):  # whoever may not learns nothing of what came
        found.append(Reason("letter-received", {"letter": letter.number, "batch": received_as}))
    return tuple(reason for reason in found if reason)
