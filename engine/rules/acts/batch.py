"""What the supervision office does with a batch (来文批次): receives it with a letter, and closes it once everything in it is assigned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.errors import Reason
from engine.rules.access import Actor, may_receive
from engine.rules.acts.decide import Refusal, names_given
from engine.rules.batch import CLOSED, RECEIVED, Batch
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.proof.chain import digest_words, stamp
from engine.rules.wording import LONGEST_FACT, title_problem, word_problem
from engine.rules.worktime import Amount, Calendar, due
from engine.rules.worktime.amount import WORKING_DAYS

ASSIGN_LIMIT = Amount(10, WORKING_DAYS)
"""In which time the tickets of a batch are to be assigned, where nothing else is said (DESIGN §9)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that came in (来文): what it is about, the sender's number of it, the day it bears, who sent it, and in which time what came
    with it is to be assigned.
    """

    title: str
    number: str
    dated: date
    sender: str
    assign_limit: Amount = ASSIGN_LIMIT

    def words(self) -> dict[str, str]:
        """What of it may be erased."""
        return {"title": self.title, "sender": self.sender}


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
        "words": digest_words(letter.words(), salt), "given": names_given(letter.words()),
    }
    return _event(stream, 1, actor, now, RECEIVED, data)._replace(words=letter.words(), salt=salt)


def close(batch: Batch, unassigned: int, actor: Actor, now: datetime) -> Event | Refusal:
    """The event by which a batch takes no more tickets, or every reason against it. `unassigned` tickets of it wait to be assigned."""
    reasons = [
        None if may_receive(actor) else Reason("may-not-receive", {"actor": actor.name}, 4),
        over_problem(batch),
        Reason("batch-unassigned", {"batch": batch.number, "count": unassigned}) if unassigned else None,
    ]
    if found := tuple(reason for reason in reasons if reason):
        return Refusal(found)
    return _event(batch.id, batch.version + 1, actor, now, CLOSED, {})


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


def _event(stream: int, seq: int, actor: Actor, now: datetime, kind: str, data: JsonObject) -> Event:
    """An event of a batch, which no unit reads."""
    data["audience"] = OFFICE_AUDIENCE
    if actor.stands_for is not None:
        data["for"] = actor.stands_for
    return Event(stream, seq, now, actor.name, actor.role, actor.unit, actor.via, kind, None, None, data)
