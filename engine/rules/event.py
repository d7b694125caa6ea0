"""An event: one fact of a stream, as it is hashed and stored."""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    class Facts(Protocol):
        """The facts of an event as JSON has them. Which kind of value lies under a name follows from the kind of the event: whoever reads
        one knows it, and the audit reads every one.
        """

        def __getitem__(self, name: str, /) -> Any: ...

        def __contains__(self, name: object, /) -> bool: ...

        def __iter__(self) -> Iterator[str]: ...

        def get(self, name: str, default: Any = None, /) -> Any: ...

        def keys(self) -> Iterable[str]: ...

        def items(self) -> Iterable[tuple[str, Any]]: ...


T = TypeVar("T")

OFFICE_AUDIENCE = "office"
"""The audience of an event (`data.audience`) that no unit reads; without one, whoever may see the ticket reads it."""


class Event(NamedTuple):
    """One fact. `data` is what is hashed, `words` what people typed and may be erased later (None: erased, or none typed).

    `secret` are the words that only the supervision office reads: apart from the others, so that whatever shows `words` shows none of them.
    """

    ticket: int
    seq: int
    at: datetime
    actor: str
    role: str
    unit: str | None
    via: str
    kind: str
    from_state: str | None
    to_state: str | None
    data: "Facts"
    words: Mapping[str, str] | None = None
    salt: str | None = None
    secret: Mapping[str, str] | None = None
    secret_salt: str | None = None


def for_the_office(event: Event) -> bool:
    """Whether the event is the office's own: nothing of it is shown to a unit."""
    return bool(event.data.get("audience") == OFFICE_AUDIENCE)


def folded(evolve: Callable[[T | None, Event], T], events: Iterable[Event]) -> T:
    """What the events of a stream tell, each in its turn. Raises ValueError where there are none."""
    found = None
    for event in events:
        found = evolve(found, event)
    if found is None:
        raise ValueError("a stream without events")
    return found
