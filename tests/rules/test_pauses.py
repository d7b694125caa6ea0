"""Pauses and extensions, compared with the slow model over random calendars and random sequences of acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.rules.access import Actor
from engine.rules.acts.decide import assess
from engine.rules.acts.handover import Succession, to_unit
from engine.rules.deadline import RESTS, RUNS
from engine.rules.event import Event
from engine.rules.proof.chain import moment
from engine.rules.ticket import evolve
from engine.rules.timing.clocks import BLUE, RED, amount_of, ladder_of, light, passed_on, rest, resume, start
from engine.rules.timing.lateness import lateness
from engine.rules.worktime import Calendar, Day, Pause, closes, due, late_days
from tests.rules.conftest import LEAD, LEAD_HEAD, OFFICE, OTHER, Matter, china, local, workflow
from tests.rules.slow import LEAST, Office, Promise
from tests.rules.test_worktime_laws import calendars, moments

Make = Callable[..., Matter]
BEGIN = date(2018, 1, 1)
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu"]
REASON = {"reason": "等待省级系统上线", "approved_by": "单位负责人"}
REASON_TO_WAIT = {"reason": "等待省级系统上线"}
AMOUNTS = {"C": "5 working days", "B": "15 working days"}


@st.composite
def offices(draw: st.DrawFn) -> Office:
    """Any office: hours to the minute between six in the morning and eleven at night, its own weekends and special days."""
    marks = sorted(draw(st.sets(st.integers(6 * 60, 23 * 60), min_size=2, max_size=6)))
    hours = tuple(zip(marks[::2], marks[1::2], strict=False))
    special = draw(st.dictionaries(st.dates(BEGIN, BEGIN + timedelta(days=500)), st.booleans(), max_size=40))
    return Office(
        draw(st.sampled_from(ZONES)), hours, draw(st.frozensets(st.integers(0, 6), max_size=5)),
        frozenset(day for day, worked in special.items() if not worked), frozenset(day for day, worked in special.items() if worked),
    )


def calendar_of(office: Office) -> Calendar:
    """The same as the engine takes it."""

    def clock(minute: int) -> str:
        return f"{minute // 60:02d}:{minute % 60:02d}"

    return Calendar(
        "试", office.zone, tuple((clock(begin), clock(end)) for begin, end in office.hours), office.weekend,
        {**{day: Day("rest") for day in office.off}, **{day: Day("work") for day in office.on}},
    )


def done(matter: Matter, trigger: str, actor: Actor = OFFICE, **given: datetime) -> bool:
    """Does it if it is possible."""
    words = {name: text for name, text in REASON.items() if workflow("rectification").triggers[trigger].takes(name)}
    outcome = matter.attempt(trigger, actor, words | ({"note": "已改"} if trigger == "submit" else {}), **given)
    if not isinstance(outcome, Event):
        return False
    matter.events.append(outcome)
    matter.ticket = evolve(matter.ticket, outcome)
    return True


def later(model: Promise) -> st.SearchStrategy[datetime]:
    """Some time on; often just before, at, or just after a moment at which something changes."""
    coming = [model.date_of(rung) for rung in model.waiting] or [model.date_again(model.again + turn) for turn in (1, 2)]
    marks = [model.due, *coming, *([model.request[1]] if model.request else [])]
    near = [mark + timedelta(minutes=aside) for mark in marks for aside in (-1, 0, 1)]
    some = st.integers(0, 60 * 24 * 12).map(lambda minutes: model.now + timedelta(minutes=minutes))
    ahead = [mark for mark in near if mark >= model.now]
    return st.one_of(st.sampled_from(ahead), st.sampled_from(ahead), some) if ahead else some


def step(data: st.DataObject, matter: Matter, model: Promise) -> None:
    """One act, on both. What one refuses the other refuses."""
    matter.now = model.now = data.draw(later(model), label="now")
    # whoever acts finds what was due fired: the watch runs all the time
    matter.sweep()
    model.sweep()
    state = matter.ticket.state
    acts = {
        "rectifying": ["suspend", "submit", "request-extension", "grant", "refuse"], "submitted": ["suspend", "reject"],
        "suspended": ["resume"],
    }[state]
    act = data.draw(st.sampled_from(acts), label="act")
    to = model.office.close(model.office.walk(model.office.day_of(max(model.due, model.now)), data.draw(st.integers(1, 20), label="days")))
    if act == "suspend":
        if done(matter, "suspend"):
            model.rest()
        else:
            assert model.request is not None
    elif act == "submit":
        done(matter, "endorse", LEAD_HEAD)
        assert done(matter, "submit", LEAD)
        model.rest()
    elif act == "reject":
        assert done(matter, "reject")
        model.go_on(LEAST[model.grade])
    elif act == "resume":
        goes_on = matter.ticket.returns_to == "rectifying"
        asked = goes_on and model.asks_for_a_date()
        assert done(matter, "resume") is not asked
        if asked:
            assert done(matter, "resume", due=to)
            model.go_on_by(to)
        elif goes_on:
            model.go_on()
    elif act == "request-extension":
        allowed = model.may_ask(to)
        assert done(matter, act, LEAD, to=to) is allowed
        if allowed:
            model.ask(to)
    elif act == "grant":
        given = data.draw(st.sampled_from([None, to]), label="another date")
        allowed = model.may_grant(given)
        assert done(matter, act, **({"to": given} if given else {})) is allowed
        if allowed:
            model.grant(given)
    elif done(matter, "refuse"):
        model.refuse()
    matter.sweep()
    model.sweep()


def agree(matter: Matter, model: Promise) -> None:
    deadline = matter.ticket.deadlines["rectify"]
    assert deadline.due_at == model.due
    assert (deadline.epoch, deadline.state == RESTS, deadline.level) == (model.epoch, model.resting, model.level)
    assert deadline.stopped_at == model.stopped
    assert lateness(matter.ticket, matter.now, matter.calendar) == model.late()
    assert [
        (event.data["epoch"], event.data["rung"], moment(event.data["scheduled_for"]), event.data.get("ours", False),
         event.data.get("n", 0), event.data.get("missed", 0))
        for event in matter.events if event.kind == "escalated" and event.data["clock"] == "rectify"
    ] == model.log


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), offices(), st.sampled_from(["A", "B", "C"]), st.integers(0, 60 * 24 * 300))
def test_any_pauses_and_extensions_agree_with_a_slow_model(data: st.DataObject, office: Office, grade: str, begin: int) -> None:
    start = datetime(2018, 1, 2, tzinfo=local("2018-01-02T00:00").tzinfo) + timedelta(minutes=begin)
    matter = Matter(start, workflow("rectification"), calendar_of(office)).open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD)
    model = Promise(office, grade, start)
    agree(matter, model)
    for _ in range(data.draw(st.integers(1, 12), label="steps")):
        step(data, matter, model)
        agree(matter, model)


# What the office decided ----------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(rectifying: Matter) -> Matter:
    """Due on 10-09; more time was asked for that morning, to be answered by 10-12 (10-10 was worked)."""
    return rectifying.at("2020-10-09T09:00").do("request-extension", LEAD, {"reason": "x"}, to=local("2020-10-14T18:00"))


def test_a_timely_request_holds_the_rungs_for_the_limit_to_answer_and_not_longer(waiting: Matter) -> None:
    waiting.at("2020-10-12T17:59").sweep()
    assert waiting.fired() == [("reminder", "2020-09-29")]
    waiting.at("2020-10-12T18:00").sweep()
    assert waiting.fired("answer") == [("office-due", "2020-10-12")]
    assert waiting.fired() == [("reminder", "2020-09-29"), ("urging", "2020-10-09")]


def test_after_our_limit_the_alarms_are_ours_and_blame_nobody(waiting: Matter) -> None:
    waiting.at("2020-10-22T18:00").sweep()
    ours = [event for event in waiting.events if event.data.get("ours")]
    assert [(event.data["rung"], event.data["level"], event.data["act"], event.data["recipients"]) for event in ours] == [
        (rung, 0, "notify", ["office", "leader"]) for rung in ("urging", "supervision-letter", "circular", "interview")
    ]
    assert all("letter" not in event.data for event in ours)
    assert {(event.at, event.from_state, event.to_state) for event in ours} == {(waiting.now, "rectifying", "rectifying")}
    ticket = waiting.ticket
    assert (ticket.level, ticket.acted_level, ticket.proposals, light(ticket, waiting.now)) == (0, 0, (), BLUE)
    later = waiting.at("2021-10-22T18:00").sweep()
    assert [(event.data["act"], event.data["recipients"]) for event in later] == [("notify", ["office", "leader"])] * len(later)
    assert {event.data["level"] for event in later} == {0}


def test_a_late_grant_leaves_no_trace_on_the_unit(waiting: Matter) -> None:
    waiting.at("2020-10-13T18:00").sweep()
    waiting.do("grant")
    promise = waiting.ticket.deadlines["rectify"]
    assert (promise.epoch, promise.due_at, promise.level, promise.ours, promise.skipped) == (
        2, local("2020-10-14T18:00"), 0, (), ("reminder",),
    )
    assert waiting.sweep() == []


def test_a_late_refusal_makes_the_rungs_the_unit_s_each_with_its_own_date_in_a_new_epoch(waiting: Matter) -> None:
    waiting.at("2020-10-13T18:00").sweep()
    waiting.do("refuse", OFFICE, {"reason": "x"}).sweep()
    fired = [
        (event.data["epoch"], event.data["rung"], event.data["level"]) for event in waiting.events
        if event.kind == "escalated" and event.data["clock"] == "rectify"
    ]
    assert fired == [
        (1, "reminder", 0), (1, "urging", 0), (1, "supervision-letter", 0), (2, "urging", 1), (2, "supervision-letter", 2),
    ]
    assert waiting.ticket.promised_at == local("2020-10-09T18:00")
    assert (waiting.ticket.level, light(waiting.ticket, waiting.now)) == (2, RED)
    assert [item.epoch for item in waiting.ticket.proposals] == [2]


def test_a_request_is_asked_before_the_due_moment(rectifying: Matter) -> None:
    to = local("2020-10-14T18:00")
    assert rectifying.at("2020-10-09T18:00").reasons("request-extension", LEAD, {"reason": "x"}, to=to) == {"due-past"}
    assert rectifying.at("2020-10-09T17:59").do("request-extension", LEAD, {"reason": "x"}, to=to).ticket.request


@pytest.mark.parametrize(("grade", "first", "last"), [
    ("C", "2020-10-09", "2020-10-15"), ("B", "2020-10-22", "2020-11-12"), ("A", "2020-10-26", "2020-11-26"),
])
def test_a_grade_s_cap_is_reached_to_the_minute_and_no_further(matter: Make, grade: str, first: str, last: str) -> None:
    case = matter().open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD)
    assert case.ticket.promised_at == local(f"{first}T18:00")
    assert case.reasons("request-extension", LEAD, REASON, to=local(f"{last}T18:01")) == {"beyond-cap"}
    case.do("request-extension", LEAD, REASON, to=local(f"{last}T18:00"))
    assert case.reasons("grant", to=local(f"{last}T18:01")) == {"beyond-cap"}
    case.do("grant", to=local(f"{last}T18:00"))
    more = {"cap-reached"} if grade != "C" else {"cap-reached", "extensions-used"}
    assert case.reasons("request-extension", LEAD, REASON, to=local(f"{last}T18:01")) == more
    asking = assess(case.situation(LEAD), case.definition.triggers["request-extension"])
    assert more <= {reason.code for reason in asking.reasons}, "whatever date is named"


@pytest.fixture
def dated(matter: Make) -> Matter:
    """A person set the date: noon of Monday, 12 October."""
    return matter().open().do("assign", lead="SCJGJ", due=local("2020-10-12T12:00")).do("accept", LEAD)


def test_a_date_that_a_person_set_does_not_move_through_a_pause_before_it(dated: Matter) -> None:
    dated.at("2020-09-28T10:00").do("suspend", OFFICE, {"reason": "x"}).at("2020-10-09T10:00").do("resume")
    promise = dated.ticket.deadlines["rectify"]
    assert (promise.state, promise.due_at, promise.epoch) == (RUNS, local("2020-10-12T12:00"), 1)


def test_a_date_that_a_person_set_and_that_passed_in_the_pause_is_asked_for_anew(dated: Matter) -> None:
    dated.at("2020-09-28T10:00").do("suspend", OFFICE, {"reason": "x"}).at("2020-10-20T10:00")
    assert dated.reasons("resume") == {"date-in-pause"}
    assert dated.reasons("resume", due=local("2020-10-12T18:00")) == {"date-past"}
    promise = dated.do("resume", due=local("2020-10-23T18:00")).ticket.deadlines["rectify"]
    assert (promise.state, promise.due_at, promise.epoch) == (RUNS, local("2020-10-23T18:00"), 2)


def test_a_date_that_a_person_set_and_that_had_passed_stays_as_late_as_it_was(dated: Matter) -> None:
    dated.at("2020-10-13T10:00").do("suspend", OFFICE, {"reason": "x"}).at("2020-10-20T10:00").do("resume")
    assert late_days(dated.ticket.deadlines["rectify"].due_at, dated.now, china()) == 2


def test_a_date_that_a_person_set_on_a_sunday_is_as_late_after_a_pause_too(matter: Make) -> None:
    """Late on Sunday, 11 October, and five closes of the week before the next Monday: it moves to a close, since a Sunday has none."""
    case = matter().open().do("assign", lead="SCJGJ", due=local("2020-10-11T12:00")).do("accept", LEAD)
    case.at("2020-10-19T10:00").do("suspend", OFFICE, {"reason": "x"})
    before = lateness(case.ticket, case.now, china())
    case.at("2020-10-26T10:00").do("resume")
    assert case.ticket.promised_at == local("2020-10-16T18:00")
    assert before == lateness(case.ticket, case.now, china()) == 6


@pytest.mark.parametrize(("due_at", "stopped", "resumed", "goes_on_to"), [
    ("2020-10-17T18:00", "2020-10-17T10:00", "2020-10-18T10:00", "2020-10-19T18:00"),  # a Saturday, on which nothing closes
    ("2020-10-14T12:00", "2020-10-14T10:00", "2020-10-14T15:00", "2020-10-14T18:00"),  # at noon, before anything closed
    ("2020-10-14T12:00", "2020-10-14T10:00", "2020-10-15T10:00", "2020-10-15T12:00"),
    ("2020-10-14T12:00", "2020-10-14T10:00", "2020-10-15T12:00", "2020-10-15T18:00"),
    ("2020-10-14T12:00", "2020-10-14T12:00", "2020-10-14T15:00", "2020-10-14T12:00"),  # late already when it stopped
])
def test_a_date_that_fell_inside_a_pause_which_asks_for_none_makes_nobody_late(
    matter: Make, due_at: str, stopped: str, resumed: str, goes_on_to: str,
) -> None:
    """An appeal stops the clock, and whoever dismisses it names no date."""
    case = matter(name="bad-review").open(grade=None, lead="SCJGJ", due=local(due_at))
    case.at("2020-09-26T10:00").do("call-back", LEAD, {"note": "x"})
    case.at(stopped).do("appeal", LEAD, {"reason": "x"})
    late = lateness(case.ticket, case.now, case.calendar)
    case.at(resumed).do("dismiss", OFFICE, {"reason": "x"})
    assert case.ticket.promised_at == local(goes_on_to)
    assert lateness(case.ticket, case.now, case.calendar) == late == (stopped == due_at)


@settings(deadline=None)
@given(moments, st.timedeltas(-timedelta(days=20), timedelta(days=40)), st.timedeltas(timedelta(0), timedelta(days=40)), calendars)
@example(local("2020-03-09T08:00"), timedelta(0), timedelta(hours=10), china())
@example(local("2020-03-09T12:00"), timedelta(hours=1), timedelta(hours=6), china())
@example(local("2020-03-07T18:00"), -timedelta(hours=1), timedelta(days=1), china())
def test_a_date_that_moves_by_the_closes_of_a_pause_leaves_whoever_is_late_as_late_and_nobody_else(
    due_at: datetime, late: timedelta, rested: timedelta, calendar: Calendar,
) -> None:
    """Law: on days of rest, before and after the hours, and where one day closes earlier than the other."""
    pause = Pause(due_at + late, due_at + late + rested)
    moved_to = passed_on(due_at, pause, closes(*pause, calendar), calendar)
    assert late_days(moved_to, pause.until, calendar) == late_days(due_at, pause.since, calendar)


def test_a_pause_is_no_lateness(matter: Make) -> None:
    """The office's own example: one day late when it stopped, one day late when it goes on, the next rung two working days later."""
    case = matter("2020-03-02T09:00").open().do("assign", lead="GAJ").do("accept", OTHER).at("2020-03-10T10:00")
    case.sweep()
    case.do("suspend", OFFICE, {"reason": "x"}).at("2020-05-11T10:00").do("resume").sweep()
    promise = case.ticket.deadlines["rectify"]
    assert late_days(promise.due_at, case.now, china()) == 1
    assert case.fired() == [("reminder", "2020-03-05"), ("urging", "2020-03-09")]
    assert promise.next_at == local("2020-05-13T18:00")
    assert not [event for event in case.events if "2020-03-10" < event.data.get("scheduled_for", "") < "2020-05-11"]


