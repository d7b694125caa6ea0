"""What a sender says of one complaint or review (诉求评价): whether it can be used, and what it is beside what is known.

Nothing that is newly said is lost, and nothing that was said before is anything new: neither the same version, nor our own change that a
sender's platform gives back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from engine.errors import Reason
from engine.rules.json_value import JsonObject
from engine.rules.loop.feedback import (
    BEST,
    CATEGORIES,
    DONE,
    KINDS,
    OPEN,
    REVIEW,
    WAITING,
    WORST,
    Feedback,
    is_bad,
)
from engine.rules.proof.chain import LARGEST_INTEGER, stamp
from engine.rules.wording import LONGEST, LONGEST_FACT, word_problem

LONGEST_SOURCE, LONGEST_REF = 30, 60
"""Of the name of a sender, and of its id: both together are the key of a ticket (`key_of`)."""

LARGEST_VERSION = LARGEST_INTEGER - 1
"""Of what a sender says: what the record can write; milliseconds since 1970 are far below it."""

ENDS = ("rectified", "rejected", "closed-as")
"""What a sender is told of a ticket that is closed."""

_VERSION_OF_MARK = re.compile(r"[1-9][0-9]{0,9}")

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


def arrival(known: Feedback | None, message: Message) -> str:
    """What a message is beside what is known of that complaint or review. What was erased differs from nothing."""
    if known is None:
        return NEW
    if _echoes(known, message):
        return ECHO
    if message.version != known.stated_version:
        return NEWER if message.version > known.stated_version else OLDER
    facts = (message.category, message.rating, message.at, message.kind) == (known.category, known.rating, known.stated_at, known.kind)
    if not facts or not _same_words(known, message):
        return DIFFERS
    if message.unit == known.unit:
        return SAME
    return NEWER if known.unit is None else DIFFERS  # the column of the unit was not read before: this says more, and nothing else


def _echoes(known: Feedback, message: Message) -> bool:
    """Whether a message is our own change given back: it bears a mark that we gave, and says nothing new. Senders keep the mark, so that
    what they say later comes with it too: whoever had closed it and says that it is open opens it again.
    """
    number, _, version = (message.mark or "").rpartition("/")
    if number != known.number or not _VERSION_OF_MARK.fullmatch(version) or int(version) > known.version:
        return False
    if (message.kind, message.rating, message.unit) != (known.kind, known.rating, known.unit) or not _same_words(known, message):
        return False
    ours = DONE if known.outcome in ENDS else OPEN
    if message.category == ours and ours in (DONE, known.category):
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
        word_problem("mark", message.mark, LONGEST_FACT, one_line=True) if message.mark else None,
        Reason("feedback-wordless") if message.secret() and not message.words() else None,
    ]
    return tuple(reason for reason in found if reason)


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


def _rating_problem(message: Message) -> Reason | None:
    if message.kind == REVIEW and message.rating is None:
        return Reason("rating-missing")
    if message.rating is not None and not WORST <= message.rating <= BEST:
        return Reason("rating-unknown", {"rating": message.rating})
    return None
