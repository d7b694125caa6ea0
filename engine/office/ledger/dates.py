"""A cell of a date column, as offices fill it: `7月20日`, 立即, 长期坚持, 11月底前, 按季度, 原6.30延至9.30, the number of a day.

It is a date, several, an amount, a review that comes round, or nothing that can be read; what may be read in two ways is asked.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from engine.office.ledger.status import BLANK
from engine.rules.worktime.day import EARLIEST, LATEST
from engine.rules.worktime.day_names import NamedDay, named_days, number_of

FIRST_SERIAL = date(1899, 12, 30)
"""The day from which Excel counts. Numbers of days between 1982 and 2064 are taken for such."""
SERIALS, SERIAL_DIGITS = range(30_000, 60_001), 5

A_LEAP_YEAR = 2000
"""A year that has every day that any year has."""

WITHOUT_YEAR, UNREADABLE, STATUS, TWO_WAYS = "year", "unreadable", "status", "two-ways"
"""Why a cell has to be asked about: no year is told anywhere, nothing is understood, it is no date but says that it is done, or it may be
one of several days.
"""


_AMOUNT = re.compile(
    r"(?:自.{0,10}?起)?(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)\s*(?P<unit>个?工作日|个?自然日|日历日|个?小时|个月|[天日]|个?周|个?星期|年"
    r"|working ?days?|business ?days?|days?|weeks?|months?)(?:以?之?内)?(?!以)"
)
_REVIEWS = (
    (re.compile(r"(?:按|每个?|分)季度?|quarterly"), "3 months"), (re.compile(r"(?:按|每个?|逐)月|monthly"), "1 month"),
    (re.compile(r"每半年|按半年|half-?yearly"), "6 months"), (re.compile(r"(?:按|每|逐)年|annually|yearly"), "1 year"),
    (re.compile(r"(?:按|每个?|逐)(?:周|星期)|weekly"), "7 days"),
)
_STANDING = re.compile(r"长期|持续|常态|永久|常年|长效|坚持|standing|ongoing|continuous|permanent")
_IMMEDIATE = re.compile(
    r"立即|立行|立查|立整|即知即改|即查即改|即行|马上|即时|当场|当日|现场整改|边查边改"
    r"|the same day|immediate|at once|asap",
)
_EXTENDED = re.compile(r"延|展期|调整|变更|改[至为到]|顺延|推迟|extended|revised")
_DONE = re.compile(
    r"已[^至到]{0,8}(?:完成|整改|销号|销项|闭环|办结|解决|落实|到位)|完毕|已?(?:销号|闭环)$|^(?:整改)?完成$|^办结$"
    r"|^(?:completed|done|closed|fixed)$"
)
_TIME = re.compile(r"[t\s]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
_NAMED = re.compile(r"[年月]|(?:19|20)\d\d|[a-z]{3}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*(?:年|[-./](?:0?[1-9]|1[0-2])(?!\d)|[〕\])])|$)")
_RANGE = re.compile(r"^\s*(?:[-—–~～]+|至|到|to)\s*$")
_NOISE = re.compile(
    r"[\s,。;；、:：()（）]|原定?|计划|时限|时间|之?前|以前|完成|整改|到位|并|且|至|到|延期?|展期|调整|变更|改为|为|止|于|截止|定|内|要求|期限"
    r"|by|before|until|the|end of|of|on|due"
)
_EMPTY = frozenset({"", "/", "\\", "-", "—", "--", "——", "无", "空", "n/a", "na", "none", "tbd", "待定", "*", "…"})


class DateCell(NamedTuple):
    """What a date cell says. `dates` in their order: the last one holds, those before it were moved by an extension. `asked` says why it
    has to be asked about, `maybe` which days it may be.
    """

    dates: tuple[date, ...] = ()
    review: str | None = None
    standing: bool = False
    immediate: bool = False
    amount: str | None = None
    asked: str | None = None
    maybe: tuple[date, ...] = ()

    @property
    def blank(self) -> bool:
        return self == NOTHING


NOTHING = DateCell()


def read_dates(text: str, value: object, year: int | None) -> DateCell:
    """What a cell of a date column says. `year` is that of the ledger: of a date that has none of its own."""
    if isinstance(value, datetime):
        return DateCell((value.date(),)) if EARLIEST <= value.date() <= LATEST else DateCell(asked=UNREADABLE)
    if isinstance(value, date):
        return DateCell((value,)) if EARLIEST <= value <= LATEST else DateCell(asked=UNREADABLE)
    return _read(text, year)


def dates_in(text: str, year: int | None) -> tuple[date, ...]:
    """The days that a free text names by a year or a month, in their order (`2.1` is a number there); none where one cannot be told."""
    plain = _plain(text)
    found = [token for token in named_days(plain, year) if _NAMED.search(plain[token.start:token.end])]
    return tuple(day for token in found for day in token.days[:1]) if all(len(token.days) == 1 for token in found) else ()


def years_in(text: str) -> tuple[int, ...]:
    """The years that a text names."""
    return tuple(int(found) for found in _YEAR.findall(_plain(text)))


# -- one cell -----------------------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return _TIME.sub("", unicodedata.normalize("NFKC", text).strip().lower())


@lru_cache(maxsize=65_536)
def _read(written: str, year: int | None) -> DateCell:
    text = _plain(written)
    if text in _EMPTY or text in BLANK:
        return NOTHING
    if text.isdecimal() and len(text) == SERIAL_DIGITS and int(text) in SERIALS:
        return DateCell((FIRST_SERIAL + timedelta(days=int(text)),))
    standing, immediate = bool(_STANDING.search(text)), bool(_IMMEDIATE.search(text))
    review = next((amount for pattern, amount in _REVIEWS if pattern.search(text)), None)
    tokens = list(named_days(text, year))
    if not tokens:
        return _undated(text, standing, immediate, review)
    if _DONE.search(text):
        return DateCell(asked=STATUS, maybe=tokens[-1].days[:1])
    if any(not token.days for token in tokens):
        of_some_year = year is None and all(token.days for token in named_days(text, A_LEAP_YEAR))
        return DateCell(asked=WITHOUT_YEAR if of_some_year else UNREADABLE)
    if any(len(token.days) > 1 for token in tokens):
        return DateCell(asked=TWO_WAYS, maybe=next(token.days for token in tokens if len(token.days) > 1))
    if not standing and review is None and _rest(text, tokens):
        return DateCell(asked=UNREADABLE, maybe=tuple(token.days[0] for token in tokens))
    return DateCell(_course(text, tokens), review, standing or review is not None, immediate)


def _undated(text: str, standing: bool, immediate: bool, review: str | None) -> DateCell:
    """A cell that names no day."""
    if standing or review is not None:
        return DateCell(review=review, standing=True, immediate=immediate)
    if immediate:
        return DateCell(immediate=True)
    if amount := _AMOUNT.search(text):
        counted = _amount(amount)
        rest = _NOISE.sub("", text[: amount.start()] + text[amount.end():])
        return DateCell(amount=counted) if counted is not None and not rest else DateCell(asked=UNREADABLE)
    return DateCell(asked=STATUS if _DONE.search(text) else UNREADABLE)


def _course(text: str, tokens: list[NamedDay]) -> tuple[date, ...]:
    """The dates in their order: of a span its end, of a date that was extended both. An extension that names no year and lies before the
    date that it moves is of the year after.
    """
    days: list[date] = [tokens[0].days[0]]
    for before, token in pairwise(tokens):
        day = token.days[0]
        between = text[before.end:token.start]
        if _RANGE.match(between) and not _EXTENDED.search(text):
            days[-1] = day
            continue
        if day < days[-1] and _EXTENDED.search(text) and not re.search(r"(?:19|20)\d\d", text[token.start:token.end]):
            day = _shifted(day, 1)
        days.append(day)
    return tuple(dict.fromkeys(days))


def _rest(text: str, tokens: list[NamedDay]) -> str:
    """What a cell says besides its dates and what stands around them."""
    left, position = [], 0
    for token in tokens:
        left.append(text[position:token.start])
        position = token.end
    rest = "".join((*left, text[position:]))
    rest = re.sub(r"[-—–~～]+", "", rest)
    return _NOISE.sub("", _IMMEDIATE.sub("", rest))


# -- dates in a text ----------------------------------------------------------------------------------------------------------


def _amount(found: re.Match[str]) -> str | None:
    """An amount of time as a workflow writes it."""
    number, unit = found["n"], found["unit"].removeprefix("个")
    if number == "半":
        return {"月": "15 days", "年": "6 months"}.get(unit)
    count = number_of(number)
    for words, factor, name in _UNITS:
        if unit in words:
            return f"{factor * count} {name if factor * count != 1 else name.removesuffix('s')}"
    return None


_UNITS = (
    (("工作日", "working day", "working days", "workingday", "workingdays", "business day", "business days"), 1, "working days"),
    (("小时",), 1, "hours"), (("自然日", "日历日", "天", "日", "day", "days"), 1, "days"),
    (("周", "星期", "week", "weeks"), 7, "days"), (("月", "month", "months"), 1, "months"), (("年",), 12, "months"),
)


def _shifted(day: date, years: int) -> date:
    """The same day some years later; of 29 February the last of that month."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
