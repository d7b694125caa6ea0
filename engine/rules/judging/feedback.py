"""An event of a complaint or review: received, said anew by its sender, answered, decided upon, told back; words of it erased.

What other streams tell of it – whether its ticket was in the state that the event says – is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from engine.errors import Reason
from engine.rules.acts.command import Refusal
from engine.rules.event import Event
from engine.rules.judging.again import WORD, given_as_typed, same_as_any, words_of
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import actor_of
from engine.rules.judging.rest import erasure
from engine.rules.loop.feedback import ANSWERED, ASKED, BEGINNINGS, DECIDED, ERASED, GRANTED, LINKED, TOLD, UPDATED, Feedback
from engine.rules.loop.feedback_acts import Answer, Matter, answer, decide_redo, link, receive, tell, update
from engine.rules.loop.message import Message
from engine.rules.proof.chain import moment

EARLIEST = datetime.min.replace(tzinfo=UTC)
"""When the ticket was closed of what is to be done again, for all that these events tell."""

TICKETS = "tickets"
"""What is not asked of a complaint or review: whether its ticket was as it says."""


def feedback_event(event: Event, before: Feedback | None, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against what an event of a complaint or review says, whoever wrote it. `before` is what it was, None before its first
    event; `history` are the events before this one.
    """
    if (before is None) != (event.kind in BEGINNINGS):
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    if before is not None and event.kind in (ASKED, ERASED):
        return erasure(event, before, history, known)
    made = list(_made(event, before, known))
    if not made:
        return judgement([Reason("judged-kind", {"kind": event.kind})])
    return both(both(judgement([given_as_typed(event)]), same_as_any(event, made, known)), Judgement((), (TICKETS,)))


def _made(event: Event, before: Feedback | None, known: Known) -> Iterator[Event | Refusal]:
    """The event by which the rules write such a thing, by each calendar that may have been in force then."""
    data, actor, now = event.data, actor_of(event), event.at
    typed = words_of(event) or {}
    if before is None:
        yield receive(
            data["source"], _message(event, data["ref"], data["kind"]), _matter(event), actor, now, stream=event.ticket,
            number=data["number"], office=data["office"], salt=WORD, secret_salt=WORD,
        )
        return
    if event.kind == UPDATED:
        message = _message(event, before.ref, before.kind)
        for calendar in known.calendars(now):
            yield update(
                _in_short(before, event), message, _matter(event), actor, now, calendar, salt=WORD, secret_salt=WORD,
                closed_at=EARLIEST if "redo_due_at" in data else None,
            )
    elif event.kind == LINKED:
        yield link(before, (before.answered_attempt or 0) + 1, data["token"], actor, now)
    elif event.kind == ANSWERED:
        given = Answer(data["answer"], tuple(data["reasons"]), typed.get("text"), data.get("token"))
        for calendar in known.calendars(now):
            yield answer(before, given, data["attempt"], actor, now, calendar, salt=WORD)
    elif event.kind == DECIDED:
        yield decide_redo(before, granted=data["redo"] == GRANTED, reason=WORD, actor=actor, now=now, salt=WORD)
    elif event.kind == TOLD:
        yield tell(before, Matter(before.ticket or "", data["told"]), data["outcome"], actor, now)


def _in_short(before: Feedback, event: Event) -> Feedback:
    """What was known, with the stand-in for each word that the event says again; what is not there any more is compared with nothing."""
    if event.words is None:
        return before._replace(item=None, said=None)
    known = {"item": before.item, "text": before.said}
    item, said = (WORD if word is not None and word == event.words.get(name) else word for name, word in known.items())
    return before._replace(item=item, said=said)


def _message(event: Event, ref: str, kind: str) -> Message:
    """What the sender said, as far as the event tells it."""
    data, typed = event.data, words_of(event) or {}
    return Message(
        ref, data["stated_version"], moment(data["stated_at"]), kind, data["category"], data.get("rating"), data.get("unit"),
        typed.get("item"), typed.get("text"), name=WORD if "secret" in data else None,
    )


def _matter(event: Event) -> Matter | None:
    """The ticket that the event gives it."""
    return Matter(event.data["ticket"], event.data["told"]) if "ticket" in event.data else None
