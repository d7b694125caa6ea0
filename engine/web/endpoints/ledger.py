"""The ledger: a page of it by what the address says, with the filters of `zg list`, and the same as a file."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from starlette.responses import Response

from engine.desk.pages import ledger
from engine.desk.saved_views import AUDIENCES, KEPT, OWN, remove_view, save_view
from engine.desk.state_board import state_board
from engine.desk.wanted import Wanted
from engine.desk.wishes import FILTERS, understood, wishes_of
from engine.errors import UsageError, ZgError
from engine.office.ledger.ticket_row import Speech as Columns
from engine.office.ledger.ticket_row import chosen
from engine.office.ledger.writer import Writer, kind_of
from engine.views.ledger import Ledger
from engine.web.attempt import attempted
from engine.web.context import Context
from engine.web.download import download
from engine.web.page import page
from engine.web.problem import problem_of
from engine.web.query import Texts, must_know, whole_number
from engine.web.texts import Speech

XLSX = "xlsx"
NAMING = ("name", "audience")
BESIDE = ("sort", "after", "limit", "format", "column", "columns")


def show(context: Context) -> Response:
    """The page. What cannot be understood is told above an empty list, with the filters as they were typed."""
    texts = context.query
    try:
        return page(context, "ledger/index", found(context, texts), form=texts)
    except ZgError as error:
        problem = problem_of(error, Speech(context).phrase())
        return page(context, "ledger/index", _empty(context), status=problem.status, form=texts, problem=problem)


def by_state(context: Context) -> Response:
    """The same list as a board. Raises as `found` does."""
    texts = context.query
    return page(context, "ledger/board", state_board(context.record.desk, context.who, wanted(context, texts)), form=texts)


def found(context: Context, texts: Texts) -> Ledger:
    """What the address asks for. Raises UsageError, UnitNotFound and whatever else `zg list` raises."""
    return ledger(context.record.desk, context.who, wanted(context, texts))


def wanted(context: Context, texts: Texts) -> Wanted:
    must_know(texts, (*FILTERS, *BESIDE))
    intake = context.app.intake
    meant = understood(intake, wishes_of(intake, texts.by_name()))
    return replace(meant, sort=texts.get("sort"), after=texts.get("after"), limit=whole_number(texts, "limit") or meant.limit)


def save(context: Context) -> Response:
    """Keeps the filter of the form under a name, and goes back to the list. Raises whatever the list raises of it."""
    def saved() -> str:
        keep(context)
        return Texts(tuple(pair for pair in context.form.texts.pairs if pair[0] in KEPT)).address("/ledger")

    return attempted(context, saved, "ledger/index", lambda: _empty(context), {"name": "page.ledger.view-name"})


def remove(context: Context) -> Response:
    """Removes a saved filter."""
    def removed() -> str:
        drop(context)
        return "/ledger"

    return attempted(context, removed, "ledger/index", lambda: _empty(context))


def keep(context: Context) -> None:
    """Keeps a filter under a name, by whichever door."""
    texts = context.form.texts
    must_know(texts, (*KEPT, *NAMING))
    save_view(context.app.intake, texts.get("name") or "", _audience(texts), texts.by_name(but=NAMING))


def drop(context: Context) -> None:
    """Removes the filter of a name, by whichever door."""
    texts = context.form.texts
    remove_view(context.record.desk, context.who, texts.get("name") or "", _audience(texts))


def _audience(texts: Texts) -> str:
    """For whom a view is. Raises UsageError."""
    given = texts.get("audience") or OWN
    if given not in AUDIENCES:
        raise UsageError(reason="usage-choice", parameter="audience", choices=list(AUDIENCES))
    return given


def _empty(context: Context) -> Ledger:
    """The page of a filter that is not understood: nothing is listed."""
    found = ledger(context.record.desk, context.who, Wanted(limit=1))
    return replace(found, rows=(), lights={}, cursor=None, facets={})


def export(context: Context) -> Response:
    """Exactly this list as a file. That somebody took it is an entry, so it is no GET."""
    texts = context.form.texts
    kind = kind_of(f"x.{texts.get('format') or XLSX}")
    speech = Speech(context)
    with tempfile.TemporaryDirectory(prefix="zg-export-") as folder:
        path = Path(folder) / f"ledger.{kind}"
        asked = replace(wanted(context, texts), limit=None, after=None)
        writer = Writer(
            context.record.desk, context.who, Columns(speech.language, speech.phrase, speech.names), context.record.sandbox, _silent,
            chosen(texts.every("columns")) if texts.get("columns") is not None else (),
        )
        writer.write(asked, path, kind)
        body = path.read_bytes()
    return download(body, f"ledger.{kind}")


def _silent(_count: int = 0) -> None:
    """Nobody watches how far it is."""
