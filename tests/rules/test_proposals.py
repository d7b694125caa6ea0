"""A rung is not an act: what it proposes, who answers, and how the office's own clock for that runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.acts import proposals
from engine.rules.deadline import ENDED, RESTS, RUNS
from engine.rules.definition import ANY_GRADE
from engine.rules.seeing import Sight
from engine.rules.ticket import fold
from engine.rules.timing.clocks import RED, left_days, light, office_late
from engine.views.facts import facts
from tests.rules.conftest import COOPERATOR, LEAD, LEAD_HEAD, LEADER, OFFICE, PEOPLE, Matter, china, local
from tests.rules.lives import LAWFUL, NAMES, lived

Make = Callable[..., Matter]
RELATIONS = ("party", "court", "vertical", "enterprise")


@pytest.fixture
def urged(rectifying: Matter) -> Matter:
    """Late: 督办 (10-13) and 通报 (10-15) are proposed, a leader agreed to 通报, nothing is answered."""
    rectifying.at("2020-10-15T18:00").sweep()
    return rectifying.do("consent", LEADER)


def rungs(matter: Matter) -> list[str]:
    return [proposal.rung for proposal in matter.ticket.proposals]


def test_a_proposal_counts_from_the_date_of_its_rung_however_late_the_sweep(rectifying: Matter) -> None:
    rectifying.at("2020-12-31T12:00").sweep()
    assert [(item.at, item.due_at) for item in rectifying.ticket.proposals] == [
        (local("2020-10-13T18:00"), local("2020-10-15T18:00")), (local("2020-10-15T18:00"), local("2020-10-19T18:00")),
        (local("2020-10-22T18:00"), local("2020-10-26T18:00")),
    ]


def test_the_office_s_clock_runs_for_the_oldest_proposal_and_rings_at_the_office_only(rectifying: Matter) -> None:
    rectifying.at("2020-10-13T18:00").sweep()
    sign = rectifying.ticket.deadlines["sign"]
    assert (sign.state, sign.of, sign.started_at, sign.due_at) == (RUNS, "office", local("2020-10-13T18:00"), local("2020-10-15T18:00"))
    before = rectifying.ticket.level
    events = [event for event in rectifying.at("2020-10-19T18:00").sweep() if event.data["clock"] == "sign"]
    assert [(event.data["rung"], event.data["recipients"]) for event in events] == [
        ("office-due", ["office"]), ("office-late", ["office", "leader"]),
    ]
    assert (before, rectifying.ticket.level, rectifying.ticket.acted_level) == (2, 3, 1)
    assert office_late(rectifying.ticket, rectifying.now)
    assert light(rectifying.ticket, rectifying.now) == RED  # by its own promise, not by ours
    assert rectifying.ticket.deadlines["sign"].epoch == 1


def test_issuing_acts_on_the_highest_level_and_closes_those_below(urged: Matter) -> None:
    ticket = urged.do("issue", by="督查室主任").ticket
    assert (ticket.level, ticket.acted_level, ticket.proposals) == (3, 3, ())
    assert ticket.deadlines["sign"].state == ENDED
    assert urged.events[-1].data["letter"] == "circular/SCJGJ/2020-10-15"
    assert (urged.events[-1].data["rung"], urged.events[-1].data["level"]) == ("circular", 3)
    assert fold(urged.events) == ticket


@pytest.mark.parametrize("name", ["supervision-letter", "督办", "supervision letter"])
def test_issuing_a_named_rung_leaves_the_higher_ones_open(urged: Matter, name: str) -> None:
    urged.do("issue", by="督查室主任", rung=name)
    assert (urged.ticket.acted_level, rungs(urged)) == (2, ["circular"])
    sign = urged.ticket.deadlines["sign"]
    assert (sign.state, sign.epoch, sign.started_at, sign.due_at) == (RUNS, 2, local("2020-10-15T18:00"), local("2020-10-19T18:00"))
    urged.do("issue", by="李市长")
    assert (urged.ticket.acted_level, rungs(urged), urged.ticket.deadlines["sign"].state) == (3, [], ENDED)


@pytest.mark.parametrize("answer", ["issue", "waive"])
@pytest.mark.parametrize("when", ["2020-10-19T17:00", "2020-10-19T19:00", "2020-10-20T19:00", "2020-10-21T19:00", "2020-11-20T10:00"])
def test_after_one_of_two_letters_is_answered_the_next_alarm_lies_ahead(urged: Matter, answer: str, when: str) -> None:
    urged.at(when).sweep()
    given, words = ({"by": "督查室主任"}, {}) if answer == "issue" else ({}, {"reason": "已当面督促"})
    urged.do(answer, OFFICE, words, rung="supervision-letter", **given)
    assert "circular" in rungs(urged)
    alarm = urged.ticket.deadlines["sign"].next_at
    assert alarm is not None and alarm > urged.now and urged.ticket.wake_at is not None and urged.ticket.wake_at > urged.now
    assert urged.ticket.deadlines["sign"].started_at == local("2020-10-15T18:00"), "the office is as late as it was"
    assert urged.sweep() == []


def test_what_was_acted_is_never_taken_back_by_a_lower_letter(urged: Matter) -> None:
    urged.ticket = urged.ticket._replace(acted_level=4)
    assert urged.do("issue", by="督查室主任").ticket.acted_level == 4


def test_the_letters_that_wait_are_named_from_the_highest_down(urged: Matter) -> None:
    assert [item.rung for item in proposals.in_height(urged.ticket)] == ["circular", "supervision-letter"]


def test_waiving_closes_all_without_acting(urged: Matter) -> None:
    ticket = urged.do("waive", OFFICE, {"reason": "已当面督促"}).ticket
    assert (ticket.level, ticket.acted_level, ticket.proposals, ticket.deadlines["sign"].state) == (3, 1, (), ENDED)
    assert urged.events[-1].data["rungs"] == ["supervision-letter", "circular"]
    assert [event.data["rung"] for event in urged.at("2020-10-22T18:00").sweep()] == ["interview"]
    assert (rungs(urged), urged.ticket.deadlines["sign"].epoch) == (["interview"], 2)


def test_waiving_a_named_rung_keeps_the_others_and_their_clock(urged: Matter) -> None:
    urged.do("waive", OFFICE, {"reason": "先发督办函"}, rung="通报")
    assert (rungs(urged), urged.events[-1].data["rungs"]) == (["supervision-letter"], ["circular"])
    assert urged.ticket.deadlines["sign"].epoch == 1
    urged.do("issue", by="督查室主任")
    assert urged.ticket.acted_level == 2


@pytest.mark.parametrize(("trigger", "given", "words", "reasons"), [
    ("issue", {}, {}, {"input-missing"}), ("issue", {"by": "  "}, {}, {"words-empty"}), ("issue", {"by": "张\x07"}, {}, {"words-control"}),
    ("issue", {"by": "张" * 101}, {}, {"words-long"}), ("issue", {"by": "张\ud800"}, {}, {"words-control"}),
    ("issue", {"by": "督查室主任", "rung": "interview"}, {}, {"proposal-unknown"}), ("waive", {}, {}, {"input-missing"}),
    ("waive", {"rung": "x"}, {"reason": "y"}, {"proposal-unknown"}),
])
def test_an_answer_says_who_or_why_and_names_what_is_open(
    urged: Matter, trigger: str, given: dict[str, str], words: dict[str, str], reasons: set[str],
) -> None:
    assert urged.reasons(trigger, OFFICE, words, **given) == reasons


def test_only_the_office_answers_and_only_what_is_proposed(rectifying: Matter) -> None:
    assert rectifying.reasons("issue", OFFICE, by="督查室主任") == {"no-proposal"}
    assert rectifying.reasons("waive", OFFICE, {"reason": "x"}, rung="circular") == {"no-proposal"}
    rectifying.at("2020-10-13T18:00").sweep()
    for actor in (LEAD, LEAD_HEAD, LEADER):
        assert rectifying.reasons("issue", actor, by="督查室主任") == {"not-yours"}


@pytest.mark.parametrize("relation", RELATIONS)
def test_who_is_none_of_the_government_s_own_is_never_summoned_nor_named_in_public(matter: Make, relation: str) -> None:
    people = replace(PEOPLE, relations={"FY": relation})
    case = matter().open().do("assign", lead="FY")
    case.people = people
    letters = []
    for day in ("2020-10-13", "2020-10-15", "2020-10-22"):
        case.at(f"{day}T18:00").sweep()
        if case.ticket.level >= 3:
            case.do("consent", LEADER)
        case.do("issue", by="督查室主任")
        letters.append(case.events[-1].data["letter"])
    assert letters == ["work-prompt/FY/2020-10-13", "report-to-group/FY/2020-10-15", "ask-group/FY/2020-10-22"]
    assert [event.data["letter"] for event in case.events if event.data.get("act") == "propose"] == [
        letter.partition("/")[0] for letter in letters
    ]


@pytest.mark.parametrize("relation", ["subordinate", "county", None])
def test_who_is_gets_the_letters_of_the_ladder(matter: Make, relation: str | None) -> None:
    case = matter().open().do("assign", lead="FY").at("2020-10-22T18:00")
    case.people = replace(PEOPLE, relations={"FY": relation} if relation else {})
    case.sweep()
    assert [item.letter for item in case.ticket.proposals] == ["supervision-letter", "circular", "interview"]


def test_a_rung_without_letters_is_named_by_itself(urged: Matter) -> None:
    bare = urged.ticket.proposals[0]._replace(letter=None)
    assert bare.kind == "supervision-letter" and "letter" not in bare.to_json()


def test_several_tickets_of_a_unit_and_day_are_one_letter_and_the_highest_level_prevails(urged: Matter, matter: Make) -> None:
    other = urged.ticket._replace(id=2, number="ZG-2020-0002")
    court = urged.ticket._replace(id=3, number="ZG-2020-0003", lead="FY")
    early = urged.ticket._replace(id=4, number="ZG-2020-0004", proposals=urged.ticket.proposals[:1])
    quiet = urged.ticket._replace(id=5, number="ZG-2020-0005", proposals=())
    found = proposals.letters([urged.ticket, other, court, early, quiet], china())
    assert [(letter.kind, letter.unit, letter.level, letter.on.isoformat(), letter.tickets) for letter in found] == [
        ("supervision-letter", "SCJGJ", 2, "2020-10-13", ("ZG-2020-0004",)),
        ("circular", "FY", 3, "2020-10-15", ("ZG-2020-0003",)),
        ("circular", "SCJGJ", 3, "2020-10-15", ("ZG-2020-0001", "ZG-2020-0002")),
    ]
    assert found[2].due_at == local("2020-10-19T18:00")
    urged.do("issue", by="督查室主任")
    assert urged.events[-1].data["letter"] == found[2].key


def test_proposals_and_their_clock_end_with_what_they_were_about(urged: Matter) -> None:
    ways = {
        "reassign": lambda case: case.do("reassign", OFFICE, {"reason": "x"}, lead="GAJ"),
        "withdraw": lambda case: case.do("withdraw", OFFICE, {"reason": "x"}),
        "amend": lambda case: case.amend(reason="x", due=local("2020-11-02T18:00")) and case,
    }
    start = (urged.ticket, list(urged.events))
    for name, way in ways.items():
        urged.ticket, urged.events = start[0], list(start[1])
        ticket = way(urged).ticket  # type: ignore[no-untyped-call]
        assert (ticket.proposals, ticket.deadlines["sign"].state, ticket.deadlines["sign"].next_at) == ((), ENDED, None), name
        assert fold(urged.events) == ticket


def test_what_lapses_with_the_end_is_named_and_no_unit_reads_of_it(urged: Matter) -> None:
    urged.do("sign-off", COOPERATOR).do("submit", LEAD, {"note": "已合并"}).do("verify", replace(OFFICE, name="second"))
    assert urged.events[-1].data["lapsed"] == ["supervision-letter", "circular"]
    assert ("lapsed", {"rungs": ["supervision-letter", "circular"]}) in [(fact.code, fact.values) for fact in facts(urged.events[-1])]
    sight = Sight(LEAD, urged.definition, lambda actor, ticket: True, lambda reader, number: False)
    assert "lapsed" not in sight.events(urged.events)[-1].data


@LAWFUL
@given(st.data(), NAMES)
def test_no_proposal_goes_unsaid(data: st.DataObject, name: str) -> None:
    """Issued, settled with what was issued, waived, void with its rung, or lapsed: the event by which it goes names it."""
    matter = lived(data, name)
    for event in matter.events[1:]:
        before, after = fold(matter.events[: event.seq - 1]), fold(matter.events[: event.seq])
        said = {event.data.get("rung"), *event.data.get("settled", ()), *event.data.get("rungs", ()), *event.data.get("lapsed", ())}
        said |= {rung for item in event.data.get("voided", ()) for rung in item["rungs"]}
        assert {item.rung for item in before.proposals if item not in after.proposals} <= said, event


def test_a_proposal_outlives_a_late_submission_and_rests_while_the_ticket_is_suspended(rectifying: Matter) -> None:
    rectifying.at("2020-10-14T10:00").sweep()
    rectifying.do("suspend", OFFICE, {"reason": "x"})
    sign = rectifying.ticket.deadlines["sign"]
    assert (sign.state, sign.stopped_at, left_days(sign, china())) == (RESTS, rectifying.now, 2)
    assert rectifying.reasons("issue", OFFICE, by="督查室主任") == {"state-wrong"}
    assert rectifying.at("2020-10-26T10:00").sweep() == []
    rectifying.do("resume")
    assert (rectifying.ticket.deadlines["sign"].state, rectifying.ticket.deadlines["sign"].due_at) == (
        RUNS, local("2020-10-27T18:00"),
    )
    assert rectifying.do("issue", by="督查室主任").ticket.acted_level == 2


def test_a_decline_drops_what_was_proposed_to_the_unit_that_declined(matter: Make) -> None:
    case = matter()
    ladder = case.definition.ladders["unit"]
    early = tuple(rung._replace(at={ANY_GRADE: 0}) if rung.name == "supervision-letter" else rung for rung in ladder.rungs)
    case.definition = replace(case.definition, ladders={**case.definition.ladders, "unit": ladder._replace(rungs=early)}, hash="early")
    case.open().do("assign", lead="SCJGJ", due=local("2020-09-27T10:00")).at("2020-09-27T10:00").sweep()
    assert rungs(case) == ["supervision-letter"]
    case.do("decline", LEAD, {"reason": "x"})
    assert (rungs(case), case.ticket.deadlines["sign"].state) == ([], ENDED)


def test_a_workflow_without_a_clock_to_sign_keeps_the_limit_in_the_proposal(urged: Matter, rectifying: Matter) -> None:
    clocks = {name: clock for name, clock in rectifying.definition.clocks.items() if name != "sign"}
    case = Matter(local("2020-09-25T09:00"), replace(rectifying.definition, clocks=clocks, hash="no-sign"), china())
    case.open().do("assign", lead="SCJGJ").at("2020-10-13T18:00").sweep()
    assert [item.due_at for item in case.ticket.proposals] == [local("2020-10-15T18:00")]
    assert "sign" not in case.ticket.deadlines
    assert case.do("issue", by="督查室主任").ticket.acted_level == 2


def test_a_proposal_of_a_clock_that_the_workflow_no_longer_has_goes_by_its_rung(urged: Matter) -> None:
    moved = tuple(item._replace(clock="gone") for item in urged.ticket.proposals)
    ticket = urged.ticket._replace(proposals=moved)
    assert proposals.named(urged.definition, ticket, "通报") is None
    assert proposals.named(urged.definition, ticket, "circular") == moved[1]


def test_an_issue_that_no_guard_checked_is_a_broken_workflow(rectifying: Matter) -> None:
    trigger = rectifying.definition.triggers["issue"]._replace(guards=())
    rectifying.definition = replace(
        rectifying.definition, triggers={**rectifying.definition.triggers, "issue": trigger}, hash="unguarded",
    )
    with pytest.raises(ValueError, match="nothing proposed"):
        rectifying.attempt("issue", by="督查室主任")
