"""A cell of a result sheet as what it says: a number with its unit, a rank among many, a result in words, or that nothing was measured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from engine.office.sheets.cells import folded
from engine.office.sheets.sheet import Cell
from engine.rules.loop.target import MISS, NOT_APPLICABLE, NOT_MEASURED, PASS, Standard, plain
from engine.rules.wording import LONGEST_FACT

NOTHING = frozenset({
    "", "-", "--", "—", "——", "－", "/", "／", "无数据", "未测", "未测评", "未评", "数据未反馈", "未反馈", "缺", "缺数据",
})
"""Cells that say that nothing was measured. A dash is no zero."""

NOT_TAKING_PART = frozenset({"不参评", "不适用", "不评", "不考核", "n/a", "na"})

RESULTS: Mapping[str, str] = {
    **dict.fromkeys(("达标", "合格", "完成", "已完成", "是", "通过", "pass", "达到"), PASS),
    **dict.fromkeys(("未达标", "不达标", "不合格", "未完成", "未全部完成", "部分完成", "否", "不通过", "miss"), MISS),
    **dict.fromkeys(("未测", "未测评", "未评", "本轮未测", "not-measured"), NOT_MEASURED),
    **dict.fromkeys(("不适用", "不参评", "not-applicable"), NOT_APPLICABLE),
}

DAYS, WORKING_DAYS = frozenset({"日", "天"}), frozenset({"工作日", "个工作日"})
PARTS, POINTS = frozenset({"%"}), frozenset({"百分点", "个百分点"})
_ALIKE = (DAYS, WORKING_DAYS, PARTS, POINTS)
"""Units that mean the same. A working day is no day, and a percentage point no percentage."""

_NUMBER = re.compile(r"^(?:约|为|平均)?([-+]?(?:\d{1,15}(?:\.\d+)?|\.\d+))\s*([^\d\s(+-]{0,6})$")
_BONUS = re.compile(r"^(.*?)\s*[(（]含?加分\s*([-+]?\d{1,15}(?:\.\d{1,6})?)[)）]$")
_NAMED = re.compile(r"^(.*?)\s*[(（]([^()（）]+)[)）]$")
_RANK = re.compile(r"^(并列)?第?(\d{1,4})(?:位|名)?(?:\s*[/／]\s*(\d{1,4}))?$")


class Number(NamedTuple):
    """What a cell says: a decimal as text, and the unit that stands behind it; or a `result`, or a `problem` (a code)."""

    text: str | None = None
    unit: str = ""
    aside: Mapping[str, str] = {}
    result: str | None = None
    problem: str | None = None


def read_number(cell: Cell) -> Number:
    """A number, its unit, and what stands in brackets behind it."""
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if folded(text) in NOTHING or text in NOTHING:
        return Number(result=NOT_MEASURED)
    if folded(text) in NOT_TAKING_PART:
        return Number(result=NOT_APPLICABLE)
    if isinstance(cell.value, date):
        return Number(problem="result-date")
    aside: dict[str, str] = {}
    if bonus := _BONUS.match(text):
        text, aside["bonus"] = bonus[1].strip(), bonus[2]
    elif named := _NAMED.match(text):
        text, aside["of"] = named[1].strip(), named[2][:LONGEST_FACT]
    text = text.replace(",", "").removeprefix("各").strip()
    found = _NUMBER.match(text)
    if found is None:
        return Number(problem="result-unreadable")
    return Number(plain(Decimal(found[1])), found[2], aside)


def read_rank(cell: Cell) -> dict[str, str] | None:
    """A rank, of how many, and whether it is shared; also where an office program made a day of it. None for what is no rank."""
    if isinstance(cell.value, date | datetime):
        return {"rank": str(cell.value.month), "of": str(cell.value.day)}
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if folded(text) in NOTHING or folded(text) in NOT_TAKING_PART:
        return {}
    found = _RANK.match(text)
    if found is None:
        return None
    facts = {"rank": str(int(found[2]))}
    if found[3]:
        facts["of"] = str(int(found[3]))
    return facts | ({"tie": "yes"} if found[1] else {})


def read_rate(cell: Cell) -> Number:
    """A rate in percent: 72% and 0.72 are the same."""
    found = read_number(cell)
    if found.text is None or found.unit == "%" or not isinstance(cell.value, float):
        return found
    value = Decimal(found.text)
    return found._replace(text=plain(value * 100)) if Decimal(0) < value <= 1 else found


def read_result(cell: Cell) -> str | None:
    """A result in words; "" for an empty cell, None for what is no result."""
    text = folded(cell.text)
    return "" if not text else RESULTS.get(text)


def typed_value(text: str, standard: Standard | None) -> str:
    """What was typed of a pair, as facts hold it: a result, or a number without its unit. What is neither stays as it is."""
    cell = Cell(text, None)
    if said := read_result(cell):
        return said
    found = read_number(cell)
    fits = found.text is not None and not found.aside and same_unit(found.unit, (standard.unit if standard is not None else None) or "")
    return found.text if fits and found.text is not None else text


def same_unit(one: str, other: str) -> bool:
    """Whether two units mean the same; what stands behind a number may be left out."""
    if not one or one == other or one in ("分", "个"):
        return True
    return any(one in group and other in group for group in _ALIKE)
