"""One act on many tickets: which acts there are, what would become of each ticket, and what became of it."""

from __future__ import annotations

from starlette.responses import Response

from engine.desk import bulk
from engine.desk.bulk import Wish
from engine.desk.drafts import drop_sent
from engine.errors import UsageError
from engine.web.attempt import again
from engine.web.context import Context
from engine.web.endpoints.tickets import VERSION, version_of
from engine.web.gate import real_now
from engine.web.page import page
from engine.web.query import Texts

ACT, NUMBER = "act", "number"


def show(context: Context) -> Response:
    """The acts that may be chosen for some tickets; with an act, its form over them."""
    texts = context.query
    numbers, act = _numbers(texts), texts.get(ACT)
    if act is None:
        return page(context, "bulk/index", bulk.choices(context.record.desk, context.who, numbers), form=texts)
    return page(context, "bulk/act", bulk.looked_at(context.app.intake, act, numbers), form=texts)


def preview(context: Context) -> Response:
    """What would become of each, as the form is filled in. Nothing is done."""
    return _attempt(context, dry_run=True)


def do(context: Context) -> Response:
    """Does it, and says for each what became of it. What was refused can be sent again from the same page."""
    return _attempt(context, dry_run=False)


def _attempt(context: Context, *, dry_run: bool) -> Response:
    texts, intake = context.form.texts, context.app.intake
    act, numbers = texts.get(ACT) or "", _numbers(texts)
    if not numbers and (listed := _listed(texts)):
        return again(context, UsageError(reason="bulk-none"), "bulk/act", bulk.looked_at(intake, act, listed))
    wishes = [Wish(number, _given(texts, number), version_of(texts, f"{VERSION}.{number}")) for number in numbers]
    files = context.handed_in()
    view = bulk.attempt(intake, act, wishes, files, dry_run=dry_run)
    drop_sent(context.record.desk, context.who, [row.ticket.number for row in view.rows if row.done], act, real_now())
    return page(context, "bulk/act", view, form=texts)


def _given(texts: Texts, number: str) -> dict[str, tuple[str, ...]]:
    """What was typed for one ticket: what was typed for all, and in its place what was typed for this one, as `lead.ZG-2020-0001`."""
    given = texts.by_name(but=(ACT, NUMBER))
    own = {name.removesuffix(f".{number}"): found for name, found in given.items() if name.endswith(f".{number}")}
    common = {name: found for name, found in given.items() if "." not in name}
    return {name: found for name, found in (common | own).items() if name != VERSION}


def _listed(texts: Texts) -> tuple[str, ...]:
    """The tickets that the form is about, ticked or not."""
    return tuple(name.removeprefix(f"{VERSION}.") for name in texts.names() if name.startswith(f"{VERSION}."))


def _numbers(texts: Texts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts.every(NUMBER)))
