"""Laws that hold whatever people do and whenever they do it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.rules.acts.handover import HANDED_OVER
from engine.rules.acts.redaction import ERASED
from engine.rules.deadline import RESTS, RUNS, Deadline
from engine.rules.event import Event
from engine.rules.proof.chain import canonical, moment
from engine.rules.situation import Situation
from engine.rules.ticket import TICKET, Ticket, evolve, fold
from engine.rules.timing.climb import climb
from engine.rules.timing.lateness import lateness
from engine.rules.timing.rungs import counted_by
from engine.rules.timing.silence import SILENCE
from engine.rules.worktime import Calendar, late_days
from tests.rules.conftest import LEAD, LEAD_HEAD, OFFICE, PEOPLE, ROOT, Matter, china, local, workflow
from tests.rules.lives import GRADES, LAWFUL, NAMES, OFTEN, SEEDS, START, lived, step


@LAWFUL
@given(st.data(), NAMES)
def test_a_ticket_is_the_fold_of_the_stored_text_of_its_events_and_none_of_what_was_typed(data: st.DataObject, name: str) -> None:
    matter = lived(data, name)
    assert fold(matter.events) == matter.ticket
    assert [event.seq for event in matter.events] == list(range(1, len(matter.events) + 1))
    columns = TICKET.columns(matter.ticket, {})
    assert TICKET.read(columns) == TICKET.read_to_show(columns) == TICKET.read_to_write(columns) == matter.ticket
    stored, erased = [], {event.data["seq"] for event in matter.events if event.kind == ERASED}
    for event in matter.events:
        text = canonical(event.data)
        assert not any(word in text for word in ("依据事实", "录入错误", "更正后的标题", "企业开办材料重复提交"))
        assert bool(event.words) == (event.salt is not None) == ("words" in event.data and event.seq not in erased)
        assert set(event.data.get("effects", {})) <= set(TICKET.effects)
        stored.append(event._replace(data=json.loads(text)))
        assert canonical(stored[-1].data) == text
    assert fold(stored) == matter.ticket


def test_the_fold_does_not_even_import_workflows_calendars_or_the_machine() -> None:
    import subprocess
    import sys

    found = subprocess.run(
        [sys.executable, "-c", "import engine.rules.ticket, sys; print(*sorted(m for m in sys.modules if m.startswith('engine')))"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    ).stdout.split()
    values = {
        "deadline", "pause", "event", "ticket_facts", "ticket_number", "json_value", "proof", "proof.chain", "search_text", "ticket",
        "ticket_field", "loop", "loop.target", "loop.measurement", "loop.outcome",
    }
    assert set(found) == {"engine", "engine.rules", *(f"engine.rules.{name}" for name in values)}


@LAWFUL
@given(st.data(), NAMES)
def test_a_rung_and_each_of_its_repetitions_fire_at_most_once_an_epoch_and_never_before_their_time(
    data: st.DataObject, name: str,
) -> None:
    matter = lived(data, name)
    matter.sweep()
    assert matter.ticket.wake_at is None or matter.ticket.wake_at > matter.now, "after a sweep no alarm is in the past"
    assert matter.sweep() == []
    matter.now += timedelta(days=400)
    matter.sweep()
    epochs: dict[str, int] = {}
    for event in matter.events:
        for clock, node in event.data.get("effects", {}).get("deadlines", {}).items():
            if node is not None:  # that of a part whose unit has another name now
                assert node["epoch"] >= epochs.get(clock, 1), "epochs only grow"
                epochs[clock] = node["epoch"]
        if event.kind == "escalated":
            assert moment(event.data["scheduled_for"]) <= event.at
    fired = Counter(
        (event.data["clock"], event.data["epoch"], event.data["rung"], event.data.get("n"))
        for event in matter.events if event.kind == "escalated"
    )
    assert not [rung for rung, times in fired.items() if times > 1]
    assert matter.sweep() == []


@LAWFUL
@given(st.data(), NAMES)
def test_an_open_ticket_has_an_alarm_the_earliest_of_its_deadlines_and_the_end_has_none(data: st.DataObject, name: str) -> None:
    ticket, matter = None, lived(data, name)
    for event in matter.events:
        ticket = evolve(ticket, event)
        alarms = [deadline.next_at for deadline in ticket.deadlines.values() if deadline.state == RUNS]
        assert None not in alarms, "every clock that runs will ring"
        assert ticket.wake_at == min((at for at in alarms if at), default=None)
        assert (ticket.wake_at is None) == ticket.final == matter.pinned(ticket).states[ticket.state].final, event
        assert not ticket.final or (ticket.turn, ticket.request) == (None, None)
        assert SILENCE.name not in ticket.deadlines, "a shipped workflow needs no clock of last resort"
        assert ticket.lead not in ticket.cooperators


def test_lives_hold_what_happens_to_tickets_of_an_office() -> None:
    """Laws say something of what happens in the lives that they are asked of."""
    kinds = Counter[str]()
    for seed in range(40):
        chance, matter = Random(seed), Matter(START, workflow("rectification"), china())  # noqa: S311 – a walk, not a secret
        matter.open(grade="B", lead="SCJGJ", cooperators=("SWJ",))
        for _ in range(20):
            step(chance, matter)
        kinds.update(event.kind for event in matter.events)
    assert {"did", "escalated", "amended", "rescheduled", "handed-over", "migrated", "erased"} <= kinds.keys()
    assert kinds["migrated"] > 10 and kinds["erased"] > 10, kinds


def planned(events: list[Event]) -> set[tuple[str, int, str, str]]:
    """What fired and for when; repetitions aside, since of missed ones only the last fires."""
    return {
        (event.data["clock"], event.data["epoch"], event.data["rung"], event.data["scheduled_for"])
        for event in events if event.kind == "escalated" and "n" not in event.data
    }


def swept(matter: Matter, moments: list[datetime]) -> tuple[set[tuple[str, int, str, str]], Ticket]:
    events: list[Event] = []
    ticket = matter.ticket
    for now in moments:
        fired, ticket = climb(Situation(matter.definition, ticket, OFFICE, now, matter.calendar), PEOPLE)
        events += fired
    return planned(events), ticket


@settings(max_examples=OFTEN.max_examples * 15 // 100)
@given(st.data(), NAMES)
def test_sweeping_every_day_of_a_year_and_once_at_its_end_fire_the_same_rungs(data: st.DataObject, name: str) -> None:
    matter = lived(data, name, steps=4)
    assume(matter.ticket.wake_at is not None)
    days = [matter.now + timedelta(days=day) for day in range(367)]
    daily, by_day = swept(matter, days)
    once, at_once = swept(matter, days[-1:])
    assert daily == once
    assert by_day.version > matter.ticket.version, "a year is never silent"
    assert (by_day.state, by_day.level, by_day.acted_level, by_day.wake_at) == (
        at_once.state, at_once.level, at_once.acted_level, at_once.wake_at,
    )
    assert by_day.deadlines == at_once.deadlines  # also how often the last rungs came round


@pytest.mark.parametrize("grade", ["A", "B", "C"])
@pytest.mark.parametrize("state", ["found", "assigned", "rectifying", "submitted"])
def test_day_by_day_and_one_leap_over_2020_agree(grade: str, state: str) -> None:
    matter = Matter(local("2020-01-02T09:00"), workflow("rectification"), china()).open(grade=grade)
    for trigger, actor, words, to in [
        ("assign", OFFICE, {}, "assigned"), ("accept", LEAD, {}, "rectifying"), ("endorse", LEAD_HEAD, {}, "rectifying"),
        ("submit", LEAD, {"note": "x"}, "submitted"),
    ]:
        if matter.ticket.state != state:
            matter.do(trigger, actor, words, **({"lead": "SCJGJ"} if trigger == "assign" else {}))
            assert matter.ticket.state == to
    days = [local("2020-01-02T09:00") + timedelta(days=day) for day in range(365)]
    daily, _ = swept(matter, days)
    once, _ = swept(matter, days[-1:])
    assert daily == once
    assert len(daily) == {"found": 2, "assigned": 8, "rectifying": 7, "submitted": 2}[state]


class Change(NamedTuple):
    """One event of a life: the ticket before and after it, since when it stood as before, the moment of the event, the calendar in force
    after it and since when, and the units that led the ticket until then.
    """

    before: Ticket
    event: Event
    after: Ticket
    since: datetime
    now: datetime
    calendar: Calendar
    loaded_at: datetime
    leads: frozenset[str | None]

    def late(self, ticket: Ticket, now: datetime) -> int:
        return lateness(ticket, now, self.calendar) or 0

    @property
    def late_before(self) -> int:
        """How late it was before the event; of what stands still not less than by the calendar in force, which may say that a day which
        has passed was worked.
        """
        kept, promise = self.late(self.before, self.now), self.before.promise
        if promise is None or promise.stopped_at is None:
            return kept
        by_now = late_days(promise.late_at(self.before.request), promise.stopped_at, self.calendar.of(self.before.lead))
        return max(kept, by_now) if kept else 0

    def same_days_since(self, moment: datetime | None) -> bool:
        """Whether the days by which a date was counted are those in force: no calendar came since, and no unit with other days led it."""
        alike = all(self.calendar.of(lead) == self.calendar.of(self.after.lead) for lead in self.leads)
        return alike and moment is not None and moment > self.loaded_at

    @property
    def counted_alike(self) -> bool:
        """Whether the days of the unit that leads it are the same before and after: another unit may have days of its own."""
        return self.calendar.of(self.before.lead) == self.calendar.of(self.after.lead)

    @property
    def of_a_unit(self) -> bool:
        return self.event.role in ("contact", "head")


def changes(data: st.DataObject, name: str) -> Iterator[Change]:
    """The life of a ticket, event by event."""
    chance = Random(data.draw(SEEDS, label="seed"))  # noqa: S311 – a walk, not a secret
    matter = Matter(START, workflow(name), china())
    matter.open(grade=chance.choice(GRADES[name]), lead="SCJGJ", cooperators=chance.choice([(), ("SWJ",), ("SWJ", "GAJ")]))
    loaded_at, leads = START - timedelta(days=1), frozenset({matter.ticket.lead})
    for _ in range(data.draw(st.integers(10, 30), label="steps")):
        ticket, since, seen, calendar = matter.ticket, matter.now, len(matter.events), matter.calendar
        step(chance, matter)
        loaded_at = loaded_at if calendar is matter.calendar else matter.now
        for event in matter.events[seen:]:
            after = evolve(ticket, event)
            leads |= {after.lead}
            yield Change(ticket, event, after, since, matter.now, matter.calendar, loaded_at, leads)
            ticket = after


@OFTEN
@given(st.data(), NAMES)
def test_nothing_the_office_does_or_leaves_undone_makes_a_unit_late(data: st.DataObject, name: str) -> None:
    for change in changes(data, name):
        before, after = change.before, change.after
        if before.submitted or before.returns_to or before.final:  # the office may take its time
            assert change.late(before, change.now) == change.late(before, change.since)
        if before.request is not None and before.request.at < (before.promised_at or before.request.at):
            assert change.now >= before.request.to or change.late(before, change.now) == 0
        if not change.of_a_unit and change.event.data.get("trigger") != "refuse":  # refused, the date is what it always was
            assert change.late_before > 0 or change.late(after, change.now) == 0
            assert change.late(after, change.now) <= change.late_before or not change.counted_alike


@OFTEN
@given(st.data(), NAMES)
def test_lateness_survives_every_pause(data: st.DataObject, name: str) -> None:
    """From the opening to the last reopening: what goes on in the same epoch is as late as it stopped. A calendar that came meanwhile may
    make it less late, and never earlier due.
    """
    for change in changes(data, name):
        old, new = change.before.promise, change.after.promise
        if old is None or new is None or (old.state, new.state, new.epoch) != (RESTS, RUNS, old.epoch) or not change.counted_alike:
            continue
        late = change.late(change.after, change.now)
        assert late <= change.late_before and new.due_at >= old.due_at
        assert late == change.late(change.before, change.now) or not change.same_days_since(old.stopped_at)


@OFTEN
@given(st.data(), NAMES)
def test_every_clock_goes_on_as_late_as_it_stopped(data: st.DataObject, name: str) -> None:
    """The lead's, a part, a review, an answer to a leader, the office's own: whoever was not late is not, and whoever was is as late."""
    for change in changes(data, name):
        for clock, new in change.after.deadlines.items():
            old = change.before.deadlines.get(clock)
            if old is None or (old.state, new.state, new.epoch) != (RESTS, RUNS, old.epoch) or not change.counted_alike:
                continue
            days = counted_by(new.of, new.unit, change.calendar.of(change.after.lead))
            stopped, late = late_days(old.due_at, old.stopped_at or change.now, days), late_days(new.due_at, change.now, days)
            lead = change.after.promise
            bound = new.unit is not None and lead is not None and new.due_at == lead.due_at  # no part is due after the lead
            assert late == stopped or bound or not change.same_days_since(old.stopped_at), clock
            assert stopped or not late or bound, clock


@OFTEN
@given(st.data(), NAMES)
def test_no_rung_lies_inside_a_time_in_which_its_clock_stood_still(data: st.DataObject, name: str) -> None:
    """By the moments of the events, not by what a deadline remembers of its pauses."""
    matter = lived(data, name)
    matter.now += timedelta(days=200)
    matter.sweep()
    stopped: dict[str, tuple[int, datetime]] = {}
    pauses: dict[tuple[str, int], list[tuple[datetime, datetime]]] = {}
    for event in matter.events:
        if event.kind == HANDED_OVER:
            old, new = event.data["unit"]
            for clock in [clock for clock in stopped if clock.endswith(f":{old}")]:
                stopped[clock.replace(old, new)] = stopped.pop(clock)
            pauses |= {(clock.replace(old, new), epoch): spans for (clock, epoch), spans in pauses.items()}
        for clock, node in event.data.get("effects", {}).get("deadlines", {}).items():
            deadline = Deadline.from_json(node) if node is not None else None
            if deadline is not None and deadline.state == RESTS:
                stopped.setdefault(clock, (deadline.epoch, event.at))
            elif clock in stopped:
                epoch, since = stopped.pop(clock)
                if deadline is not None and deadline.epoch == epoch:
                    pauses.setdefault((clock, epoch), []).append((since, event.at))
        if event.kind == "escalated":
            at = moment(event.data["scheduled_for"])
            inside = [span for span in pauses.get((event.data["clock"], event.data["epoch"]), []) if span[0] < at < span[1]]
            assert not inside, (event.data["clock"], event.data["rung"], event.data.get("n"))


@OFTEN
@given(st.data(), NAMES)
def test_every_open_deadline_names_a_unit_that_holds_that_role(data: st.DataObject, name: str) -> None:
    """Whatever was merged, declined, handed to another or taken back."""
    matter, ended, ticket = lived(data, name), set(), None
    for event in matter.events:
        ticket = evolve(ticket, event)
        ended |= {event.data["unit"][0]} if event.kind == HANDED_OVER else set()
        nobody_yet = matter.pinned(ticket).states[ticket.state].turn == "office"  # to be assigned: a limit may run already
        assert ticket.turn != "lead" or ticket.lead is not None
        assert not ended & {ticket.lead, *ticket.cooperators} or ticket.final
        for item in ticket.deadlines.values():
            if item.state not in (RUNS, RESTS):
                continue
            if item.unit is not None:
                assert item.unit in ticket.cooperators and item.unit not in ticket.signed, item.clock
            elif item.of != "office":
                assert ticket.lead is not None or nobody_yet or ticket.final, item.clock


@LAWFUL
@given(st.data(), NAMES)
def test_the_row_says_how_late_a_unit_is_or_since_when(data: st.DataObject, name: str) -> None:
    """Lists ask two columns and no calendar: `late_days` of what stopped, `late_at` of what runs."""
    for change in changes(data, name):
        ticket = change.after
        assert ticket.late_days is None or ticket.late_at is None
        said = (ticket.late_days or 0) > 0 or (ticket.late_at is not None and ticket.late_at <= change.now)
        assert said == (change.late(ticket, change.now) > 0)
        assert [item.attempt for item in ticket.attempts] == sorted({item.attempt for item in ticket.attempts})
        if change.event.data.get("trigger") == "submit":
            assert ticket.on_time == (None if ticket.late_days is None else ticket.late_days == 0)


MINUTES = st.integers(0, 60 * 24 * 30)


@LAWFUL
@given(st.sampled_from(["A", "B", "C"]), MINUTES, MINUTES, MINUTES)
def test_a_suspension_leaves_whoever_is_late_as_late_and_whoever_is_not_a_close_to_end_at(
    grade: str, until: int, rested: int, again: int,
) -> None:
    matter = Matter(START, workflow("rectification"), china()).open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD)
    for pause in (until, again):
        matter.now += timedelta(minutes=pause)
        matter.sweep()
        before = matter.ticket.deadlines["rectify"]
        stopped, late = matter.now, late_days(before.due_at, matter.now, china())
        matter.do("suspend", OFFICE, {"reason": "等待"})
        matter.now += timedelta(minutes=rested)
        matter.do("resume").sweep()
        after = matter.ticket.deadlines["rectify"]
        assert after.due_at == china().close(china().local_day(after.due_at))
        assert (after.epoch, before.due_at <= after.due_at) == (1, True)
        assert late_days(after.due_at, matter.now, china()) == late
        fired = [moment(event.data["scheduled_for"]) for event in matter.events if event.kind == "escalated"]
        assert not [at for at in fired if stopped < at < matter.now]
