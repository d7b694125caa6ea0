"""`zg report reviews`: proves that every bad review is rectified (每个差评都得到整改), on the screen, as JSON, or as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.audit.outfile import replacing
from engine.cli.call import Call
from engine.cli.complete import complete_unit
from engine.cli.frame import Noun, option, verb
from engine.cli.listing import TITLE_LEAST
from engine.cli.path import FilePath
from engine.cli.table import Cell, Column, table, tsv
from engine.desk.figures import this_year
from engine.errors import UsageError
from engine.office.complaints.proof import Proof, Proven, prove
from engine.office.complaints.proof_sheet import refused_views, write_proof
from engine.rules.worktime import Side
from engine.rules.worktime.period import Span
from engine.views.moments import moment_text
from engine.views.reviews import ReviewView, review_view

REFUSED = "refused"
"""What stands in the place of a result where a message could not be taken in."""

TOLD = (
    "number", "source", "ref", "stated_on", "rating", "unit", "item", "ticket", "call", "called_on", "result", "why", "closed_on", "answer",
)
"""What a program reads of each review."""


@verb(
    "report.reviews", option("--from", "since", metavar="WHEN"), option("--to", "before", metavar="WHEN"),
    option("--unit", metavar="UNIT", shell_complete=complete_unit), option("--out", type=FilePath(dir_okay=False), metavar="FILE"),
    option("--json", "as_json", is_flag=True),
)
def reviews(call: Call, since: str | None, before: str | None, unit: str | None, out: str | None, as_json: bool) -> int:
    app, intake = call.app, call.app.intake
    usual, said = this_year(app.desk), intake.between(since, before, Side.PAST).value
    span = Span(usual.since if since is None else said.since, usual.before if before is None else said.before)
    if span.since is not None and span.before is not None and span.since >= span.before:
        raise UsageError(reason="usage-span", text=f"{since or ''}..{before or ''}")
    code = intake.unit_or_group(unit) if unit is not None else None
    found = prove(app.desk, app.actor, span, code)
    if out is not None:
        if Path(out).suffix.lower() != ".xlsx":
            raise UsageError(reason="usage-proof", file=out)
        with replacing(Path(out)) as scratch:
            write_proof(app.desk, found, scratch, call.phrase())
        call.hint("done.proof", file=out, count=len(found.rows))
        return 0
    views = [_view(call, row) for row in found.rows]
    if call.json:
        call.dump({
            "from": moment_text(span.since), "to": moment_text(span.before), "unit": code, "rows": views,
            "refused": refused_views(app.desk, found, call.phrase()), "total": dict(found.total),
        })
        return 0
    if not call.terminal.out:
        call.lines(tsv([[dict(view)[name] for name in TOLD] for view in views]))
        call.lines(tsv([
            [
                "", view["source"], view["ref"], view["stated_on"], view["rating"], view["unit"], *[None] * 4, REFUSED,
                "; ".join(view["reasons"] or ()),
            ] for view in refused_views(app.desk, found, call.phrase())
        ]))
        return 0
    _print(call, found, views)
    return 0


def _view(call: Call, row: Proven) -> ReviewView:
    return review_view(
        row.feedback, row.ticket, call.app.desk.rules.zone(), result=row.result, why=row.why, call=row.call, called_at=row.called_at,
        late=row.late,
    )


def _print(call: Call, found: Proof, views: Sequence[ReviewView]) -> None:
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("field.stated"), whole=True), Column(call.say("field.rating")),
        Column(call.say("field.subject-unit"), spare=1), Column(call.say("field.item"), least=TITLE_LEAST),
        Column(call.say("field.ticket"), whole=True), Column(call.say("field.call")), Column(call.say("field.review-result")),
    ]
    phrase = call.phrase()
    rows: list[list[Cell | str]] = [
        [
            view["number"], view["stated_on"], call.say(f"rating.{view['rating']}"), phrase.unit(view["unit"]) if view["unit"] else "",
            view["item"] or "", view["ticket"] or "", call.say(f"call.{view['call']}") if view["call"] else "", _result(call, view),
        ] for view in views
    ]
    call.lines(table(columns, rows, call.terminal))
    call.out(call.say("reviews.total", **found.total))
    _print_refused(call, found)


def _print_refused(call: Call, found: Proof) -> None:
    """What could not be taken in, with its reasons, below the reviews."""
    if not found.refused:
        return
    phrase = call.phrase()
    call.out("", call.say("reviews.refused", count=len(found.refused)))
    call.lines(call.terminal.wrapped(
        call.say(
            "reviews.refused-line", source=view["source"], ref=view["ref"], date=view["stated_on"],
            unit=phrase.unit(view["unit"]) if view["unit"] else "—", reasons=phrase.several(view["reasons"] or ["—"]),
        ) for view in refused_views(call.app.desk, found, phrase)
    ))


def _result(call: Call, view: ReviewView) -> Cell | str:
    text = call.say(f"review-result.{view['result']}")
    return Cell(call.say("reviews.late", result=text), ("red",)) if view["late"] or view["result"] == "missing" else text


report = Noun("report", (reviews,))
