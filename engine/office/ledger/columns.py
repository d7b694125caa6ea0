"""Columns of a ledger: which field each holds, by its head. A column is understood, asked about, or reported; none is dropped silently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from engine.office.ledger import heads
from engine.office.ledger.heads import (
    AMBIGUOUS,
    COMPLAINANT,
    CONTACT,
    COOPERATORS,
    DETAIL,
    DUE,
    EARLIER,
    FIELDS,
    FILLED,
    FINISHED_ON,
    FORMER,
    LEAD,
    LEADER,
    NOTE,
    OFFICER,
    PARTIES,
    PATTERNS,
    PERSON,
    PHONE,
    REPEAT,
    SECRET,
    SEVERAL,
    SYNONYMS,
    TITLE,
    TITLE_RANK,
    WHO_COMPLAINS,
)
from engine.office.sheets.cells import folded

BETWEEN_FIELDS = re.compile(r"[/、,&+]|及其?|和|与")
"""What stands between two fields in one head: 责任部门/责任人, 整改措施及时限."""

_BRACKETS = re.compile(r"\([^()]*\)|【[^【】]*】|\[[^\[\]]*\]")
_DECORATION = re.compile(r"^[*#]+|[*#:]+$")
_GENERIC = frozenset({"单位", "部门", "时间", "日期", "情况", "姓名", "电话", "职务", "内容", "名称", "状态", "序号", "编号", "时限"})
"""The lower half of a head of two rows that says nothing by itself: 销号 over 时间."""

_COMPLAINTS = re.compile(r"投诉|举报|诉求|信访|来电|来访|工单|complain")
"""Words of heads of a list of complaints, in which a contact beside a unit may be anybody's."""

_A_UNIT = re.compile(r"(?:单位|部门|方)$")
_OF_UNIT = re.compile(r"责任|负责|整改|承办|经办|迎审|落实|领导|单位|部门|检查|督|responsible")
_REACHED = re.compile(r"电话|手机|号码|联系方式|微信|邮箱|住址|phone|mobile|e-?mail")
_NAME = re.compile(r"人|姓名|身份证|证件|住址|地址|person")
_PEOPLE, _UNITS = frozenset({PERSON, LEADER, OFFICER}), frozenset({PARTIES, LEAD, COOPERATORS})

JOINED = "+"
"""Stands between the fields of one column."""


class Column(NamedTuple):
    """A column with a head: the fields that it holds. None are those of an unknown one.

    `choices` are the fields between which a person has to choose, the first of them taken until then; `second` means that another column
    holds the same field, so that this one is kept as a note, or counts where that one is blank.
    """

    place: int
    head: str
    fields: tuple[str, ...]
    choices: tuple[str, ...] = ()
    second: bool = False

    @property
    def field(self) -> str | None:
        """The fields as `--json` and `--map` name them."""
        return JOINED.join(self.fields) or None


def columns(headings: Sequence[str], named: Mapping[str, Sequence[str]], *, two_rows: bool = False) -> tuple[Column, ...]:
    """What each column holds. `named` says by folded head what people said before; `two_rows` that heads are `upper/lower`."""
    found: list[Column] = []
    for index, head in enumerate(headings):
        key = folded(head)
        if not key:
            continue
        if key in named:
            found.append(Column(index, head, tuple(named[key])))
            continue
        fields = fields_of(head, two_rows=two_rows)
        found.append(Column(index, head, fields, AMBIGUOUS.get(key, ()) if fields else ()))
    return _titled(_singled(_owned(_settled(found), frozenset(named)), frozenset(named)))


@lru_cache(maxsize=4_096)
def fields_of(head: str, *, two_rows: bool = False) -> tuple[str, ...]:
    """The fields that a head names; none where it is unknown."""
    key = _DECORATION.sub("", folded(head))
    if not key:
        return ()
    if confidential := _who_complains(key):
        return (confidential,)
    if two_rows and "/" in key:
        upper, _, lower = key.rpartition("/")
        joined = upper.replace("/", "") + lower
        if (role := _as_written(upper)) in _UNITS and _A_UNIT.search(lower) and _as_written(lower) not in (LEAD, COOPERATORS):
            return (role,) if role else ()  # 整改责任单位 over 建设单位: the one responsible by its part
        says_nothing = lower in _GENERIC or lower in AMBIGUOUS
        orders = (joined, upper, lower) if lower in _GENERIC else (joined, upper) if says_nothing else (joined, lower)
        found = _by_words(joined) if lower in AMBIGUOUS else None
        found = found or next((field for text in orders if (field := _as_written(text))), None)
        if found is None and not says_nothing:  # 责任分工 over 责任人及联系电话: what the lower one says counts
            found = _by_words(lower) or _as_written(upper)
        found = found or next((field for text in ((joined,) if says_nothing else (lower, joined)) if (field := _by_words(text))), None)
        return (found,) if found else ()
    if exact := _as_written(key) or _as_written(_bare(key)):
        return (_by_words(key) or exact,) if exact == PARTIES and _bare(key) != key else (exact,)
    parts = [part for part in BETWEEN_FIELDS.split(_bare(key)) if part]
    if len(parts) > 1:
        several = [_as_written(part) or _by_words(part) for part in _completed(parts)]
        if all(several):
            return tuple(dict.fromkeys(field for field in several if field))
    by_words = _by_words(_bare(key)) or _by_words(key)
    return (by_words,) if by_words else ()


def known(head: str) -> bool:
    """Whether a head is one of a ledger: by this the heading of a sheet is found."""
    return bool(fields_of(head)) or folded(head) in AMBIGUOUS


