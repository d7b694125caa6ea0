"""The text of a cell: as people see it, as it is compared, and what stands for the cell above."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time

from engine.office.sheets.displayed import day_of_serial, is_day_format, plain_number, shown_moment, shown_number
from engine.office.sheets.sheet import Value

DITTO = frozenset({"同上", "〃", "″", "\"", "''", "“", "”", "同前", "同上。", "ditto"})
"""What people write for the text of the cell above."""

_BEGINNINGS = frozenset(text[0] for text in DITTO) | {"D", "Ｄ", "ｄ", "＂", "＇"}
"""With what such a text begins: most cells begin otherwise, and need not be folded."""

_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]|_x000D_\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f]")


def text_of(value: Value, number_format: str = "") -> str:
    """A value as its cell shows it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return shown_number(float(value), number_format) if number_format else plain_number(float(value))
    return shown_moment(value, number_format)


def value_of(value: Value, number_format: str, *, from_1904: bool = False) -> Value:
    """What a cell holds: whole numbers are whole, and the number of a day is that day, where the format shows days."""
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, float):
        if number_format and is_day_format(number_format):
            moment = day_of_serial(value, from_1904=from_1904)
            if moment is not None:
                return moment if moment.time() != time() else moment.date()
        return int(value) if value == int(value) and abs(value) < 2**53 else value
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def clean(text: str) -> str:
    """A text with line breaks of one kind, without what nobody sees, and without blanks around it and around its lines."""
    if text.isprintable() and text == text.strip():  # nearly every cell
        return text
    text = _CONTROL.sub("", _BREAKS.sub("\n", text)).replace("\u00a0", " ")
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def one_line(text: str) -> str:
    """A text without line breaks: between Chinese characters a break stands for nothing, elsewhere for a blank."""
    if "\n" not in text:
        return text
    return re.sub(r"(?<=[\u2e80-\uffef])\n+|\n+(?=[\u2e80-\uffef])", "", text).replace("\n", " ")


def folded(text: str) -> str:
    """A text as it is compared: half width, small letters, no blanks or line breaks at all."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_ditto(text: str) -> bool:
    """Whether a cell says that it holds what the cell above it holds."""
    return text[:1] in _BEGINNINGS and (text in DITTO or folded(text) in DITTO)
