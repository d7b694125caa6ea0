"""An event is judged again by the rules by which it should have been written, as of its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.decide import decide
from engine.rules.acts.duplicates import kept, link, released, unlink
from engine.rules.acts.handover import Succession, to_account, to_unit
from engine.rules.acts.late_entry import Paper, enter
from engine.rules.acts.lost_key import LOST_ASKED, Vouched, lost_problems
from engine.rules.acts.migration import migrate
from engine.rules.acts.redaction import Appointment, ask, confirm
from engine.rules.definition import Guard
from engine.rules.event import Event
from engine.rules.judging.judge import judge, judge_entry
from engine.rules.judging.judgement import Judgement
from engine.rules.judging.known import Post
from engine.rules.loop.measurement import Measurement
from engine.rules.loop.standing import measure, relapse_of
from engine.rules.ticket import fold
from engine.rules.ticket_facts import Evidence
from engine.rules.timing.climb import set_aside
from engine.rules.worktime import WORK, Day
from tests.rules.conftest import LEAD, LEADER, OFFICE, OTHER, WATCH, Matter, local, workflow
from tests.rules.told import EVERYBODY, Told, judged, told
from tests.rules.versions import called

SCAN = Evidence("a" * 64, 10, "application/pdf")
SECOND = Actor("second", "supervisor", None, "test")
DEPUTY = Actor("other-lead", "contact", "SCJGJ", "test", "lead-contact")
POSTS = {**EVERYBODY, "second": Post("supervisor", None), "other-lead": Post("contact", "SCJGJ")}

Make = Callable[..., Matter]


def judge_last(matter: Matter, known: Told | None = None, **changes: Any) -> Judgement:
    """What is said of the ticket's last event, which some fields are changed of first."""
    event, before = matter.events[-1]._replace(**changes), matter.events[:-1]
    return judge(event, fold(before) if before else None, before, known or told(matter))


def codes(found: Judgement) -> list[str]:
    return [reason.code for reason in found.reasons]


def told_otherwise(event: Event, **facts: Any) -> Mapping[str, Any]:
    """The facts of an event with some told otherwise; None takes one away."""
    return {name: node for name, node in {**dict(event.data.items()), **facts}.items() if node is not None}


def says(matter: Matter, known: Told | None = None, **facts: Any) -> list[str]:
    """What is said of the last event if some of its facts are told otherwise."""
    return codes(judge_last(matter, known, data=told_otherwise(matter.events[-1], **facts)))


def added(matter: Matter, event: object) -> Matter:
    assert isinstance(event, Event), event
    matter.events.append(event)
    matter.ticket = fold(matter.events)
    return matter


def effects(matter: Matter, **more: Any) -> dict[str, Any]:
    return {**matter.events[-1].data["effects"], **more}


# -- who ----------------------------------------------------------------------------------------------------------------------


def test_what_a_person_did_as_who_he_was_is_lawful(rectifying: Matter) -> None:
    assert judge_last(rectifying) == Judgement()
    assert judge_last(rectifying, told(rectifying, tells_people=False)) == Judgement((), ("people",))


@pytest.mark.parametrize(("posts", "expected"), [
    ({}, "judged-account"), ({"lead-contact": Post("head", "SCJGJ")}, "judged-role"),
    ({"lead-contact": Post("contact", "GAJ")}, "judged-role"), ({"lead-contact": Post("contact", "SCJGJ", False)}, "judged-ended"),
    ({"lead-contact": Post("contact", "SCJGJ", valid_from=local("2021-01-01T00:00"))}, "judged-ended"),
    ({"lead-contact": Post("contact", "SCJGJ", valid_to=local("2020-09-25T09:00"))}, "judged-ended"),
])
def test_the_account_was_there_could_act_and_had_the_role_and_the_unit(
    rectifying: Matter, posts: Mapping[str, Post], expected: str,
) -> None:
    assert codes(judge_last(rectifying, told(rectifying, posts=posts))) == [expected]


def test_a_stand_in_is_entered_fits_and_has_not_ended(assigned: Matter) -> None:
    assigned.do("accept", DEPUTY)
    known = told(assigned, posts=POSTS, stand_ins=[("lead-contact", "other-lead")])
    assert judge_last(assigned, known) == Judgement()
    assert codes(judge_last(assigned, told(assigned, posts=POSTS))) == ["judged-stand-in"]
    elsewhere = told(assigned, posts={**POSTS, "other-lead": Post("contact", "GAJ")}, stand_ins=known.stand_ins)
    assert codes(judge_last(assigned, elsewhere)) == ["judged-stand-in"]
    gone = told(assigned, posts={**POSTS, "lead-contact": Post("contact", "SCJGJ", False)}, stand_ins=known.stand_ins)
    assert codes(judge_last(assigned, gone)) == ["judged-ended"]
    unknown = told(assigned, posts={"other-lead": POSTS["other-lead"]}, stand_ins=known.stand_ins)
    assert codes(judge_last(assigned, unknown)) == ["judged-account"]


def test_who_had_ended_before_an_entry_had_ended_whatever_date_an_event_after_it_bears(rectifying: Matter) -> None:
    ended_at = rectifying.now + timedelta(hours=1)
    known = told(rectifying, posts={"lead-contact": Post("contact", "SCJGJ", valid_to=ended_at)})
    assert judge_last(rectifying, known) == Judgement()
    known.no_earlier = ended_at
    assert codes(judge_last(rectifying, known)) == ["judged-ended"]