def parsed_field(text: str) -> tuple[str, ...] | None:
    """The fields that somebody names in `--map`; None where there are no such."""
    fields = tuple(part.strip() for part in text.split(JOINED))
    return fields if all(field in FIELDS for field in fields) else None


# -- one head -----------------------------------------------------------------------------------------------------------------


_EXACT = {word: field for field, words in SYNONYMS.items() for word in words.split()}
_EXACT |= {head: fields[0] for head, fields in AMBIGUOUS.items()}


def _who_complains(key: str) -> str | None:
    """The confidential field of a head that names who complained; in brackets only where the head is a contact's: 联系方式(投诉人)."""
    bare = _bare(key)
    text = key if CONTACT.search(bare) else bare
    found = next((field for pattern, field in WHO_COMPLAINS if pattern.search(text)), None)
    return PHONE if found is not None and text != bare else found


def _as_written(key: str) -> str | None:
    return _EXACT.get(key)


def _by_words(key: str) -> str | None:
    return next((field for pattern, field in PATTERNS if pattern.search(key)), None)


def _bare(key: str) -> str:
    """A head without what stands in brackets: 整改要求（措施）, 资产损失（万元）."""
    return _BRACKETS.sub("", key)


def _completed(parts: list[str]) -> list[str]:
    """The parts of a head, each whole: of 牵头/配合单位 the first is a unit too, of 整改措施/时限 neither lacks anything."""
    last = next((word for word in ("单位", "部门", "时间", "日期") if parts[-1].endswith(word) and parts[-1] != word), None)
    return [part if last is None or _as_written(part) or part.endswith(last) else part + last for part in parts]


# -- all of them --------------------------------------------------------------------------------------------------------------


def _settled(found: list[Column]) -> list[Column]:
    """Heads that mean one thing here and another there: where another column is the limit, or the day it was done, this is the other."""
    plain = {field for column in found if not column.choices for field in column.fields}
    settled = []
    for column in found:
        if column.choices and DUE in plain:
            settled.append(column._replace(fields=(FINISHED_ON,) if FINISHED_ON not in plain else (NOTE,), choices=()))
        elif column.choices and FINISHED_ON in plain:
            settled.append(column._replace(fields=(DUE,), choices=()))
        elif column.fields == (FORMER,) and REPEAT in plain and EARLIER not in plain:  # 原编号 beside 是否反复
            settled.append(column._replace(fields=(EARLIER,)))
        else:
            settled.append(column)
    return settled


def _owned(found: list[Column], named: frozenset[str]) -> list[Column]:
    """Whose a contact is: the unit's beside a person of the unit, or beside the unit where nobody complains; else the complainant's. One
    that may be either stays with the office.
    """
    complaints = any(SECRET.intersection(column.fields) or _COMPLAINTS.search(folded(column.head)) for column in found)
    units = _PEOPLE if complaints else _PEOPLE | _UNITS
    owned: list[Column] = []
    of_unit = False
    for column in found:
        key = folded(column.head)
        if key in named or not _is_contact(column, key):
            of_unit = not units.isdisjoint(column.fields) and SECRET.isdisjoint(column.fields)
        else:
            column = column._replace(fields=(PERSON,) if of_unit else (COMPLAINANT if _NAME.search(key) else PHONE,))
        owned.append(column)
    return owned


def _is_contact(column: Column, key: str) -> bool:
    """Whether a column says how somebody is reached, or who it is, and not whose that is."""
    if column.fields not in ((PERSON,), (NOTE,), ()) or _OF_UNIT.search(key):
        return False
    return column.fields == (PERSON,) or CONTACT.search(_bare(key)) is not None or _REACHED.search(key) is not None


def _singled(found: list[Column], named: frozenset[str]) -> list[Column]:
    """One column for each field: of several the one that was named, else the one whose head says it best, else the first. The others are
    kept as notes, and said to be; of dates and states they count where the first is blank; of several titles one is, and the next is what
    it is about in detail.
    """
    best: dict[str, Column] = {}
    for column in found:
        for field in column.fields:
            if field not in best or _rank(column, field, named) < _rank(best[field], field, named):
                best[field] = column
    singled = []
    detailed = DETAIL in best
    for column in found:
        confidential = tuple(field for field in column.fields if field in SECRET and folded(column.head) not in named)
        own = confidential or tuple(field for field in column.fields if field in SEVERAL | SECRET or best[field] is column)
        if own == column.fields:
            singled.append(column)
        elif column.fields == (TITLE,) and not detailed:
            detailed = True
            singled.append(column._replace(fields=(DETAIL,)))
        elif not own and FILLED.issuperset(column.fields) and len(column.fields) == 1:
            singled.append(column._replace(second=True))
        else:
            singled.append(column._replace(fields=own or (NOTE,), second=not own))
    return singled


def _rank(column: Column, field: str, named: frozenset[str]) -> tuple[bool, int, bool]:
    key = folded(column.head)
    rank = TITLE_RANK.index(key) if field == TITLE and key in TITLE_RANK else len(TITLE_RANK)
    return key not in named, rank, _as_written(key) != field


def _titled(found: list[Column]) -> tuple[Column, ...]:
    """Where no column is the title, what it is about in detail is; else what is to be done."""
    if any(TITLE in column.fields for column in found):
        return tuple(found)
    for field in (DETAIL, heads.MEASURE):
        for position, column in enumerate(found):
            if field in column.fields:
                found[position] = column._replace(fields=tuple(TITLE if each == field else each for each in column.fields))
                return tuple(found)
    return tuple(found)
