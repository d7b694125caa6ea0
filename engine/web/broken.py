"""What broke, for the log of the server: where it came from, and the beginning of what was said, so that nobody forges a line by it."""

from __future__ import annotations

from collections.abc import Iterator
from traceback import extract_tb

LONGEST = 200
"""Characters of what an error says: the first line of it, of which a database tells the kind and no value."""


def broken(error: BaseException) -> str:
    """The error and those that it followed from, the last first, each on one line with the places of the program where it came by."""
    return " <- ".join(_one(each) for each in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _one(error: BaseException) -> str:
    said = str(error).partition("\n")[0][:LONGEST]
    places = " ".join(f"{frame.filename}:{frame.lineno}" for frame in extract_tb(error.__traceback__))
    return f"{type(error).__qualname__}({said!a}) {places}".rstrip()
