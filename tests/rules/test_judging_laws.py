"""Law: what the desk accepts, re-judging accepts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules.event import Event
from engine.rules.judging.again import DATES
from engine.rules.judging.judge import judge
from engine.rules.judging.known import Post
from engine.rules.proof.chain import canonical, moment, stamp
from engine.rules.ticket import fold
from tests.rules.conftest import AUDITOR, workflow
from tests.rules.lives import NAMES, OFTEN, SEEDS, lived
from tests.rules.told import judged, told

SELDOM = settings(max_examples=OFTEN.max_examples * 4 // 10)


@OFTEN
@given(st.data(), NAMES, st.booleans())
def test_whatever_happens_to_a_ticket_is_judged_lawful_also_when_its_words_are_gone(data: st.DataObject, name: str, erased: bool) -> None:
    matter = lived(data, name)
    matter.sweep()
    stored = [event._replace(data=json.loads(canonical(event.data))) for event in matter.events]
    if erased:
        stored = [event._replace(words=None, salt=None) for event in stored]
    for event, found in judged(stored, told(matter)):
        assert found.reasons == (), (event.seq, event.kind, event.data)
        assert set(found.skipped) <= {"original-kept"}


@SELDOM
@given(st.data(), NAMES)
def test_so_it_is_where_no_date_is_counted_again(data: st.DataObject, name: str) -> None:
    matter = lived(data, name)
    matter.sweep()
    for event, found in judged(matter.events, told(matter, thorough=False)):
        assert found.reasons == (), (event.seq, event.kind, event.data)


def other_account(chance: Random, event: Event) -> Event | None:
    """The same act by somebody who has no part in the ticket."""
    return event._replace(actor=AUDITOR.name, role=AUDITOR.role, unit=None) if event.kind != "handed-over" else None


def other_role(chance: Random, event: Event) -> Event | None:
    """The same account with a role that it has not."""
    return event._replace(role="admin" if event.role != "admin" else "leader")


def other_trigger(chance: Random, event: Event) -> Event | None:
    return event._replace(data={**event.data, "trigger": "pardon"}) if event.kind == "did" else None


def other_state(chance: Random, event: Event) -> Event | None:
    states = sorted({"assigned", "withdrawn", "verified", "found"} - {event.to_state})
    return event._replace(to_state=chance.choice(states))


def other_beginning(chance: Random, event: Event) -> Event | None:
    return event._replace(from_state="suspended") if event.from_state != "suspended" else None


def without_what_is_required(chance: Random, event: Event) -> Event | None:
    """What must be typed was not."""
    trigger = workflow("rectification").triggers.get(event.data.get("trigger", ""))
    required = [item.name for item in trigger.input if item.required("C") and item.name in event.data.get("given", ())] if trigger else []
    if not required:
        return None
    return event._replace(data={**event.data, "given": [name for name in event.data["given"] if name != required[0]]})


def with_a_foreign_effect(chance: Random, event: Event) -> Event | None:
    foreign = {"grants": [], "attempts": [], "final": True, "designated": True, "urged": 9, "standing": True, "endorsed": True}
    effects = event.data.get("effects") or {}
    name = chance.choice(sorted(foreign.keys() - effects.keys()))
    return event._replace(data={**event.data, "effects": {**effects, name: foreign[name]}})


def with_another_value(chance: Random, event: Event) -> Event | None:
    effects = event.data.get("effects") or {}
    moments = [name for name in effects if name.endswith("_at") and effects[name]]
    if not moments:
        return None
    later = stamp(moment(effects[moments[0]]) + timedelta(days=1))
    return event._replace(data={**event.data, "effects": {**effects, moments[0]: later}})


def without_an_effect(chance: Random, event: Event) -> Event | None:
    effects = dict(event.data.get("effects") or {})
    if not effects:
        return None
    effects.pop(chance.choice(sorted(effects)))
    return event._replace(data={**event.data, "effects": effects})


BENT = (
    other_account, other_role, other_trigger, other_state, other_beginning, without_what_is_required, with_a_foreign_effect,
    with_another_value, without_an_effect,
)


def moves_a_date(one: Event, other: Event) -> bool:
    """Whether events differ in dates of clocks, which only a thorough judge counts."""
    told, otherwise = ((event.data.get("effects") or {}) for event in (one, other))
    return any(told.get(name, "") != otherwise.get(name, "") for name in DATES)



@OFTEN
@given(st.data(), NAMES, st.sampled_from(BENT))
def test_a_bent_event_is_found(data: st.DataObject, name: str, bend: Callable[[Random, Event], Event | None]) -> None:
    matter = lived(data, name)
    chance = Random(data.draw(SEEDS, label="bend"))  # noqa: S311 – a walk, not a secret
    index = chance.randrange(len(matter.events))
    bent = bend(chance, matter.events[index])
    if bent is None:
        return
    known = told(matter, thorough=moves_a_date(bent, matter.events[index]) or data.draw(st.booleans(), label="thorough"))
    known.posts = {**known.posts, AUDITOR.name: Post(AUDITOR.role, None)}
    before = fold(matter.events[:index]) if index else None
    assert judge(bent, before, matter.events[:index], known).reasons, (bend.__name__, bent.kind)
