"""A complaint or a review (诉求评价) that came from another platform. A frozen value, the fold of its events; it may have a ticket."""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from engine.rules.event import Event, folded
from engine.rules.proof.chain import moment
from engine.rules.ticket_field import Declaration, follows, opened, opened_names
from engine.rules.ticket_number import FEEDBACK as FEEDBACK_SERIES
from engine.rules.ticket_number import number_parts

RECEIVED, UPDATED, LINKED, ANSWERED, DECIDED, TOLD, ASKED, ERASED = (
    "feedback-received", "feedback-updated", "answer-link-made", "answer-given", "redo-decided", "outcome-told", "erasure-asked", "erased",
)
"""The kinds of event of a complaint or a review."""

BEGINNINGS = (RECEIVED,)
"""The kind of event that a complaint or a review begins with."""

SERIES = FEEDBACK_SERIES
"""What the numbers of complaints and reviews begin with: `F-2020-0001`. They are counted by themselves, each year anew."""

COMPLAINT, REVIEW = "complaint", "review"
KINDS = (COMPLAINT, REVIEW)
OPEN, DONE = "open", "done"
CATEGORIES = (OPEN, DONE)
"""What the states of senders come down to, whatever they call them."""

WORST, BEST, HIGHEST_BAD = 1, 5, 2
"""非常不满意 and 非常满意; what counts as a bad review (差评): 不满意 and 非常不满意."""

WAITING, GRANTED, REFUSED = "waiting", "granted", "refused"
"""What becomes of a request to do it again (重办申请)."""


class Feedback(NamedTuple):
    """One complaint or review. Its fields are the columns of table `feedback`, in this order.

    The sender owns `stated_version`, `stated_at`, `category`, `rating`, `unit`, `item`, `said`: what the highest version of its message
    says. `source` and `ref` are the sender and its id. `item` and `said` are words and may be erased; name and phone are secrets of
    the events and stand in no column. `ticket` is the number of the ticket that was opened for it or that it was added to. `told` is the
    state of that ticket that the sender knows, `outcome` what that comes down to.

    `token` is the hash of an answer link that is good until `token_until_at`; `answer` what whoever complained says of the end of the
    ticket's `answered_attempt`, `redo` whether it is to be done again, to be decided by `redo_due_at`.
    """

    id: int = opened(lambda event: event.ticket)
    number: str = opened(lambda event: event.data["number"])
    year: int = opened(lambda event: number_parts(event.data["number"])[0])
    serial: int = opened(lambda event: number_parts(event.data["number"])[1])
    office: str = opened(lambda event: event.data["office"])
    version: int = follows(0)
    source: str = opened(lambda event: event.data["source"])
    ref: str = opened(lambda event: event.data["ref"])
    kind: str = opened(lambda event: event.data["kind"])
    stated_version: int = opened(lambda event: event.data["stated_version"])
    stated_at: datetime = opened(lambda event: moment(event.data["stated_at"]))
    category: str = opened(lambda event: event.data["category"])
    rating: int | None = opened(lambda event: event.data.get("rating"))
    unit: str | None = opened(lambda event: event.data.get("unit"))
    item: str | None = opened(lambda event: (event.words or {}).get("item"))
    said: str | None = opened(lambda event: (event.words or {}).get("text"))
    received_at: datetime = opened(lambda event: event.at)
    received_by: str = opened(lambda event: event.actor)
    changed_at: datetime = opened(lambda event: event.at)
    ticket: str | None = opened(lambda event: event.data.get("ticket"))
    told: str | None = opened(lambda event: event.data.get("told"))
    outcome: str | None = follows(None)
    outcome_at: datetime | None = follows(None)
    token: str | None = follows(None)
    token_until_at: datetime | None = follows(None)
    answer: str | None = follows(None)
    answer_reasons: tuple[str, ...] = opened_names(lambda event: ())
    answer_text: str | None = follows(None)
    answered_at: datetime | None = follows(None)
    answered_by: str | None = follows(None)
    answered_attempt: int | None = follows(None)
    redo: str | None = follows(None)
    redo_due_at: datetime | None = follows(None)
    decided_at: datetime | None = follows(None)
    decided_by: str | None = follows(None)

    @property
    def title(self) -> str:
        """What it is called where things of every kind have a title."""
        return f"{self.source} {self.ref}"

    @property
    def key(self) -> str:
        """The key of the ticket that was opened for it."""
        return key_of(self.source, self.ref)

    @property
    def bad(self) -> bool:
        """Whether it is a bad review (差评)."""
        return self.kind == REVIEW and is_bad(self.rating)

    @property
    def mark(self) -> str:
        """What our own changes bear, so that a sender's platform that gives them back is known by it."""
        return f"{self.number}/{self.version}"