def test_a_due_date_of_days_is_a_close_after_a_pause_of_five_minutes(rectifying: Matter) -> None:
    before = rectifying.ticket.promised_at
    rectifying.at("2020-09-27T09:00").do("suspend", OFFICE, {"reason": "x"}).at("2020-09-27T09:05").do("resume")
    assert rectifying.ticket.promised_at == before


def test_a_suspension_that_names_its_end_rings_at_the_office_and_resumes_nothing(rectifying: Matter) -> None:
    rectifying.do("suspend", OFFICE, {"reason": "x"}, until=local("2020-10-20T18:00"))
    pause = rectifying.ticket.deadlines["pause"]
    assert (pause.state, pause.of, pause.due_at, rectifying.ticket.wake_at) == (
        RUNS, "office", local("2020-10-20T18:00"), local("2020-10-20T18:00"),
    )
    events = rectifying.at("2020-10-22T18:00").sweep()
    assert [(event.data["clock"], event.data["rung"]) for event in events] == [("pause", "office-due"), ("pause", "office-late")]
    assert (rectifying.ticket.state, light(rectifying.ticket, rectifying.now)) == ("suspended", BLUE)
    rectifying.do("resume")
    assert rectifying.ticket.deadlines["pause"].state == "ended"
    rectifying.do("suspend", OFFICE, {"reason": "y"}, until=local("2020-10-30T18:00"))
    assert (rectifying.ticket.deadlines["pause"].epoch, rectifying.ticket.deadlines["pause"].state) == (2, RUNS)
    rectifying.do("withdraw", OFFICE, {"reason": "x"})
    assert rectifying.ticket.wake_at is None