@pytest.mark.parametrize("changes", [{"actor": "office"}, {"unit": "SCJGJ"}])
def test_nobody_else_is_the_watch(assigned: Matter, changes: Mapping[str, Any]) -> None:
    assigned.at("2020-09-29T18:30").sweep()
    assert assigned.events[-1].role == "watch"
    assert judge_last(assigned) == Judgement()
    assert "judged-watch" in codes(judge_last(assigned, **changes))


# -- acts ---------------------------------------------------------------------------------------------------------------------


def test_a_trigger_that_the_definition_lacks(rectifying: Matter) -> None:
    assert says(rectifying, trigger="pardon") == ["no-such-trigger"]


def test_a_state_in_which_the_trigger_does_not_start(rectifying: Matter) -> None:
    assert says(rectifying, trigger="verify") [:2] == ["state-wrong", "not-yours"]
    assert codes(judge_last(rectifying, from_state="found")) == ["judged-state"]


def test_a_state_to_which_the_trigger_does_not_lead(rectifying: Matter) -> None:
    assert codes(judge_last(rectifying, to_state="verified")) == ["judged-state"]
    assert codes(judge_last(rectifying, told(rectifying, same_rules=False), to_state="verified")) == ["judged-state"]


def test_a_way_back_to_another_state_than_the_one_it_came_from(rectifying: Matter) -> None:
    rectifying.do("suspend", words={"reason": "x"}).do("resume")
    assert judge_last(rectifying) == Judgement()
    assert codes(judge_last(rectifying, to_state="submitted")) == ["judged-state"]


def test_what_is_required_was_given_also_when_nobody_knows_the_words_any_more(submitted: Matter) -> None:
    erased = {"words": None, "salt": None}
    assert judge_last(submitted, **erased) == Judgement()
    bare = told_otherwise(submitted.events[-1], given=[])
    assert codes(judge_last(submitted, data=bare)) == ["judged-fact", "input-missing"]
    assert codes(judge_last(submitted, data=bare, **erased)) == ["input-missing"]
    without_words = told_otherwise(submitted.events[-1], given=None, words=None)
    assert codes(judge_last(submitted, data=without_words, **erased)) == ["input-missing"]


def test_of_an_event_of_before_the_words_say_what_was_given_and_nobody_asks_what_they_were_once_they_are_gone(assigned: Matter) -> None:
    assigned.do("decline", LEAD, {"reason": "职责不符"}).do("assign", words={"basis": "三定"}, lead="GAJ", designate=True)
    before = told_otherwise(assigned.events[-1], given=None)
    assert judge_last(assigned, data=before) == Judgement()
    assert judge_last(assigned, data=before, words=None) == Judgement((), ("designate-with-basis", "designate-after-two-denials"))
    assert codes(judge_last(assigned, data=before, words={"note": "x"})) == ["basis-missing"]


@pytest.mark.parametrize(("effect", "value"), [("final", True), ("closed_as", "verified"), ("grants", []), ("signed", {"SWJ": None})])
def test_an_effect_that_the_trigger_may_not_write(rectifying: Matter, effect: str, value: object) -> None:
    bent = effects(rectifying, **{effect: value})
    assert says(rectifying, effects=bent) == ["judged-effect"]
    assert says(rectifying, told(rectifying, same_rules=False), effects=bent) == ["judged-effect"]


def test_an_effect_with_another_value_where_the_same_edition_of_the_rules_wrote_it(rectifying: Matter) -> None:
    bent = effects(rectifying, hands=["somebody"])
    assert says(rectifying, effects=bent) == ["judged-value"]
    assert says(rectifying, told(rectifying, same_rules=False), effects=bent) == []
    assert says(rectifying, happened_at="2020-09-25T01:00:00.000000Z") == ["judged-fact"]


def test_who_had_a_hand_in_it_does_not_verify_it(submitted: Matter) -> None:
    submitted.do("verify", SECOND)
    known = told(submitted, posts=POSTS)
    assert judge_last(submitted, known) == Judgement()
    by_hand = replace(known, posts={**POSTS, "lead-contact": Post("supervisor", None)})
    assert codes(judge_last(submitted, by_hand, actor="lead-contact")) == ["own-hands"]


def test_who_assigned_it_verifies_it_where_the_office_has_nobody_else(matter: Make) -> None:
    one = matter().open(grade="A").do("assign", lead="SCJGJ").do("accept", LEAD).do("endorse", LEAD, evidence=[SCAN])
    one.do("submit", LEAD, {"note": "x"}, [SCAN])
    alone = one.situation()._replace(alone=True)
    added(one, decide(alone, Command("verify", words={"note": "x"}, salt="salt")))
    assert judge_last(one) == Judgement()
    assert codes(judge_last(one, told(one, posts=POSTS))) == ["assigned-it-oneself"]
    assert judge_last(one, told(one, tells_people=False)) == Judgement((), ("people", "not-who-assigned"))


def test_what_is_a_duplicate_of_what_is_not_asked(rectifying: Matter) -> None:
    rectifying.do("withdraw", words={"reason": "重复"}, **{"as": "duplicate", "of": "ZG-2020-0002"})
    assert judge_last(rectifying) == Judgement((), ("original-kept",))
    assert says(rectifying, input={"as": "duplicate"}) == ["original-missing"]


