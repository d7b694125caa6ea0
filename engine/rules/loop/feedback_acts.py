"""What is done with a complaint or a review (诉求评价): it is received, its sender says something newer, its end is told back; whoever
complained answers, and a person decides whether it is done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.errors import Reason
from engine.rules.access import WATCH, Actor, may_enter_feedback
from engine.rules.acts.decide import Refusal
from engine.rules.acts.office_event import first_office_event, office_event
from engine.rules.event import Event
from engine.rules.json_value import JsonObject
from engine.rules.loop.feedback import (
    ANSWERED,
    BEST,
    CATEGORIES,
    DECIDED,
    DONE,
    GRANTED,
    KINDS,
    LINKED,
    OPEN,
    RECEIVED,
    REFUSED,
    REVIEW,
    TOLD,
    UPDATED,
    WAITING,
    WORST,
    Feedback,
    is_bad,
)
from engine.rules.proof.chain import LARGEST_INTEGER, digest_words, stamp
from engine.rules.ticket import Ticket
from engine.rules.wording import LONGEST, LONGEST_FACT, word_problem
from engine.rules.worktime import Amount, Calendar, due
from engine.rules.worktime.amount import WORKING_DAYS

LONGEST_SOURCE, LONGEST_REF = 30, 60
"""Of the name of a sender, and of its id: both together with a colon are the key of a ticket."""

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

LARGEST_VERSION = LARGEST_INTEGER - 1
"""Of what a sender says: what the record can write; milliseconds since 1970 are far below it."""

ENDS = ("rectified", "rejected", "closed-as")
"""What a sender is told of a ticket that is closed."""

OTHER_ENDS = ("duplicate", "mistake")
"""As what a ticket is closed that says nothing of what was complained of."""

NEW, SAME, NEWER, OLDER, ECHO, DIFFERS = "new", "same", "newer", "older", "echo", "differs"
"""What a message is beside what is known: something new, said before, newer, older than what is known, our own change given back, or the
same version with other content.
"""


@dataclass(frozen=True, slots=True)
class Message:
    """What a sender says of one complaint or review. `ref` is its id of it, `version` how often it said something of it; `category` is
    what its state comes down to. `unit` is the code of whom it is about. `mark` is what our own change bore, where it gives that back.
    """

    ref: str
    version: int
    at: datetime
    kind: str
    category: str = OPEN
    rating: int | None = None
    unit: str | None = None
    item: str | None = None
    text: str | None = None
    name: str | None = None
    phone: str | None = None
    mark: str | None = None

    @property
    def asks(self) -> bool:
        """Whether it needs a ticket: every bad review does, and every complaint that its sender has not closed. A good one is counted."""
        return is_bad(self.rating) if self.kind == REVIEW else self.category == OPEN

    def words(self) -> dict[str, str]:
        """What of it may be erased."""
        return {name: value for name, value in (("item", self.item), ("text", self.text)) if value}

    def secret(self) -> dict[str, str]:
        """Who complained: for the supervision office only."""
        return {name: value for name, value in (("complainant", self.name), ("phone", self.phone)) if value}

    def facts(self) -> JsonObject:
        """What of it stays."""
        facts: JsonObject = {"stated_version": self.version, "stated_at": stamp(self.at), "category": self.category}
        return facts | {name: value for name, value in (("rating", self.rating), ("unit", self.unit)) if value is not None}


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


def arrival(known: Feedback | None, message: Message) -> str:
    """What a message is beside what is known of that complaint or review. What was erased differs from nothing."""
    if known is None:
        return NEW
    if _echoes(known, message):
        return ECHO
    if message.version != known.stated_version:
        return NEWER if message.version > known.stated_version else OLDER
    facts = (message.category, message.rating, message.unit, message.at) == (known.category, known.rating, known.unit, known.stated_at)
    return SAME if facts and _same_words(known, message) and message.kind == known.kind else DIFFERS


def _echoes(known: Feedback, message: Message) -> bool:
    """Whether a message is our own change given back: it bears a mark that we gave, and says nothing new. Senders keep the mark, so that
    what they say later comes with it too.
    """
    number, _, version = (message.mark or "").rpartition("/")
    if number != known.number or not version.isdecimal() or not 1 <= int(version) <= known.version:
        return False
    if (message.kind, message.rating, message.unit) != (known.kind, known.rating, known.unit) or not _same_words(known, message):
        return False
    if message.category == (DONE if known.outcome in ENDS else OPEN):
        return True
    return message.category == known.category and message.at == known.stated_at


def _same_words(known: Feedback, message: Message) -> bool:
    """Whether a message says in words what is known. What was erased is compared with nothing."""
    return all(ours is None or ours == theirs for ours, theirs in ((known.item, message.item), (known.said, message.text)))


def other_kind(known: Feedback | None, message: Message) -> tuple[Reason, ...]:
    """What is known as a complaint becomes no review, nor the other way round."""
    return () if known is None or message.kind == known.kind else (Reason("feedback-other-kind", {"number": known.number}),)


def message_problems(source: str, message: Message) -> tuple[Reason, ...]:
    """What stands against a message by itself."""
    found = [
        word_problem("source", source, LONGEST_SOURCE, one_line=True),
        word_problem("ref", message.ref, LONGEST_REF, one_line=True),
        None if 0 <= message.version <= LARGEST_VERSION else Reason("feedback-version"),
        None if message.kind in KINDS else Reason("feedback-kind", {"kind": message.kind, "known": list(KINDS)}),
        None if message.category in CATEGORIES else Reason("feedback-category", {"category": message.category, "known": list(CATEGORIES)}),
        _rating_problem(message),
        word_problem("item", message.item, LONGEST_FACT, one_line=True) if message.item else None,
        word_problem("text", message.text, LONGEST) if message.text else None,
        *(word_problem(name, value, LONGEST_FACT, one_line=True) for name, value in message.secret().items()),
        Reason("feedback-wordless") if message.secret() and not message.words() else None,
    ]
    return tuple(reason for reason in found if reason)


def receive(
    source: str, message: Message, matter: Matter | None, actor: Actor, now: datetime, *, stream: int, number: str, office: str, salt: str,
    secret_salt: str = "",
) -> Event | Refusal:
    """The first event of a complaint or review, or every reason against it. `stream` and `number` come from the record's counters."""
    if reasons := (*_not_entered(actor), *message_problems(source, message), *_matter_problem(message, None, matter)):
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
        *_not_entered(actor), *message_problems(known.source, message), *_matter_problem(message, known, matter),
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


def takes_up_again(known: Feedback, message: Message, closed_at: datetime | None) -> bool:
    """Whether a message is about the end of its ticket: what was said after that still asks for one, or its sender, who had closed it,
    says that it is open.
    """
    if known.ticket is None or closed_at is None or known.redo == WAITING or message.category != OPEN:
        return False
    return known.category == DONE or (message.asks and message.at > closed_at)


def says_more(known: Feedback, message: Message) -> bool:
    """Whether what is newly said is for the unit that is at work on its ticket."""
    return known.ticket is not None and message.asks and bool(message.words()) and not _same_words(known, message)


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


def _not_entered(actor: Actor) -> tuple[Reason, ...]:
    return () if may_enter_feedback(actor) else (Reason("may-not-enter-feedback", {"actor": actor.name}, 4),)


def _rating_problem(message: Message) -> Reason | None:
    if message.kind == REVIEW and message.rating is None:
        return Reason("rating-missing")
    if message.rating is not None and not WORST <= message.rating <= BEST:
        return Reason("rating-unknown", {"rating": message.rating})
    return None


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
