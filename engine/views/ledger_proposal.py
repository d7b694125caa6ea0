"""What a ledger says otherwise than a ticket, and how a person takes it over: commands each of which may be run as it stands."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
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


class ProposedView(TypedDict):
    """As JSON: the row of the file, what it says otherwise, and the commands that take it over."""

    sheet: str
    row: int
    changes: list[dict[str, str | None]]
    commands: list[str]


def commands(proposed: Proposed, reason: str) -> list[str]:
    """The commands for all that is proposed; `reason` stands where one is to be filled in."""
    return [shlex.join(words).replace(shlex.quote(reason), reason) for words in _commands(proposed, reason)]


def _commands(proposed: Proposed, reason: str) -> Iterator[list[str]]:
    new = {each.field: each.says for each in proposed.changes}
    number = proposed.number
    amended = [name for name in (*AMENDED, *(() if proposed.assigned else ("lead",))) if new.get(name) is not None]
    if amended:
        yield ["zg", "amend", number, *(word for name in amended for word in (f"--{name}", str(new[name]))), "--reason", reason]
    if proposed.assigned and ("lead" in new or "cooperators" in new):
        given = {"--lead": new.get("lead") or proposed.lead, "--with": new.get("cooperators")}
        yield ["zg", "reassign", number, *(word for name, text in given.items() if text for word in (name, text)), "--reason", reason]
    for each in proposed.changes:
        if each.field == "repeats":
            was, named = _names(each.was), _names(each.says)
            yield from (["zg", "link", number, "--repeats", earlier] for earlier in named if earlier not in was)
            yield from (["zg", "unlink", number, "--repeats", earlier, "--reason", reason] for earlier in was if earlier not in named)
    if new.keys() & {"state", "outer", "limit"} or not (amended or new.keys() & {"lead", "cooperators", "repeats"}):
        yield ["zg", "can", number]


def _names(text: str | None) -> list[str]:
    """The names of a list, as a proposal shows it."""
    return text.split(BETWEEN_NAMES) if text else []
