"""Import: a file is sent in, looked at as its columns were understood, asked about, and entered. Preview and commit are one function."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.responses import Response

from engine.desk import uploads
from engine.desk.filing import LARGEST_FILE
from engine.desk.pages import MEGABYTE
from engine.desk.people import read_units
from engine.desk.tickets import WORKFLOW
from engine.desk.uploads import Upload
from engine.errors import Reason, UsageError
from engine.office.batches import Batches
from engine.office.ledger.columns import parsed_field
from engine.office.ledger.entry import Ledger, Wishes
from engine.office.ledger.heads import FIELDS
from engine.office.ledger.outcome import Outcome
from engine.office.ledger.report import Say, import_view, question_view
from engine.office.ledger.returned import write_returned
from engine.office.rounds.applied import Applied, are_many
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.columns import PER_SUBJECT, SYNONYMS
from engine.office.rounds.imports import Asked, correct_results, import_results
from engine.office.rounds.shown import applied_view
from engine.office.sheets.reader import read
from engine.office.sheets.sheet import Book
from engine.office.visits.importing import Imported, import_findings
from engine.office.visits.visits import Visits
from engine.rules.acts.opening import SOURCES
from engine.views.imports import FindingsImport, FoundRow, ImportForm, ImportView, LedgerImport, ResultsImport
from engine.views.round import AppliedView
from engine.web.attempt import FILE, MENDED, again, attempted, must_be_filled_in
from engine.web.context import Context
from engine.web.download import download
from engine.web.page import page
from engine.web.query import Texts
from engine.web.texts import Speech

LEDGER, RESULTS, CORRECTION, FINDINGS = "ledger", "results", "correction", "findings"
KINDS = (LEDGER, RESULTS, CORRECTION, FINDINGS)
RESULT_FIELDS = tuple(dict.fromkeys((*SYNONYMS, *PER_SUBJECT)))
MAP, ANSWER, SUBJECT = "map.", "answer.", "subject."
"""How fields of a form begin that say what a column is, what is answered to a question, and whom the name of a subject means."""

SENT = {"kind": "page.imports.kind", FILE: "page.imports.file"}
CORRECTED = {"reason": "page.imports.why"}

MOST_NAMED = 50
"""Batches, rounds and visits that may be chosen from, the newest first; others are typed."""

SHEETS = frozenset({".xlsx", ".xls", ".ods", ".csv", ".tsv", ".docx", ".txt", ".xlsm", ".xlsb", ".et"})
"""How a file ends that is a sheet; others are photos that lie beside it."""


def new(context: Context) -> Response:
    """What may be sent in."""
    return page(context, "imports/new", _form(context), form=context.query)


def send(context: Context) -> Response:
    """Keeps what was sent in, and shows what it comes to."""
    texts = context.form.texts

    def sent() -> str:
        kind_of(texts)
        about = {name: text for name in ("kind", "source", "batch", "round", "visit") if (text := texts.get(name))}
        return f"/imports/{kept(context).token}?{urlencode(about)}"

    return attempted(context, sent, "imports/new", lambda: _form(context), SENT)


def show(context: Context) -> Response:
    """What it comes to, as it was understood without anybody's word."""
    return _looked_at(context, context.query, commit=False)


def preview(context: Context) -> Response:
    """What it comes to, by what was said of columns and answered. Nothing is written."""
    return _looked_at(context, context.form.texts, commit=False)


def enter(context: Context) -> Response:
    """Enters it, and says what became of each row."""
    return _looked_at(context, context.form.texts, commit=True)


def annotated(context: Context) -> Response:
    """The ledger with what is wrong in red, for whoever keeps it."""
    say, found = _say(context), ledger_of(context, upload_of(context), context.form.texts, commit=False)
    with tempfile.TemporaryDirectory(prefix="zg-annotated-") as folder:
        copy = Path(folder) / "copy.xlsx"
        write_returned(copy, found.book, found.outcome, say)
        body = copy.read_bytes()
    return download(body, f"{found.path.stem}-{say('ledger-faults', {})}.xlsx")


# acts, by whichever door ---------------------------------------------------------------------------------------------


