"""Whose an item of a ledger is: the units that a row names, and which of them leads."""

from __future__ import annotations

import re

from engine.office.ledger.heads import COOPERATORS, LEAD, PARTIES
from engine.office.ledger.outcome import CLEAR, Reading
from engine.office.ledger.parties import NOBODY, Parties
from engine.office.ledger.questions import A_UNIT, EACH, FIRST, GROUPS, LEADS, NONE, UNIT, asked
from engine.office.ledger.reader import Context
from engine.office.ledger.table import Line, headed

_PERSON = re.compile(r"[^\s\d]{2,4}(?:局长|主任|科长|处长|所长|同志)?(?:\s*1\d{10})?")
"""A name of a person, in a column of units and people."""


def read_units(line: Line, reading: Reading, context: Context) -> Parties:
    """The units of a row: of its column of leads, of cooperators, and of those whose part stands in the cell."""
    if not any(field in line.cells for field in (LEAD, COOPERATORS, PARTIES)):
        return NOBODY
    lead, with_, both = [
        _read(line, field, reading, context) if field in line.cells else NOBODY for field in (LEAD, COOPERATORS, PARTIES)
    ]
    leads = (*lead.leads, *lead.responsible, *both.leads)
    cooperators = (*lead.cooperators, *with_.leads, *with_.cooperators, *with_.responsible, *both.cooperators)
    responsible = tuple(code for code in both.responsible if code not in leads)
    if leads:
        cooperators, responsible = (*cooperators, *responsible), ()
    groups = (*lead.groups, *both.groups)
    if with_.groups and context.ask(reading, asked(GROUPS, choices=(EACH, NONE))) == EACH:
        cooperators = (*cooperators, *(code for group in with_.groups for code in context.members.get(group, ())))
    return Parties(
        tuple(dict.fromkeys(leads)), tuple(code for code in dict.fromkeys(cooperators) if code not in leads), responsible,
        tuple(dict.fromkeys(groups)), (), (*lead.others, *with_.others, *both.others),
    )


def _read(line: Line, field: str, reading: Reading, context: Context) -> Parties:
    """The units of a cell. A name that nobody bears is asked about, once for all its rows."""
    text = line.text(field)
    if not text or text == CLEAR:
        return NOBODY
    found = context.parties(text)
    for name in found.unknown:
        if field in line.people and _PERSON.fullmatch(name):
            found = found._replace(others=(*found.others, headed(line.heads.get(field, ""), name)))
            continue
        answer = context.ask(reading, asked(UNIT, name, (A_UNIT, NONE), hint=context.nearest(name)))
        unit = context.find(answer) if answer not in (None, NONE) else None
        if unit is not None and unit.is_group:
            found = found._replace(groups=(*found.groups, unit.code))
        elif unit is not None:
            found = found._replace(responsible=(*found.responsible, unit.code))
        elif answer is not None:
            found = found._replace(others=(*found.others, headed(line.heads.get(field, ""), name)))
    return found


def choose_leads(units: Parties, reading: Reading, context: Context) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who leads and who cooperates. Where several are said to lead, or are responsible alike, a person says which, or that each of them
    does (one ticket each); so for the members of a group, which leads nothing itself.
    """
    several = units.leads or units.responsible
    if units.groups:
        if context.ask(reading, asked(GROUPS, choices=(EACH, NONE))) != EACH:
            return (), units.cooperators
        members = (code for group in units.groups for code in context.members.get(group, ()))
        return tuple(dict.fromkeys((*several, *members))), units.cooperators
    if len(several) <= 1:
        return several, units.cooperators
    answer = context.ask(reading, asked(LEADS, choices=(FIRST, EACH, NONE)))
    if answer == EACH:
        return several, units.cooperators
    if answer == FIRST:
        return several[:1], tuple(dict.fromkeys((*several[1:], *units.cooperators)))
    return (), units.cooperators
