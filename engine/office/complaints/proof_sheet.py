"""The proof of the reviews (每个差评都得到整改) as a sheet: each with its ticket, call-back and result; below what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import InvalidFile, Reason, os_problem
from engine.office.complaints.proof import Proof
from engine.office.sheets.workbook import Column, Frame, Table, write_workbook
from engine.record.settings import NAME_SETTING, SANDBOX_SETTING, setting
from engine.views.moments import day_text
from engine.views.reviews import RefusedView

if TYPE_CHECKING:
    from engine.desk.tickets import Desk
    from engine.words.phrase import Phrase

WIDTHS = {
    "number": 14, "sender-ref": 18, "stated": 12, "rating": 12, "subject-unit": 20, "item": 24, "ticket": 15, "call": 12, "called-on": 12,
    "review-result": 14, "review-why": 14, "review-closed": 12, "answer": 10,
}
"""The columns, by the names of their heads, and how wide they are."""


TYPED = frozenset({"text", "rating", "kind", "category", "name"})
"""What a reason names as it stood in a message."""


def write_proof(desk: Desk, proof: Proof, path: Path, phrase: Phrase) -> int:
    """Writes the sheet and returns how many reviews it has. Raises InvalidFile."""
    columns = tuple(Column(phrase.say(f"field.{name}"), width) for name, width in WIDTHS.items())
    since, before = (day_text(at, desk.rules.zone()) or "" for at in (proof.span.since, proof.span.before))
    title = phrase.say("reviews.title", since=since, before=before)
    refused = [phrase.say("reviews.refused", count=len(proof.refused))] if proof.refused else []
    notes = (phrase.say("reviews.total", **proof.total), *refused)
    table = Table(phrase.say("reviews.sheet"), title, columns, _rows(desk, proof, phrase), notes=notes)
    made = phrase.say("tasklist.made", office=setting(desk.database, NAME_SETTING) or "", date=phrase.moment(desk.clock.now()))
    mark = phrase.say("tasklist.sandbox") if setting(desk.database, SANDBOX_SETTING) is not None else ""
    try:
        return write_workbook(path, [table], Frame(made, "{page} / {pages}", mark))[0]
    except OSError as error:
        raise InvalidFile([os_problem(error)], reason="file-not-written", file=path.name) from error


def refused_views(desk: Desk, proof: Proof, phrase: Phrase) -> list[RefusedView]:
    """What could not be taken in, with its reasons in words; what stood in the cell that was wrong is named to whoever sends it in alone:
    where a column has slipped, it is whoever complained.
    """
    zone = desk.rules.zone()
    return [
        {
            "source": each.source, "ref": each.ref, "stated_on": day_text(each.stated_at, zone) or "", "rating": each.rating,
            "unit": each.unit, "row": each.line, "refused_on": day_text(each.refused_at, zone) or "",
            "reasons": [phrase.reason(_unquoted(*reason)) for reason in each.reasons] if each.reasons is not None else None,
        } for each in proof.refused
    ]


def _unquoted(code: str, values: Mapping[str, object]) -> Reason:
    return Reason(code, {name: "…" if name in TYPED else value for name, value in values.items()})


def _rows(desk: Desk, proof: Proof, phrase: Phrase) -> Iterator[tuple[str | None, ...]]:
    zone = desk.rules.zone()
    for row in proof.rows:
        feedback, ticket = row.feedback, row.ticket
        unit = ticket.lead if ticket is not None else feedback.unit
        yield (
            feedback.number, feedback.title, day_text(feedback.stated_at, zone), phrase.label("rating", str(feedback.rating)),
            phrase.unit(unit) if unit else None, feedback.item, feedback.ticket, phrase.label("call", row.call) if row.call else None,
            day_text(row.called_at, zone), phrase.label("review-result", row.result), phrase.label("why-not", row.why) if row.why else None,
            day_text(ticket.closed_at, zone) if ticket is not None and ticket.final else None,
            phrase.label("answer", feedback.answer) if feedback.answer else None,
        )
    for each in refused_views(desk, proof, phrase):
        yield (
            None, f"{each['source']} {each['ref']}", each["stated_on"],
            phrase.label("rating", str(each["rating"])) if each["rating"] else None,
            phrase.unit(each["unit"]) if each["unit"] else None, None, None, None, None, phrase.say("review-result.refused"),
            phrase.several(each["reasons"] or ()), None, None,
        )