FEEDBACK = Declaration(Feedback)


def key_of(source: str, ref: str) -> str:
    """The key of the ticket of a sender's id: of two senders never the same, whatever stands in their names."""
    return f"{source.replace('%', '%25').replace(':', '%3A')}:{ref}"
"""What follows from the declaration of the fields: the value of a row, its columns."""


def is_bad(rating: int | None) -> bool:
    """Whether a rating is that of a bad review (差评)."""
    return rating is not None and rating <= HIGHEST_BAD


def evolve(feedback: Feedback | None, event: Event) -> Feedback:
    """The complaint or review after the event. Pure; raises ValueError for an event that cannot follow."""
    if feedback is None:
        if event.kind not in BEGINNINGS or event.seq != 1:
            raise ValueError(f"a complaint or review cannot begin with event {event.seq} ({event.kind})")
        return FEEDBACK.born(event)
    if event.seq != feedback.version + 1:
        raise ValueError(f"event {event.seq} cannot follow event {feedback.version} of {feedback.number}")
    after, data = feedback._replace(version=event.seq, changed_at=event.at), event.data
    if event.kind in (ASKED, ERASED):
        return after
    if event.kind == UPDATED:
        return _restated(after, event)
    if event.kind == LINKED:
        return after._replace(token=data["token"], token_until_at=moment(data["until"]))
    if event.kind == ANSWERED:
        return _answered(after, event)
    if event.kind == DECIDED:
        return after._replace(redo=data["redo"], redo_due_at=None, decided_at=event.at, decided_by=event.actor)
    if event.kind == TOLD:
        return after._replace(told=data["told"], outcome=data["outcome"], outcome_at=event.at)
    raise ValueError(f"nothing of a complaint or review: event {event.seq} ({event.kind}) of {feedback.number}")


def _restated(after: Feedback, event: Event) -> Feedback:
    """What the sender says now, whole; a ticket that it has stays."""
    data, words = event.data, event.words or {}
    after = after._replace(
        stated_version=data["stated_version"], stated_at=moment(data["stated_at"]), category=data["category"], rating=data.get("rating"),
        unit=data.get("unit"), item=words.get("item"), said=words.get("text"),
    )
    if "ticket" in data:
        after = after._replace(ticket=data["ticket"], told=data["told"])
    return _asked_again(after, event) if "redo_due_at" in data else after


def _answered(after: Feedback, event: Event) -> Feedback:
    data = event.data
    after = after._replace(
        token=None, token_until_at=None, answer=data["answer"], answer_reasons=tuple(data["reasons"]),
        answer_text=(event.words or {}).get("text"), answered_at=event.at, answered_by=event.actor, answered_attempt=data["attempt"],
    )
    return _asked_again(after, event) if "redo_due_at" in data else after


def _asked_again(after: Feedback, event: Event) -> Feedback:
    return after._replace(redo=WAITING, redo_due_at=moment(event.data["redo_due_at"]), decided_at=None, decided_by=None)


def fold(events: Iterable[Event]) -> Feedback:
    """The complaint or review that the events tell. Raises ValueError where there are none."""
    return folded(evolve, events)
