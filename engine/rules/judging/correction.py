"""Corrections (`amended`), made again from what the event says was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.errors import Reason
from engine.rules.acts.amend import FACTS, Amendment, amend
from engine.rules.acts.command import Refusal
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.judging.act import situations
from engine.rules.judging.again import WORD, given_as_typed, same_as_any
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.proof.chain import moment
from engine.rules.ticket import AMENDED_BY_EFFECT, WORDS, Ticket

NAMED = frozenset({*WORDS, *FACTS, *AMENDED_BY_EFFECT})


def correction(event: Event, ticket: Ticket, history: Sequence[Event], definition: Definition, known: Known) -> Judgement:
    """What stands against a correction of the ticket as it was."""
    unknown = [name for name in event.data["changes"] if name not in NAMED]
    reasons = [given_as_typed(event), *(Reason("judged-fact", {"fact": name}) for name in unknown)]
    return both(judgement(reasons), same_as_any(event, _made(event, ticket, history, definition, known), known))


def _made(
    event: Event, ticket: Ticket, history: Sequence[Event], definition: Definition, known: Known,
) -> Iterator[Event | Refusal]:
    """The event of the correction, where a person set the date that it names, and where the date follows from another grade."""
    changes = event.data["changes"]
    new = {name: changes[name][1] for name in FACTS if name in changes}
    typed = {name: WORD if getattr(ticket, name) != WORD else WORD * 2 for name in WORDS if name in changes}
    due = changes.get("due", (None, None))[1]
    standing = changes.get("standing") == [False, True]
    letters = history if ticket.acted_level else ()
    for at in situations(event, ticket, definition, known):
        for date in dict.fromkeys((moment(due) if due else None, None)):
            yield amend(at, Amendment(WORD, due=date, standing=standing, salt=WORD, **new, **typed), letters)
