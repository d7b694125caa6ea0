"""An event: one fact of a stream, as it is hashed and stored."""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple


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
    data: Mapping[str, Any]
    words: Mapping[str, str] | None = None
    salt: str | None = None
    secret: Mapping[str, str] | None = None
    secret_salt: str | None = None
