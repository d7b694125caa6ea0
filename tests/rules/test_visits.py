"""A visit: begun, consented to, closed, and told by its events alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.rules.access import Actor, may_read_visits, may_visit
from engine.rules.acts.command import Refusal
from engine.rules.acts.guards.assignment import visit_consented
from engine.rules.acts.guards.closing import not_on_the_visit
from engine.rules.acts.opening import COPY, ORIGINAL, Attached, Onsite
from engine.rules.acts.redaction import ask, confirm
from engine.rules.event import Event, for_the_office
from engine.rules.judging.judge import judge_visit
from engine.rules.judging.judgement import Judgement
from engine.rules.judging.known import Post
from engine.rules.loop.draw import Again
from engine.rules.loop.suggestion import Finding, agreed_problem
from engine.rules.loop.visit import VISIT, Visit, evolve, fold
from engine.rules.loop.visit_acts import Outing, begin, close, consent, over_problem
from engine.rules.streams import FIRST_KINDS
from engine.rules.ticket_facts import Evidence
from tests.rules.conftest import AUDITOR, LEAD, LEADER, OFFICE, WATCH, Matter, china, local
from tests.rules.test_judging import codes as named
from tests.rules.test_judging import judge_last, told_otherwise
from tests.rules.test_opening import opened
from tests.rules.told import EVERYBODY, Told, told

NOW = local("2020-03-16T17:00")
OUTING = Outing("政务服务大厅", date(2020, 3, 16), ("office", "inspector", "office"), unannounced=True)
FOUND = (Finding("ZG-2020-0001", "SCJGJ"), Finding("ZG-2020-0002", "GAJ"))


def begun(actor: Actor = OFFICE, unknown: tuple[str, ...] = (), **said: Any) -> Event | Refusal:
    return begin(replace(OUTING, **said), actor, NOW, stream=7, number="V-2020-0003", office="ZG", salt="s", unknown=unknown)


def visit(**said: Any) -> Visit:
    event = begun(**said)
    assert isinstance(event, Event), event
    return evolve(None, event)


def done(outcome: Event | Refusal) -> Event:
    assert isinstance(outcome, Event), outcome
    return outcome


def codes(outcome: Event | Refusal) -> list[str]:
    assert isinstance(outcome, Refusal), outcome
    return [reason.code for reason in outcome.reasons]


def test_a_visit_is_a_day_a_place_and_a_team() -> None:
    found = visit()
    assert (found.id, found.number, found.year, found.serial, found.version) == (7, "V-2020-0003", 2020, 3, 1)
    assert (found.place, found.title, found.day, found.unannounced) == (OUTING.place, OUTING.place, OUTING.day, True)
    assert (found.team, found.begun_by, found.begun_at) == (("office", "inspector"), "office", NOW)
    assert (found.again, found.agreed, found.consented_at, found.closed_at) == ((), (), None, None)
    assert not visit(unannounced=False).unannounced


def test_its_events_are_the_office_s_and_the_place_may_be_erased() -> None:
    event = done(begun())
    assert for_the_office(event) and FIRST_KINDS[event.kind] is Visit
    gone = event._replace(words=None, salt=None)
    assert (evolve(None, gone).place, evolve(None, gone).title) == ("", "2020-03-16")
    assert VISIT.read(VISIT.columns(evolve(None, event), {})) == evolve(None, event)


def test_who_stands_in_is_named() -> None:
    assert done(begun(replace(OFFICE, name="bob", stands_for="office"))).data["for"] == "office"


@pytest.mark.parametrize(("said", "expected"), [
    ({"place": " "}, "words-empty"), ({"place": "甲\n乙"}, "words-control"), ({"team": ()}, "visit-nobody"),
    ({"again": Again("10%", 3, "a", ())}, "recheck-nothing"),
])
def test_what_no_visit_is_refused(said: dict[str, Any], expected: str) -> None:
    assert codes(begun(**said)) == [expected]


def test_everything_that_stands_against_it_is_said_at_once() -> None:
    assert codes(begun(LEAD, ("x", "y"), place="")) == ["may-not-visit", "words-empty", "visit-no-member", "visit-no-member"]


def test_a_recheck_keeps_what_was_drawn() -> None:
    found = visit(again=Again("10%", 3, "a", ("ZG-2020-0001",)))
    assert (found.sample, found.months, found.lot, found.again) == ("10%", 3, "a", ("ZG-2020-0001",))


def test_a_leader_consents_to_what_waits_and_to_nothing_else() -> None:
    before = visit()
    after = evolve(before, done(consent(before, FOUND, LEADER, NOW)))
    assert (after.agreed, after.consented_by) == (("ZG-2020-0001=SCJGJ", "ZG-2020-0002=GAJ"), LEADER.name)
    assert agreed_problem(after, FOUND[0]) is None
    for late in (Finding("ZG-2020-0003", "GAJ"), Finding("ZG-2020-0001", "GAJ")):
        problem = agreed_problem(after, late)
        assert problem is not None and problem.code == "finding-not-consented"
    unasked = agreed_problem(before, FOUND[0])
    assert unasked is not None and unasked.code == "visit-not-consented"


def test_what_has_no_unit_yet_waits_for_another_consent_and_stops_none() -> None:
    after = evolve(visit(), done(consent(visit(), (FOUND[0], Finding("ZG-2020-0009", None)), LEADER, NOW)))
    assert after.agreed == (FOUND[0].agreed,)
    for each in (visit(), after):
        problem = agreed_problem(each, Finding("ZG-2020-0009", None))
        assert problem is not None and problem.code == "finding-without-unit", "no consent is missing where nothing can be consented to"


def test_a_recheck_goes_to_the_places_of_its_tickets_and_any_other_visit_to_one_that_is_named() -> None:
    event = done(begun(place=None, again=Again("10%", 3, "a", ("ZG-2020-0001",))))
    assert event.words is None and (evolve(None, event).place, evolve(None, event).title) == ("", "2020-03-16")
    assert codes(begun(place=None)) == ["words-empty"]


def test_consent_is_a_leader_s_over_findings_with_units() -> None:
    assert codes(consent(visit(), (), OFFICE, NOW)) == ["may-not-consent", "visit-nothing"]
    assert codes(consent(visit(), (Finding("ZG-2020-0001", None),), LEADER, NOW)) == ["finding-without-unit"]


def test_a_visit_is_closed_once_all_is_assigned_and_looked_at_again() -> None:
    before = visit()
    after = evolve(before, done(close(before, 0, (), OFFICE, NOW)))
    assert (after.closed_at, after.closed_by, after.version) == (NOW, OFFICE.name, 2)
    assert codes(close(before, 2, ("ZG-2020-0009",), OFFICE, NOW)) == ["visit-unassigned", "visit-unrated"]
    assert codes(close(after, 0, (), LEAD, NOW)) == ["may-not-visit", "visit-over"]
    assert codes(consent(after, FOUND, LEADER, NOW)) == ["visit-over"]
    assert over_problem(before) is None


def test_the_fold_takes_events_in_their_order_only() -> None:
    event = done(begun())
    first = evolve(None, event)
    over = evolve(first, done(close(first, 0, (), OFFICE, NOW)))
    with pytest.raises(ValueError, match="cannot begin"):
        evolve(None, event._replace(kind="batch-received"))
    with pytest.raises(ValueError, match="cannot follow"):
        evolve(first, event._replace(seq=3))
    with pytest.raises(ValueError, match="nothing of a visit"):
        evolve(first, event._replace(seq=2))
    with pytest.raises(ValueError, match="was closed"):
        evolve(over, done(consent(first, FOUND, LEADER, NOW))._replace(seq=3))
    with pytest.raises(ValueError, match="without events"):
        fold(())
    assert evolve(over, event._replace(seq=3, kind="erased")).version == 3
    assert fold([event]) == first


@pytest.mark.parametrize(("actor", "writes", "reads"), [
    (OFFICE, True, True), (LEADER, False, True), (AUDITOR, False, True), (LEAD, False, False), (WATCH, False, False),
])
def test_no_unit_reads_of_visits(actor: Actor, writes: bool, reads: bool) -> None:
    assert (may_visit(actor), may_read_visits(actor)) == (writes, reads)


# what it finds --------------------------------------------------------------------------------------------------------------

PHOTO, PAINTED = Evidence("ab" * 32, 9, "image/jpeg", ORIGINAL), Evidence("cd" * 32, 5, "image/jpeg", COPY)
SEEN = Onsite("V-2020-0003", ("office", "inspector"), "三楼")
PHOTOS = Attached((PHOTO, PAINTED), {"file-abababababab": "IMG_1.jpg"}, {PHOTO.sha256: {"device": "Acme", "copy": PAINTED.sha256}})


def test_a_finding_says_who_looked_where_and_what_the_cameras_wrote(matter: Callable[..., Matter]) -> None:
    found = matter().open(onsite=SEEN, attached=PHOTOS)
    assert (found.ticket.visit, found.ticket.place, found.ticket.team) == ("V-2020-0003", "三楼", ("office", "inspector"))
    data = found.events[0].data
    assert [node["kind"] for node in data["evidence"]] == [ORIGINAL, COPY] and data["photos"] == PHOTOS.photos
    plain = matter().open(onsite=SEEN).events[0].data
    assert "evidence" not in plain and "photos" not in plain
    somewhere = matter().open(onsite=replace(SEEN, place=None))
    assert somewhere.ticket.place is None and "place" not in somewhere.events[0].data["given"]


def test_what_units_see_at_once_is_no_finding_of_a_visit() -> None:
    assert codes(opened("bad-review", lead="SCJGJ", onsite=replace(SEEN, place=" "))) == ["words-empty", "finding-seen-at-once"]


def test_who_took_part_does_not_find_it_put_right_where_the_workflow_says_so(matter: Callable[..., Matter]) -> None:
    found = matter().open(onsite=SEEN)
    for actor in (OFFICE, replace(OFFICE, name="bob", stands_for="inspector")):
        reason = not_on_the_visit(found.situation(actor))
        assert reason is not None and (reason.code, reason.exit) == ("on-the-visit", 4)
    assert not_on_the_visit(found.situation(replace(OFFICE, name="bob"))) is None
    assert not_on_the_visit(matter().open().situation()) is None


def consented(*findings: Finding) -> Visit:
    before = visit()
    return evolve(before, done(consent(before, findings, LEADER, NOW)))


@pytest.mark.parametrize("name", ["rectification", "superior", "complaint"])
def test_a_finding_is_first_given_to_the_unit_that_a_leader_consented_to(matter: Callable[..., Matter], name: str) -> None:
    found = matter(name=name).open(onsite=SEEN, lead="SCJGJ", grade=None)
    assert found.reasons("assign") == found.reasons("assign", lead="SCJGJ") == {"visit-not-consented"}, "whoever looks knows of no visit"
    found.visit = visit()
    assert found.reasons("assign") == {"visit-not-consented"}
    found.visit = consented(Finding("ZG-2020-0002", "SCJGJ"))
    assert found.reasons("assign") == {"finding-not-consented"}
    found.visit = consented(FOUND[0])
    assert found.reasons("assign", lead="GAJ") == {"unit-not-consented"}
    found.do("assign", lead="SCJGJ")
    assert visit_consented(found.situation()) is None, "once it was assigned, nothing of the visit is asked"


@pytest.mark.parametrize(("grade", "refused"), [("A", True), ("B", True), ("C", False)])
def test_the_office_s_own_workflow_says_so_for_all_but_what_is_simple(matter: Callable[..., Matter], grade: str, refused: bool) -> None:
    found = matter().open(onsite=SEEN, grade=grade, lead="SCJGJ")
    found.visit = consented(FOUND[0])
    found.do("assign", lead="SCJGJ").do("accept", LEAD)
    found.ticket = found.ticket._replace(state="submitted", evidenced=True)
    for actor, stands_against in ((OFFICE, refused), (replace(OFFICE, name="bob"), False)):
        outcome = found.attempt("verify", actor, {"note": "属实"})
        assert ("on-the-visit" in codes(outcome) if isinstance(outcome, Refusal) else False) == stands_against


# judged again ---------------------------------------------------------------------------------------------------------------

KNOWN = Told({}, [china()], posts={**EVERYBODY, "leader": Post("leader", None)})


def judged(event: Event, before: Visit | None = None) -> Judgement:
    return judge_visit(event, before, (), KNOWN)


def test_what_is_done_with_a_visit_is_lawful() -> None:
    first = done(begun())
    assert judged(first) == Judgement()
    assert judged(first._replace(words=None, salt=None)) == Judgement(), "its words are not asked for"
    before = evolve(None, first)
    for event in (done(consent(before, FOUND, LEADER, NOW)), done(close(before, 0, (), OFFICE, NOW))):
        assert judged(event, before) == Judgement((), ("findings",))


def test_erasing_the_words_of_a_visit_is_judged_by_who_asked_and_who_confirmed() -> None:
    first = done(begun())
    asked = done(ask(evolve(None, first), [first], 1, "含个人信息", OFFICE, NOW, "s"))
    before = evolve(evolve(None, first), asked)
    erased = done(confirm(before, [first, asked], 1, replace(OFFICE, name="inspector"), NOW))
    known = Told({}, [china()], posts={**EVERYBODY, "inspector": Post("supervisor", None)})
    gone = first._replace(words=None, salt=None)
    assert judge_visit(asked, evolve(None, first), [gone], known) == Judgement()
    assert judge_visit(erased, before, [gone, asked], known) == Judgement()
    assert named(judge_visit(erased._replace(actor="office"), before, [gone, asked], known)) == ["erasure-same-person"]


def test_what_is_not_lawful_of_a_visit_is_named() -> None:
    first = done(begun())
    before = evolve(None, first)
    unlike = first._replace(data=told_otherwise(first, team=[]))
    assert named(judged(unlike)) == ["visit-nobody"]
    by_office = done(consent(before, FOUND, LEADER, NOW))._replace(actor="office", role="supervisor")
    assert named(judged(by_office, before)) == ["may-not-consent"]
    assert named(judged(first, before)) == named(judged(first._replace(kind="visit-closed"))) == ["judged-kind"]
    assert named(judged(first._replace(kind="other"), before)) == ["judged-kind"]
    assert named(judged(first._replace(data=told_otherwise(first, day="soon")))) == ["judged-form"]


def test_a_finding_is_judged_again_with_what_the_visit_added(matter: Callable[..., Matter]) -> None:
    assert judge_last(matter().open(onsite=SEEN)) == judge_last(matter().open()) == Judgement()


def test_an_assignment_of_a_finding_is_judged_by_what_the_visit_had_agreed(matter: Callable[..., Matter]) -> None:
    found = matter().open(onsite=SEEN, lead="SCJGJ")
    found.visit = consented(FOUND[0])
    found.do("assign")
    assert judge_last(found, told(found, visits={"V-2020-0003": found.visit})) == Judgement()
    assert named(judge_last(found, told(found, visits={"V-2020-0003": visit()}))) == ["visit-not-consented"]
    assert named(judge_last(found, told(found))) == ["visit-not-consented"], "there was no such visit"
