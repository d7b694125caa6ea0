"""What is done with a complaint or a review (诉求评价): it is received, its sender says something newer, its end is told back; whoever
complained answers, and a person decides whether it is done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.errors import Reason
from engine.rules.access import WATCH, Actor, may_bring_feedback_of, may_enter_feedback
from engine.rules.acts.command import Refusal
from engine.rules.acts.office_event import first_office_event, office_event
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.loop.feedback import (
    ANSWERED,
    DECIDED,
    GRANTED,
    LINKED,
    RECEIVED,
    REFUSED,
    TOLD,
    UPDATED,
    WAITING,
    Feedback,
)
from engine.rules.loop.message import NEWER, Message, arrival, message_problems, other_kind, takes_up_again
from engine.rules.proof.chain import digest_words, stamp
from engine.rules.ticket import Ticket
from engine.rules.wording import LONGEST, word_problem
from engine.rules.worktime import Amount, Calendar, due
from engine.rules.worktime.amount import WORKING_DAYS

LINK_IS_GOOD = timedelta(days=14)
"""How long an answer link is good for."""

DECIDE_LIMIT = Amount(3, WORKING_DAYS)
"""In which time a person decides whether it is done again (重办申请)."""

SATISFIED, UNSATISFIED = "satisfied", "unsatisfied"
ANSWERS = (SATISFIED, UNSATISFIED)

REASONS = {
    "not-done": True, "partly-done": True, "came-back": True, "not-contacted": True, "too-slow": False, "rules": False,
}
"""Why somebody is not satisfied, and whether that asks for it to be done again. Whatever is written freely asks always."""

OUTCOMES = {"found": "received", "assigned": "received", "submitted": "answered", "verified": "rectified"}
"""What a sender is told of the stages of a ticket; in any other one it is being worked on (`accepted`)."""

OTHER_ENDS = ("duplicate", "mistake")
"""As what a ticket is closed that says nothing of what was complained of."""


@dataclass(frozen=True, slots=True)
class Matter:
    """The ticket of a complaint or review, and the state in which it is (`told`)."""

    ticket: str
    told: str

    def facts(self) -> JsonObject:
        return {"ticket": self.ticket, "told": self.told}


@dataclass(frozen=True, slots=True)
class Answer:
    """What whoever complained says of the end: by a link (`token` is its hash), or by telephone to a person of the office."""

    answer: str
    reasons: tuple[str, ...] = ()
    text: str | None = None
    token: str | None = None

    @property
    def asks(self) -> bool:
        """Whether it asks for it to be done again."""
        return self.answer == UNSATISFIED and (bool(self.text) or any(REASONS.get(reason, False) for reason in self.reasons))


def receive(
    source: str, message: Message, matter: Matter | None, actor: Actor, now: datetime, *, stream: int, number: str, office: str, salt: str,
    secret_salt: str = "",
) -> Event | Refusal:
    """The first event of a complaint or review, or every reason against it. `stream` and `number` come from the record's counters."""
    if reasons := (*_not_brought(actor, source), *message_problems(source, message), *_matter_problem(message, None, matter)):
        return Refusal(reasons)
    data: JsonObject = {"number": number, "office": office, "source": source, "ref": message.ref, "kind": message.kind, **message.facts()}
    if matter is not None:
        data |= matter.facts()
    return _with_secret(first_office_event(stream, actor, now, RECEIVED, data, message.words(), salt), message, secret_salt)


def update(
    known: Feedback, message: Message, matter: Matter | None, actor: Actor, now: datetime, calendar: Calendar, *, salt: str,
    secret_salt: str = "", closed_at: datetime | None = None,
) -> Event | Refusal:
    """The event by which a sender says something newer, whole, or every reason against it. `matter` is a ticket that it has from now on.
    Where it takes up again what was closed here, at `closed_at`, a person decides whether it is done again.
    """
    arrived = arrival(known, message)
    reasons = (
        *_not_brought(actor, known.source), *message_problems(known.source, message), *_matter_problem(message, known, matter),
        *((Reason("feedback-not-newer", {"number": known.number, "version": known.stated_version}),) if arrived != NEWER else ()),
        *other_kind(known, message),
    )
    if reasons:
        return Refusal(reasons)
    data = message.facts()
    if matter is not None:
        data |= matter.facts()
    if takes_up_again(known, message, closed_at):
        data["redo_due_at"] = stamp(due(now, DECIDE_LIMIT, calendar).at)
    return _with_secret(office_event(known, actor, now, UPDATED, data, message.words(), salt), message, secret_salt)


def link(known: Feedback, attempt: int | None, token: str, actor: Actor, now: datetime) -> Event | Refusal:
    """The event by which whoever complained may answer by a link, or every reason against it. `token` is the link's hash; `attempt` is
    which attempt of its ticket is closed, None where none is.
    """
    if reasons := (*_not_entered(actor), *_answer_problem(known, attempt)):
        return Refusal(reasons)
    return office_event(known, actor, now, LINKED, {"token": token, "until": stamp(now + LINK_IS_GOOD)})


