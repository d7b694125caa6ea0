"""Laws of going over to another version of a workflow, over lives of random acts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.rules.acts.migration import migrate
from engine.rules.deadline import RESTS, RUNS, VOID
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.ticket import TICKET, Ticket, evolve, fold
from engine.rules.timing.lateness import lateness
from tests.rules.conftest import Matter, workflow
from tests.rules.test_laws import NAMES, OFTEN, SEEDS, lived, step
from tests.rules.test_migration import called

SHORTEN = {"1 working day": "0 working days", "2 working days": "1 working day"}
LENGTHEN = {"1 working day": "2 working days", "2 working days": "4 working days", "3 working days": "5 working days"}


def edited(base: Definition, chance: Random) -> tuple[Definition, dict[str, str]]:
    """Another version of a workflow: a state of another name, rungs on other days, other amounts, and a trigger more. And what the state
    was called.
    """
    name = chance.choice(list(base.states))
    renamed = called(name, f"{name}-anew", base)
    amounts = chance.choice((SHORTEN, LENGTHEN))
    later = chance.choice((1, 2, 4))
    ladders = {
        key: item._replace(rungs=tuple(
            rung._replace(at={grade: at + later if at > 0 else at for grade, at in rung.at.items()}) for rung in item.rungs
        )) for key, item in renamed.ladders.items()
    }
    clocks = {
        key: item._replace(amount={grade: amounts.get(amount, amount) for grade, amount in item.amount.items()})
        for key, item in renamed.clocks.items()
    }
    more = renamed.triggers["comment"]._replace(name="remark")
    other = replace(renamed, ladders=ladders, clocks=clocks, triggers={**renamed.triggers, "remark": more})
    return other.with_hash(), {name: f"{name}-anew"}


def gone_over(matter: Matter, to: Definition, states: dict[str, str]) -> Event:
    matter.sweep()  # what came due by the version before is its own, as at the desk
    event = migrate(matter.situation(), to, states, matter.events)
    assert isinstance(event, Event), event
    matter.events.append(event)
    matter.ticket, matter.definition = evolve(matter.ticket, event), to
    return event


def lawful(ticket: Ticket, definition: Definition) -> None:
    alarms = [item.next_at for item in ticket.deadlines.values() if item.state == RUNS]
    assert None not in alarms, "every clock that runs will ring"
    assert ticket.wake_at == min((at for at in alarms if at), default=None)
    assert (ticket.wake_at is None) == ticket.final == definition.states[ticket.state].final
    assert ticket.turn == definition.states[ticket.state].turn
    for name, item in ticket.deadlines.items():
        clock = definition.clocks.get(name.partition(":")[0])
        if item.state in (RUNS, RESTS) and clock is not None:
            assert (item.of, item.promise) == (clock.of, clock.promise)
            assert item.unit is None or item.unit in ticket.cooperators, "a part is of who cooperates"


@OFTEN
@given(st.data(), NAMES, SEEDS)
def test_every_open_ticket_goes_over_to_an_edited_version_and_lives_on_lawfully(data: st.DataObject, name: str, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 – a walk, not a secret
    matter = lived(data, name)
    assume(not matter.ticket.final)
    to, states = edited(workflow(name), chance)
    matter.sweep()
    assume(not matter.ticket.final)
    before, late = matter.ticket, lateness(matter.ticket, matter.now, matter.calendar)
    gone_over(matter, to, states)
    after = matter.ticket
    lawful(after, to)
    assert after.definition == to.hash and after.state == states.get(before.state, before.state)
    assert (after.promised_at, after.level, after.acted_level, after.proposals, after.request) == (
        before.promised_at, before.level, before.acted_level, before.proposals, before.request,
    )
    assert lateness(after, matter.now, matter.calendar) == late and after.on_time == before.on_time
    for clock, item in before.deadlines.items():
        now = after.deadlines[clock]
        assert now.due_at >= item.due_at and now.epoch == item.epoch and (now.state == item.state or now.state == VOID), clock
        assert now.next_at is None or item.next_at is None or now.next_at > matter.now or now.next_at == item.next_at, "nothing comes late"
    for _ in range(8):
        step(chance, matter)
        lawful(matter.ticket, to)
    assert fold(matter.events) == matter.ticket == TICKET.read(TICKET.columns(matter.ticket, {}))


@OFTEN
@given(st.data(), NAMES, SEEDS)
def test_no_rung_fires_twice_in_an_epoch_however_often_the_version_changes(data: st.DataObject, name: str, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 – a walk, not a secret
    matter = lived(data, name)
    base = workflow(name)
    for _ in range(3):
        matter.sweep()
        if matter.ticket.final:
            break
        to, states = edited(base, chance)
        back = {new: old for old, new in states.items()}
        gone_over(matter, to, states)
        for _ in range(chance.randint(0, 4)):
            step(chance, matter)
        matter.sweep()
        if matter.ticket.final:
            break
        gone_over(matter, base, back)
    fired = Counter(
        (event.data["clock"], event.data["epoch"], event.data["rung"], event.data.get("n"))
        for event in matter.events if event.kind == "escalated"
    )
    assert not [rung for rung, times in fired.items() if times > 1]
    assert fold(matter.events) == matter.ticket
