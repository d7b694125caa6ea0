"""Imports, for programs: a file is sent in, looked at as its columns were understood, asked about, and entered by the same function."""

from __future__ import annotations

from dataclasses import replace
from typing import NotRequired, TypedDict, cast

from starlette.responses import Response

from engine.office.visits.importing import Imported
from engine.views.api import ProblemView
from engine.views.imports import ImportView
from engine.views.round import AppliedView
from engine.web.api.answer import CREATED, answer, sent_json, sent_texts
from engine.web.context import Context
from engine.web.endpoints import imports
from engine.web.endpoints.imports import CORRECTION, FINDINGS, RESULTS
from engine.web.problem import problem_view
from engine.web.query import Texts, must_know
from engine.web.texts import Speech

MAPS = {"map": imports.MAP, "answers": imports.ANSWER, "subjects": imports.SUBJECT}
"""What stands by heads of columns, keys of questions and names of subjects, and how pages name each of it."""


class SentView(TypedDict):
    """What was sent in, by the name under which it is kept for a day."""

    upload: str


class Understood(TypedDict):
    """What a file is (`kind`: ledger, results, correction or findings) and of what: each field as a person types it. `map` says by the head
    of a column which field it is, `answers` by the key of a question what is answered, `subjects` by the name of a subject whom it
    means, or `new`.
    """

    kind: NotRequired[str]
    source: NotRequired[str]
    batch: NotRequired[str]
    round: NotRequired[str]
    visit: NotRequired[str]
    workflow: NotRequired[str]
    sheet: NotRequired[list[str]]
    hidden: NotRequired[str]
    waive: NotRequired[str]
    whole: NotRequired[bool]
    late: NotRequired[bool]
    confirm: NotRequired[int]
    reason: NotRequired[str]
    material: NotRequired[bool]
    map: NotRequired[dict[str, str]]
    answers: NotRequired[dict[str, str]]
    subjects: NotRequired[dict[str, str]]


class FoundView(TypedDict):
    """A finding of a visit in a file: where it stands, and its ticket where it has one."""

    where: str
    title: str
    unit: str
    photos: list[str]
    new: bool
    ticket: str | None


class FailedView(TypedDict):
    """A row or a photo that cannot be used, and why."""

    where: str
    problem: ProblemView


class FindingsView(TypedDict):
    """What a file of findings comes to."""

    rows: list[FoundView]
    problems: list[FailedView]
    beside: list[str]


class LookedAtView(TypedDict):
    """What a file comes to, by its kind. Nothing is written where `dry_run`."""

    kind: str
    dry_run: bool
    ledger: NotRequired[ImportView]
    results: NotRequired[AppliedView]
    findings: NotRequired[FindingsView]


def send(context: Context) -> Response:
    """Keeps a file for a day, to be looked at and entered; photos of findings lie beside their sheet."""
    must_know(sent_texts(context.form), ())
    view: SentView = {"upload": imports.kept(context).token}
    return answer(context.asked, view, status=CREATED)


def preview(context: Context) -> Response:
    """What a file comes to, with what is wrong in it and what has to be answered. Nothing is written."""
    return _looked_at(context, commit=False)


def enter(context: Context) -> Response:
    """Enters a file, and says what became of each row."""
    return _looked_at(context, commit=True)


def annotated(context: Context) -> Response:
    """A ledger with what is wrong in red, for whoever keeps it."""
    return imports.annotated(replace(context, form=replace(context.form, texts=_texts(context))))


def _looked_at(context: Context, *, commit: bool) -> Response:
    texts, upload = _texts(context), imports.upload_of(context)
    kind = imports.kind_of(texts)
    view: LookedAtView = {"kind": kind, "dry_run": not commit}
    if kind in (RESULTS, CORRECTION):
        view["results"] = imports.results_of(context, upload, texts, commit=commit).view
    elif kind == FINDINGS:
        view["findings"] = _findings(context, imports.findings_of(context, upload, texts, commit=commit))
    else:
        ledger = imports.ledger_of(context, upload, texts, commit=commit)
        ledger.outcome.must_fit()
        view["ledger"] = ledger.view
    return answer(context.asked, view)


def _findings(context: Context, found: Imported) -> FindingsView:
    speech = Speech(context)
    return {
        "rows": [
            {"where": row.where, "title": row.title, "unit": row.unit, "photos": list(row.photos), "new": row.new, "ticket": row.number}
            for row in imports.found_rows(found)
        ],
        "problems": [{"where": where, "problem": problem_view(error, speech.of(error))} for where, error in found.problems],
        "beside": found.beside,
    }


def _texts(context: Context) -> Texts:
    """What was sent as named texts, maps as pages name them. Raises BadForm, UsageError."""
    plain = sent_texts(context.form, but=MAPS)
    must_know(plain, Understood.__annotations__)
    if context.form.raw is None:
        return plain
    given = sent_json(context.form)
    pairs = [
        (f"{begin}{key}", text) for name, begin in MAPS.items() for key, text in cast("dict[str, str]", given.get(name, {})).items()
    ]
    return Texts((*plain.pairs, *pairs))
