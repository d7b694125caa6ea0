"""Which year a ledger is of: dates without a year are of that one. Last year's copy under a new title is refused until a person says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from engine.errors import Problem
from engine.office.ledger.dates import years_in
from engine.office.ledger.heads import ASSIGNED_ON, CLOSED_ON, DUE, FINISHED_ON, FOUND_ON, NUMBER
from engine.office.ledger.table import Line

_DATES = (FOUND_ON, ASSIGNED_ON, DUE, FINISHED_ON, CLOSED_ON)
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*年|年度|(?!\d))")

_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
_NUMBER_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[-—/年〕\])]|\d{2,3}$)")


def title_years(texts: Iterable[str]) -> list[int]:
    """The years in titles and names of sheets, each once."""
    return list(dict.fromkeys(int(year) for text in texts for year in _TITLE_YEAR.findall(text)))


def year_answered(text: str, this_year: int) -> str | None:
    """The year of an answer: 2020, 2020年, 今年, 去年; None where it is none."""
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split()).removesuffix("度").removesuffix("年")
    years = {"今": this_year, "本": this_year, "thisyear": this_year, "去": this_year - 1, "上": this_year - 1, "lastyear": this_year - 1}
    if plain in years:
        return str(years[plain])
    return plain if _YEAR.fullmatch(plain) else None


def year_of(titles: Sequence[str], lines: Sequence[Line]) -> int | None:
    """The year of a ledger: the only one of its titles, else the only one of its dates."""
    named = title_years(titles)
    if len(named) == 1:
        return named[0]
    dated = dict.fromkeys(year for line in lines for field in _DATES for year in _years(line, field))
    return next(iter(dated)) if not named and len(dated) == 1 else None


def year_problems(titles: Sequence[str], lines: Sequence[Line], links: Sequence[str]) -> list[Problem]:
    """The signs of last year's copy: the year of the title is that of no date, or of no number that has one; values from other files."""
    found: list[Problem] = []
    named = set(title_years(titles))
    dated = sorted({year for line in lines for field in _DATES for year in _years(line, field)})
    numbered = sorted({int(year) for line in lines for year in _NUMBER_YEAR.findall(line.text(NUMBER))})
    if named and dated and not named.intersection(dated):
        found.append(Problem.at("ledger-year-dates", year=min(named), years=dated))
    elif named and numbered and not named.intersection(numbered):
        found.append(Problem.at("ledger-year-numbers", year=min(named), years=numbered))
    if links:
        found.append(Problem.at("ledger-links", file=links[0]))
    return found


def _years(line: Line, field: str) -> tuple[int, ...]:
    cell = line.cells.get(field)
    if cell is None:
        return ()
    return (cell.value.year,) if isinstance(cell.value, date | datetime) else _named(cell.text)


@lru_cache(maxsize=16_384)
def _named(text: str) -> tuple[int, ...]:
    return years_in(text)