def test_a_unit_that_had_ended_is_given_nothing(assigned: Matter) -> None:
    known = told(assigned, ended={"SWJ": None})
    assert codes(judge_last(assigned, known)) == ["judged-unit"]
    assert judge_last(assigned, replace(known, tells_units=False)) == Judgement((), ("units",))
    assigned.do("accept", LEAD)
    assert judge_last(assigned, known) == Judgement(), "what it had before, it keeps"
    assigned.do("withdraw", words={"reason": "x"})
    assert judge_last(assigned, known).reasons == (), "what is closed gives nobody anything to do"
    assigned.do("reinstate", words={"reason": "x"})
    assert codes(judge_last(assigned, known)) == ["judged-value", "judged-value", "judged-value", "judged-unit"]
    assert judge_last(assigned, replace(known, tells_units=False)).skipped == ("lead-in-force", "keeps-lead", "effects", "units")


def test_a_ticket_of_a_batch_is_assigned_to_it(matter: Make) -> None:
    one = matter().open()
    added(one, decide(one.situation(), Command("assign", {"lead": "SCJGJ"}, batch="ZG-2020-0001")))
    assert judge_last(one) == Judgement()
    assert judge_last(one, told(one, thorough=False)).reasons == ()
    one.do("accept", LEAD)
    assert says(one, effects=effects(one, batch="ZG-2020-0009")) == ["judged-effect"]


def test_what_is_given_is_of_a_kind_that_can_be_given(rectifying: Matter) -> None:
    rectifying.do("suspend", words={"reason": "x"}, until=rectifying.now + timedelta(days=3))
    assert judge_last(rectifying) == Judgement()
    assert says(rectifying, input={"until": {"year": 2020}}) == ["judged-form"]
    assert says(rectifying, input={"until": "soon"}) == ["judged-form"]
    assert says(rectifying, input={"until": None})[-1] == "judged-fact"


def test_an_event_of_another_calendar_that_may_have_been_in_force(rectifying: Matter) -> None:
    known = told(rectifying)
    other = replace(rectifying.calendar, days={**rectifying.calendar.days, local("2020-09-27T09:00").date(): Day(WORK, "x")})
    assert judge_last(rectifying, replace(known, known_calendars=[other, rectifying.calendar])) == Judgement()
    assert judge_last(rectifying, replace(known, known_calendars=[])) == Judgement((), ("effects",))


def test_a_later_program_names_rules_that_nobody_knows_here(rectifying: Matter) -> None:
    triggers = rectifying.definition.triggers
    more = triggers["accept"]._replace(guards=(Guard("of-a-later-time"),))
    later = replace(rectifying.definition, triggers={**triggers, "accept": more})
    assert judge_last(rectifying, told(rectifying, definitions={later.hash: later})) == Judgement((), ("rules",))
    assert judge_last(rectifying, told(rectifying, definitions={})) == Judgement((), ("definition",))


# -- from paper, by the watch -------------------------------------------------------------------------------------------------


def entered(matter: Matter, on: datetime, trigger: str, *, words: Mapping[str, str] | None = None, **changes: Any) -> Matter:
    at = matter.situation()._replace(**changes)
    return added(matter, enter(at, Command(trigger, words=words or {}, salt="salt"), Paper(on, "签收单"), matter.events))


def test_what_a_unit_did_on_paper_is_judged_as_of_then(assigned: Matter) -> None:
    on = assigned.now
    assigned.at("2020-09-27T12:00")
    known = told(entered(assigned, on, "accept"), posts=POSTS)
    assert judge_last(assigned, known) == Judgement()
    assert says(assigned, known, happened_at="2020-09-28T01:00:00.000000Z") == ["entry-ahead"]
    assert says(assigned, known, for_unit="FY") == ["entry-other-unit"]
    assert says(assigned, known, trigger="assign") [:1] == ["entry-not-a-units"]


def test_of_paper_it_is_not_asked_how_many_there_were_where_the_record_does_not_tell(assigned: Matter) -> None:
    on = assigned.now
    assigned.at("2020-09-27T12:00")
    entered(assigned, on, "accept", alone=True)
    assert judge_last(assigned, told(assigned, tells_people=False)) == Judgement((), ("people",))
    assert judge_last(assigned) == Judgement()
    assert codes(judge_last(assigned, told(assigned, posts=POSTS))) == ["judged-value"]


def test_of_paper_that_a_deputy_entered_it_is_asked_whether_there_was_anybody_else(assigned: Matter) -> None:
    on = assigned.now
    assigned.at("2020-09-27T12:00")
    entered(assigned, on, "accept", actor=Actor("bob", "supervisor", None, "cli", OFFICE.name), paired=True)
    two = {**EVERYBODY, "bob": Post("supervisor", None)}
    asked = {"stand_ins": [(OFFICE.name, "bob")]}
    assert judge_last(assigned, told(assigned, posts=two, **asked)) == Judgement()
    assert codes(judge_last(assigned, told(assigned, posts={**two, "third": Post("supervisor", None)}, **asked))) == ["judged-value"]
    assert judge_last(assigned, told(assigned, tells_people=False, **asked)) == Judgement((), ("people",))


