"""What the events of a ticket tell whoever opens it: the last reason, what was submitted, who verified, which letters went out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.loop.standing import RECHECKED
from engine.rules.proof.chain import stamp
from engine.rules.ticket import IMPORTED


class ActView(TypedDict):
    """An act of a person: by which trigger, who, for which unit, when, and what was written; None where the words were erased."""

    trigger: str
    by: str
    unit: str | None
    at: str
    text: str | None


class LetterView(TypedDict):
    """A letter that was issued: which, to whom, signed by whom, entered by whom and when; `recalled`: upon a date that was wrong."""

    letter: str
    unit: str
    signed_by: str
    by: str
    at: str
    recalled: bool


class OriginView(TypedDict):
    """What the ledger from which a ticket was taken over told of it: its number there, its row, when it was assigned, the dates that it
    had before it was extended, when it was handed in and when it was closed.
    """

    number: str | None
    sheet: str
    row: int
    assigned_at: str | None
    extended: list[str]
    finished_at: str | None
    closed_at: str | None


class RecheckView(TypedDict):
    """The last look at a closed ticket (回头看): by which visit, how it was rated, and when."""

    visit: str
    rating: int
    at: str


class CourseView(TypedDict):
    """The last reason that was given (for a denial: `denials`), the last submission, the verification of a closed ticket, every letter
    that was issued, what the ledger told that it was taken over from, and the last look at it after it was closed.
    """

    last_reason: ActView | None
    submission: ActView | None
    verification: ActView | None
    letters: list[LetterView]
    origin: OriginView | None
    recheck: RecheckView | None


def course_view(events: Iterable[tuple[Event, Definition]]) -> CourseView:
    """The course of a ticket as far as its reader sees the events, each with the version of the workflow by which it was done."""
    known = list(events)
    acts = [(event, definition) for event, definition in known if event.kind in ("did", "amended")]
    did = [event for event, _ in acts]
    reasons = [
        event for event, definition in acts
        if (event.words or {}).get("reason") and not _has(event, definition, "deny")  # they are told by themselves
    ]
    closing = _last(acts, "close")
    return {
        "last_reason": act_view(reasons[-1], "reason") if reasons else None,
        "submission": _act(_last(acts, "submit")),
        "verification": _act(closing) if closing is not None and not _moved_after(did, closing) else None,
        "letters": [_letter(event, did) for event in did if "letter" in event.data],
        "origin": next((_origin(event) for event, _ in known if event.kind == IMPORTED), None),
        "recheck": next((_recheck(event) for event, _ in reversed(known) if event.kind == RECHECKED), None),
    }


def _recheck(event: Event) -> RecheckView:
    return {"visit": event.data["visit"], "rating": event.data["rating"], "at": stamp(event.at)}


def _origin(event: Event) -> OriginView:
    """What the event says by which a ticket was taken over."""
    origin, past = event.data["origin"], event.data["past"]
    return {
        "number": origin.get("number"), "sheet": origin["sheet"], "row": origin["row"], "assigned_at": past.get("assigned_at"),
        "extended": list(past.get("extended", ())), "finished_at": past.get("finished_at"), "closed_at": past.get("closed_at"),
    }


def act_view(event: Event, word: str = "note") -> ActView:
    """An event of a person with one of its words."""
    return {
        "trigger": event.data.get("trigger", event.kind), "by": event.actor, "unit": event.unit, "at": stamp(event.at),
        "text": (event.words or {}).get(word),
    }


def _act(event: Event | None) -> ActView | None:
    return act_view(event) if event is not None else None


def _last(acts: Sequence[tuple[Event, Definition]], effect: str) -> Event | None:
    """The last event of a trigger with that effect."""
    return next((event for event, definition in reversed(acts) if _has(event, definition, effect)), None)


def _has(event: Event, definition: Definition, effect: str) -> bool:
    trigger = definition.triggers.get(event.data.get("trigger", ""))
    return trigger is not None and effect in trigger.effects


def _moved_after(events: list[Event], closing: Event) -> bool:
    """Whether the ticket left the state into which it was closed."""
    return any(event.seq > closing.seq and event.to_state != closing.to_state for event in events)


def _letter(event: Event, did: Iterable[Event]) -> LetterView:
    kind, unit, _ = str(event.data["letter"]).split("/", 2)  # `letter_key` made it
    return {
        "letter": kind, "unit": unit, "signed_by": (event.data.get("input") or {}).get("by") or event.actor, "by": event.actor,
        "at": stamp(event.at),
        "recalled": any(later.seq > event.seq and event.data["letter"] in later.data.get("recall", ()) for later in did),
    }
