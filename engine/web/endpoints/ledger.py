"""The ledger: a page of it by what the address says, with the filters of `zg list`, and the same as a file."""

from __future__ import annotations

import re
import tempfile
from dataclasses import fields, replace
from pathlib import Path

from starlette.responses import Response

from engine.desk.lists import Wanted
from engine.desk.pages import ledger
from engine.desk.wishes import Wishes, understood
from engine.errors import UsageError, ZgError
from engine.office.ledger.ticket_row import Speech as Columns
from engine.office.ledger.writer import Writer, kind_of
from engine.views.ledger import Ledger
from engine.web.context import Context
from engine.web.download import download
from engine.web.page import page
from engine.web.problem import problem_of
from engine.web.query import Texts, must_know
from engine.web.texts import Speech

SWITCHES = frozenset({"mine", "every", "closed", "overdue", "late", "on_time", "portfolio"})
SINGLE = frozenset({"text", "opened", "due", "closed_in", "changed_since"})
FILTERS = frozenset(item.name for item in fields(Wishes))
XLSX = "xlsx"
BESIDE = ("sort", "after", "limit", "format", "column")


def show(context: Context) -> Response:
    """The page. What cannot be understood is told above an empty list, with the filters as they were typed."""
    texts = context.query
    try:
        return page(context, "ledger/index", found(context, texts), form=texts)
    except ZgError as error:
        problem = problem_of(error, Speech(context).phrase())
        empty = replace(ledger(context.record.desk, context.who, Wanted(limit=1)), rows=(), lights={}, cursor=None, facets={})
        return page(context, "ledger/index", empty, status=problem.status, form=texts, problem=problem)


def found(context: Context, texts: Texts) -> Ledger:
    """What the address asks for. Raises UsageError, UnitNotFound and whatever else `zg list` raises."""
    return ledger(context.record.desk, context.who, wanted(context, texts))


def wanted(context: Context, texts: Texts) -> Wanted:
    must_know(texts, (*FILTERS, *BESIDE))
    named: dict[str, object] = {
        name: _on(context, texts, name) if name in SWITCHES else texts.get(name) if name in SINGLE else texts.every(name)
        for name in FILTERS
    }
    wishes = Wishes(**named)  # type: ignore[arg-type] # each by the kind of its field
    meant = understood(context.app.intake, wishes)
    return replace(meant, sort=texts.get("sort"), after=texts.get("after"), limit=_limit(texts.get("limit")) or meant.limit)


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
        )
        writer.write(asked, path, kind)
        body = path.read_bytes()
    return download(body, f"ledger.{kind}")


def _silent(_count: int = 0) -> None:
    """Nobody watches how far it is."""


def _on(context: Context, texts: Texts, name: str) -> bool:
    """Whether a switch is on: a form leaves it away, a program may say no. Raises UsageError."""
    given = texts.get(name)
    return given is not None and context.app.intake.flag(name, given)


def _limit(text: str | None) -> int | None:
    """How many tickets a page is to have; None where nobody said it. Raises UsageError for no number."""
    if text is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise UsageError(reason="query-number", name="limit", text=text[:100])
    return int(text)
