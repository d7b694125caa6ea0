"""What a workflow says, as frozen values. The stored form is canonical JSON; its SHA-256 is the workflow's identity."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, Never, TypeVar

from engine.rules.proof.chain import canonical

ANY_GRADE = "*"

LARGEST_LEVEL = 9
"""No rung of a ladder has a higher level."""

SHORT_HASH = 12
"""How many digits of a version's hash are shown to people, and usually typed."""

T = TypeVar("T")

NOTHING: Mapping[str, Never] = MappingProxyType({})
"""No entry for any name."""

# Named tuples and not dataclasses: every command that shows a ticket makes these classes, and a dataclass takes six times as long to make.


class Text(NamedTuple):
    """One phrase in the languages that definitions are written in."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The phrase in the language; in the first it has where it lacks that one."""
        return str(getattr(self, language)) if language in self._fields else self[0]


class State(NamedTuple):
    """Where a ticket can be. `hidden`: units do not see it. `rests`: no clock runs here, on purpose."""

    name: str
    title: Text
    stage: str
    turn: str | None = None
    clocks: tuple[str, ...] = ()
    final: bool = False
    hidden: bool = False
    rests: bool = False


class Input(NamedTuple):
    """What a trigger takes. `required_for` lists the grades that must give it (`*`: all)."""

    name: str
    kind: str
    required_for: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    def required(self, grade: str | None) -> bool:
        return ANY_GRADE in self.required_for or grade in self.required_for


class Guard(NamedTuple):
    """The name of a check in the registry, and the grades it holds for (empty: all)."""

    name: str
    grades: tuple[str, ...] = ()

    def holds_for(self, grade: str | None) -> bool:
        return not self.grades or ANY_GRADE in self.grades or grade in self.grades


class Trigger(NamedTuple):
    """Something that can be done to a ticket. `target` None: the state stays. `back`: it returns to the state remembered on suspension.

    `restart` names clocks that begin a new epoch, with other amounts where it says so; `at_least` what must be left of a clock;
    `tell` names who gets a notice.
    """

    name: str
    title: Text
    sources: tuple[str, ...]
    target: str | None
    back: tuple[str, ...]
    by: tuple[str, ...]
    input: tuple[Input, ...] = ()
    guards: tuple[Guard, ...] = ()
    effects: tuple[str, ...] = ()
    restart: Mapping[str, Mapping[str, str]] = NOTHING
    at_least: Mapping[str, Mapping[str, str]] = NOTHING
    tell: tuple[str, ...] = ()

    def takes(self, name: str) -> Input | None:
        for item in self.input:
            if item.name == name:
                return item
        return None


class Clock(NamedTuple):
    """A limit that somebody has. `of` says whose limit it is; `amount` by grade; `rests_in` the states in which it stands still.

    `runs_with` names an attribute (`request`, `part`, `instruction`) beside the states; `before` counts back from another clock's
    date; `urgent` is the amount where the act that starts it says so.
    """

    name: str
    title: Text
    of: str
    amount: Mapping[str, str]
    ladder: str
    promise: bool = False
    rests_in: tuple[str, ...] = ()
    runs_with: str | None = None
    before: str | None = None
    urgent: Mapping[str, str] = NOTHING


PROPOSES = "propose"
"""What a rung does that proposes a letter to the office, instead of telling the unit or firing a trigger."""


class Rung(NamedTuple):
    """One step of a ladder: working days from the due date (negative: before, at the opening; 0: at `due_at`; after: at the close)."""

    name: str
    title: Text
    at: Mapping[str, int]
    act: str
    level: int = 0
    tell: tuple[str, ...] = ()
    letter: Mapping[str, str] = NOTHING
    trigger: str | None = None


class Ladder(NamedTuple):
    """Rungs in the order of their dates."""

    name: str
    rungs: tuple[Rung, ...]


class Extension(NamedTuple):
    """How often a unit may be given more time, and how much in all beyond the first date."""

    times: int
    cap: str


