"""Numbers of earlier findings (上次编号), as sheets name them, and the tickets that bear them: by our number, or by the sender's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from engine.desk.earlier import found_since
from engine.errors import Reason
from engine.office.sheets.cells import folded
from engine.record import event_rows, journal, queries
from engine.record.aggregates import TICKETS
from engine.record.database import Database
from engine.rules.acts.repeats import found_at, in_order
from engine.rules.event import Event
from engine.rules.ticket import IMPORTED, Ticket
from engine.rules.ticket_number import full_number, read_number

BETWEEN = re.compile(r"[、，,;；\n&]|\s+and\s+|\s+or\s+|和|及|与", re.IGNORECASE)
"""What stands between several numbers."""

YES = frozenset({"是", "有", "√", "✓", "✔", "yes", "y", "true", "反复", "反复出现", "重复出现", "再次出现", "复发", "屡查屡犯", "屡改屡犯"})
NO = frozenset({
    "否", "不是", "无", "没有", "×", "✗", "✘", "no", "n", "false", "none", "n/a", "/", "-", "--", "—", "——",
    "首次", "首次发现", "首次出现", "新增", "新发现", "新问题",
})
"""What stands under 是否反复, and under 上次编号 where there is none."""

_SAID = re.compile(r"(?P<said>是|有|反复|否|不是|无|没有|yes|no)[:：,，;；(（\[【/](?P<rest>.+)", re.IGNORECASE)
_AROUND = re.compile(r"^(?:(?:见|即|同)?(?:上次|上期|前次|原|第)*(?:编号|序号|号)?[:.]?第?|no\.|#)|(?:号|条|项|件)?(?:问题)?[)\]】。.]*$")


class Named(NamedTuple):
    """What a row says of earlier findings: their numbers as they are written, and whether it says that this is one of them again (None: it
    does not say). `unclear` is a word that says neither yes nor no.
    """

    numbers: tuple[str, ...] = ()
    said: bool | None = None
    unclear: str = ""

    @property
    def contradicts(self) -> str | None:
        """The code of what is wrong with the row by itself; None where nothing is."""
        if self.unclear:
            return "row-repeat-unclear"
        if self.said is False and self.numbers:
            return "row-repeat-denied"
        return "row-repeat-unnamed" if self.said and not self.numbers else None


SILENT = Named()
"""A row that says nothing of earlier findings, or that there are none."""


class Bearer(NamedTuple):
    """A ticket that bears a number, or may: by our own number or the sender's. `since` is when it was found, where that is known."""

    number: str
    source: str
    lead: str | None
    final: bool
    since: datetime | None


def read_named(earlier: str, repeat: str = "") -> Named:
    """What the cells under 上次编号 and 是否反复 say. Numbers may stand in either."""
    numbers = _numbers(earlier)
    said, rest, unclear = _said(repeat)
    by_key: dict[str, str] = {}
    for number in (*numbers, *_numbers(rest)):
        by_key.setdefault(_key(number), number)  # 12 and 第12号 are one
    found = tuple(by_key.values())
    return Named(found, said, unclear) if found or said or unclear else SILENT


def plain(number: str) -> str:
    """A number as it is compared: without what is written around it (第12号, 编号：12)."""
    key = folded(number)
    return _AROUND.sub("", key) or key


def _key(number: str) -> str:
    """What a number means, however it is written: a ticket of ours, or a number of the sender's."""
    return own_number(number) or plain(number)


def bearers(database: Database, numbers: Collection[str]) -> Mapping[str, tuple[Bearer, ...]]:
    """For each of some numbers the tickets that bear it, the earliest first."""
    found: defaultdict[str, dict[str, Bearer]] = defaultdict(dict)
    full = {own for number in numbers if (own := own_number(number)) is not None}
    tickets = [TICKETS.read(row) for row in database.rows(queries.TICKETS_NUMBERED, numbers=[*full])] if full else []
    since = found_since(database, [ticket.id for ticket in tickets])
    for ticket in tickets:
        found[ticket.number][ticket.number] = _bearer(ticket, since[ticket.id])
    keys = {number: _key(number) for number in numbers}
    for key, ticket, at in _by_senders(database, {plain(number): key for number, key in keys.items() if key not in found}):
        found[key][ticket.number] = _bearer(ticket, at)
    return {number: tuple(found[key].values()) for number, key in keys.items()}


