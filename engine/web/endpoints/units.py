"""Units: a list, one with its names and whom to turn to there (通讯录), a new one, another name."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

from starlette.responses import Response

from engine.desk.people import read_accounts, read_unit, read_units
from engine.errors import UsageError
from engine.registry.units import NewUnit
from engine.rules.worktime import Side
from engine.views.administration import UnitList, UnitPage
from engine.views.people import AccountView, account_view, name_views, unit_view
from engine.web.attempt import attempted
from engine.web.confided import tell_phones
from engine.web.context import Context
from engine.web.page import page

NEW = {"code": "field.code", "name": "field.name", "kind": "field.kind", "relation": "field.relation"}
RENAMED = {"name": "page.units.new-name", "on": "page.units.since", "basis": "page.units.basis"}


def index(context: Context) -> Response:
    return page(context, "units/index", _list(context), form=context.query)


def show(context: Context) -> Response:
    return page(context, "units/show", _unit(context), form=context.query)


def add(context: Context) -> Response:
    return attempted(context, lambda: f"/units/{added(context)}?done=added", "units/index", lambda: _list(context), NEW)


def rename(context: Context) -> Response:
    return attempted(context, lambda: f"/units/{renamed(context)}?done=renamed", "units/show", lambda: _unit(context), RENAMED)


# acts, by whichever door ---------------------------------------------------------------------------------------------


def added(context: Context) -> str:
    """Makes a unit as it was typed, and returns its code."""
    texts = context.form.texts
    code, parent, others = (texts.get("code") or "").strip(), texts.get("parent"), texts.get("aliases")
    aliases = tuple(context.app.intake.listed(others)) if others is not None else ()
    context.record.registry.units.add(context.who, NewUnit(
        code, (texts.get("name") or "").strip(), texts.get("kind") or "", texts.get("relation") or "", aliases,
        context.app.intake.unit(parent) if parent is not None else None,
    ))
    return code


def renamed(context: Context) -> str:
    """Gives a unit another name from a day on, and returns its code. Raises UsageError where no day is named."""
    texts, code = context.form.texts, context.asked.params["unit"]
    if texts.get("on") is None:
        raise UsageError(reason="unit-when")
    since = context.app.intake.day(texts.get("on") or "", Side.ANY).value
    context.record.registry.units.rename(context.who, code, (texts.get("name") or "").strip(), since, texts.get("basis") or "")
    return code


# how -----------------------------------------------------------------------------------------------------------------


def _list(context: Context) -> UnitList:
    desk, ended, people = context.record.desk, context.query.on("ended"), defaultdict[str, list[AccountView]](list)
    for account in read_accounts(desk, context.who):
        if account.unit is not None and account.active:
            people[account.unit].append(account_view(account, desk.clock.now()))
    tell_phones(context, chain.from_iterable(people.values()))
    return UnitList(tuple(unit_view(unit) for unit in read_units(desk, context.who, ended=ended)), ended, people)


def _unit(context: Context) -> UnitPage:
    desk, now = context.record.desk, context.record.desk.clock.now()
    found = read_unit(desk, context.who, context.asked.params["unit"])
    people = tuple(account_view(account, now) for account in read_accounts(desk, context.who) if account.name in found.accounts)
    tell_phones(context, people)
    return UnitPage(unit_view(found.unit), tuple(name_views(found.names)), people)
