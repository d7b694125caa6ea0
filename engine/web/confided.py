"""Who was shown what is confidential: a line of the access log beside the one that a ticket was viewed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.app.access_log import CONFIDED
from engine.views.people import AccountView
from engine.views.ticket import ContactView, ShownView
from engine.web.context import Context
from engine.web.gate import real_now

MASK = "*"


def tell_confided(context: Context, names: Collection[str]) -> None:
    """Says what was shown, by the names of the fields and never by their words; nothing where there was none."""
    if names:
        context.site.tell(CONFIDED, context.asked, context.who.name, real_now(), path=context.asked.path, fields=",".join(sorted(names)))


def tell_phones(context: Context, people: Iterable[AccountView | ContactView]) -> None:
    """The same, of telephone numbers that were shown whole."""
    tell_confided(context, _phones(people))


def tell_ticket(context: Context, shown: ShownView) -> None:
    """The same, of all that a ticket shows: who complained, where a clue came from, whom to call at the lead."""
    tell_confided(context, {*shown.get("secret", ()), *_phones(shown.get("contacts", ()))})


def _phones(people: Iterable[AccountView | ContactView]) -> Collection[str]:
    return ["phone"] if any(MASK not in (person["phone"] or MASK) for person in people) else []