def answer(
    known: Feedback, given: Answer, attempt: int | None, actor: Actor, now: datetime, calendar: Calendar, *, salt: str,
) -> Event | Refusal:
    """The event by which whoever complained says whether the end satisfies, or every reason against it. `attempt` is which attempt of its
    ticket is closed, None where none is.
    """
    reasons = [
        *(() if actor.role == WATCH and given.token is not None else _not_entered(actor)),
        *_answer_problem(known, attempt), *_link_problem(known, given.token, now), *_given_problem(given),
    ]
    if reasons:
        return Refusal(tuple(reasons))
    data: JsonObject = {"answer": given.answer, "reasons": list(dict.fromkeys(given.reasons)), "attempt": attempt}
    if given.token is not None:
        data["token"] = given.token
    if given.asks:
        data["redo_due_at"] = stamp(due(now, DECIDE_LIMIT, calendar).at)
    return office_event(known, actor, now, ANSWERED, data, {"text": given.text} if given.text else None, salt)


def answer_problems(known: Feedback, attempt: int | None, token: str, now: datetime) -> tuple[Reason, ...]:
    """What stands against an answer by a link before anything is said. `token` is the link's hash."""
    return (*_answer_problem(known, attempt), *_link_problem(known, token, now))


def decide_redo(known: Feedback, *, granted: bool, reason: str, actor: Actor, now: datetime, salt: str) -> Event | Refusal:
    """The event by which a person says whether it is done again (重办申请), or every reason against it."""
    found = [
        *_not_entered(actor),
        None if known.redo == WAITING else Reason("redo-not-asked", {"number": known.number}),
        word_problem("reason", reason, LONGEST),
    ]
    if reasons := tuple(item for item in found if item):
        return Refusal(reasons)
    return office_event(known, actor, now, DECIDED, {"redo": GRANTED if granted else REFUSED}, {"reason": reason}, salt)


def tell(known: Feedback, matter: Matter, outcome: str, actor: Actor, now: datetime) -> Event | Refusal:
    """The event by which the sender is told where the ticket stands, or every reason against it."""
    found = [
        None if actor.role == WATCH or may_enter_feedback(actor) else Reason("may-not-enter-feedback", {"actor": actor.name}, 4),
        None if known.told != matter.told else Reason("outcome-known", {"number": known.number}),
    ]
    if reasons := tuple(item for item in found if item):
        return Refusal(reasons)
    return office_event(known, actor, now, TOLD, {"told": matter.told, "outcome": outcome})


def matter_of(ticket: Ticket) -> Matter:
    """A ticket and the state that its sender is told of."""
    return Matter(ticket.number, ticket.state if ticket.closed_as is None else f"{ticket.state}/{ticket.closed_as}")


def outcome_of(stage: str, closed_as: str | None) -> str:
    """What a sender is told of a ticket in a state of this stage, whatever its workflow calls it."""
    if stage == "withdrawn":
        return "closed-as" if closed_as in OTHER_ENDS else "rejected"
    return OUTCOMES.get(stage, "accepted")


def _not_brought(actor: Actor, source: str) -> tuple[Reason, ...]:
    may = may_bring_feedback_of(actor, source)
    return () if may else (Reason("may-not-bring-feedback", {"actor": actor.name, "sender": source}, 4),)


def _not_entered(actor: Actor) -> tuple[Reason, ...]:
    return () if may_enter_feedback(actor) else (Reason("may-not-enter-feedback", {"actor": actor.name}, 4),)


def _matter_problem(message: Message, known: Feedback | None, matter: Matter | None) -> tuple[Reason, ...]:
    """A ticket is there where one is needed, and a second one never comes."""
    has = known is not None and known.ticket is not None
    needed = message.asks and not has
    return () if needed == (matter is not None) else (Reason("feedback-ticket", {"ref": message.ref}),)


def _answer_problem(known: Feedback, attempt: int | None) -> tuple[Reason, ...]:
    if known.ticket is None:
        return (Reason("feedback-no-ticket-yet", {"number": known.number}),)
    if attempt is None:
        return (Reason("answer-not-closed", {"number": known.number}),)
    return (Reason("answer-given-before", {"number": known.number}),) if known.answered_attempt == attempt else ()


def _link_problem(known: Feedback, token: str | None, now: datetime) -> tuple[Reason, ...]:
    if token is None:
        return ()
    good = token == known.token and known.token_until_at is not None and now < known.token_until_at
    return () if good else (Reason("answer-link-over"),)


def _given_problem(given: Answer) -> Sequence[Reason]:
    if given.answer not in ANSWERS:
        return (Reason("answer-unknown", {"answer": given.answer, "known": list(ANSWERS)}),)
    unknown = [reason for reason in given.reasons if reason not in REASONS]
    found = [
        Reason("answer-reason-unknown", {"unknown": unknown, "known": list(REASONS)}) if unknown else None,
        Reason("answer-no-reason") if given.answer == UNSATISFIED and not given.reasons and not given.text else None,
        word_problem("text", given.text, LONGEST) if given.text is not None else None,
    ]
    return [item for item in found if item]


def _with_secret(event: Event, message: Message, salt: str) -> Event:
    """The event with who complained beside its words, and a digest of that under a salt of its own among its facts."""
    secret = message.secret()
    if not secret:
        return event
    data: JsonObject = {**dict(event.data.items()), "secret": digest_words(secret, salt)}
    return event._replace(data=data, secret=secret, secret_salt=salt)
