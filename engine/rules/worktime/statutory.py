"""The statutory holidays: which days the law makes holidays, and when they fall by the lunar calendar and the sun.

Which they are says the State Council's decree on holidays (全国年节及纪念日放假办法) in its versions of 1999, 2007, 2013 and 2024.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

NEW_YEAR, SPRING, TOMBS, LABOUR, BOATS, MOON, NATIONAL = "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"
HOLIDAYS = (NEW_YEAR, SPRING, TOMBS, LABOUR, BOATS, MOON, NATIONAL)

FIRST_YEAR = 2000

_LUNAR = """
    0205 0606 0912  0124 0625 1001  0212 0615 0921  0201 0604 0911
    0122 0622 0928  0209 0611 0918  0129 0531 1006  0218 0619 0925
    0207 0608 0914  0126 0528 1003  0214 0616 0922  0203 0606 0912
    0123 0623 0930  0210 0612 0919  0131 0602 0908  0219 0620 0927
    0208 0609 0915  0128 0530 1004  0216 0618 0924  0205 0607 0913
    0125 0625 1001  0212 0614 0921  0201 0603 0910  0122 0622 0929
    0210 0610 0917  0129 0531 1006  0217 0619 0925  0206 0609 0915
    0126 0528 1003  0213 0616 0922  0203 0605 0912  0123 0624 1001
    0211 0612 0919  0131 0601 0908  0219 0620 0927  0208 0610 0916
    0128 0530 1004  0215 0618 0924  0204 0607 0913  0124 0527 1002
    0212 0614 0920  0201 0603 0910  0122 0622 0928  0210 0611 0917
    0130 0531 1005  0217 0619 0925  0206 0608 0915  0126 0529 1004
    0214 0615 0922  0202 0604 0911  0123 0623 0930  0211 0613 0919
    0201 0601 0907  0219 0620 0926  0208 0610 0916  0128 0530 1005
    0215 0617 0924  0204 0606 0913  0124 0625 1002  0212 0614 0921
    0202 0603 0909  0121 0622 0928  0209 0611 0917  0129 0601 1006
    0217 0619 0925  0205 0608 0915  0126 0528 1003  0214 0616 0923
    0203 0604 0911  0123 0623 0929  0211 0613 0919  0131 0602 0908
    0219 0620 0926  0207 0610 0916  0127 0530 1005  0215 0617 0924
    0205 0606 0912  0124 0624 1001  0212 0614 0920  0202 0604 0910
"""
"""Of each year from 2000 to 2079 the first day of the first lunar month, the fifth of the fifth, the fifteenth of the eighth."""

_DATES = tuple(_LUNAR.split())
LAST_YEAR = FIRST_YEAR + len(_DATES) // 3 - 1


def statutory(year: int) -> Mapping[str, tuple[date, ...]]:
    """The days of each holiday that the law names for that year; nothing of a year that lies outside the table."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    spring, boats, moon = (_day(year, text) for text in _DATES[(year - FIRST_YEAR) * 3:][:3])
    found = {
        NEW_YEAR: (date(year, 1, 1),), SPRING: _days(spring - timedelta(days=_eves(year)), 4 if year >= 2025 else 3),
        LABOUR: _days(date(year, 5, 1), 3 if year < 2008 else 1 if year < 2025 else 2), NATIONAL: _days(date(year, 10, 1), 3),
    }
    if year >= 2008:
        found |= {TOMBS: (date(year, 4, _bright(year)),), BOATS: (boats,), MOON: (moon,)}
    return found


def _eves(year: int) -> int:
    """Whether the eve of the Spring Festival is one of its days: it was from 2008 to 2013, and is again since 2025."""
    return int(2008 <= year <= 2013 or year >= 2025)


def _bright(year: int) -> int:
    """清明: the day of April on which the sun reaches 15 degrees, by the usual approximation for this century."""
    since = year - 2000
    return int(since * 0.2422 + 4.81) - since // 4


def _day(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[2:]))


def _days(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=away) for away in range(count))
