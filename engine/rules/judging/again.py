"""An event beside the one that the rules make of the same act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from engine.errors import Reason
from engine.rules.acts.command import Refusal
from engine.rules.acts.given import names_given
from engine.rules.deadline import Deadline
from engine.rules.event import Event
from engine.rules.json_value import Json, JsonObject
from engine.rules.judging.judgement import LAWFUL, Judgement, judgement
from engine.rules.judging.known import Known
from engine.rules.proof.chain import spelled
from engine.rules.wording import FILE_WORDS

if TYPE_CHECKING:
    from engine.rules.event import Facts

WORD = "w"
"""Stands for what was typed, as short as a word that can be seen: the words themselves are not judged, they may be gone."""

DATES = ("deadlines", "wake_at")
"""The effects that say when something is due, and what rings next."""

EFFECTS = "effects"
"""What is not asked where the calendar of the time is not told."""

_APART = frozenset({"words", "given", "secret", EFFECTS})
"""What is not compared as one fact: effects are compared one by one, and of what was typed the digests and names are the event's own."""


def words_of(event: Event) -> Mapping[str, str] | None:
    """What was typed, each word by a stand-in; None where nobody knows any more what it was. Names of files are no words here."""
    if "words" not in event.data:
        return {}
    names = event.data.get("given", event.words)
    return None if names is None else {name: WORD for name in names if not name.startswith(FILE_WORDS)}


def given_as_typed(event: Event) -> Reason | None:
    """The names of what was given are those of what was typed, for as long as that is there."""
    names = event.data.get("given")
    if names is None or event.words is None:
        return None
    return None if names == names_given(event.words) else Reason("judged-fact", {"fact": "given"})


def same_as_any(event: Event, made: Iterable[Event | Refusal], known: Known) -> Judgement:
    """What differs from what the rules may have made of the act: nothing, if it is one of these; else what differs from the event that is
    most like it, or where each refuses it, the reasons of the first. Where the rules could be asked nothing, nothing is said.
    """
    nearest: tuple[list[str], Event] | None = None
    refusal: Refusal | None = None
    for again in made:
        if isinstance(again, Refusal):
            refusal = refusal or again
        elif not (differing := differences(event, again)):
            return LAWFUL
        elif nearest is None or len(differing) < len(nearest[0]):
            nearest = differing, again
    if nearest is not None:
        return judgement(_told(event, nearest[1], nearest[0], known))
    return Judgement((), (EFFECTS,)) if refusal is None else Judgement(refusal.reasons)


def promise_of(event: Event) -> dict[str, Deadline]:
    """The promise, if it is among the deadlines that the event changes, as the event tells it."""
    told = event.data["effects"].get("deadlines") or {}
    return {name: Deadline.from_json(node) for name, node in told.items() if node.get("promise")}


def with_dates_of(event: Event, before: str | None, after: str, facts: JsonObject) -> Event:
    """An event of these facts made again between two states, with the deadlines, the next alarm and whom somebody stood in for as the event
    itself tells them.
    """
    told, effects = event.data["effects"], cast("JsonObject", facts["effects"])
    for name in DATES:
        if name in told:
            effects[name] = told[name]
    data = facts | {"for": event.data["for"]} if "for" in event.data else facts
    return Event._make((*event[:8], before, after, data, *event[11:]))


def differences(event: Event, again: Event) -> list[str]:
    """The names of what differs: `to`, a fact, or an effect after a point."""
    said, found = event.data, again.data
    differing = [] if event.from_state == again.from_state and event.to_state == again.to_state else ["to"]
    differing += [f".{name}" for name in _unlike(said.get(EFFECTS) or {}, found.get(EFFECTS) or {})]
    return differing + _unlike(said, found, _APART)


def _told(event: Event, again: Event, differing: Sequence[str], known: Known) -> Iterator[Reason]:
    """The reasons for what differs. Of what an earlier edition of the rules wrote, only effects count that such an act has none of, and no
    dates.
    """
    expected: Mapping[str, Json] = again.data.get("effects") or {}
    for name in differing:
        kind, point, effect = name.partition(".")
        if kind == "to":
            yield Reason("judged-state", {"state": event.to_state or "", "expected": again.to_state or ""})
        elif point and effect not in expected and (known.same_rules or effect not in DATES):
            yield Reason("judged-effect", {"effect": effect})
        elif not known.same_rules:
            continue
        elif point:
            yield Reason("judged-value", {"effect": effect})
        else:
            yield Reason("judged-fact", {"fact": name})


def _unlike(one: Facts, other: Facts, apart: Collection[str] = ()) -> list[str]:
    """The names of what is spelled otherwise here and there, or is in one of both only."""
    unlike = [name for name in other if name not in one and name not in apart]
    for name, node in one.items():
        if name in apart:
            continue
        if name not in other:
            unlike.append(name)
        elif (again := other[name]) is node:
            continue
        elif type(node) is str or type(node) is int:  # most are, and are not spelled for that; yes is not 1
            if type(again) is not type(node) or again != node:
                unlike.append(name)
        elif spelled(node) != spelled(again):
            unlike.append(name)
    return sorted(unlike)
