"""An event as JSON, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

from engine.rules.event import Event
from engine.rules.json_value import Json
from engine.rules.proof.chain import stamp
from engine.rules.wording import FILE_WORDS

if TYPE_CHECKING:
    from engine.words.phrase import Phrase

EventView = TypedDict("EventView", {
    "seq": int, "at": str, "actor": str, "role": str, "unit": str | None, "via": str, "kind": str,
    "from": str | None, "to": str | None, "data": Mapping[str, Json], "words": Mapping[str, str] | None,
})
"""An event: the hashed facts, and beside them the words. Without the id of its stream, which counts whatever else there is. Written as a
call, since `from` can be no name of a field."""


def event_view(event: Event) -> EventView:
    """The event; `words` is None where none were typed or they were erased. Confidential words are never shown here."""
    return {
        "seq": event.seq, "at": stamp(event.at), "actor": event.actor, "role": event.role,
        "unit": event.unit, "via": event.via, "kind": event.kind, "from": event.from_state, "to": event.to_state,
        "data": dict(event.data), "words": dict(event.words) if event.words is not None else None,
    }


def event_title(event: Event, phrase: Phrase) -> str:
    """What happened, in a word: the trigger's title, the rung's name (and which repetition of it), or the kind."""
    if event.kind == "did":
        title = _urged(event, phrase) or phrase.trigger(event.data["trigger"])
        return phrase.say("entry.title", trigger=title) if "for_unit" in event.data else title
    if event.kind == "escalated":
        return phrase.fired(event)
    if event.kind == "linked":
        from engine.rules.acts.duplicates import TAKEN_BACK  # few events link tickets
        from engine.rules.acts.repeats import NOT_REPEATS

        return phrase.label("kind", "unlinked" if event.data["relation"] in (*TAKEN_BACK, NOT_REPEATS) else event.kind)
    return phrase.label("kind", event.kind)


def _urged(event: Event, phrase: Phrase) -> str:
    """What an urging by a message or a visit is called: its trigger has the name of a call (电话催办). Empty for anything else."""
    by = (event.data.get("input") or {}).get("by")
    urged = "urged" in (event.data.get("effects") or {}) and by not in (None, "phone")
    return phrase.say("log.urged-otherwise", way=phrase.label("way", str(by))) if urged else ""


def event_way(event: Event, phrase: Phrase, before: Phrase | None = None) -> str:
    """From which state to which; empty where the state stayed. `before` speaks of the version that held until then, if it was another."""
    if event.to_state is None or event.from_state == event.to_state:
        return ""
    if event.from_state is None:
        return phrase.state(event.to_state)
    return f"{(before or phrase).state(event.from_state)} → {phrase.state(event.to_state)}"


def word_label(event: Event, name: str, phrase: Phrase) -> str:
    """What a text is that was typed with an event."""
    if name.startswith(FILE_WORDS):
        return phrase.say("field.file")
    if name.startswith("note-"):  # on a pair of a round
        return phrase.label("input", "note")
    return phrase.say("log.basis") if name == "basis" and "for_unit" in event.data else phrase.label("input", name)