def test_of_paper_a_guard_that_cannot_be_asked_is_not_asked(assigned: Matter) -> None:
    on = assigned.now
    assigned.at("2020-09-25T12:00")
    entered(assigned, on, "decline", words={"reason": "职责不符"})
    bare = told_otherwise(assigned.events[-1], given=None)
    assert judge_last(assigned, data=bare, words=None) == Judgement()


def test_what_the_watch_does_a_rung_fired(assigned: Matter) -> None:
    assigned.at("2020-09-28T18:30").sweep()
    fired, did = assigned.events[-2:]
    assert (fired.kind, did.data["trigger"]) == ("escalated", "deemed-accepted")
    assert judge_last(assigned) == Judgement()
    assert "judged-cause" in says(assigned, happened_at=None)
    without = [*assigned.events[:-2], did._replace(seq=fired.seq)]
    assert codes(judge(without[-1], fold(without[:-1]), without[:-1], told(assigned)))[0] == "judged-cause"


# -- rungs --------------------------------------------------------------------------------------------------------------------


def climbed(matter: Matter, to: str, kind: str = "escalated") -> list[tuple[Event, Judgement]]:
    matter.at(to).sweep()
    return [(event, found) for event, found in judged(matter.events, told(matter)) if event.kind == kind]


def test_every_rung_is_fired_again_and_its_repetitions(rectifying: Matter) -> None:
    found = climbed(rectifying, "2021-03-01T09:00")
    assert len(found) > 10 and any("n" in event.data for event, _ in found)
    assert {said for _, said in found} == {Judgement()}


def test_a_rung_that_had_not_come_and_one_of_a_clock_that_there_is_not(rectifying: Matter) -> None:
    rectifying.at("2020-09-29T09:00").sweep()
    assert judge_last(rectifying) == Judgement()
    assert codes(judge_last(rectifying, at=local("2020-09-26T09:00"))) == ["judged-rung"]
    assert says(rectifying, clock="no-such-clock") == ["judged-rung"]
    assert "judged-watch" in codes(judge_last(rectifying, actor="office", role="supervisor"))


@pytest.mark.parametrize(("fact", "value", "expected"), [
    ("rung", "circular", ["judged-fact"]), ("level", 4, ["judged-fact"]), ("recipients", ["nobody"], ["judged-account"]),
    ("letter", "interview", ["judged-fact"]),
])
def test_a_rung_says_what_the_ladder_says(rectifying: Matter, fact: str, value: object, expected: list[str]) -> None:
    rectifying.at("2020-09-29T09:00").sweep()
    assert says(rectifying, **{fact: value}) == expected


def test_a_letter_is_one_of_the_ladders_where_the_record_does_not_tell_of_units(rectifying: Matter) -> None:
    rectifying.at("2020-11-30T09:00").sweep()
    found = judged(rectifying.events, told(rectifying, tells_units=False))
    letters = [said for event, said in found if "letter" in event.data]
    assert letters and {said.reasons for said in letters} == {()}


def test_a_rung_before_an_act_on_paper_is_fired_as_of_the_paper(rectifying: Matter) -> None:
    """The repetition that had come by then is another one than has come by now."""
    rectifying.at("2021-03-01T09:00").sweep()
    last = rectifying.events[-1]
    assert last.data["n"]
    assert judge_last(rectifying, at=local("2022-03-01T09:00")) == Judgement()


def test_a_ticket_is_set_aside_by_the_watch_until_it_is_tried_again(rectifying: Matter) -> None:
    added(rectifying, set_aside(rectifying.ticket, rectifying.now, "rule-unknown", 2))
    assert judge_last(rectifying) == Judgement()
    assert says(rectifying, tries=1) == ["judged-value", "judged-fact"]
    assert says(rectifying, effects=effects(rectifying, final=True)) == ["judged-effect"]


# -- beginnings, corrections --------------------------------------------------------------------------------------------------


def test_an_opening_is_that_of_the_workflow_in_force(matter: Make) -> None:
    one = matter().open(
        detail="两次", measure="3.1", key="K-1", lead="SCJGJ", cooperators=("SWJ",), due=local("2020-10-20T18:00"),
        happened_at=local("2020-09-24T10:00"), complainant="张某", officer="second",
    )
    known = told(one, posts=POSTS)
    assert judge_last(one, known) == Judgement()
    assert codes(judge_last(one, replace(known, unloaded=[one.definition.hash]))) == ["judged-definition"]
    assert says(one, known, workflow="complaint") == ["judged-definition", "judged-fact"]
    assert says(one, known, source="rumour") == ["source-unknown"]
    assert says(one, known, effects=effects(one, final=True)) == ["judged-effect"]
    assert codes(judge_last(one, known, to_state="verified")) == ["judged-state"]
    assert codes(judge_last(one, known, actor="auditor", role="auditor")) == ["may-not-open"]
    assert codes(judge_last(one, replace(known, ended={"SWJ": None}))) == ["judged-unit"]


@pytest.mark.parametrize("kind", ["opened", "imported", "bewitched"])
def test_a_kind_that_nothing_writes_there(rectifying: Matter, kind: str) -> None:
    assert codes(judge_last(rectifying, kind=kind)) == ["judged-kind"]


def test_a_ticket_begins_with_its_beginning(matter: Make) -> None:
    one = matter().open()
    assert codes(judge_last(one, kind="did")) == ["judged-kind"]


