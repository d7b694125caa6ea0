"""`zg view`: filters of the ledger under a name, for `zg list @NAME` and the pages: save, list, remove."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.filters import filter_options, named_by_option
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.table import Column, table, tsv
from engine.desk.saved_views import AUDIENCES, OWN, remove_view, save_view, saved_views
from engine.desk.wanted import SORTS
from engine.desk.wishes import Wishes, texts_of
from engine.errors import UsageError
from engine.views.saved_view import SavedView


def _named() -> tuple[click.Parameter, ...]:
    return argument("name", metavar="NAME"), option("--for", "audience", type=Coded(AUDIENCES, "audience"), default=OWN)


@verb("view.save", *_named(), *filter_options(), option("--sort", type=Coded(SORTS, "sort")))
def save(call: Call, name: str, audience: str, sort: str | None, **typed: Any) -> int:
    texts = texts_of(Wishes(**typed)) | ({"sort": (sort,)} if sort is not None else {})
    try:
        save_view(call.app.intake, name, audience, texts)
    except UsageError as error:
        raise named_by_option(error, "zg view save") from None
    call.hint("done.view-saved", name=name.removeprefix("@"), audience=call.say(f"audience.{audience}"))
    return 0


@verb("view.list", option("--json", "as_json", is_flag=True))
def list_(call: Call, as_json: bool) -> int:
    found = saved_views(call.app.desk, call.app.actor)
    if call.json:
        for view in found:
            call.dump({"name": view.name, "audience": view.audience, "wishes": dict(view.texts), "saved_by": view.saved_by})
        return 0
    rows = [[view.name, view.audience, _filter(view), view.saved_by] for view in found]
    if not call.terminal.out:
        call.lines(tsv(rows))
        return 0
    titles = ("field.name", "field.audience", "field.filter", "field.saved-by")
    call.lines(table([Column(call.say(title), whole=title == "field.name", least=12) for title in titles], [
        [f"@{name}", call.say(f"audience.{audience}"), texts, call.person(by)] for name, audience, texts, by in rows
    ], call.terminal))
    return 0


@verb("view.remove", *_named())
def remove(call: Call, name: str, audience: str) -> int:
    remove_view(call.app.desk, call.app.actor, name, audience)
    call.hint("done.view-removed", name=name.removeprefix("@"), audience=call.say(f"audience.{audience}"))
    return 0


def _filter(view: SavedView) -> str:
    """The filter as it was typed, in one line."""
    return " ".join(f"{name}={','.join(texts)}" for name, texts in view.texts.items())


view = Noun("view", (save, list_, remove))
