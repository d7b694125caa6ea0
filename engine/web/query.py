"""A query string and a form as named texts, and back again in one order, so that the same wish is always the same address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from engine.errors import UsageError

MOST = 200
LONGEST = 100_000
"""How many texts a query or form may have, and how long they may be together."""


NUMBER, LARGEST = re.compile(r"[1-9][0-9]{0,8}"), 999_999_999
"""A whole number as it is typed, and the largest one."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Named texts; a name may have several. Texts that are empty say nothing, as in a form that was left empty."""

    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        return next((text for key, text in reversed(self.pairs) if key == name), None)

    def every(self, name: str) -> tuple[str, ...]:
        return tuple(text for key, text in self.pairs if key == name)

    def on(self, name: str) -> bool:
        """Whether a switch is on: a form sends the name of a box that is ticked, and nothing for another."""
        return self.get(name) is not None

    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for key, _ in self.pairs))

    def by_name(self, *, but: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
        """Every name with its texts, but for some."""
        return {name: self.every(name) for name in self.names() if name not in set(but)}

    def address(self, path: str, **changes: str | None) -> str:
        """The path with these texts, some of them changed or taken away, in canonical order."""
        kept = [(key, text) for key, text in self.pairs if key not in changes]
        more = [(key, text) for key, text in changes.items() if text is not None]
        given = urlencode(sorted((*kept, *more)))
        return f"{path}?{given}" if given else path

    def without(self, name: str, text: str) -> Texts:
        return Texts(tuple(pair for pair in self.pairs if pair != (name, text)))

    def with_(self, name: str, text: str) -> Texts:
        return self if (name, text) in self.pairs else Texts((*self.pairs, (name, text)))


def texts_of(pairs: Iterable[tuple[str, str]]) -> Texts:
    """The texts that say something. Raises UsageError for more than anybody types, and for U+0000, which nobody types."""
    found = tuple((key, text) for key, text in pairs if text.strip())
    if len(found) > MOST or sum(len(key) + len(text) for key, text in found) > LONGEST:
        raise UsageError(reason="form-too-long", most=MOST)
    if any("\0" in key or "\0" in text for key, text in found):
        raise UsageError(reason="usage-text-unreadable")
    return Texts(found)


def query_texts(query: str) -> Texts:
    """The texts of a query string. Raises UsageError."""
    try:
        pairs = parse_qsl(query, keep_blank_values=False, max_num_fields=MOST)
    except ValueError:
        raise UsageError(reason="form-too-long", most=MOST) from None
    return texts_of(pairs)


def whole_number(texts: Texts, name: str, most: int = LARGEST) -> int | None:
    """The whole number from 1 that a name has; None where nobody said it. Raises UsageError for what is none, or a larger one."""
    given = texts.get(name)
    if given is None:
        return None
    if not NUMBER.fullmatch(given) or int(given) > most:
        raise UsageError(reason="query-number", name=name, text=given[:100])
    return int(given)


def must_know(texts: Texts, known: Mapping[str, object] | Iterable[str]) -> None:
    """Raises UsageError for a name that nothing here knows: a filter that was mistyped must not show everything."""
    names = set(known)
    if unknown := [name for name in texts.names() if name not in names]:
        raise UsageError(reason="query-unknown", names=unknown)