def test_a_suspension_ends_in_the_future(rectifying: Matter) -> None:
    assert rectifying.reasons("suspend", OFFICE, {"reason": "x"}, until=rectifying.now) == {"date-past"}


# A calendar that changes meanwhile ------------------------------------------------------------------------------------------


def worked(*days: str) -> Calendar:
    """The shipped calendar with more days worked: dates counted by it are earlier."""
    return replace(china(), days={**china().days, **{date.fromisoformat(day): Day("work", "加班") for day in days}})


@pytest.mark.parametrize(("grade", "due_on", "earlier_on", "stands_on"), [
    ("C", "2020-03-09", "2020-03-07", "2020-03-10"), ("B", "2020-03-23", "2020-03-20", "2020-03-24"),
])
@pytest.mark.parametrize("before", [True, False])
def test_a_pause_accepts_no_earlier_date_in_a_persons_place(
    matter: Make, grade: str, due_on: str, earlier_on: str, stands_on: str, before: bool,
) -> None:
    """Neither of a calendar that came before it and was kept, nor of one that came during it."""
    case = matter("2020-03-02T09:00").open(grade=grade).do("assign", lead="SCJGJ").do("accept", LEAD)
    calendar = worked("2020-03-07")
    assert case.calendar.local_day(due(case.now, amount_of(AMOUNTS[grade]), calendar).at).isoformat() == earlier_on
    if before:
        assert case.load(calendar).event is None
    case.at("2020-03-09T10:00").do("suspend", OFFICE, REASON_TO_WAIT)
    if not before:
        assert case.load(calendar).event is None
    case.at("2020-03-10T10:00").do("resume")
    promise = case.ticket.deadlines["rectify"]
    assert (promise.due_at, promise.calendar) == (local(f"{stands_on}T18:00"), china().version)
    assert lateness(case.ticket, case.now, case.calendar) == 0
    (move,) = [item for item in case.load(calendar, accept_earlier=True).moves if item.clock == "rectify"]
    assert move.way == "earlier" and move.old == promise.due_at, "it stays listed until somebody accepts it"
    assert case.ticket.deadlines["rectify"].calendar == calendar.version


