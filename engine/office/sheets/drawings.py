"""The pictures of an xlsx: those that float over a sheet, and those that WPS keeps in its cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.office.sheets.container import Container
from engine.office.sheets.sheet import Picture, Place
from engine.office.sheets.styles import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_MARKS = 100_000
"""Comments and pictures of a sheet that are looked at."""


def floating(container: Container, member: str) -> Iterator[tuple[Place, Picture]]:
    """The pictures of a drawing, each with the cell that its upper left corner lies in. One whose place is told in inches lies at the first
    cell: it is at no row, and is counted there.
    """
    related, tree = container.related(member), container.tree(member)
    for anchor in list(tree)[:MOST_MARKS] if tree is not None else ():
        corner = next(named(anchor, "from"), None)
        row, column = (next((number_of(each.text or "") for each in named(corner, name)), -1) for name in ("row", "col"))
        if corner is None and local(anchor.tag) == "absoluteAnchor":
            row = column = 0
        if row >= 0:
            yield from (((row, column), picture) for picture in _embedded(container, anchor, related))


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