def one_of_each(
    named: Named, found: Mapping[str, Sequence[Bearer]], source: str | None, lead: str | None,
) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """The findings that a row names, by their numbers, and every reason why one of them is not known."""
    if named.contradicts is not None:
        return (), (Reason(named.contradicts, {"text": named.unclear, "numbers": list(named.numbers)}),)
    numbers: list[str] = []
    reasons: list[Reason] = []
    for number in named.numbers:
        meant = likeliest(found[number], source, lead)
        if len(meant) == 1:
            numbers.append(meant[0].number)
        elif meant:
            reasons.append(Reason("row-earlier-several", {"number": number, "tickets": [each.number for each in meant]}))
        else:
            reasons.append(Reason("row-earlier-unknown", {"number": number}))
    return in_order(numbers), tuple(reasons)


def own_number(number: str) -> str | None:
    """The full number of a ticket, where that is one: with its office and its year."""
    typed = read_number(number)
    if typed is None or typed.office is None or typed.year is None:
        return None
    return full_number(typed.office, typed.year, typed.serial)


def likeliest(found: Sequence[Bearer], source: str | None, lead: str | None) -> Sequence[Bearer]:
    """Of several that bear one number those of the same source, and of these that of the same unit: a row for a group is a ticket each."""
    of_source = [each for each in found if each.source == source] or found
    of_lead = [each for each in of_source if each.lead == lead]
    return of_lead if len(of_source) > 1 and len(of_lead) == 1 else of_source


# -- cells --------------------------------------------------------------------------------------------------------------------


def _numbers(text: str) -> list[str]:
    parts = (part.strip() for part in BETWEEN.split(text))
    return [part for part in parts if part and folded(part) not in NO]


def _said(text: str) -> tuple[bool | None, str, str]:
    """Yes or no, what stands beside it, and what is neither."""
    key = folded(text)
    if not key:
        return None, "", ""
    if key in YES or key in NO:
        return key in YES, "", ""
    if (beside := _SAID.fullmatch(text.strip())) is not None:
        return beside["said"].casefold() in YES, beside["rest"].strip(" )）]】"), ""
    return (True, text, "") if any(char.isdecimal() for char in key) else (None, "", text.strip())


# -- the record ---------------------------------------------------------------------------------------------------------------


def _by_senders(database: Database, numbers: Mapping[str, str]) -> Iterator[tuple[str, Ticket, datetime | None]]:
    """Tickets that came with one of these numbers, in whatever batch, each with when it was found. What a key was made of is asked of the
    event that it began with.
    """
    if not numbers:
        return
    ids = [row[0] for row in database.rows(queries.SOURCE_REFS) if not numbers.keys().isdisjoint(_ends(row[1]))]
    for start in range(0, len(ids), 500):
        piece = ids[start:start + 500]
        firsts = {event.ticket: event for event in map(event_rows.event_of, database.rows(queries.FIRST_EVENTS, streams=piece))}
        for ticket, _ in journal.read_tickets(database, piece):
            number = numbers.get(_senders(firsts[ticket.id], ticket))
            if number is not None:
                yield number, ticket, found_at(firsts[ticket.id])


def _ends(key: str) -> Iterable[str]:
    """What the number of a sender may be in a key of batch, sheets, number and unit."""
    parts = key.split("/")
    return (plain("/".join(parts[first:last])) for last in {len(parts), len(parts) - 1} for first in range(last))


def _senders(first: Event, ticket: Ticket) -> str:
    """The number that its sender gave a ticket, as it is compared."""
    if first.kind == IMPORTED:
        return plain(first.data["origin"].get("number") or "")
    return plain((ticket.source_ref or "").removesuffix(f"/{first.data.get('lead')}"))


def _bearer(ticket: Ticket, since: datetime | None) -> Bearer:
    return Bearer(ticket.number, ticket.source, ticket.lead, ticket.final, since)