@pytest.mark.parametrize("said", [
    {"title": "更正", "detail": "更正"}, {"grade": "B"}, {"due": local("2020-11-20T18:00")},
    {"grade": "A", "due": local("2020-11-20T18:00")}, {"standing": True}, {"officer": "second"}, {"measure": "3.2", "source": "self"},
])
def test_a_correction_is_made_again(rectifying: Matter, said: Mapping[str, Any]) -> None:
    rectifying.amend(reason="录入错误", **said)
    known = told(rectifying, posts=POSTS)
    assert judge_last(rectifying, known) == Judgement()
    assert judge_last(rectifying, known, words=None, salt=None) == Judgement()
    assert says(rectifying, known, effects=effects(rectifying, final=True)) == ["judged-effect"]
    assert codes(judge_last(rectifying, known, actor="leader", role="leader")) == ["not-yours"]


def test_a_standing_item_is_given_a_date(rectifying: Matter) -> None:
    rectifying.amend(reason="录入错误", standing=True)
    rectifying.amend(reason="录入错误", due=local("2020-11-20T18:00"))
    assert judge_last(rectifying) == Judgement()


def test_a_title_that_looks_as_what_stands_for_it_is_corrected_too(matter: Make) -> None:
    one = matter().open(title="…")
    one.amend(reason="录入错误", title="更正")
    assert judge_last(one) == Judgement()


def test_a_correction_names_what_can_be_corrected(rectifying: Matter) -> None:
    rectifying.amend(reason="录入错误", grade="B")
    changes = rectifying.events[-1].data["changes"]
    assert says(rectifying, changes={**changes, "leader": [None, "lin"]})[0] == "judged-fact"
    assert "judged-fact" not in says(rectifying, changes={**changes, "lead": ["SCJGJ", "GAJ"]}) != [], "it is another's already"


# -- what rests on an entry of the administration ------------------------------------------------------------------------------


def test_a_successor_takes_over_what_an_entry_says(rectifying: Matter) -> None:
    added(rectifying, to_unit(rectifying.ticket, Succession("SCJGJ", "GAJ", 12), OFFICE, rectifying.now, ("found",)))
    assert judge_last(rectifying) == Judgement()
    assert codes(judge_last(rectifying, told(rectifying, entries={}))) == ["judged-cause"]
    assert says(rectifying, told(rectifying, entries={12: {"what": "unit.merged", "unit": "SCJGJ", "into": "FY"}})) == ["judged-cause"]
    assert says(rectifying, unit=["FY", "GAJ"]) == ["judged-cause", "judged-cause"]
    assert says(rectifying, effects=effects(rectifying, attempt=9)) == ["judged-effect"]


def test_an_account_takes_over_what_waits_for_another(rectifying: Matter) -> None:
    added(rectifying, to_account(rectifying.ticket, Succession("office", "second", 13), OFFICE, rectifying.now))
    entries = {13: {"what": "account.handed-over", "account": "office", "to": "second"}}
    assert judge_last(rectifying, told(rectifying, posts=POSTS, entries=entries)) == Judgement()
    assert codes(judge_last(rectifying, told(rectifying, posts=POSTS, entries={}))) == ["judged-cause"]


def test_dates_are_counted_anew_by_the_calendar_in_force(rectifying: Matter) -> None:
    day = local("2020-09-27T09:00").date()
    rest = replace(rectifying.calendar, days={**rectifying.calendar.days, day: Day("rest", "x")})
    worked = replace(rectifying.calendar, days={**rectifying.calendar.days, day + timedelta(days=-1): Day(WORK, "x")})
    assert rectifying.load(rest).event is not None
    assert judge_last(rectifying) == Judgement()
    assert says(rectifying, effects=effects(rectifying, final=True)) == ["judged-effect"]
    assert codes(judge_last(rectifying, actor="leader", role="leader")) == ["judged-may"]
    known = told(rectifying)
    assert codes(judge_last(rectifying, replace(known, known_calendars=known.known_calendars[1:]))) == ["judged-cause"]
    assert codes(judge_last(rectifying, replace(known, known_calendars=known.known_calendars[:1]))) == ["judged-form"]
    assert rectifying.load(worked, accept_earlier=True).event is not None
    assert judge_last(rectifying) == Judgement()


def test_a_calendar_that_changes_nothing_has_no_event(rectifying: Matter) -> None:
    far = local("2022-03-05T09:00").date()
    other = replace(rectifying.calendar, days={**rectifying.calendar.days, far: Day(WORK, "x")})
    rest = replace(rectifying.calendar, days={**rectifying.calendar.days, local("2020-09-27T09:00").date(): Day("rest", "x")})
    rectifying.load(rest)
    rectifying.calendars[other.version] = other
    event = rectifying.events[-1]
    cause = {"calendar": [event.data["cause"]["calendar"][0], rectifying.calendars[other.version].version], "moved": {}}
    assert "judged-cause" in says(rectifying, told(rectifying), cause=cause)


def test_a_ticket_goes_over_to_a_version_of_its_workflow_that_was_loaded(rectifying: Matter) -> None:
    old, to = rectifying.definition, called("rectifying", "mending")
    added(rectifying, migrate(rectifying.situation(), to, {"rectifying": "mending"}, rectifying.events))
    known = told(rectifying, definitions={old.hash: old, to.hash: to})
    assert judge_last(rectifying, known) == Judgement()
    assert codes(judge_last(rectifying, known, actor="leader", role="leader")) == ["judged-may"]
    assert says(rectifying, known, effects=effects(rectifying, final=True)) == ["judged-effect"]
    assert says(rectifying, known, definition=[to.hash, to.hash])[0] == "judged-definition"
    assert says(rectifying, known, map={}) == ["migrate-no-state"]
    assert judge_last(rectifying, replace(known, definitions={old.hash: old})) == Judgement((), ("definition",))
    other = workflow("complaint")
    assert "judged-definition" in says(
        rectifying, replace(known, definitions={old.hash: old, other.hash: other}), definition=[old.hash, other.hash],
    )


