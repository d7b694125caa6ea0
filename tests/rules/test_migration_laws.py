"""Laws of going over to another version of a workflow, over lives of random acts."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from engine.rules.deadline import RESTS, RUNS, VOID
from engine.rules.definition import Definition
from engine.rules.ticket import TICKET, Ticket, fold
from engine.rules.timing.lateness import lateness
from tests.rules.conftest import workflow
from tests.rules.lives import NAMES, OFTEN, SEEDS, act, lived, step
from tests.rules.versions import edited, names_between


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
    to = edited(workflow(name), chance)
    matter.sweep()
    assume(not matter.ticket.final)
    before, late = matter.ticket, lateness(matter.ticket, matter.now, matter.calendar)
    states = names_between(matter.definition, to, workflow(name))
    matter.migrate(to, states)
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
        lawful(matter.ticket, matter.definition)
    assert fold(matter.events) == matter.ticket == TICKET.read(TICKET.columns(matter.ticket, {}))


@OFTEN
@given(st.data(), NAMES, SEEDS)
def test_no_rung_fires_twice_in_an_epoch_however_often_the_version_changes(data: st.DataObject, name: str, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 – a walk, not a secret
    matter = lived(data, name)
    base = workflow(name)
    for _ in range(3):
        for to in (edited(base, chance), base):
            matter.sweep()
            if not matter.ticket.final:
                matter.migrate(to, names_between(matter.definition, to, base))
            for _ in range(chance.randint(0, 2)):
                act(chance, matter)
    fired = Counter(
        (event.data["clock"], event.data["epoch"], event.data["rung"], event.data.get("n"))
        for event in matter.events if event.kind == "escalated"
    )
    assert not [rung for rung, times in fired.items() if times > 1]
    assert fold(matter.events) == matter.ticket
