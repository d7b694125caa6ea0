"""A new ticket with files: kept as what a visit finds is, the originals for the office, marked copies of pictures for the unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from engine.desk.act import Done
from engine.desk.filing import HandedIn, Keep, keeping
from engine.desk.tickets import WORKFLOW, Desk
from engine.office.visits.handed import looked_at
from engine.rules.access import Actor, may_open, must
from engine.rules.acts.opening import Opening

Opened = TypeVar("Opened")


def open_with(
    desk: Desk, actor: Actor, opening: Opening, files: Sequence[HandedIn], workflow: str = WORKFLOW, *, dry_run: bool = False,
) -> Done:
    """Opens a ticket with the files that were handed in. Raises as `Desk.open` does, NotPermitted, BadEvidence."""
    return with_files(
        desk, actor, opening, files, lambda found, keep, rehearsed: desk.open(actor, found, workflow, keep=keep, dry_run=rehearsed),
        dry_run=dry_run,
    )


def with_files(
    desk: Desk, actor: Actor, opening: Opening, files: Sequence[HandedIn], opens: Callable[[Opening, Keep | None, bool], Opened], *,
    dry_run: bool,
) -> Opened:
    """What comes of opening something with files: `opens` is one transaction, given what puts them where they belong, and whether it is
    rehearsed. Raises what that raises, NotPermitted, BadEvidence.
    """
    if not files:
        return opens(opening, None, dry_run)
    must(may_open, actor)
    day = desk.clock.now().astimezone(desk.rules.zone()).date().isoformat()
    with looked_at(files, (day,), day) as handed:
        found = opening._replace(attached=handed.attached())
        return keeping(desk.database, handed.all(), lambda keep, rehearsed: opens(found, keep, rehearsed), dry_run=dry_run)
