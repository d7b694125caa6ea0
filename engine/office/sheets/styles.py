"""The styles of an xlsx: for each style that a cell may name, its number format, its fill, and whether it strikes the text out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.office.sheets.container import Container
from engine.office.sheets.displayed import BUILT_IN

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST = 65_536
"""Styles of a file; an office program knows no more."""
_INDEXED = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C08080809999FF993366FFFFCCCCFFFF660066"
    "FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC"
    "99CC00FFCC00FF9900FF6600666699969696003366339966003300333300993300993366333399333333"
)
"""The colours that a file names by number, from the eighth on."""
_THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
"""The colours of a theme, in the order in which styles count them."""


class Style(NamedTuple):
    """How a cell looks, as far as that may mean something."""

    number_format: str = ""
    """Empty: as without a format."""
    fill: str = ""
    struck: bool = False


def styles_of(container: Container) -> tuple[Style, ...]:
    """The styles of an xlsx by number. Raises BrokenFile."""
    tree = container.tree("xl/styles.xml")
    if tree is None:
        return ()
    formats = {_number(each, "numFmtId"): each.get("formatCode", "") for each in _inside(tree, "numFmts")}
    struck = [_is_on(_child(font, "strike")) for font in _inside(tree, "fonts")]
    theme = _theme(container)
    fills = [_colour_of(fill, theme) for fill in _inside(tree, "fills")]
    return tuple(_style(each, formats, struck, fills) for each in _inside(tree, "cellXfs")[:MOST])


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def _style(each: Element, formats: dict[int, str], struck: list[bool], fills: list[str]) -> Style:
    number, fill, font = _number(each, "numFmtId"), _number(each, "fillId"), _number(each, "fontId")
    code = formats.get(number, BUILT_IN.get(number, ""))
    return Style(
        "" if code.lower() in ("general", "@") else code,
        fills[fill] if 0 <= fill < len(fills) else "", struck[font] if 0 <= font < len(struck) else False,
    )


def _colour_of(fill: Element, theme: list[str]) -> str:
    """The colour of a fill; of none and of white, nothing."""
    pattern = _child(fill, "patternFill")
    if pattern is None or pattern.get("patternType", "none") in ("none", "gray125"):
        return ""
    colour = _child(pattern, "fgColor")
    if colour is None:
        return ""
    if colour.get("rgb"):
        found = colour.get("rgb", "")[-6:].upper()
    elif colour.get("theme"):
        number = _number(colour, "theme")
        found = theme[number] if 0 <= number < len(theme) else ""
    else:
        number = _number(colour, "indexed")
        place = (number - 8 if number >= 8 else number) * 6
        found = _INDEXED[place:place + 6] if 0 <= number < 64 else ""
    return "" if found == "FFFFFF" else found


def _theme(container: Container) -> list[str]:
    tree = container.tree("xl/theme/theme1.xml")
    scheme = next((each for each in tree.iter() if local(each.tag) == "clrScheme"), None) if tree is not None else None
    found: dict[str, str] = {}
    for each in scheme if scheme is not None else ():
        for colour in each:
            found[local(each.tag)] = (colour.get("lastClr") or colour.get("val") or "")[-6:].upper()
    return [found.get(name, "") for name in _THEME]


def _inside(tree: Element, name: str) -> list[Element]:
    found = _child(tree, name)
    return list(found) if found is not None else []


def _child(parent: Element, name: str) -> Element | None:
    return next((each for each in parent if local(each.tag) == name), None)


def _is_on(each: Element | None) -> bool:
    return each is not None and each.get("val", "1") not in ("0", "false")


def _number(each: Element, name: str) -> int:
    text = each.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