def test_days_of_a_unit_that_another_one_was_merged_into_make_no_date_earlier_by_a_pause(rectifying: Matter) -> None:
    """The former unit had a day off before its date; the one that takes over had not."""
    rectifying.load(replace(china(), units={"SCJGJ": {date(2020, 9, 29): Day("rest", "停电")}}))
    promised = rectifying.ticket.promised_at
    event = to_unit(rectifying.ticket, Succession("SCJGJ", "FY", 12), OFFICE, rectifying.now, frozenset())
    assert event is not None
    rectifying.events.append(event)
    rectifying.ticket = evolve(rectifying.ticket, event)
    rectifying.do("suspend", OFFICE, REASON_TO_WAIT).do("resume")
    assert (rectifying.ticket.lead, rectifying.ticket.promised_at) == ("FY", promised)


def test_a_calendar_that_came_during_a_pause_makes_a_date_later(rectifying: Matter) -> None:
    rectifying.at("2020-09-28T10:00").do("suspend", OFFICE, REASON_TO_WAIT)
    calendar = replace(china(), days={**china().days, date(2020, 9, 29): Day("rest", "台风")})
    rectifying.load(calendar)
    rectifying.do("resume")
    promise = rectifying.ticket.deadlines["rectify"]
    assert (promise.due_at, promise.calendar) == (local("2020-10-10T18:00"), calendar.version)


def test_of_working_hours_too_the_date_that_stands_moves_by_the_open_time_of_the_pause(matter: Make) -> None:
    at = matter("2020-03-02T09:00").open().situation()
    clock = at.definition.clocks["accept"]
    deadline = start(at, clock, epoch=1, amount="6 working hours")
    assert deadline.due_at == local("2020-03-02T17:30")
    longer = replace(china(), hours=(("08:30", "12:00"), ("13:00", "18:00")))
    stopped = rest(deadline, local("2020-03-02T15:00"))
    again = resume(stopped, ladder_of(at.definition, clock), "C", local("2020-03-02T15:20"), longer)
    assert (again.due_at, again.calendar) == (local("2020-03-02T17:50"), china().version)
