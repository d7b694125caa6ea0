"""Other things said of a ticket: that it repeats another, that words are to be erased and were."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import Reason
from engine.rules.access import SUPERVISOR
from engine.rules.acts.duplicates import DUPLICATE_OF, HAS_DUPLICATE, NO_DUPLICATE, NOT_DUPLICATE_OF
from engine.rules.acts.office_event import Kept
from engine.rules.acts.redaction import ASKED, ask, confirm, open_request
from engine.rules.acts.repeats import NOT_REPEATS, REPEATS, in_order
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import JsonObject
from engine.rules.judging.again import WORD, given_as_typed, same_as_any
from engine.rules.judging.earlier import against_linked
from engine.rules.judging.judgement import Judgement, both, judgement
from engine.rules.judging.known import Known
from engine.rules.judging.person import PEOPLE, actor_of, may
from engine.rules.loop.standing import RELAPSE_OF
from engine.rules.ticket import Ticket

LINK_FACTS = frozenset({"relation", "target", "effects", "audience", "for", "given", "words"})
"""What is said of a link."""


def linked(event: Event, ticket: Ticket, known: Known) -> Judgement:
    """What stands against a link between two tickets: who wrote it, what it changes of this one, and whether the other may be named."""
    data = event.data
    relation, target, effects = data["relation"], data["target"], data.get("effects") or {}
    expected = _expected(relation, target, ticket)
    unknown = [name for name in data if name not in LINK_FACTS]
    return judgement([
        may(event.role == SUPERVISOR, event), given_as_typed(event),
        None if target != ticket.number and _may_follow(relation, target, ticket) else Reason("judged-fact", {"fact": "relation"}),
        *(Reason("judged-fact", {"fact": name}) for name in unknown),
        None if data.get("audience", OFFICE_AUDIENCE) == OFFICE_AUDIENCE else Reason("judged-fact", {"fact": "audience"}),
        *(Reason("judged-effect", {"effect": name}) for name in sorted(effects) if name not in expected),
        *(Reason("judged-value", {"effect": name}) for name, node in expected.items() if effects.get(name, "") != node),
        None if event.to_state == event.from_state == ticket.state else Reason(
            "judged-state", {"state": event.to_state or "", "expected": ticket.state},
        ),
        *against_linked(event, ticket, known),
    ])


def _may_follow(relation: str, target: str, ticket: Ticket) -> bool:
    """Whether a ticket may say this of another one, by what it said before."""
    return {
        DUPLICATE_OF: ticket.duplicate_of is None, NOT_DUPLICATE_OF: ticket.duplicate_of == target, HAS_DUPLICATE: True, NO_DUPLICATE: True,
        REPEATS: target not in ticket.repeats, NOT_REPEATS: target in ticket.repeats,
        RELAPSE_OF: any(item.repeats == target for item in ticket.measurements),
    }.get(relation, False)


def _expected(relation: str, target: str, ticket: Ticket) -> JsonObject:
    """The effects of a link."""
    of_relation: dict[str, JsonObject] = {
        DUPLICATE_OF: {"duplicate_of": target}, NOT_DUPLICATE_OF: {"duplicate_of": None},
        REPEATS: {"repeats": list(in_order((*ticket.repeats, target)))},
        NOT_REPEATS: {"repeats": [number for number in ticket.repeats if number != target]},
    }
    return of_relation.get(relation, {})


def erasure(event: Event, thing: Kept, history: Sequence[Event], known: Known) -> Judgement:
    """What stands against asking for an erasure, and against confirming it. Words that were erased since were there then."""
    seq, actor = event.data["seq"], actor_of(event)
    erased = {earlier.data["seq"] for earlier in history if earlier.kind == "erased"}
    there = [
        earlier._replace(words={WORD: WORD}) if earlier.seq == seq and "words" in earlier.data and seq not in erased else
        earlier._replace(words=None) if earlier.seq == seq else earlier for earlier in history
    ]
    if event.kind == ASKED:
        made = ask(thing, there, seq, WORD, actor, event.at, WORD)
        return both(judgement([given_as_typed(event)]), same_as_any(event, [made], known))
    asked = open_request(there, seq)
    appointed = known.appointments(asked.seq) if asked is not None else ()
    made = confirm(thing, there, seq, actor, event.at, appointed)
    return both(Judgement((), () if known.tells_people else (PEOPLE,)), same_as_any(event, [made], known))
