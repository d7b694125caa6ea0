"""A cell of a date column, as offices fill it: `7月20日`, 立即, 长期坚持, 11月底前, 按季度, 原6.30延至9.30, the number of a day.

It is a date, several, an amount, a review that comes round, or nothing that can be read; what may be read in two ways is asked.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from engine.office.ledger.status import BLANK
from engine.rules.worktime.day import EARLIEST, LATEST

FIRST_SERIAL = date(1899, 12, 30)
"""The day from which Excel counts. Numbers of days between 1982 and 2064 are taken for such."""
SERIALS, SERIAL_DIGITS = range(30_000, 60_001), 5

WITHOUT_YEAR, UNREADABLE, STATUS, TWO_WAYS = "year", "unreadable", "status", "two-ways"
"""Why a cell has to be asked about: no year is told anywhere, nothing is understood, it is no date but says that it is done, or it may be
one of several days.
"""

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
    return _read(_plain(text), year)


def dates_in(text: str, year: int | None) -> tuple[date, ...]:
    """The days that a free text names by a year or a month, in their order (`2.1` is a number there); none where one cannot be told."""
    plain = _plain(text)
    found = [token for token in _tokens(plain, year) if _NAMED.search(plain[token.start:token.end])]
    return tuple(day for token in found for day in token.days[:1]) if all(len(token.days) == 1 for token in found) else ()


def years_in(text: str) -> tuple[int, ...]:
    """The years that a text names."""
    return tuple(int(found) for found in _YEAR.findall(_plain(text)))


# -- one cell -----------------------------------------------------------------------------------------------------------------


class _Token(NamedTuple):
    """A date in a text: where it stands, and the day it is; several that it may be, none where the year is missing."""

    start: int
    end: int
    days: tuple[date, ...]


def _plain(text: str) -> str:
    return _TIME.sub("", unicodedata.normalize("NFKC", text).strip().lower())


@lru_cache(maxsize=65_536)
def _read(text: str, year: int | None) -> DateCell:
    if text in _EMPTY or text in BLANK:
        return NOTHING
    if text.isdecimal() and len(text) == SERIAL_DIGITS and int(text) in SERIALS:
        return DateCell((FIRST_SERIAL + timedelta(days=int(text)),))
    standing, immediate = bool(_STANDING.search(text)), bool(_IMMEDIATE.search(text))
    review = next((amount for pattern, amount in _REVIEWS if pattern.search(text)), None)
    tokens = list(_tokens(text, year))
    if not tokens:
        return _undated(text, standing, immediate, review)
    if _DONE.search(text):
        return DateCell(asked=STATUS, maybe=tokens[-1].days[:1])
    if any(not token.days for token in tokens):
        return DateCell(asked=WITHOUT_YEAR if year is None else UNREADABLE)
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


def _course(text: str, tokens: list[_Token]) -> tuple[date, ...]:
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


def _rest(text: str, tokens: list[_Token]) -> str:
    """What a cell says besides its dates and what stands around them."""
    left, position = [], 0
    for token in tokens:
        left.append(text[position:token.start])
        position = token.end
    rest = "".join((*left, text[position:]))
    rest = re.sub(r"[-—–~～]+", "", rest)
    return _NOISE.sub("", _IMMEDIATE.sub("", rest))


# -- dates in a text ----------------------------------------------------------------------------------------------------------


def _tokens(text: str, year: int | None) -> Iterator[_Token]:
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


def _month_day(found: re.Match[str], year: int | None) -> tuple[_Token, int | None]:
    own = _year(found["y"], found["rel"], year)
    return _Token(found.start(), found.end(), _days(own or year, _number(found["m"]), _number(found["d"]))), own


def _token(found: re.Match[str], year: int | None) -> tuple[_Token, int | None]:
    days, own = _days_of(found, year)
    return _Token(found.start(), found.end(), days), own


def _days_of(found: re.Match[str], year: int | None) -> tuple[tuple[date, ...], int | None]:
    get = found.group
    if get("y8"):
        return _days(int(get("y8")), int(get("m8")), int(get("d8"))), int(get("y8"))
    if get("y"):
        return _days(int(get("y")), int(get("m")), int(get("d"))), int(get("y"))
    if get("me"):
        own = _year(get("ye"), get("rel"), year)
        return _month_end(own or year, _number(get("me")), get("end")), own
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


def _number(text: str) -> int:
    """A number in digits or in Chinese up to thirty-one."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _NUMERALS.get(text, 0)
    return 10 * (_NUMERALS.get(tens, 1) if tens else 1) + (_NUMERALS.get(ones, 0) if ones else 0)


def _amount(found: re.Match[str]) -> str | None:
    """An amount of time as a workflow writes it."""
    number, unit = found["n"], found["unit"].removeprefix("个")
    if number == "半":
        return {"月": "15 days", "年": "6 months"}.get(unit)
    count = _number(number)
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
