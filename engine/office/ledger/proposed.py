"""How a person takes over what a row says otherwise than the record: the commands that do it, each of which may be run as it stands."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from engine.office.ledger.outcome import BETWEEN_NAMES, Reading

AMENDED = ("title", "detail", "grade", "due")
"""Fields that a correction changes, whatever became of the ticket."""


def commands(reading: Reading, reason: str) -> list[str]:
    """The commands for all that a row proposes; `reason` stands where one is to be filled in."""
    return [shlex.join(words).replace(shlex.quote(reason), reason) for words in _commands(reading, reason)]


def _commands(reading: Reading, reason: str) -> Iterator[list[str]]:
    new = {each.field: each.new for each in reading.proposals}
    number = reading.ticket or ""
    amended = [name for name in (*AMENDED, *(() if reading.assigned else ("lead",))) if new.get(name) is not None]
    if amended:
        yield ["zg", "amend", number, *(word for name in amended for word in (f"--{name}", str(new[name]))), "--reason", reason]
    if reading.assigned and ("lead" in new or "cooperators" in new):
        given = {"--lead": reading.told.get("lead"), "--with": new.get("cooperators")}
        yield ["zg", "reassign", number, *(word for name, text in given.items() if text for word in (name, str(text))), "--reason", reason]
    for each in reading.proposals:
        if each.field == "repeats":
            was, named = _names(each.old), _names(each.new)
            yield from (["zg", "link", number, "--repeats", earlier] for earlier in named if earlier not in was)
            yield from (["zg", "unlink", number, "--repeats", earlier, "--reason", reason] for earlier in was if earlier not in named)
    if new.keys() & {"state", "outer", "limit"} or not (amended or new.keys() & {"lead", "cooperators", "repeats"}):
        yield ["zg", "can", number]


def _names(text: str | None) -> list[str]:
    """The names of a list, as a proposal shows it."""
    return text.split(BETWEEN_NAMES) if text else []