class FoundLedger(NamedTuple):
    """A ledger as it was read and understood."""

    path: Path
    book: Book
    outcome: Outcome
    view: ImportView


class FoundResults(NamedTuple):
    """Results of a round as they were read and applied."""

    path: Path
    applied: Applied
    view: AppliedView
    correcting: bool


def kept(context: Context) -> Upload:
    """Keeps what was sent in. Raises UsageError where nothing was."""
    files = context.form.files
    if not files:
        raise UsageError(reason="import-no-file")
    return uploads.keep(context.record.database, context.who, [(file.path, file.name) for file in files])


def upload_of(context: Context) -> Upload:
    """What was sent in, by the address. Raises NotFound."""
    return uploads.kept(context.record.database, context.who, context.asked.params["upload"])


def kind_of(texts: Texts) -> str:
    """What a file is said to be. Raises UsageError."""
    kind = texts.get("kind") or LEDGER
    if kind not in KINDS:
        raise UsageError(reason="query-unknown", names=["kind"])
    return kind


def ledger_of(context: Context, upload: Upload, texts: Texts, *, commit: bool) -> FoundLedger:
    """A ledger by what was said of its columns and answered: looked at, or entered."""
    path, batch, hidden = _sheet(upload), texts.get("batch"), texts.get("hidden")
    wishes = Wishes(
        texts.get("source"), context.app.intake.batch(batch) if batch is not None else None, _maps(texts), texts.every("sheet"),
        None, hidden if hidden in ("include", "skip") else None, _begun(texts, ANSWER), texts.on("whole"),
        texts.get("workflow") or WORKFLOW, texts.get("waive"),
    )
    book = read(path)
    outcome = Ledger(context.record.desk).enter(context.who, book, wishes, commit=commit)
    return FoundLedger(path, book, outcome, import_view(book, outcome, context.record.desk.rules.calendar(), _say(context), commit=commit))


def results_of(context: Context, upload: Upload, texts: Texts, *, commit: bool) -> FoundResults:
    """Results of a round, or a correction of them: looked at, or entered. Raises UsageError where no round is named."""
    path, confirm = _sheet(upload), texts.get("confirm")
    maps = [f"{head}={field}" for head, field in _begun(texts, MAP).items()]
    subjects = [f"{name}={meant}" for name, meant in _begun(texts, SUBJECT).items() if meant]
    number = int(confirm) if confirm is not None and confirm.isdecimal() and len(confirm) < 8 else None
    asked = Asked(maps, texts.get("sheet"), commit, number, texts.on("late"), texts.on("whole"), subjects)
    desk, actor, round_, correcting = context.record.desk, context.who, (texts.get("round") or "").strip(), texts.get("kind") == CORRECTION
    if not round_:
        raise UsageError(reason="import-no-round")
    if correcting:
        material = texts.get("material")
        applied = correct_results(
            desk, actor, round_, path, asked, texts.get("reason") or "",
            material=material is not None and context.app.intake.flag("material", material),
        )
    else:
        applied = import_results(desk, actor, round_, path, asked)
    return FoundResults(path, applied, applied_view(applied, Speech(context).phrase(), reversals=correcting), correcting)


def findings_of(context: Context, upload: Upload, texts: Texts, *, commit: bool) -> Imported:
    """What a visit found, by a sheet with photos beside it, or by photos alone: looked at, or entered. Raises UsageError where no
    visit is named.
    """
    visit = (texts.get("visit") or "").strip()
    if not visit:
        raise UsageError(reason="import-no-visit")
    sheets = [path for path in upload.files if path.suffix.lower() in SHEETS]
    return import_findings(
        context.record.desk, context.who, context.app.intake, visit, sheets[0] if sheets else upload.folder, WORKFLOW, commit=commit,
    )


def found_rows(found: Imported) -> tuple[FoundRow, ...]:
    """Each finding of an import, with its ticket where it has one."""
    return tuple(
        FoundRow(each.item.where, each.item.title, each.item.unit, tuple(each.item.photos), each.new, each.number)
        for each in found.entered
    )


# how -----------------------------------------------------------------------------------------------------------------