# -- links, erasures ----------------------------------------------------------------------------------------------------------


def linked(matter: Matter) -> Iterator[Matter]:
    original = matter.ticket._replace(number="ZG-2020-0002")
    yield added(matter, link(matter.ticket, original, False, OFFICE, matter.now, ("found",)))
    yield added(matter, unlink(matter.ticket, original, OFFICE, matter.now, ("found",), "误", "salt"))
    other = matter.ticket._replace(number="ZG-2020-0003", duplicate_of=matter.ticket.number)
    yield added(matter, kept(matter.ticket, other, OFFICE, matter.now, ("found",)))
    yield added(matter, released(matter.ticket, other, OFFICE, matter.now, ("found",)))


def test_a_link_changes_of_a_ticket_which_it_repeats_and_nothing_else(rectifying: Matter) -> None:
    for matter in linked(rectifying):
        assert judge_last(matter) == Judgement()
        more = {**(matter.events[-1].data.get("effects") or {}), "final": True}
        assert says(matter, effects=more) == ["judged-effect"]
        assert says(matter, relation="like") != []
        assert says(matter, audience="everybody") == says(matter, original="kept") == ["judged-fact"]
        assert says(matter, target=matter.ticket.number) != []
        assert codes(judge_last(matter, actor="leader", role="leader")) == ["judged-may"]
        assert codes(judge_last(matter, to_state="verified")) == ["judged-state"]


def test_a_link_names_what_it_links(rectifying: Matter) -> None:
    first = next(linked(rectifying))
    assert says(first, effects={"duplicate_of": "ZG-2020-0007"}) == ["judged-value"]
    assert says(first, effects=None) == ["judged-value"]
    assert says(first, relation="not-duplicate-of") == ["judged-fact", "judged-value"]


def test_a_relapse_of_an_earlier_year_is_of_the_ticket_that_the_round_named(matter: Make) -> None:
    found = matter().open()
    old, on = "ZG-2019-0007", date(2020, 9, 30)
    said = Measurement("R-2020-02", on, "miss", "opened", "9", "≤2", None, 0, old)
    added(found, measure(found.ticket, said.round, said, OFFICE, found.now))
    assert codes(judge_last(added(found, relapse_of(found.ticket, old, OFFICE, found.now)))) == []
    assert says(found, target="ZG-2019-0008") == says(found, relation="relapsed-as") == ["judged-fact"]


def test_an_erasure_takes_two_people_and_the_words_that_were_there(submitted: Matter) -> None:
    seq = submitted.ticket.version
    added(submitted, ask(submitted.ticket, submitted.events, seq, "个人信息", OFFICE, submitted.now, "salt"))
    added(submitted, confirm(submitted.ticket, submitted.events, seq, SECOND, submitted.now))
    submitted.events[seq - 1] = submitted.events[seq - 1]._replace(words=None, salt=None)
    known = told(submitted, posts=POSTS)
    found = judged(submitted.events, known)
    assert {said for _, said in found} == {Judgement()}
    assert codes(judge_last(submitted, known, actor="office")) == ["erasure-same-person"]
    assert codes(judge_last(submitted, known, actor="leader", role="leader")) == ["not-yours"]
    late = replace(known, appointed=[Appointment("second", "office", True)])
    assert codes(judge_last(submitted, late)) == ["erasure-late-account"]
    assert judge_last(submitted, replace(known, tells_people=False)) == Judgement((), ("people", "people"))
    assert says(submitted, known, seq=2) == ["no-words", "erasure-not-asked"]
    again = submitted.events[-1]._replace(seq=seq + 3)
    twice = judge(again, submitted.ticket, submitted.events, known)
    assert codes(twice) == ["no-words", "erasure-not-asked"]


# -- entries ------------------------------------------------------------------------------------------------------------------

ADMIN = Actor("admin", "admin", None, "test")
NOBODY = Told({}, [], posts={**POSTS, "admin": Post("admin", None), "省平台": Post("intake", None)})


def entry(actor: Actor, kind: str = "set", **data: Any) -> list[str]:
    """What is said of who wrote an entry. Whether it says what its rows change is another question (`test_statement`)."""
    if actor.stands_for:
        data["for"] = actor.stands_for
    event = Event(0, 5, local("2020-09-25T09:00"), actor.name, actor.role, actor.unit, actor.via, kind, None, None, data)
    return [code for code in codes(judge_entry(event, NOBODY)) if code != "judged-rows"]


def put(table: str, **values: Any) -> dict[str, Any]:
    return {"table": table, "put": values}


@pytest.mark.parametrize("kind", ["loaded", "clocked"])
def test_who_administers_loads_and_moves_the_clock(kind: str) -> None:
    assert entry(OFFICE, kind, what="workflow") == []
    assert entry(LEADER, kind) == ["judged-may"]


