"""The pictures of an xlsx: those that float over a sheet, and those that WPS keeps in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.office.sheets.bounds import MOST_COLUMNS
from engine.office.sheets.container import Container, parser
from engine.office.sheets.extents import PIXEL, POINT, Extents
from engine.office.sheets.sheet import Picture, Place
from engine.office.sheets.styles import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DIGIT = 7 * PIXEL
"""How wide a digit is."""

_LENGTH = re.compile(r"[0-9]{1,6}(?:[.][0-9]{1,20})?")

MOST_MARKS = 100_000
"""Comments and pictures of a sheet that are looked at."""


def floating(container: Container, member: str, sheet: str) -> Iterator[tuple[Place, Picture]]:
    """The pictures of a drawing of a sheet, each with the cell that its upper left corner lies in. Of one whose place is told by its
    distance from the edges that is found by how high rows and how wide columns are.
    """
    related, tree = container.related(member), container.tree(member)
    extents: Extents | None = None
    for anchor in list(tree)[:MOST_MARKS] if tree is not None else ():
        corner = next(named(anchor, "from"), None)
        row, column = (next((number_of(each.text or "") for each in named(corner, name)), -1) for name in ("row", "col"))
        if corner is None and local(anchor.tag) == "absoluteAnchor":
            extents = extents or _extents(container, sheet)
            edge = next(named(anchor, "pos"), None)
            row, column = extents.place(*(number_of(edge.get(name, "")) if edge is not None else 0 for name in ("x", "y")))
        if row >= 0:
            yield from (((row, column), picture) for picture in _embedded(container, anchor, related))


def _extents(container: Container, member: str) -> Extents:
    """How high the rows and how wide the columns of a sheet are, as its XML tells; a width is in digits of the usual font."""
    found, last = Extents(), -1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal last
        hidden = attributes.get("hidden") in ("1", "true")
        match name.rpartition(" ")[2]:
            case "sheetFormatPr":
                found.height = _emu(attributes.get("defaultRowHeight"), POINT, found.height)
                found.width = _emu(attributes.get("defaultColWidth"), DIGIT, found.width)
            case "col" if "width" in attributes or hidden:
                first, end = (number_of(attributes.get(edge, "")) for edge in ("min", "max"))
                width = 0 if hidden else _emu(attributes.get("width"), DIGIT, found.width)
                found.widths.update(dict.fromkeys(range(first - 1, min(end, MOST_COLUMNS)), width))
            case "row":
                last = number_of(attributes["r"]) - 1 if "r" in attributes else last + 1
                if "ht" in attributes or hidden:
                    found.heights[last] = 0 if hidden else _emu(attributes.get("ht"), POINT, found.height)

    container.parse(member, parser(start))
    return found


def _emu(text: str | None, unit: int, usual: int) -> int:
    """A length in EMU, of a text in units; what cannot be read is as usual."""
    return round(float(text) * unit) if text is not None and _LENGTH.fullmatch(text) else usual


def pictures_in_cells(container: Container) -> dict[str, Picture]:
    """The pictures that WPS keeps in cells: `=DISPIMG("ID_…",1)` names one."""
    member = "xl/cellimages.xml"
    related = container.related(member)
    tree = container.tree(member)
    found: dict[str, Picture] = {}
    for each in (part for part in tree if local(part.tag) == "cellImage") if tree is not None else ():
        name = next((part.get("name", "") for part in named(each, "cNvPr")), "")
        for picture in _embedded(container, each, related):
            found.setdefault(name, picture)
    return found


def _embedded(container: Container, holder: Element, related: dict[str, tuple[str, str]]) -> Iterator[Picture]:
    """The pictures that a part of a drawing shows, a group of them too, where they lie in the file itself."""
    for blip in named(holder, "blip"):
        names = [value for key, value in blip.attrib.items() if local(key) == "embed"]
        kind, target = related.get(names[0] if names else "", ("", ""))
        if kind == "image" and target in container.members:
            yield Picture(target, container.archive.getinfo(target).file_size)


def named(tree: Element | None, name: str) -> Iterator[Element]:
    return (each for each in tree.iter() if isinstance(each.tag, str) and local(each.tag) == name) if tree is not None else iter(())


def number_of(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 2**30
