"""Which unit people mean: found by code, name or alias, and never guessed between two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

ALIKE = 0.5
"""How alike two names must be (0 to 1, difflib's ratio) for one to be suggested for the other."""


LONGEST_NAME = 100
"""In characters. A longer text is like no name, and comparing it would take its time."""


_BLANKS = re.compile(r"(?<![a-zA-Z0-9]) | (?![a-zA-Z0-9])")


class Named(Protocol):
    """What has a code, a name and other names: a unit, or a group of units."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> Sequence[str]: ...


N = TypeVar("N", bound=Named)


def normalized(text: str) -> str:
    """A name in the form in which names are compared: in half width (Unicode NFKC), in small letters, without blanks and what cannot
    be seen.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in folded if char.isprintable() and not char.isspace())


def written(text: str) -> str:
    """A name as it is kept where no unit bears it: in half width, without blanks but those between Latin words."""
    return _BLANKS.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))


class UnitNames(Generic[N]):
    """The names by which units are known.

    Documents carry 市 over a list (市市场监管局、发展改革委) and outsiders put the city before it (平顶山市税务局), so a
    name that nobody bears is tried again with and without them; a name as written always comes first.
    """

    def __init__(self, units: Iterable[N], city: str = "", former: Iterable[tuple[str, N]] = ()) -> None:
        """`city` is the city's name without 市; without it only 市 itself is carried. `former` names mean their unit to people still."""
        self._units = tuple(units)
        self._city = normalized(city)
        self._codes = _index((normalized(unit.code), unit) for unit in self._units)
        self._names = _index((normalized(unit.name), unit) for unit in self._units)
        self._aliases = _index((normalized(alias), unit) for unit in self._units for alias in unit.aliases)
        self._once = tuple(former)
        self._former = _index((normalized(name), unit) for name, unit in self._once)

    def __iter__(self) -> Iterator[N]:
        return iter(self._units)

    def find(self, text: str) -> N | None:
        """The unit of that code, name, alias or former name. None when nobody bears the name, and when several do: see `nearest`."""
        for key in self._spellings(text):
            for level in (self._codes, self._names, self._aliases, self._former):
                if bearers := level.get(key):
                    return bearers[0] if len(bearers) == 1 else None
        return None

    def nearest(self, text: str, n: int = 3) -> list[str]:
        """The names of at most `n` units that are most like the text, the likest first: for "did you mean"."""
        from difflib import SequenceMatcher  # only a mistyped name is compared; `zg list --unit` need not wait

        spellings = list(self._spellings(text)) if len(text) <= LONGEST_NAME else []
        likeness = {}
        for position, unit in enumerate(self._units):
            names = {normalized(name) for name in (unit.code, unit.name, *unit.aliases)}
            best = max((SequenceMatcher(None, name, key).ratio() for name in names for key in spellings), default=0.0)
            if best >= ALIKE:
                likeness[position] = best
        likest_first = sorted(likeness, key=lambda position: (-likeness[position], position))
        return [self._units[position].name for position in likest_first[:n]]

    def spellings(self) -> dict[str, N]:
        """Each name that units bear or bore, with 市 and the city before it and without them, and the unit that it means."""
        known = [name for unit in self._units for name in (unit.name, *unit.aliases)] + [name for name, _ in self._once]
        bare = {written(name).removeprefix("市") for name in known}
        each = sorted({before + text for text in bare for before in ("", "市", self._city, self._city + "市")})
        return {text: unit for text in each if (unit := self.find(text)) is not None}

    def clashes(self) -> list[tuple[str, tuple[N, ...]]]:
        """Every code, name or alias that more than one unit bears, with those units: a list that must be empty."""
        bearers = _index((normalized(name), unit) for unit in self._units for name in (unit.code, unit.name, *unit.aliases))
        return [(name, tuple(units)) for name, units in bearers.items() if len(units) > 1]

    def _spellings(self, text: str) -> Iterator[str]:
        key = normalized(text)
        if not key:
            return
        yield key
        if self._city and key.startswith(self._city):
            key = key.removeprefix(self._city)
            yield key
        yield "市" + key  # first, since 市场监管局 begins with 市 and lacks it
        yield key.removeprefix("市")


def _index(pairs: Iterable[tuple[str, N]]) -> dict[str, list[N]]:
    index: dict[str, list[N]] = {}
    for key, unit in pairs:
        bearers = index.setdefault(key, [])
        if not any(bearer is unit for bearer in bearers):
            bearers.append(unit)
    return index
