"""A number or a day as a sheet shows it: `1.10`, `007`, `72%`, `7月20日`, by the number format of the cell."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}
"""The formats that a file names by number only, as the Chinese edition of an office program shows them."""

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|(General)|(AM/PM|上午/下午)|([ymdhsa]+|E\+?0+|[0#?.,%]+)|(.)', re.IGNORECASE | re.DOTALL,
)
LONGEST_PATTERN = 255
DIGITS = 15
"""An office program keeps this many digits of a number, and shows no more."""


class Pattern(NamedTuple):
    """What stands before and after the digits, and how the digits are written."""

    before: str = ""
    decimals: int = -1
    """-1: as many as the number has."""
    least: int = 1
    grouped: bool = False
    percent: bool = False
    after: str = ""


def plain_number(value: float) -> str:
    """A number as it is shown without a format: no `.0` after whole ones, no digits that counting in binary has added."""
    text = f"{value:.{DIGITS}g}"
    return text if "e" not in text else _fixed(Decimal(text))


def shown_number(value: float, number_format: str) -> str:
    """A number as its cell shows it; by a format that is not understood, as without one."""
    found = _pattern(number_format, -1 if value < 0 else 1 if value else 0)
    if found is None:
        return plain_number(value)
    pattern, signed = found
    number = Decimal(f"{value:.{DIGITS}g}") * (100 if pattern.percent else 1)
    negative, number = number < 0, abs(number)
    fixed = pattern.decimals >= 0
    digits = f"{number.quantize(Decimal(1).scaleb(-pattern.decimals), ROUND_HALF_UP):f}" if fixed else _fixed(number)
    whole, point, rest = digits.partition(".")
    whole = whole.zfill(pattern.least) if pattern.least or whole != "0" else ""
    if pattern.grouped and whole:
        whole = f"{int(whole):,}"
    sign = "-" if negative and not signed and any(digit not in "0." for digit in digits) else ""
    return f"{sign}{pattern.before}{whole}{point}{rest}{'%' if pattern.percent else ''}{pattern.after}"


def shown_moment(value: date | datetime | time | timedelta, number_format: str) -> str:
    """A day or a time as its cell shows it; without a format as it is written down."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if not is_day_format(number_format):
        return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value.isoformat()
    tokens = list(_TOKEN.finditer(_section(number_format, 0)))
    twelve = any(token[5] for token in tokens)
    shown, last = [], ""
    for index, token in enumerate(tokens):
        letters = (token[6] or "").lower()
        if letters and letters[0] in "ymdhsa":
            minute = letters[0] == "m" and (last == "h" or _next_letters(tokens, index)[:1] == "s")
            shown.append(_part(value, "n" * len(letters) if minute else letters, twelve))
            last = letters[0]
        else:
            noon = ("PM" if getattr(value, "hour", 0) >= 12 else "AM") if token[5] else ""
            shown.append(noon or token[1] or token[2] or token[6] or token[7] or "")
    return "".join(shown).strip()


@lru_cache(maxsize=512)
def is_day_format(number_format: str) -> bool:
    """Whether a format shows days or times."""
    tokens = _TOKEN.finditer(number_format[:LONGEST_PATTERN])
    return any(token[6].lower().strip("ymdhs") in ("", "aaa", "aaaa") for token in tokens if token[6])


def day_of_serial(serial: float, *, from_1904: bool = False) -> datetime | None:
    """The moment that a sheet counts in days since 1899-12-30 (or 1904-01-01); None for what no calendar of an office reaches."""
    if not 1 <= serial < 2958466:
        return None
    return datetime(1904, 1, 1) + timedelta(days=serial) if from_1904 else datetime(1899, 12, 30) + timedelta(days=serial)  # noqa: DTZ001 a wall clock


def _fixed(number: Decimal) -> str:
    """Digits without an exponent; of what is beyond any table, with one."""
    if number and not -DIGITS <= number.adjusted() <= 2 * DIGITS:
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=2048)
def _pattern(number_format: str, sign: int) -> tuple[Pattern, bool] | None:
    """How the digits of a number of this sign are written, and whether the format shows the sign by itself."""
    sections = _sections(number_format[:LONGEST_PATTERN])
    if number_format in ("General", "@", "") or len(sections) > 4:
        return None
    section, signed = sections[0], False
    if sign < 0 and len(sections) > 1:
        section, signed = sections[1], True
    elif sign == 0 and len(sections) > 2:
        section = sections[2]
    before: list[str] = []
    after: list[str] = []
    digits, general = "", False
    for token in _TOKEN.finditer(section):
        literal = token[1] or token[2] or token[7] or ""
        if token[3] is not None:  # a colour, a condition, or a currency: [$¥-804]
            literal = token[3][1:].partition("-")[0] if token[3].startswith("$") else ""
        letters = token[6] or ""
        if token[4]:
            general = True
        elif letters and letters[0] in "0#?.,%":
            digits += letters
        elif letters:  # letters of a day, an exponent
            return None
        if literal:
            (after if digits or general else before).append(literal)
    if "/" in "".join(after) and "?" in digits:  # a fraction
        return None
    if not digits and not general:
        return (Pattern("".join(before).strip(), 0, least=0), signed) if before and sign == 0 else None
    return _of_digits(digits, "".join(before).lstrip(), "".join(after).rstrip(), general), signed


def _of_digits(digits: str, before: str, after: str, general: bool) -> Pattern:
    whole, _, decimals = digits.replace("%", "").partition(".")
    if general:
        return Pattern(before, percent="%" in digits, after=after)
    shown = len(decimals.rstrip("#").replace(",", ""))
    optional = "#" in decimals
    return Pattern(before, -1 if optional else shown, whole.count("0"), "," in whole.rstrip(","), "%" in digits, after)


def _sections(number_format: str) -> list[str]:
    return [part.replace("\0", ";") for part in re.sub(r'"[^"]*"|\\.', lambda found: found[0].replace(";", "\0"), number_format).split(";")]


def _section(number_format: str, index: int) -> str:
    return _sections(number_format[:LONGEST_PATTERN])[index]


def _next_letters(tokens: list[re.Match[str]], index: int) -> str:
    return next((token[6].lower() for token in tokens[index + 1:] if token[6]), "")


def _part(value: date | time, letters: str, twelve: bool) -> str:
    """What some letters of a format show: `yyyy` the year, `mm` the month in two digits, `nn` the minute, `aaaa` the weekday."""
    if letters[0] == "a":
        return "一二三四五六日"[value.weekday()] if isinstance(value, date) else ""
    names = {"y": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second"}
    number = getattr(value, names[letters[0]], 0)
    if letters[0] == "y":
        return f"{number:04}" if len(letters) > 2 else f"{number % 100:02}"
    if letters[0] in "md" and len(letters) > 2:
        return value.strftime({"m": "%b", "d": "%a"}[letters[0]])
    if letters[0] == "h" and twelve:
        number = number % 12 or 12
    return f"{number:02}" if len(letters) > 1 else str(number)