def _looked_at(context: Context, texts: Texts, *, commit: bool) -> Response:
    """The page of what it comes to; where it could not be entered as it stands, the look at it again with what stands against it."""
    upload, shown = upload_of(context), replace(context, form=replace(context.form, texts=texts))
    kinds = {RESULTS: _results_page, CORRECTION: _results_page, FINDINGS: _findings_page}
    found = kinds.get(texts.get("kind") or LEDGER, _ledger_page)
    try:
        if commit and texts.get("kind") == CORRECTION:
            must_be_filled_in(shown, CORRECTED)
        name, view = found(shown, upload, texts, commit)
    except MENDED as error:
        if not commit:
            return again(shown, error, "imports/new", _form(shown))
        return again(shown, error, *found(shown, upload, texts, False))
    return page(shown, name, view, form=texts)


def _ledger_page(context: Context, upload: Upload, texts: Texts, commit: bool) -> tuple[str, object]:
    found = ledger_of(context, upload, texts, commit=commit)
    outcome, desk, say = found.outcome, context.record.desk, _say(context)
    if commit and outcome.unfit:
        raise UsageError(reason="import-unfit")
    open_ = {question.key for question, _ in outcome.questions}
    heard = (*outcome.heard.values(), *(unfit.question for unfit in outcome.unfit.values()))
    view = LedgerImport(
        upload.token, found.path.name, found.view, FIELDS, tuple(SOURCES), bool(outcome.refusals),
        tuple(question_view(question, (), say) for question in heard if question.key not in open_),
        {key: unfit.text for key, unfit in outcome.unfit.items()}, tuple(unit.code for unit in read_units(desk, context.who)),
        desk.rules.current(texts.get("workflow") or WORKFLOW),
    )
    return "imports/ledger", view


def _results_page(context: Context, upload: Upload, texts: Texts, commit: bool) -> tuple[str, object]:
    found = results_of(context, upload, texts, commit=commit)
    only_kept = found.applied.round.commenting(context.record.desk.clock.now())
    near = {item["subject"]: item["near"] for item in found.view["unclear_subjects"]}
    many = are_many(found.applied)
    view = ResultsImport(upload.token, found.path.name, found.view, RESULT_FIELDS, only_kept, found.correcting, near, many)
    return "imports/results", view


def _findings_page(context: Context, upload: Upload, texts: Texts, commit: bool) -> tuple[str, object]:
    found = findings_of(context, upload, texts, commit=commit)
    view = FindingsImport(upload.token, texts.get("visit") or "", found_rows(found), tuple(found.problems), commit, tuple(found.beside))
    return "imports/findings", view


def _sheet(upload: Upload) -> Path:
    """The one file that is read. Raises UsageError where several were sent in."""
    if len(upload.files) != 1:
        raise UsageError(reason="import-one-file")
    return upload.files[0]


def _maps(texts: Texts) -> Mapping[str, tuple[str, ...]]:
    """The fields of columns as they were named. Raises UsageError."""
    named = {}
    for head, field in _begun(texts, MAP).items():
        fields = parsed_field(field)
        if fields is None:
            raise UsageError(reason="usage-column-map", text=f"{head}={field}", names=list(FIELDS))
        named[head] = fields
    return named


def _begun(texts: Texts, begin: str) -> dict[str, str]:
    """What was typed into the fields whose names begin so, by the rest of their names."""
    return {name.removeprefix(begin): (texts.get(name) or "").strip() for name in texts.names() if name.startswith(begin)}


def _say(context: Context) -> Say:
    phrase = Speech(context).phrase()
    return lambda code, values: phrase.reason(Reason(code, values))


def _form(context: Context) -> ImportForm:
    desk, actor = context.record.desk, context.who
    batches = (item.thing for item in islice(Batches(desk).every(actor), MOST_NAMED))
    visits = (item.thing for item in islice(Visits(desk).every(actor), MOST_NAMED))
    return ImportForm(
        tuple(SOURCES), LARGEST_FILE // MEGABYTE, tuple((item.number, item.title) for item in batches),
        tuple((item.number, item.title) for item in islice(Rounds(desk).every(actor), MOST_NAMED)),
        tuple((item.number, f"{item.day} {item.place}") for item in visits),
    )