def test_other_entries_are_written_by_whoever_may() -> None:
    assert entry(WATCH, "sealed", rows=[put("seal", n=1)]) == []
    assert entry(LEADER, "sealed", rows=[put("seal", n=1)]) == ["judged-may"]
    refused = {name: [put("feedback_refusal", source=name, ref="R1")] for name in ("省平台", "市平台")}
    platform = Actor("省平台", "intake", None, "api:1")
    assert [entry(platform, rows=rows) for rows in refused.values()] == [[], ["judged-may"]], "each for itself"
    assert entry(OFFICE, rows=refused["市平台"]) == []
    assert entry(Actor("auditor", "auditor", None), "read", name="log") == []
    assert entry(LEADER, "read") == ["judged-may"]
    assert [entry(actor, "read", name="ledger") for actor in (LEADER, LEAD, WATCH)] == [[], [], ["judged-may"]]
    assert entry(LEADER, "upgraded", schema=["0", "1"]) == [], "the program itself says so"
    assert entry(OFFICE, "bewitched") == ["judged-kind"]
    assert entry(OFFICE, "set", rows=[{"table": "account"}]) == ["judged-form"]
    assert entry(Actor("office", "admin", None)) == ["judged-role"]


def test_a_lost_key_is_replaced_by_who_says_the_known_one_or_after_another_asked() -> None:
    asked = Event(0, 3, local("2020-09-25T08:00"), "office", "supervisor", None, "test", "set", None, None, {
        "what": LOST_ASKED, "replaces": "k",
    })
    made = [Appointment("admin", "office", False)]

    def judged(actor: Actor, replaces: str = "k", then: Told = NOBODY, kind: str = "set", **facts: Any) -> list[str]:
        data = {"name": "key", "key": "new", "replaces": replaces, **facts}
        event = Event(0, 5, local("2020-09-25T09:00"), actor.name, actor.role, actor.unit, actor.via, kind, None, None, data)
        return [code for code in codes(judge_entry(event, then)) if code != "judged-rows"]

    there = replace(NOBODY, asked_lost=asked)
    for kind in ("set", "restored"):
        assert judged(ADMIN, kind=kind) == judged(ADMIN, kind=kind, **Vouched().facts()) == []
        assert judged(ADMIN, kind=kind, lost=True) == judged(ADMIN, kind=kind, lost=True, then=there, asked=True) == ["lost-not-asked"]
        assert judged(ADMIN, kind=kind, then=there, **Vouched(3).facts()) == []
        assert judged(ADMIN, kind=kind, then=there, **Vouched(4).facts()) == ["lost-not-asked"]
        assert judged(ADMIN, "other", kind=kind, then=there, **Vouched(3).facts()) == ["lost-not-asked"]
        assert judged(OFFICE, kind=kind, then=there, **Vouched(3).facts()) == ["lost-same-person"]
        assert judged(ADMIN, kind=kind, then=replace(there, appointed=made), **Vouched(3).facts()) == ["lost-own-account"]
        late = [made[0]._replace(after_asking=True)]
        assert judged(ADMIN, kind=kind, then=replace(there, appointed=late), **Vouched(3).facts()) == ["lost-late-account"]
    assert lost_problems("k", "other", None, ADMIN) == (Reason("lost-other-key", {}),)


def test_who_appoints_to_a_role_keeps_its_accounts() -> None:
    contact = put("account", name="new", role="contact", unit="GAJ", active=True, valid_from=None, valid_to="2020-10-01T00:00:00.000000Z")
    supervisor = put("account", name="new", role="supervisor", unit=None)
    assert entry(OFFICE, what="account.added", rows=[contact]) == []
    assert entry(OFFICE, what="account.added", rows=[supervisor]) == ["judged-may"]
    assert entry(ADMIN, what="account.added", rows=[supervisor]) == []
    promoted, demoted = put("account", name="lead-contact", role="supervisor"), put("account", name="second", role="contact")
    assert entry(OFFICE, rows=[promoted]) == entry(OFFICE, rows=[demoted]) == ["judged-may"]
    assert entry(ADMIN, rows=[promoted, demoted]) == []
    assert entry(LEAD, rows=[promoted]) == ["judged-may"]


def test_everybody_changes_what_decides_nothing_of_the_own_account() -> None:
    assert entry(LEAD, account="lead-contact", rows=[put("account", name="lead-contact", email={"word": "x"})]) == []
    assert entry(LEAD, account="lead-head", rows=[put("account", name="lead-head", email={"word": "x"})]) == ["judged-may"]
    assert entry(LEAD, account="lead-contact") == []
    assert entry(LEAD, account="lead-head") == ["judged-may"]
    assert entry(OFFICE, rows=[put("account", name="leader", title={"word": "x"})]) == [], "a unit was renamed"
    assert entry(LEAD, rows=[put("account", name="leader", title={"word": "x"})]) == ["judged-may"]
    assert entry(OFFICE, rows=[put("account", name="leader", password_hash={"sha256": "x"})]) == ["judged-may"]


def test_a_key_is_made_for_the_own_account_or_for_one_of_a_role_one_appoints_to() -> None:
    assert entry(LEAD, rows=[put("token", id="x", account="lead-contact")]) == []
    assert entry(OFFICE, rows=[put("token", id="x", account="lead-contact")]) == []
    assert entry(OFFICE, rows=[put("token", id="x", account="leader")]) == ["judged-may"]
    assert entry(LEAD, account="lead-contact", rows=[put("token", id="x", revoked_at="2020-09-25T01:00:00.000000Z")]) == []
    assert entry(OFFICE, rows=[put("token", id="x", account="nobody")]) == ["judged-may"]


