"""Every event judged again, as of its place among all events: by the rules that whoever writes one is asked by (`rules/judging`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.audit.audited import Audited
from engine.audit.known import Knowledge
from engine.audit.stored_event import readable
from engine.audit.telling import Telling
from engine.record import queries
from engine.record.aggregates import Thing
from engine.record.database import Database
from engine.record.journal import ADMINISTRATION
from engine.record.projection import Projection
from engine.rules.batch import Batch
from engine.rules.event import Event
from engine.rules.judging.judge import judge, judge_batch, judge_entry, judge_feedback, judge_round, judge_visit
from engine.rules.judging.judgement import Judgement
from engine.rules.judging.known import Known
from engine.rules.loop.feedback import Feedback
from engine.rules.loop.round import Round
from engine.rules.loop.visit import Visit
from engine.rules.streams import FIRST_KINDS
from engine.rules.ticket import Ticket

FIRST = 1
"""The first entry of a record. From there to the one that makes the first accounts there is nobody to ask of."""

UNLAWFUL = "unlawful"
"""The code of what is found."""

JUDGES: dict[type, Callable[[Event, Any, Sequence[Event], Known], Judgement]] = {
    Ticket: judge, Batch: judge_batch, Round: judge_round, Visit: judge_visit, Feedback: judge_feedback,
}
"""Who judges an event, by what its stream is about."""


@dataclass(slots=True)
class Case:
    """One stream as far as it was judged: the events that led to the thing that it is about, and their ids."""

    history: list[Event] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)

    def add(self, event: Event, id_: int) -> None:
        """Goes on from an event that can follow."""
        self.history.append(event)
        self.ids.append(id_)


@dataclass(slots=True)
class Judge:
    """Whoever reads the streams gives it each event: the entries of the administration first, which tell who there was, then the events
    of all else. It counts them in `audited`, and what could not be asked.
    """

    knowledge: Knowledge
    audited: Audited

    @classmethod
    def of(cls, database: Database, audited: Audited) -> Judge:
        """One that knows nothing yet."""
        return cls(Knowledge(Telling(database, Projection())), audited)

    @classmethod
    def of_one(cls, database: Database, audited: Audited) -> Judge:
        """One for a single ticket, which knows every entry and computes every value again: for all tickets it would take too long."""
        return informed(cls(Knowledge(Telling(database, Projection(), thorough=True)), audited))

    def entry(self, event: Event, id_: int) -> Judgement:
        """What stands against an entry of the administration; from now on it is known."""
        found = judge_entry(event, self.knowledge.as_of(id_))
        self.learn(event, id_)
        told = self.knowledge.told
        founded = told.projection.told_since == FIRST and told.people_since in (None, id_)
        return self._counted(found._replace(skipped=()) if founded else found)

    def of_thing(self, event: Event, id_: int, thing: Thing | None, case: Case) -> Judgement:
        """What stands against the next event of a ticket or another thing. `thing` is what it was until then, None before the first event,
        which says what kind of thing it is.
        """
        judged = JUDGES[FIRST_KINDS.get(event.kind, Ticket) if thing is None else type(thing)]
        return self._counted(judged(event, thing, case.history, self.knowledge.as_of(id_, case.ids)))

    def learn(self, event: Event, id_: int) -> None:
        """Knows from now on what the entry tells."""
        self.knowledge.told.projection.add(event, id_)
        self.knowledge.told.add(event, id_)

    def _counted(self, found: Judgement) -> Judgement:
        self.audited.judged += 1
        if found.skipped:
            self.audited.unasked.update(found.skipped)
        return found


def informed(judge: Judge) -> Judge:
    """The judge, who knows every entry of the administration that can be read."""
    for row in judge.knowledge.told.database.stored(queries.AUDIT_STREAM, stream=ADMINISTRATION):
        event = readable(row)
        if event is not None and type(row[13]) is int:
            judge.learn(event, row[13])
    return judge
