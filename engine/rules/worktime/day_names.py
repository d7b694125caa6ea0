"""The days that a text of an office names: 7月20日, 11月底, 三季度末, 6.30, 明年3月."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_NUMERALS = {**{char: number for number, char in enumerate("一二三四五六七八九", 1)}, "两": 2, "半": 0}
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1,
)}
_MONTH_NAMES = "|".join(_MONTHS)
_TOKEN = re.compile(rf"""
    (?<!\d)(?P<y8>(?:19|20)\d\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12]\d|3[01])(?!\d)
  | (?P<y>(?:19|20)\d\d)\s*[年./\-]\s*(?P<m>\d{{1,2}})\s*[月./\-]\s*(?P<d>\d{{1,2}})\s*[日号]?(?!\d)
  | (?:(?P<ye>(?:19|20)\d\d)\s*[年./\-]\s*|(?P<rel>[今本明去]年))?(?P<me>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月(?!\d)(?:份)?
    \s*(?P<end>[底末]|上旬|中旬|下旬|内)?
  | (?:(?P<yq>(?:19|20)\d\d)\s*年?)?第?(?P<q>[一二三四1-4])\s*季度(?:[底末内])?
  | (?:(?P<yh>(?:19|20)\d\d)\s*年?)?(?P<half>[上下])半年(?:[底末内])?
  | (?P<yy>(?:19|20)\d\d)\s*年(?:度)?(?:[底末内])?(?!\d)
  | (?P<year_end>(?:[今本明]年|(?<![一二两三四五半\d])年)[底末内]?(?:前)?)(?<=[底末内前])
  | (?P<ym>(?:19|20)\d\d)[./\-](?P<mm>\d{{1,2}})(?![\d./\-])
  | (?<![\d./\-])(?P<ms>\d{{1,2}})\s*[./\-]\s*(?P<ds>\d{{1,2}})(?![\d./\-%])
  | (?P<de>\d{{1,2}})(?:st|nd|rd|th)?\s*(?P<mne>{_MONTH_NAMES})[a-z]*\.?,?\s*(?P<yne>(?:19|20)\d\d)?
  | (?P<mnb>{_MONTH_NAMES})[a-z]*\.?\s*(?P<db>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<ynb>(?:19|20)\d\d)?(?!\d)
""", re.VERBOSE)
_WHOLE_MONTH_DAY = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d)\s*年\s*|(?P<rel>[今本明去]年))?(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?(?!\d)"
)


class NamedDay(NamedTuple):
    """A date in a text: where it stands, and the day it is; several that it may be, none where the year is missing."""

    start: int
    end: int
    days: tuple[date, ...]


def named_days(text: str, year: int | None) -> Iterator[NamedDay]:
    """The dates of a text. One without a year has that of the one before it in the same text."""
    position, inherited = 0, year
    while position < len(text):
        whole, found = _WHOLE_MONTH_DAY.search(text, position), _TOKEN.search(text, position)
        if whole is not None and (found is None or whole.start() <= found.start()):
            token, own = _month_day(whole, inherited)
        elif found is not None:
            token, own = _token(found, inherited)
        else:
            return
        inherited = own or inherited
        position = max(token.end, position + 1)
        yield token


def _month_day(found: re.Match[str], year: int | None) -> tuple[NamedDay, int | None]:
    own = _year(found["y"], found["rel"], year)
    return NamedDay(found.start(), found.end(), _days(own or year, number_of(found["m"]), number_of(found["d"]))), own


def _token(found: re.Match[str], year: int | None) -> tuple[NamedDay, int | None]:
    days, own = _days_of(found, year)
    return NamedDay(found.start(), found.end(), days), own


def _days_of(found: re.Match[str], year: int | None) -> tuple[tuple[date, ...], int | None]:
    get = found.group
    if get("y8"):
        return _days(int(get("y8")), int(get("m8")), int(get("d8"))), int(get("y8"))
    if get("y"):
        return _days(int(get("y")), int(get("m")), int(get("d"))), int(get("y"))
    if get("me"):
        own = _year(get("ye"), get("rel"), year)
        return _month_end(own or year, number_of(get("me")), get("end")), own
    if get("q"):
        own = int(get("yq")) if get("yq") else None
        return _month_end(own or year, 3 * (int(get("q")) if get("q").isdecimal() else _NUMERALS[get("q")])), own
    if get("half"):
        own = int(get("yh")) if get("yh") else None
        return _month_end(own or year, 6 if get("half") == "上" else 12), own
    if get("yy"):
        return _month_end(int(get("yy")), 12), int(get("yy"))
    if get("year_end"):
        own = _year(None, get("year_end")[:2] if get("year_end")[0] in "今本明" else None, year)
        return _month_end(own or year, 12), own
    if get("ym"):
        return _month_end(int(get("ym")), int(get("mm"))), int(get("ym"))
    if get("ms"):
        return _short(year, get("ms"), get("ds")), None
    name, day, named = (get("mne"), get("de"), get("yne")) if get("mne") else (get("mnb"), get("db"), get("ynb"))
    own = int(named) if named else None
    return _days(own or year, _MONTHS[name], int(day)), own


def _short(year: int | None, month: str, day: str) -> tuple[date, ...]:
    """`6.30`; of `6.3`, from which a sheet may have cut a nought, both days that it may be."""
    days = _days(year, int(month), int(day))
    if len(day) == 1 and day in "123":
        days += _days(year, int(month), 10 * int(day))
    return days


def _days(year: int | None, month: int, day: int) -> tuple[date, ...]:
    if year is None:
        return ()
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _month_end(year: int | None, month: int, part: str | None = None) -> tuple[date, ...]:
    if year is None or not 1 <= month <= 12:
        return ()
    day = {"上旬": 10, "中旬": 20}.get(part or "", monthrange(year, month)[1])
    return (date(year, month, day),)


def _year(digits: str | None, relative: str | None, year: int | None) -> int | None:
    """The year that a date names; 明年 is the one after the ledger's."""
    if digits:
        return int(digits)
    if relative is None or year is None:
        return None
    return year + {"明": 1, "去": -1}.get(relative[0], 0)


def number_of(text: str) -> int:
    """A number in digits or in Chinese up to thirty-one."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _NUMERALS.get(text, 0)
    return 10 * (_NUMERALS.get(tens, 1) if tens else 1) + (_NUMERALS.get(ones, 0) if ones else 0)