def test_a_link_to_an_account_is_given_by_whoever_appoints_to_its_role() -> None:
    assert entry(OFFICE, what="account.invited", account="lead-contact") == []
    assert entry(OFFICE, what="account.invited", account="leader") == ["judged-may"]
    assert entry(OFFICE, what="account.invited", account="nobody") == ["judged-may"]
    assert entry(LEAD, what="account.invited", account="lead-contact") == ["judged-may"]


@pytest.mark.parametrize("node", [
    {"table": "token", "put": {"id": "x", "hash": {"sha256": "x"}}}, {"table": "token", "put": {"id": "x", "revoked_at": None}},
    {"table": "token", "put": {"id": "x", "revoked_at": "2020-09-25T01:00:00.000000Z", "expires_at": None}},
    {"table": "token", "drop": {"id": "x"}},
])
def test_of_a_key_that_is_there_nothing_changes_but_that_it_is_revoked(node: Mapping[str, Any]) -> None:
    assert entry(LEAD, account="lead-contact", rows=[node]) == ["judged-may"]


def test_other_rows_are_changed_by_who_administers_and_settings_by_the_watch_too() -> None:
    assert entry(OFFICE, rows=[{"table": "unit_member", "drop": {"group_code": "ALL", "unit": "GAJ"}}]) == []
    assert entry(OTHER, rows=[put("unit", code="GAJ", valid_to="2020-01-01")]) == ["judged-may"]
    assert entry(WATCH, rows=[put("setting", name="notices", value="{}")]) == []
    assert entry(WATCH, rows=[put("setting", name="plan", value="{}")]) == ["judged-may"]
    assert entry(OFFICE, rows=[put("setting", name="plan", value="{}")]) == []
    assert entry(WATCH, what="account.rehashed", rows=[put("account", name="lead-contact", password_hash={"sha256": "x"})]) == []
    assert entry(WATCH, rows=[put("account", name="lead-contact", chat={"sha256": "x"})]) == ["judged-may"]
    assert entry(WATCH, rows=[put("stand_in", account="office", deputy="second")]) == ["judged-may"]
    assert entry(WATCH, what="account.locked", account="leader") == []


# -- where no date of a clock is counted again --------------------------------------------------------------------------------


def test_without_dates_everything_else_is_asked(submitted: Matter, matter: Make) -> None:
    known = told(submitted, thorough=False)
    assert judge_last(submitted, known) == Judgement()
    assert says(submitted, known, effects=effects(submitted, grants=[])) == ["judged-effect"]
    assert says(submitted, known, effects=effects(submitted, final=True)) == ["judged-effect"]
    assert says(submitted, known, effects=effects(submitted, turn="lead")) == ["judged-value"]
    assert codes(judge_last(submitted, known, to_state="verified")) == ["judged-state"]
    assert says(submitted, known, trigger="verify")[:3] == ["state-wrong", "not-yours", "own-unit"]
    one = matter().open(lead="SCJGJ")
    opened = told(one, thorough=False)
    assert judge_last(one, opened) == Judgement()
    assert says(one, opened, effects=effects(one, grants=[])) == ["judged-effect"]
    assert says(one, opened, effects=effects(one, assigned_by="head")) == ["judged-effect"]
    assert says(one, opened, source="rumour") == ["source-unknown"]
    assert says(one, opened, relief="x") == ["judged-fact"]
    assert says(one, opened, effects=effects(one, wake_at=None)) == [], "that is a date"
    assert codes(judge_last(one, opened, to_state="verified")) == ["judged-state"]


def test_without_dates_the_watch_and_whoever_enters_from_paper_are_asked_too(assigned: Matter) -> None:
    assigned.at("2020-09-28T18:30").sweep()
    known = told(assigned, thorough=False)
    assert {said for _, said in judged(assigned.events, known)} == {Judgement()}
    fired = assigned.events[-2]
    bent = fired._replace(data=told_otherwise(fired, effects={**fired.data["effects"], "grants": []}))
    assert codes(judge(bent, fold(assigned.events[:-2]), assigned.events[:-2], known)) == ["judged-effect"]
    other = replace(assigned.calendar, days={**assigned.calendar.days, local("2022-09-27T09:00").date(): Day(WORK, "x")})
    assert judge_last(assigned, replace(known, known_calendars=[other, assigned.calendar])) == Judgement()
    entered(assigned, assigned.now, "sign-off")
    assert judge_last(assigned, told(assigned, thorough=False, posts=POSTS)) == Judgement()


def test_where_a_calendar_decides_any_that_may_have_been_in_force_will_do(rectifying: Matter) -> None:
    """The longest pause is counted by days, and a calendar may have one more."""
    far = rectifying.now + timedelta(days=30)
    rectifying.do("suspend", words={"reason": "x"}, until=far)
    short = replace(rectifying.calendar, days={
        **rectifying.calendar.days,
        **{(far + timedelta(days=day)).date(): Day(WORK, "x") for day in range(-4, 8)},
    })
    known = told(rectifying, thorough=False)
    assert judge_last(rectifying, replace(known, known_calendars=[short, rectifying.calendar])).reasons == ()
