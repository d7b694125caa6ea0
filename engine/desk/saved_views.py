"""Filters of the ledger under a name: a person's own, a unit's for its people, and everybody's, which the office makes.

What is kept are the texts as they were typed, so that 本周 is always the week in which somebody looks. A view shows nobody more: it is read
by whoever looks, with the rights of whoever looks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from engine.desk.intake import Intake
from engine.desk.tickets import Desk
from engine.desk.wanted import selected
from engine.desk.wishes import FILTERS, understood, wishes_of
from engine.errors import NotFound, NotPossible, Refused
from engine.record import queries
from engine.record.directory import writing_as
from engine.rules.access import Actor, may_export, may_save_for_everybody, may_save_for_unit, must
from engine.rules.proof.chain import canonical
from engine.rules.wording import name_problem
from engine.views.saved_view import SavedView

OWN, UNIT, ALL = AUDIENCES = ("own", "unit", "all")
"""Whose a view is. Of one name an own one goes before the unit's, and that before everybody's."""

LONGEST_NAME = 40
MOST_VIEWS = 50
"""Views of one person, of one unit, or of everybody."""

MAY = {OWN: may_export, UNIT: may_save_for_unit, ALL: may_save_for_everybody}
"""Who saves and removes which."""

KEPT = (*FILTERS, "sort", "column")
"""What a view keeps: the filters, the order, and on pages the columns."""

Texts = Mapping[str, Sequence[str]]


def saved_views(desk: Desk, actor: Actor) -> tuple[SavedView, ...]:
    """Those that the actor may use, each audience by name. Raises NotPermitted for whoever reads no ledger."""
    must(may_export, actor)
    rows = desk.database.rows(queries.SAVED_VIEWS, account=actor.name, unit=actor.unit or "")
    found = [SavedView(name, audience, json.loads(texts), by, MAY[audience](actor)) for audience, name, texts, by in rows]
    return tuple(sorted(found, key=lambda view: AUDIENCES.index(view.audience)))


def audiences(actor: Actor) -> tuple[str, ...]:
    """For whom the actor may save one."""
    return tuple(audience for audience in AUDIENCES if MAY[audience](actor))


def saved_view(desk: Desk, actor: Actor, name: str) -> SavedView:
    """The one of a name. Raises NotPermitted, NotFound."""
    every = saved_views(desk, actor)
    found = next((view for view in every if view.name == name), None)
    if found is None:
        raise NotFound(reason="view-not-found", name=name, nearest=list(dict.fromkeys(view.name for view in every)))
    return found


def save_view(intake: Intake, name: str, audience: str, texts: Texts) -> None:
    """Keeps a filter under a name. Raises NotPermitted, Refused, NotPossible (somebody else's name, too many), and whatever the list
    raises of the same filter.
    """
    desk, actor = intake.desk, intake.actor
    must(MAY[audience], actor)
    called = name.strip().removeprefix("@")
    problem = name_problem("called", called, LONGEST_NAME)
    if problem is not None:
        raise Refused([problem])
    selected(desk, actor, understood(intake, wishes_of(intake, texts)))
    kept = canonical({name: list(texts[name]) for name in KEPT if texts.get(name)})
    with writing_as(desk.database, actor, desk.clock.now()):
        same = [view for view in saved_views(desk, actor) if view.audience == audience]
        before = next((view for view in same if view.name == called), None)
        if before is not None and before.saved_by != actor.name:
            raise NotPossible(reason="view-of-another", name=called, by=before.saved_by)
        if before is None and len(same) >= MOST_VIEWS:
            raise NotPossible(reason="view-too-many", most=MOST_VIEWS)
        desk.database.run(
            queries.SAVE_VIEW, audience=audience, owner=_owner(actor, audience), name=called, wishes=kept, account=actor.name,
            now=desk.clock.now(),
        )


def remove_view(desk: Desk, actor: Actor, name: str, audience: str) -> None:
    """Removes it. Raises NotPermitted, NotFound."""
    must(MAY[audience], actor)
    called = name.strip().removeprefix("@")
    with writing_as(desk.database, actor, desk.clock.now()):
        own = [view.name for view in saved_views(desk, actor) if view.audience == audience]
        if called not in own:
            raise NotFound(reason="view-not-found", name=called, nearest=own)
        desk.database.run(queries.REMOVE_VIEW, audience=audience, owner=_owner(actor, audience), name=called)


def _owner(actor: Actor, audience: str) -> str:
    return {OWN: actor.name, UNIT: actor.unit or "", ALL: ""}[audience]
