"""Units, for programs: those in force, one with its names and whom to turn to there (通讯录), a new one, another name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NotRequired, TypedDict

from starlette.responses import Response

from engine.desk.people import UnitRecord, read_accounts, read_unit, read_units
from engine.views.api import UnitsView
from engine.views.people import AccountView, NameView, UnitView, account_view, name_views, unit_view
from engine.web.api.answer import CREATED, answer, asked_for, sent
from engine.web.confided import tell_phones
from engine.web.context import Context
from engine.web.endpoints.units import added, renamed


class UnitShownView(UnitView):
    """A unit with every name that it had, and the accounts of those to turn to there."""

    names: list[NameView]
    people: list[AccountView]


class NewUnit(TypedDict):
    """A unit that begins, each field as a person types it; `aliases` are parted by commas."""

    code: str
    name: str
    kind: str
    relation: str
    aliases: NotRequired[str]
    parent: NotRequired[str]


class Renamed(TypedDict):
    """Another name, from which day on, and the paper that says so."""

    name: str
    on: str
    basis: str


@dataclass(frozen=True, slots=True)
class Ended:
    """`ended`: those that are no more, in place of those in force."""

    ended: bool = False


def index(context: Context) -> Response:
    """Units and groups in force, or with `ended` those that are no more."""
    ended = asked_for(context, "ended")
    view: UnitsView = {"units": [unit_view(unit) for unit in read_units(context.record.desk, context.who, ended=ended)]}
    return answer(context.asked, view)


def one(context: Context) -> Response:
    """A unit or group by its code, also one that has ended, with its names and whom to turn to there."""
    return answer(context.asked, _shown(context, read_unit(context.record.desk, context.who, context.asked.params["unit"])))


def add(context: Context) -> Response:
    """Makes a unit."""
    code = added(sent(context, NewUnit))
    return answer(context.asked, _shown(context, read_unit(context.record.desk, context.who, code)), status=CREATED)


def rename(context: Context) -> Response:
    """Gives a unit another name from a day on."""
    code = renamed(sent(context, Renamed))
    return answer(context.asked, _shown(context, read_unit(context.record.desk, context.who, code)))


def _shown(context: Context, found: UnitRecord) -> UnitShownView:
    desk, now = context.record.desk, context.record.desk.clock.now()
    people = [account_view(account, now) for account in read_accounts(desk, context.who) if account.name in found.accounts]
    tell_phones(context, people)
    return UnitShownView(**unit_view(found.unit), names=name_views(found.names), people=people)
