"""A workflow, and what differs between two versions of it: as JSON, and line by line in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict

from engine.rules.definition import Definition, Text
from engine.rules.definition.difference import CHANGED, LADDER, REMOVED, RENAMED, TRIGGER, Difference, differences
from engine.rules.event import Event
from engine.rules.json_value import Json
from engine.views.event import EventView, event_view
from engine.words import say

if TYPE_CHECKING:
    from engine.words.phrase import Phrase

_WHO = ("turn", "of", "by", "tell")
_STATES = ("initial", "sources", "target", "back", "rests_in")
_CLOCKS = ("clocks", "before", "restart", "at_least")
"""Fields whose values are codes of people, states or clocks."""


class TitleView(TypedDict):
    """A title in both languages."""

    zh: str
    en: str


class WorkflowView(TypedDict):
    """A workflow in a list."""

    name: str
    title: TitleView
    hash: str
    states: list[str]
    triggers: list[str]


DifferenceView = TypedDict("DifferenceView", {
    "kind": str, "name": str, "of": str | None, "change": str, "field": str | None, "from": Json, "to": Json,
})
"""One piece that differs (`engine.rules.definition.difference`). Written as a call, since `from` can be no name of a field."""


class LoadedView(TypedDict):
    """What loading a workflow file did, or in a dry run would do. `before` is the hash of the version that was in force.

    `changed` is false where the file holds the very version in force; then there is no event.
    """

    name: str
    hash: str
    before: str | None
    changed: bool
    dry_run: bool
    differences: list[DifferenceView]
    event: EventView | None


class ComparedView(TypedDict):
    """Two versions and every difference between them; `same` is true exactly where there is none."""

    before: WorkflowView
    after: WorkflowView
    same: bool
    differences: list[DifferenceView]


def workflow_view(definition: Definition) -> WorkflowView:
    """A workflow by its name, with the names of its states and triggers."""
    return {
        "name": definition.name, "title": {"zh": definition.title.zh, "en": definition.title.en}, "hash": definition.hash,
        "states": list(definition.states), "triggers": list(definition.triggers),
    }


def loaded_view(definition: Definition, before: Definition | None, event: Event | None, *, dry_run: bool) -> LoadedView:
    """What came of a workflow file: which version, and every difference from the one before it, if there was one."""
    return {
        "name": definition.name, "hash": definition.hash, "before": before.hash if before is not None else None,
        "changed": event is not None, "dry_run": dry_run,
        "differences": [difference_view(item) for item in differences(before, definition)] if before is not None else [],
        "event": event_view(event) if event is not None else None,
    }


def compared_view(before: Definition, after: Definition) -> ComparedView:
    """Two versions of a workflow, or two workflows, compared."""
    found = [difference_view(item) for item in differences(before, after)]
    return {"before": workflow_view(before), "after": workflow_view(after), "same": not found, "differences": found}


def difference_view(item: Difference) -> DifferenceView:
    """One difference; `from` and `to` as the workflow's own JSON has them."""
    return {
        "kind": item.kind, "name": item.name, "of": item.of, "change": item.change, "field": item.field, "from": item.before,
        "to": item.after,
    }


def difference_lines(before: Definition, after: Definition, old: Phrase, new: Phrase) -> list[str]:
    """Every difference in a line. `old` and `new` speak of the version before and of the one after."""
    return [_line(item, old, new) for item in differences(before, after)]


def _line(item: Difference, old: Phrase, new: Phrase) -> str:
    phrase = old if item.change == REMOVED else new
    if item.change == RENAMED:
        return say("difference.renamed", phrase.language, piece=_piece(item, phrase), before=item.before)
    if item.change != CHANGED or item.field is None:
        return say(f"difference.{item.change}", phrase.language, piece=_piece(item, phrase))
    before, after = _value(item.field, item.before, old), _value(item.field, item.after, new)
    if before == after:  # it differs in the other language, or in what has no words
        before, after = _plain(item.before), _plain(item.after)
    field = phrase.label("piece-field", item.field)
    return say("difference.changed", phrase.language, piece=_piece(item, phrase), field=field, before=before, after=after)


def _piece(item: Difference, phrase: Phrase) -> str:
    """`操作 submit（申请销号）的办理条件 endorsed`."""
    piece = _named(item.kind, item.name, _title(item, phrase), phrase)
    if item.of is None:
        return piece
    owner = _named(TRIGGER, item.of, phrase.trigger(item.of), phrase) if item.kind != "rung" else _named(LADDER, item.of, "", phrase)
    return say("difference.of", phrase.language, owner=owner, piece=piece)


def _named(kind: str, name: str, title: str, phrase: Phrase) -> str:
    code = "difference.piece-titled" if title and title != name else "difference.piece"
    return say(code, phrase.language, kind=phrase.label("piece", kind), name=name, title=title)


def _title(item: Difference, phrase: Phrase) -> str:
    """What people call the piece; empty where it is known by its name only."""
    speak = {
        "state": phrase.state, "trigger": phrase.trigger, "clock": phrase.clock, "grade": phrase.grade, "rung": phrase.rung_title,
    }.get(item.kind)
    if speak is not None:
        return speak(item.name)
    return phrase.field(item.name, item.of) if item.kind == "input" else ""


def _value(field: str, value: Json, phrase: Phrase) -> str:
    """What a field says, in words where its values have some."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return phrase.label("flag", str(value).lower())
    if isinstance(value, Mapping):
        if set(value) == set(Text._fields):
            return Text(**{name: str(text) for name, text in value.items()}).in_language(phrase.language)
        if "name" in value:  # a member of a list that cannot be compared by names
            more = [_value(name, item, phrase) for name, item in value.items() if name != "name" and item]
            return " ".join((str(value["name"]), *more))
        return phrase.several(f"{_key(field, name, phrase)} {_value(field, item, phrase)}".strip() for name, item in value.items())
    if isinstance(value, str):
        return _code(field, value, phrase)
    return phrase.several(_value(field, item, phrase) for item in value) if isinstance(value, Sequence) else str(value)


def _key(field: str, name: str, phrase: Phrase) -> str:
    """The key of a value: a clock in `restart`, a unit's relation in `letter`, a grade everywhere else; `*` is left out."""
    if field in _CLOCKS and phrase.clock(name) != name:
        return phrase.clock(name)
    return phrase.label("relation", name) if field == "letter" and name != "*" else phrase.grade(name)


def _code(field: str, value: str, phrase: Phrase) -> str:
    if field in _WHO:
        return phrase.label("who", value)
    if field in _STATES:
        return phrase.state(value)
    if field in _CLOCKS and phrase.clock(value) != value:
        return phrase.clock(value)
    return phrase.label("letter", value) if field == "letter" else phrase.amount(value)


def _plain(value: Json) -> str:
    """The value as the definition has it, on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(item)}" for name, item in value.items())
    return str(value) if isinstance(value, str | int | None) else ", ".join(_plain(item) for item in value)
