"""What a ledger says otherwise than a ticket, and how a person takes it over: commands each of which may be run as it stands."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypedDict

AMENDED = ("title", "detail", "grade", "due")
"""Fields that a correction changes, whatever became of the ticket."""

BETWEEN_NAMES = "、"
"""What stands between the names of a list in a proposal."""


class Change(NamedTuple):
    """A field of a ticket, what it was when the ledger came in, and what that says; None for nothing, or for words that were erased."""

    field: str
    was: str | None
    says: str | None


class Proposed(NamedTuple):
    """What a row of a ledger says otherwise than its ticket. `assigned`: a unit has the ticket; `lead` is the one that the row names."""

    number: str
    changes: tuple[Change, ...]
    assigned: bool
    lead: str | None = None


class Way(NamedTuple):
    """An act that takes something of it over, and what is given to it. `reasoned`: it asks for a reason too."""

    act: str
    given: Mapping[str, str]
    reasoned: bool = True


class WayView(TypedDict):
    """As JSON: the act, and what is given to it by name."""

    act: str
    given: dict[str, str]


class ProposedView(TypedDict):
    """As JSON: the row of the file, what it says otherwise, and the acts and commands that take it over."""

    sheet: str
    row: int
    changes: list[dict[str, str | None]]
    acts: list[WayView]
    commands: list[str]


def commands(proposed: Proposed, reason: str) -> list[str]:
    """The commands for all that is proposed; `reason` stands where one is to be filled in."""
    return [shlex.join(_command(proposed.number, way, reason)).replace(shlex.quote(reason), reason) for way in ways(proposed)]


def _command(number: str, way: Way, reason: str) -> list[str]:
    given = (word for name, text in way.given.items() for word in (f"--{name}", text))
    return ["zg", way.act, number, *given, *(("--reason", reason) if way.reasoned else ())]


def ways(proposed: Proposed) -> Iterator[Way]:
    """The acts that take over all that is proposed."""
    new = {each.field: each.says for each in proposed.changes}
    amended = [name for name in (*AMENDED, *(() if proposed.assigned else ("lead",))) if new.get(name) is not None]
    if amended:
        yield Way("amend", {name: str(new[name]) for name in amended})
    if proposed.assigned and ("lead" in new or "cooperators" in new):
        given = {"lead": new.get("lead") or proposed.lead, "with": new.get("cooperators")}
        yield Way("reassign", {name: text for name, text in given.items() if text})
    for each in proposed.changes:
        if each.field == "repeats":
            was, named = _names(each.was), _names(each.says)
            yield from (Way("link", {"repeats": earlier}, reasoned=False) for earlier in named if earlier not in was)
            yield from (Way("unlink", {"repeats": earlier}) for earlier in was if earlier not in named)
    if new.keys() & {"state", "outer", "limit"} or not (amended or new.keys() & {"lead", "cooperators", "repeats"}):
        yield Way("can", {}, reasoned=False)


def _names(text: str | None) -> list[str]:
    """The names of a list, as a proposal shows it."""
    return text.split(BETWEEN_NAMES) if text else []
