"""The ledger's own, for programs: exactly the tickets of a filter as a file, and filters that are kept under a name."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from starlette.responses import Response

from engine.desk.saved_views import saved_views
from engine.views.saved_view import SavedView
from engine.web.api.answer import answer, named, sent
from engine.web.context import Context
from engine.web.endpoints import ledger
from engine.web.query import must_know


class Filter(TypedDict):
    """The filters of the list, each as a person types it; `column` which columns are shown, `sort` in which order."""

    state: NotRequired[list[str]]
    unit: NotRequired[list[str]]
    lead: NotRequired[list[str]]
    light: NotRequired[list[str]]
    source: NotRequired[list[str]]
    turn: NotRequired[list[str]]
    measure: NotRequired[list[str]]
    grade: NotRequired[list[str]]
    level: NotRequired[list[str]]
    officer: NotRequired[list[str]]
    round: NotRequired[list[str]]
    mine: NotRequired[bool]
    batch: NotRequired[list[str]]
    visit: NotRequired[list[str]]
    text: NotRequired[str]
    opened: NotRequired[str]
    due: NotRequired[str]
    closed_in: NotRequired[str]
    changed_since: NotRequired[str]
    every: NotRequired[bool]
    closed: NotRequired[bool]
    overdue: NotRequired[bool]
    late: NotRequired[bool]
    on_time: NotRequired[bool]
    repeats: NotRequired[bool]
    portfolio: NotRequired[bool]
    sort: NotRequired[str]
    column: NotRequired[list[str]]


class Exported(Filter):
    """Which tickets, and as what: xlsx unless told, csv, jsonl or ics; of a sheet, which `columns` it has (all of them unless told)."""

    format: NotRequired[str]
    columns: NotRequired[list[str]]


class Kept(Filter):
    """A filter under a name, for oneself unless told (`own`, `unit`, `all`)."""

    name: str
    audience: NotRequired[str]


class Dropped(TypedDict):
    """The name of a filter, and whose it is."""

    name: str
    audience: NotRequired[str]


class KeptView(TypedDict):
    """A filter under a name: whose it is, what was typed, by filter, who saved it, and whether whoever asks may remove it."""

    name: str
    audience: str
    wishes: dict[str, list[str]]
    saved_by: str
    removable: bool


class KeptsView(TypedDict):
    """The filters that whoever asks may use: own ones, the unit's, everybody's."""

    views: list[KeptView]


def export(context: Context) -> Response:
    """The tickets of a filter, as far as the account may see them, as a file; that somebody took it is an entry."""
    return ledger.export(sent(context, Exported))


def views(context: Context) -> Response:
    """Filters of the ledger that are kept under a name."""
    must_know(named(context.asked), ())
    return _views(context)


def save(context: Context) -> Response:
    """Keeps a filter under a name, or another one under the name of before."""
    ledger.keep(sent(context, Kept))
    return _views(context)


def remove(context: Context) -> Response:
    """Removes the filter of a name."""
    ledger.drop(sent(context, Dropped))
    return _views(context)


def _views(context: Context) -> Response:
    view: KeptsView = {"views": [_view(item) for item in saved_views(context.record.desk, context.who)]}
    return answer(context.asked, view)


def _view(item: SavedView) -> KeptView:
    return {
        "name": item.name, "audience": item.audience, "wishes": {name: list(texts) for name, texts in item.texts.items()},
        "saved_by": item.saved_by, "removable": item.removable,
    }