@dataclass(frozen=True)
class Definition:
    """A workflow, whole."""

    name: str
    title: Text
    rule: tuple[str, ...]
    initial: str
    grades: Mapping[str, Text]
    default_grade: str | None
    states: Mapping[str, State]
    clocks: Mapping[str, Clock]
    ladders: Mapping[str, Ladder]
    triggers: Mapping[str, Trigger]
    extensions: Mapping[str, Extension]
    hash: str = ""

    def __hash__(self) -> int:
        """Equal definitions have equal hashes, so that what is made of a definition can be cached."""
        return hash(self.hash)

    def to_json(self) -> str:
        """Canonical JSON without the hash, which is taken over this text."""
        return canonical({item.name: node_of(getattr(self, item.name)) for item in fields(self) if item.name != "hash"})

    @classmethod
    def from_json(cls, text: str) -> Definition:
        """Back from `to_json`. The text comes from our own record; its shape is not checked again."""
        from hashlib import sha256  # `zg show` knows the hash already and need not wait for the function

        return build(json.loads(text), sha256(text.encode()).hexdigest())

    def with_hash(self) -> Definition:
        """The same definition with its hash."""
        return Definition.from_json(self.to_json())

    @property
    def promise(self) -> Clock | None:
        """The clock whose date is promised to the city (整改时限)."""
        return next((clock for clock in self.clocks.values() if clock.promise), None)

    def grade_of(self, grade: str | None) -> str | None:
        """The grade a ticket is treated by: its own, else the default; an imported ticket may have none."""
        return grade or self.default_grade

    @cached_property
    def triggers_from(self) -> Mapping[str, tuple[Trigger, ...]]:
        """By state, the triggers that may be fired from it, in their order."""
        return {name: tuple([each for each in self.triggers.values() if name in each.sources]) for name in self.states}

    @cached_property
    def hidden_states(self) -> tuple[str, ...]:
        """The states in which units do not see a ticket."""
        return tuple(state.name for state in self.states.values() if state.hidden)


def node_of(value: Any) -> Any:
    """A part of a definition as JSON can hold it."""
    if isinstance(value, Mapping):
        return {name: node_of(item) for name, item in value.items()}
    if not isinstance(value, tuple):
        return value
    named = getattr(value, "_fields", None)
    return [node_of(item) for item in value] if named is None else {name: node_of(item) for name, item in zip(named, value, strict=True)}


def by_grade(choices: Mapping[str, T], grade: str | None) -> T | None:
    """The choice for this grade; without one the choice for all grades; None where there is neither."""
    return choices.get(grade or ANY_GRADE, choices.get(ANY_GRADE))


def build(node: Mapping[str, Any], hash_: str = "") -> Definition:
    """A Definition from the plain nodes of its JSON."""
    return Definition(
        name=node["name"], title=Text(**node["title"]), rule=tuple(node["rule"]), initial=node["initial"],
        grades={grade: Text(**title) for grade, title in node["grades"].items()}, default_grade=node["default_grade"],
        states={name: _state(state) for name, state in node["states"].items()},
        clocks={name: _clock(clock) for name, clock in node["clocks"].items()},
        ladders={name: Ladder(name, tuple(_rung(rung) for rung in ladder["rungs"])) for name, ladder in node["ladders"].items()},
        triggers={name: _trigger(trigger) for name, trigger in node["triggers"].items()},
        extensions={grade: Extension(**extension) for grade, extension in node["extensions"].items()}, hash=hash_,
    )


def _state(node: dict[str, Any]) -> State:
    return State(**{**node, "title": Text(**node["title"]), "clocks": tuple(node["clocks"])})


def _clock(node: dict[str, Any]) -> Clock:
    return Clock(**{**node, "title": Text(**node["title"]), "rests_in": tuple(node["rests_in"])})


def _rung(node: dict[str, Any]) -> Rung:
    return Rung(**{**node, "title": Text(**node["title"]), "tell": tuple(node["tell"])})


def _trigger(node: dict[str, Any]) -> Trigger:
    fields_of_trigger = {
        **node, "title": Text(**node["title"]),
        "input": tuple(
            Input(item["name"], item["kind"], tuple(item["required_for"]), tuple(item["choices"])) for item in node["input"]
        ),
        "guards": tuple(Guard(item["name"], tuple(item["grades"])) for item in node["guards"]),
    }
    for name in ("sources", "back", "by", "effects", "tell"):
        fields_of_trigger[name] = tuple(node[name])
    return Trigger(**fields_of_trigger)
