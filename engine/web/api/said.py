"""What a row of the API takes and gives, for its document and for whoever reads the site map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

JSON, BYTES = "application/json", "application/octet-stream"


class Nothing(TypedDict):
    """An act that takes nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """`answer` is a view, or `bytes` for a file; `status` that of what was done. `query` are dataclasses whose fields the address may
    name; `body` is what is sent as a JSON object, and with `files` also as a form with files. `conditional`: an answer carries the
    version of a ticket as its ETag, which an act may demand. `secret`: the answer opens something, so that it is not kept for whoever
    sends the request again.
    """

    answer: Any
    status: int = 200
    query: tuple[Any, ...] = ()
    body: Any = None
    files: bool = False
    conditional: bool = False
    others: tuple[int, ...] = ()
    secret: bool = False
