"""What each witness says of a record that verifies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.cli.call import Call
from engine.rules.proof.chain import stamp

if TYPE_CHECKING:
    from engine.audit.witnessed import Witnessed


def witnessed_line(call: Call, item: Witnessed) -> str:
    """A line for a person: which seal it signed last and when, and whether it says so itself or what was kept does."""
    if item.at is None:
        return call.say("audit.witnessed-none", name=item.name)
    source = "now" if item.answered else "kept" if item.answered is None else "silent"
    said = call.say(f"audit.witnessed-{source}")
    return call.say("audit.witnessed", name=item.name, n=item.seal, when=call.phrase().moment(item.at), after=item.after, said=said)


def witnessed_node(item: Witnessed) -> dict[str, Any]:
    """The same for a program. `answered` is null for a witness that is asked by hand."""
    return item._asdict() | {"at": None if item.at is None else stamp(item.at)}
