"""A visit (督查检查): on a day, to a place, by a team, announced or not. A frozen value, the fold of its events. It finds tickets."""

# No `from __future__ import annotations`: a NamedTuple compiles every annotation that is text, and `zg show` would wait for it.

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from engine.rules.event import Event, folded
from engine.rules.ticket_field import Declaration, follows, opened, opened_names
from engine.rules.ticket_number import VISITS, number_parts

BEGUN, CONSENTED, CLOSED, ASKED, ERASED = "visit-begun", "visit-consented", "visit-closed", "erasure-asked", "erased"
"""The kinds of event of a visit."""

BEGINNINGS = (BEGUN,)
"""The kind of event that a visit begins with."""

SERIES = VISITS
"""What the numbers of visits begin with: `V-2020-0001`. They are counted by themselves, each year anew."""

ERASED_PLACE = ""
"""What stands for a place that was erased, or that a 回头看 does not have: it goes to the places of its tickets."""


class Visit(NamedTuple):
    """One visit. Its fields are the columns of table `visit`, in this order.

    `place` is a word and may be erased. `team` are the accounts that took part. `again` are the numbers of the closed tickets that a
    回头看 looks at once more, drawn by `lot` as `sample` (such as `10%`) of those closed in the `months` before; empty for any other visit.
    `agreed` are the findings that a leader consented to assign, each as `NUMBER=UNIT`: a consent covers what it saw and nothing that
    was changed or found later.
    """

    id: int = opened(lambda event: event.ticket)
    number: str = opened(lambda event: event.data["number"])
    year: int = opened(lambda event: number_parts(event.data["number"])[0])
    serial: int = opened(lambda event: number_parts(event.data["number"])[1])
    office: str = opened(lambda event: event.data["office"])
    version: int = follows(0)
    day: date = opened(lambda event: date.fromisoformat(event.data["day"]))
    place: str = opened(lambda event: (event.words or {}).get("place", ERASED_PLACE))
    unannounced: bool = opened(lambda event: bool(event.data.get("unannounced")))
    team: tuple[str, ...] = opened_names(lambda event: tuple(event.data["team"]))
    sample: str | None = opened("sample")
    months: int | None = opened("months")
    lot: str | None = opened("lot")
    again: tuple[str, ...] = opened_names(lambda event: tuple(event.data.get("again", ())))
    begun_at: datetime = opened(lambda event: event.at)
    begun_by: str = opened(lambda event: event.actor)
    changed_at: datetime = opened(lambda event: event.at)
    agreed: tuple[str, ...] = opened_names(lambda event: ())
    consented_at: datetime | None = follows(None)
    consented_by: str | None = follows(None)
    closed_at: datetime | None = follows(None)
    closed_by: str | None = follows(None)

    @property
    def title(self) -> str:
        """What a visit is called where things of every kind have a title: the place it went to, else its day."""
        return self.place or self.day.isoformat()


VISIT = Declaration(Visit)
"""What follows from the declaration of the fields: the visit of a row, the columns of a visit."""


def evolve(visit: Visit | None, event: Event) -> Visit:
    """The visit after the event. Pure; raises ValueError for an event that cannot follow."""
    if visit is None:
        if event.kind not in BEGINNINGS or event.seq != 1:
            raise ValueError(f"a visit cannot begin with event {event.seq} ({event.kind})")
        return VISIT.born(event)
    if event.seq != visit.version + 1:
        raise ValueError(f"event {event.seq} cannot follow event {visit.version} of {visit.number}")
    after = visit._replace(version=event.seq, changed_at=event.at)
    if event.kind in (ASKED, ERASED):
        return after
    if visit.closed_at is not None:
        raise ValueError(f"event {event.seq} ({event.kind}) after {visit.number} was closed")
    if event.kind == CONSENTED:
        return after._replace(agreed=tuple(event.data["agreed"]), consented_at=event.at, consented_by=event.actor)
    if event.kind != CLOSED:
        raise ValueError(f"nothing of a visit: event {event.seq} ({event.kind}) of {visit.number}")
    return after._replace(closed_at=event.at, closed_by=event.actor)


def fold(events: Iterable[Event]) -> Visit:
    """The visit that the events tell. Raises ValueError where there are none."""
    return folded(evolve, events)
