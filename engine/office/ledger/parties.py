"""A cell of units: who leads and who cooperates. Units are found by known names only, and nobody is made lead who is not said to be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

LEADS, COOPERATES, NEITHER = "leads", "cooperates", ""

_MARK = re.compile(
    r"(?P<leads>牵头|主办|主责|主要责任|lead(?: unit)?)(?:责任)?(?:单位|部门|机关)?|"
    r"(?P<cooperates>配合|协办|协同|协助|会办|参与|参加|support(?:ing)?(?: units?)?|with)(?:责任)?(?:单位|部门|机关)?|"
    r"(?P<neither>责任|承办|整改)(?:单位|部门|机关)"
)
_COLON = re.compile(r"\s*[:：]\s*")
_LIST = re.compile(r"\s*[、，,；;/|\n\t]\s*(?![^()（）]{0,60}[)）])")
_AND = re.compile(r"和|及|与|以及|&| and ")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_TAIL = re.compile(r"(?:等(?:有关|相关)?(?:单位|部门)?|分别|共同|按职责分工负责|按职责分工|负责|具体负责)+[。.]?$")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_HEAD = re.compile(r"^(?:由|会同|并由|请|及|和|与)")


class Known(Protocol):
    """A unit or group that is known."""

    @property
    def code(self) -> str: ...
    @property
    def is_group(self) -> bool: ...


Find = Callable[[str], Known | None]
"""The unit that a name means; None where nobody bears it, or several do."""


class Parties(NamedTuple):
    """The units of a cell by code, each once. `responsible` are those of which the cell does not say which part they have; `groups` stand
    for their members; `unknown` are names that nobody bears, `others` what stands beside a known name: mostly people.
    """

    leads: tuple[str, ...] = ()
    cooperators: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


NOBODY = Parties()


def read_parties(text: str, find: Find) -> Parties:
    """The units that a cell names."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in ("", "/", "-", "—", "无"):
        return NOBODY
    found: dict[str, list[str]] = {name: [] for name in Parties._fields}
    if unit := find(plain):
        _enter(found, unit, NEITHER)
        return _made(found)
    for role, part in _by_role(plain):
        _read_part(part, role, find, found)
    return _made(found)


# -- roles --------------------------------------------------------------------------------------------------------------------


def _by_role(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text, each with the role of the units in it. A mark with a colon says it of what follows (牵头单位：甲局), one without
    of what stands before it (甲局牵头, 乙局（配合）).
    """
    position, role, begun = 0, NEITHER, 0
    while mark := _MARK.search(text, position):
        meant = str(mark.lastgroup or NEITHER)
        position = mark.end()
        if colon := _COLON.match(text, mark.end()):
            yield from _whole(role, text[begun:mark.start()])
            role, begun = (NEITHER if meant == "neither" else meant), colon.end()
            position = begun
        elif meant != "neither" and _ends_here(text, mark.end()):
            before = text[begun:mark.start()].rstrip("(（ ")
            if text[mark.start() - 1:mark.start()] in ("(", "（"):
                yield from _last_has_role(before, role, meant)
            else:
                yield from _whole(meant, before)
            begun = position = _after(text, mark.end())
    yield from _whole(role, text[begun:])


def _last_has_role(text: str, role: str, last: str) -> Iterator[tuple[str, str]]:
    """A mark in brackets is of the unit before it alone: 甲局、乙局（配合）."""
    parts = [part for part in _LIST.split(text) if part]
    if parts:
        yield from ((role, part) for part in parts[:-1])
        yield last, parts[-1]


def _ends_here(text: str, end: int) -> bool:
    """Whether a mark closes what stands before it, and is not a part of a name."""
    return end == len(text) or text[end] in ",;、，；。.)）\n/ 负"


def _after(text: str, end: int) -> int:
    while end < len(text) and text[end] in ",;、，；。.)）\n/ 负责":
        end += 1
    return end


def _whole(role: str, text: str) -> Iterator[tuple[str, str]]:
    if stripped := text.strip(" ,;、，；。.\n"):
        yield role, stripped


# -- names --------------------------------------------------------------------------------------------------------------------


def _read_part(text: str, role: str, find: Find, found: dict[str, list[str]]) -> None:
    """The units of a list: as it is written, without what is written around names, at the words between, by known names that stand
    together.
    """
    for part in filter(None, (piece.strip(" 。.") for piece in _LIST.split(text))):
        if unit := find(part):
            _enter(found, unit, role)
        elif several := _named(part, find, found):
            for each in several:
                _enter(found, each, role)
        else:
            found["unknown"].append(part)


def _named(part: str, find: Find, found: dict[str, list[str]]) -> list[Known]:
    bare = _HEAD.sub("", _TAIL.sub("", part)).strip()
    beside = [inside for inside in _BRACKETS.findall(bare) if inside and not find(bare)]
    outside = _BRACKETS.sub("", bare).strip()
    for text, others in ((bare, []), (outside, beside), (_GOVERNMENT.sub("", bare), [])):
        if not text:
            continue
        if unit := find(text):
            found["others"] += others
            return [unit]
        pieces = [piece for piece in _AND.split(text) if piece]
        if len(pieces) > 1 and all(units := [find(piece) for piece in pieces]):
            found["others"] += others
            return [unit for unit in units if unit]
    return _run_together(outside, find, found) or _words(outside, find, found)


SHORTEST_NAME = 2
LONGEST_RUN = 60


def _run_together(text: str, find: Find, found: dict[str, list[str]]) -> list[Known]:
    """Units whose names stand together with nothing between: the longest known name each time, to the end of the text."""
    units: list[Known] = []
    position = 0
    while position < len(text) <= LONGEST_RUN:
        for end in range(len(text), position + SHORTEST_NAME - 1, -1):
            if unit := find(text[position:end]):
                units.append(unit)
                position = end
                break
        else:
            return []
    return units if len(units) > 1 else []


def _words(text: str, find: Find, found: dict[str, list[str]]) -> list[Known]:
    """Of a cell of words with blanks between, one of which is a unit, that unit; the other words are people."""
    words = text.split()
    units = [unit for word in words if (unit := find(word))]
    if len(words) < 2 or not units:
        return []
    found["others"] += [word for word in words if not find(word)]
    return units


def _enter(found: dict[str, list[str]], unit: Known, role: str) -> None:
    if unit.is_group:
        found["groups"].append(unit.code)
    else:
        found[{LEADS: "leads", COOPERATES: "cooperators"}.get(role, "responsible")].append(unit.code)


def _made(found: dict[str, list[str]]) -> Parties:
    """Each unit once, as what it is said to be first of all."""
    leads = tuple(dict.fromkeys(found["leads"]))
    cooperators = tuple(code for code in dict.fromkeys(found["cooperators"]) if code not in leads)
    responsible = tuple(code for code in dict.fromkeys(found["responsible"]) if code not in leads and code not in cooperators)
    others, unknown, groups = (tuple(dict.fromkeys(found[name])) for name in ("others", "unknown", "groups"))
    return Parties(leads, cooperators, responsible, groups, unknown, others)
