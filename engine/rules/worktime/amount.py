"""An amount of time as rules and people write it: `5 working days`, `1 month`, `5wd`, `3d`, `4wh`, `1mo`,
`5个工作日`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

WORKING_DAYS, WORKING_HOURS, HOURS, DAYS, MONTHS = "working days", "working hours", "hours", "days", "months"
UNITS = (WORKING_DAYS, WORKING_HOURS, HOURS, DAYS, MONTHS)

MOST = 99_999
"""No amount is larger; more than that is a slip of the keyboard."""

_SPELLINGS = {
    WORKING_DAYS: ("working day", "working days", "wd", "个工作日", "工作日"),
    WORKING_HOURS: ("working hour", "working hours", "wh", "个工作小时", "工作小时"),
    HOURS: ("hour", "hours", "h", "小时", "个小时"),
    DAYS: ("day", "days", "d", "天", "日历日", "个日历日", "自然日", "个自然日"),
    MONTHS: ("month", "months", "mo", "个月"),
}
_UNIT_OF = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}
_AMOUNT = re.compile(r"([0-9]+) ?([^0-9 ].*)")


class WhenError(ValueError):
    """A time or an amount that we cannot take. `code` says why, `text` is what was typed, `dates` are those that may be meant."""

    def __init__(self, code: str, text: str, dates: tuple[date, ...] = ()) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text
        self.dates = dates


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of one unit, 0 or more. Raises WhenError (`unknown-unit`, `amount-out-of-range`)."""

    number: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise WhenError("unknown-unit", self.unit)
        if not 0 <= self.number <= MOST:
            raise WhenError("amount-out-of-range", str(self.number))

    def __str__(self) -> str:
        """The canonical text, which `parse_amount` reads back."""
        return f"{self.number} {self.unit.removesuffix('s') if self.number == 1 else self.unit}"


def parse_amount(text: str) -> Amount:
    """Read an amount. Full-width digits count; a sign does not (`-3d` is no amount).

    Raises WhenError: `not-an-amount`, `amount-out-of-range`.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    found = _AMOUNT.fullmatch(words)
    unit = _UNIT_OF.get(found[2]) if found else None
    if found is None or unit is None:
        raise WhenError("not-an-amount", text)
    if len(found[1].lstrip("0")) > len(str(MOST)):
        raise WhenError("amount-out-of-range", text)
    return Amount(int(found[1]), unit)
