"""One act on several tickets, for programs: each by itself, and of each what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NotRequired, TypedDict, cast

from starlette.responses import Response

from engine.desk.bulk import must_be_few
from engine.desk.filing import HandedIn
from engine.errors import TicketNotFound, UsageError, ZgError
from engine.office.each import Became
from engine.views.api import ItemsView, ItemView
from engine.web.api.answer import answer, decoded, named_texts, sent_json, sent_texts
from engine.web.api.tickets import Given, acted, done_view
from engine.web.context import Context
from engine.web.endpoints.tickets import VERSION
from engine.web.problem import problem_view, status_of
from engine.web.query import Texts
from engine.web.texts import Speech

MULTI_STATUS = 207
NUMBERS, TRIGGER, EACH, DRY_RUN = OWN_FIELDS = ("numbers", "trigger", "each", "dry_run")


class Several(TypedDict):
    """An act on several tickets: those of `numbers`, and those of `each`, which has by the number of a ticket what it takes otherwise than
    the others (its own lead, its `version`). What all of them take stands beside, as for one; a form says `each` as JSON, and its files are
    evidence of every ticket. With `dry_run` nothing is done.
    """

    trigger: str
    numbers: NotRequired[list[str]]
    each: NotRequired[dict[str, Given]]
    dry_run: NotRequired[bool]


def several(context: Context) -> Response:
    """Does one act to several tickets, each by itself, with files as evidence of each where they are sent as a form, and says of each what
    became of it; with `dry_run` what would.
    """
    texts, own = sent_texts(context.form, but=(EACH,)), _of_each(context)
    numbers, trigger, rehearsed = tuple(dict.fromkeys((*texts.every(NUMBERS), *own))), texts.get(TRIGGER), texts.get(DRY_RUN)
    if trigger is None:
        raise UsageError(reason="act-unnamed")
    must_be_few(numbers)
    dry_run = rehearsed is not None and context.app.intake.flag(DRY_RUN, rehearsed)
    given = Texts(tuple(pair for pair in texts.pairs if pair[0] not in (*OWN_FIELDS, VERSION)))
    wanted = [
        (names[0], _beside(given, [own[name] for name in names if name in own])) for names in _names_of_each(context, numbers)
    ]
    files = context.handed_in()
    return _answered(context, [_result(context, number, trigger, typed, files, dry_run=dry_run) for number, typed in wanted])


def answer_of_each(context: Context, items: Iterable[Became]) -> Response:
    """What became of each of many tickets."""
    return _answered(context, [_became(context, item) for item in items])


# how -----------------------------------------------------------------------------------------------------------------


def _answered(context: Context, results: Sequence[ItemView]) -> Response:
    view: ItemsView = {"results": list(results)}
    return answer(context.asked, view, status=200 if all("done" in item for item in results) else MULTI_STATUS)


def _of_each(context: Context) -> Mapping[str, Texts]:
    """What tickets take otherwise than the others, by the number as it was typed."""
    form = context.form
    if form.raw is not None:
        found = cast("Mapping[str, Given]", sent_json(form).get(EACH, {}))
    else:
        text = form.texts.get(EACH)
        found = decoded(text.encode(errors="replace"), dict[str, Given]) if text is not None else {}
    return {number: named_texts(given) for number, given in found.items()}


def _beside(common: Texts, own: Sequence[Texts]) -> Texts:
    """What all tickets take, and what this one takes otherwise. Raises UsageError where that is said of it twice, under two numbers."""
    if len(own) > 1:
        raise UsageError(reason="act-each-twice")
    said = own[0] if own else Texts()
    return Texts((*(pair for pair in common.pairs if pair[0] not in said.names()), *said.pairs))


def _names_of_each(context: Context, numbers: Sequence[str]) -> list[list[str]]:
    """The numbers as they were typed, together where they are those of one ticket: an act on it is done once, however it is named."""
    found: dict[str, list[str]] = {}
    for number in numbers:
        try:
            known = context.record.desk.ticket(context.who, number).number
        except TicketNotFound:
            known = number
        found.setdefault(known, []).append(number)
    return list(found.values())


def _result(context: Context, number: str, trigger: str, texts: Texts, files: Sequence[HandedIn], *, dry_run: bool) -> ItemView:
    try:
        return {"number": number, "status": 200, "done": acted(context, number, trigger, texts, files, dry_run=dry_run)}
    except ZgError as error:
        return _failed(context, number, error)


def _became(context: Context, item: Became) -> ItemView:
    if item.done is None:
        return _failed(context, item.ticket.number, cast("ZgError", item.error))
    return {"number": item.ticket.number, "status": 200, "done": done_view(context, item.done)}


def _failed(context: Context, number: str, error: ZgError) -> ItemView:
    """Why one of several was not done. What is wrong with all of it is raised: nothing can be written."""
    if status_of(error) >= 500:
        raise error
    problem = problem_view(error, Speech(context).of(error))
    return {"number": number, "status": problem["status"], "problem": problem}
