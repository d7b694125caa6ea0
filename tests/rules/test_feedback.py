"""A complaint or review: said by its sender, answered by whoever complained, decided upon, told back; told by its events alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rules.access import Actor, may_enter_feedback, may_read_feedback
from engine.rules.acts.command import Refusal
from engine.rules.acts.redaction import ask
from engine.rules.event import Event, for_the_office
from engine.rules.judging.judge import judge_feedback
from engine.rules.judging.judgement import Judgement
from engine.rules.judging.known import Post
from engine.rules.loop.feedback import FEEDBACK, Feedback, evolve, fold, key_of
from engine.rules.loop.feedback_acts import (
    LINK_IS_GOOD,
    Answer,
    Matter,
    answer,
    answer_problems,
    decide_redo,
    link,
    matter_of,
    outcome_of,
    receive,
    tell,
    update,
)
from engine.rules.loop.message import Message, arrival, says_more
from engine.rules.streams import FIRST_KINDS
from tests.rules.conftest import AUDITOR, LEAD, LEADER, OFFICE, WATCH, china, local
from tests.rules.conftest import Matter as Story
from tests.rules.test_judging import codes as named
from tests.rules.test_judging import told_otherwise
from tests.rules.told import EVERYBODY, Told

NOW = local("2020-03-16T17:00")
CHINA = china()
BAD = Message(
    "R1", 1, local("2020-03-15T10:00"), "review", rating=2, unit="SCJGJ", item="企业开办", text="跑了三趟",
    name="张三", phone="1380",
)
COMPLAINT = Message("C1", 1, local("2020-03-15T10:00"), "complaint", text="乱收费")
MATTER = Matter("ZG-2020-0001", "received")
HASH = "a" * 64
SALT = "t"


def received(message: Message = BAD, matter: Matter | None = MATTER, actor: Actor = OFFICE, source: str = "省平台") -> Event | Refusal:
    return receive(
        source, message, matter, actor, NOW, stream=7, number="F-2020-0003", office="ZG", salt="s", secret_salt=SALT,
    )


def done(outcome: Event | Refusal) -> Event:
    assert isinstance(outcome, Event), outcome
    return outcome


def codes(outcome: Event | Refusal) -> list[str]:
    assert isinstance(outcome, Refusal), outcome
    return [reason.code for reason in outcome.reasons]


def known(message: Message = BAD, matter: Matter | None = MATTER) -> Feedback:
    return evolve(None, done(received(message, matter)))


def updated(
    before: Feedback, message: Message, matter: Matter | None = None, *, closed_at: datetime | None = None, actor: Actor = OFFICE,
) -> Event | Refusal:
    return update(before, message, matter, actor, NOW, CHINA, salt="s", secret_salt=SALT, closed_at=closed_at)


def answered(before: Feedback, said: Answer, attempt: int | None = 1, actor: Actor = OFFICE) -> Event | Refusal:
    return answer(before, said, attempt, actor, NOW, CHINA, salt="s")


def test_it_is_what_its_sender_says_of_it() -> None:
    event = done(received())
    found = evolve(None, event)
    assert (found.id, found.number, found.year, found.serial, found.version) == (7, "F-2020-0003", 2020, 3, 1)
    assert (found.source, found.ref, found.kind, found.title, found.mark) == ("省平台", "R1", "review", "省平台 R1", "F-2020-0003/1")
    assert (found.rating, found.unit, found.item, found.said, found.category) == (2, "SCJGJ", "企业开办", "跑了三趟", "open")
    assert (found.ticket, found.told, found.outcome, found.bad) == ("ZG-2020-0001", "received", None, True)
    assert for_the_office(event) and FIRST_KINDS[event.kind] is Feedback
    assert event.secret == {"complainant": "张三", "phone": "1380"} and "张三" not in str(dict(event.data.items()))
    assert FEEDBACK.read(FEEDBACK.columns(found, {})) == found
    assert (found.key, key_of("a:b", "c"), key_of("a", "b:c"), key_of("a%3Ab", "c")) == ("省平台:R1", "a%3Ab:c", "a:b:c", "a%253Ab:c")


def test_what_was_erased_is_not_there() -> None:
    erased = done(received())._replace(words=None, salt=None, secret=None, secret_salt=None)
    assert (evolve(None, erased).item, evolve(None, erased).said) == (None, None)


def test_a_good_review_and_a_complaint_that_its_sender_closed_need_no_ticket() -> None:
    assert not replace(BAD, rating=3).asks and not replace(COMPLAINT, category="done").asks
    assert BAD.asks and COMPLAINT.asks
    assert codes(received(replace(BAD, rating=3))) == codes(received(matter=None)) == ["feedback-ticket"]
    assert not known(replace(BAD, rating=5), None).bad


def test_a_platform_s_program_speaks_for_no_other_platform() -> None:
    platform = Actor("hotline", "intake", None, "test")
    assert codes(received(BAD, MATTER, platform, "12345")) == ["may-not-bring-feedback"]
    assert isinstance(received(BAD, MATTER, platform, "hotline"), Event)
    ours = evolve(None, done(received(source="hotline")))
    newer = replace(BAD, version=BAD.version + 1, text="还是慢")
    assert isinstance(updated(ours, newer, actor=platform), Event)
    assert codes(updated(known(), newer, actor=platform)) == ["may-not-bring-feedback"]


@pytest.mark.parametrize(("said", "expected"), [
    ({"ref": " "}, "words-empty"), ({"version": -1}, "feedback-version"), ({"version": 2**53}, "feedback-version"),
    ({"category": "half"}, "feedback-category"),
    ({"rating": 9}, "rating-unknown"), ({"rating": 0}, "rating-unknown"), ({"item": "甲\n乙"}, "words-control"),
    ({"mark": "9" * 5000}, "words-long"),
    ({"text": "x" * 6000}, "words-long"), ({"phone": "x" * 200}, "words-long"), ({"item": None, "text": None}, "feedback-wordless"),
])
def test_what_no_message_is_refused(said: dict[str, Any], expected: str) -> None:
    message = replace(BAD, **said)
    assert expected in codes(received(message, MATTER if message.asks else None))


def test_every_reason_is_told_at_once() -> None:
    assert codes(received(replace(BAD, kind="letter", ref=""), None, LEAD, "")) == [
        "may-not-bring-feedback", "words-empty", "words-empty", "feedback-kind", "feedback-ticket",
    ]
    assert codes(received(replace(BAD, rating=None), None)) == ["rating-missing"]


@pytest.mark.parametrize(("said", "expected"), [
    ({}, "same"), ({"version": 0, "text": "旧的"}, "older"), ({"version": 2}, "newer"), ({"text": "别的"}, "differs"),
    ({"rating": 1}, "differs"),
    ({"version": 2, "mark": "F-2020-0003/1"}, "echo"), ({"version": 2, "mark": "F-2020-0004/1"}, "newer"),
    ({"version": 2, "mark": "F-2020-0003/9"}, "newer"), ({"version": 2, "mark": "F-2020-0003/一"}, "newer"),
    ({"version": 2, "mark": f"F-2020-0003/{'9' * 5000}"}, "newer"), ({"version": 2, "mark": "F-2020-0003/\uff11"}, "newer"),
    ({"version": 2, "mark": "F-2020-0003/0"}, "newer"), ({"version": 2, "mark": "F-2020-0003"}, "newer"),
    ({"version": 2, "mark": "F-2020-0003/1", "text": "窗口骂人"}, "newer"), ({"version": 2, "mark": "F-2020-0003/1", "rating": 1}, "newer"),
    ({"version": 2, "mark": "F-2020-0003/1", "category": "done"}, "newer"),
    ({"kind": "complaint"}, "differs"), ({"unit": "GAJ"}, "differs"),
])
def test_what_a_message_is_beside_what_is_known(said: dict[str, Any], expected: str) -> None:
    assert arrival(known(), replace(BAD, **said)) == expected
    assert arrival(None, replace(BAD, **said)) == "new"


def test_a_unit_that_nobody_had_read_is_said_of_the_same_version() -> None:
    before = known()._replace(unit=None)
    assert arrival(before, BAD) == "newer"
    assert arrival(before, replace(BAD, rating=5)) == "differs"


def test_an_end_that_comes_back_is_an_echo_and_whoever_opens_it_again_is_heard() -> None:
    before = known()
    told = evolve(before, done(tell(before, Matter("ZG-2020-0001", "verified"), "rectified", WATCH, NOW)))
    later = replace(BAD, version=2, mark=told.mark, at=NOW)
    assert arrival(told, replace(later, category="done")) == "echo"
    assert arrival(told, replace(later, at=BAD.at)) == "echo", "the sender has not closed it yet"
    assert arrival(told, later) == "newer", "it says so of a later time"


def test_whoever_had_closed_it_and_opens_it_again_is_heard_under_a_mark_of_ours() -> None:
    before = known()
    closed = evolve(before, done(updated(before, replace(BAD, version=2, category="done"))))
    assert arrival(closed, replace(BAD, version=3, mark=closed.mark)) == "newer"


@given(version=st.integers(0, 3), said=st.sampled_from(({}, {"text": "窗口骂人"}, {"rating": 1}, {"unit": "GAJ"}, {"item": "注销"})))
def test_under_a_mark_of_ours_nothing_that_a_sender_says_is_lost(version: int, said: dict[str, Any]) -> None:
    marked = replace(BAD, version=2, mark=f"F-2020-0003/{version}", **said)
    assert (arrival(known(), marked) == "echo") == (version == 1 and not said)


def test_a_newer_message_changes_what_is_the_senders_and_nothing_else() -> None:
    before = known()
    after = evolve(before, done(updated(before, replace(BAD, version=4, rating=5, text="好了", category="done"))))
    assert (after.stated_version, after.rating, after.said, after.category) == (4, 5, "好了", "done")
    assert (after.ticket, after.told, after.redo, after.version) == (before.ticket, before.told, None, 2)


def test_a_good_review_that_becomes_bad_gets_its_ticket() -> None:
    before = known(replace(BAD, rating=4), None)
    message = replace(BAD, version=2, rating=1)
    assert codes(updated(before, message)) == ["feedback-ticket"]
    after = evolve(before, done(updated(before, message, MATTER)))
    assert (after.ticket, after.told) == ("ZG-2020-0001", "received")
    assert codes(updated(after, replace(message, version=3), MATTER)) == ["feedback-ticket"], "a second ticket never comes"


def test_what_is_no_newer_message_is_refused() -> None:
    assert codes(updated(known(), replace(BAD, text="别的"), actor=LEAD)) == ["may-not-bring-feedback", "feedback-not-newer"]
    assert codes(updated(known(COMPLAINT), replace(COMPLAINT, version=2, kind="review", rating=2))) == ["feedback-other-kind"]


def test_a_sender_that_takes_up_again_what_is_closed_here_asks_a_person() -> None:
    before = known(replace(BAD, category="done"))
    again = replace(BAD, version=2)
    after = evolve(before, done(updated(before, again, closed_at=NOW)))
    assert (after.redo, after.redo_due_at) == ("waiting", local("2020-03-19T18:00"))
    assert evolve(before, done(updated(before, again))).redo is None, "what is not closed here goes on anyway"
    twice = evolve(after, done(updated(after, replace(BAD, version=3, category="done"), closed_at=NOW)))
    assert "redo_due_at" not in done(updated(twice, replace(BAD, version=4), closed_at=NOW)).data


def test_what_is_said_after_the_end_and_still_asks_is_for_a_person_to_decide() -> None:
    before, later = known(), replace(BAD, version=2, at=NOW + timedelta(hours=1))
    after = evolve(before, done(updated(before, later, closed_at=NOW)))
    assert (after.redo, after.redo_due_at, after.ticket) == ("waiting", local("2020-03-19T18:00"), "ZG-2020-0001")
    for said, closed_at in (
        (replace(later, at=NOW), NOW), (later, None), (replace(later, rating=5), NOW), (replace(later, category="done"), NOW),
    ):
        assert evolve(before, done(updated(before, said, closed_at=closed_at))).redo is None


def test_new_words_about_an_open_ticket_are_for_its_unit() -> None:
    before, newer = known(), replace(BAD, version=2, text="又跑了一趟")
    assert says_more(before, newer)
    assert not says_more(before, replace(newer, rating=5)) and not says_more(before, replace(BAD, version=2, rating=1))
    assert not says_more(before, replace(newer, item=None, text=None)) and not says_more(known(replace(BAD, rating=5), None), newer)


def test_an_answer_by_a_link_is_given_once_within_fourteen_days() -> None:
    before = evolve(known(), done(link(known(), 1, HASH, OFFICE, NOW)))
    assert (before.token, before.token_until_at) == (HASH, NOW + LINK_IS_GOOD) and timedelta(days=14) == LINK_IS_GOOD
    after = evolve(before, done(answered(before, Answer("satisfied", token=HASH), actor=WATCH)))
    assert (after.answer, after.answered_by, after.token, after.redo) == ("satisfied", "watch", None, None)
    assert codes(answered(after, Answer("satisfied", token=HASH), 2, WATCH)) == ["answer-link-over"]
    assert codes(answered(after, Answer("satisfied"), 1)) == codes(link(after, 1, HASH, OFFICE, NOW)) == ["answer-given-before"]
    late = answer(before, Answer("satisfied", token=HASH), 1, WATCH, NOW + LINK_IS_GOOD, CHINA, salt="s")
    assert codes(late) == codes(answered(before, Answer("satisfied", token="b" * 64), actor=WATCH)) == ["answer-link-over"]
    assert codes(answered(before, Answer("satisfied"), actor=WATCH)) == ["may-not-enter-feedback"]
    assert codes(link(before, 1, HASH, LEAD, NOW)) == ["may-not-enter-feedback"]


@pytest.mark.parametrize(("said", "asks"), [
    (Answer("satisfied", text="谢谢"), False), (Answer("unsatisfied", ("too-slow", "rules")), False),
    (Answer("unsatisfied", ("not-done",)), True),
    (Answer("unsatisfied", ("too-slow",), "再看看"), True), (Answer("unsatisfied", text="没解决"), True),
    (Answer("unsatisfied", ("?",)), False),
])
def test_what_asks_for_it_to_be_done_again(said: Answer, asks: bool) -> None:
    assert said.asks == asks
    if "?" not in said.reasons:
        after = evolve(known(), done(answered(known(), said)))
        assert (after.redo == "waiting") == asks and after.answer_text == said.text and after.answered_attempt == 1


def test_what_is_no_answer_is_refused() -> None:
    before = known()
    assert codes(answered(before, Answer("unsatisfied"))) == ["answer-no-reason"]
    assert codes(answered(before, Answer("so-so"))) == ["answer-unknown"]
    assert codes(answered(before, Answer("unsatisfied", ("?",), " "))) == ["answer-reason-unknown", "words-empty"]
    assert codes(answered(before, Answer("satisfied"), None)) == ["answer-not-closed"]
    good = known(replace(BAD, rating=5), None)
    assert codes(answered(good, Answer("satisfied"))) == ["feedback-no-ticket-yet"]


def test_a_person_decides_whether_it_is_done_again() -> None:
    waiting = evolve(known(), done(answered(known(), Answer("unsatisfied", ("not-done",)))))
    for granted, expected in ((True, "granted"), (False, "refused")):
        decided = done(decide_redo(waiting, granted=granted, reason="已核实", actor=OFFICE, now=NOW, salt="s"))
        after = evolve(waiting, decided)
        assert (after.redo, after.redo_due_at, after.decided_by) == (expected, None, "office")
        again = decide_redo(after, granted=granted, reason=" ", actor=LEAD, now=NOW, salt="s")
        assert codes(again) == ["may-not-enter-feedback", "redo-not-asked", "words-empty"]


def test_a_sender_is_told_of_each_state_once() -> None:
    before = known()
    after = evolve(before, done(tell(before, replace(MATTER, told="rectifying"), "accepted", WATCH, NOW)))
    assert (after.told, after.outcome, after.outcome_at, after.ticket) == ("rectifying", "accepted", NOW, before.ticket)
    assert codes(tell(after, replace(MATTER, told="rectifying"), "accepted", OFFICE, NOW)) == ["outcome-known"]
    assert codes(tell(before, replace(MATTER, told="x"), "accepted", LEAD, NOW)) == ["may-not-enter-feedback"]


def test_what_cannot_follow_is_no_history() -> None:
    first = done(received())
    before = evolve(None, first)
    for event, reason in (
        (first._replace(seq=2, kind="feedback-updated"), "cannot begin"), (first._replace(kind="other"), "cannot begin"),
    ):
        with pytest.raises(ValueError, match=reason):
            evolve(None, event)
    with pytest.raises(ValueError, match="cannot follow"):
        evolve(before, first)
    with pytest.raises(ValueError, match="nothing of a complaint"):
        evolve(before, first._replace(seq=2, kind="other"))
    with pytest.raises(ValueError, match="without events"):
        fold(())
    assert evolve(before, done(ask(before, [first], 1, "申请删除", OFFICE, NOW, "s"))) == before._replace(version=2, changed_at=NOW)
    assert fold([first]) == before


@pytest.mark.parametrize(("actor", "enters", "reads"), [
    (OFFICE, True, True), (LEADER, False, True), (AUDITOR, False, True), (LEAD, False, False), (WATCH, False, False),
])
def test_no_unit_reads_of_what_came(actor: Actor, enters: bool, reads: bool) -> None:
    assert (may_enter_feedback(actor), may_read_feedback(actor)) == (enters, reads)


@given(st.permutations([(version, rating) for version, rating in enumerate((2, 5, 1, 4, 3))]))
@settings(max_examples=40)
def test_in_whatever_order_versions_come_what_the_sender_says_last_stands(order: list[tuple[int, int]]) -> None:
    state: Feedback | None = None
    for version, rating in order:
        message = replace(BAD, version=version, rating=rating, text=f"第{version}版")
        matter = MATTER if message.asks and (state is None or state.ticket is None) else None
        if state is None:
            state = known(message, matter)
        elif arrival(state, message) == "newer":
            state = evolve(state, done(updated(state, message, matter)))
    assert state is not None and (state.stated_version, state.rating, state.said) == (4, 3, "第4版")


# judged again ---------------------------------------------------------------------------------------------------------------

KNOWN = Told({}, [CHINA], posts={**EVERYBODY, "office": Post("supervisor", None)})
UNASKED = Judgement((), ("tickets",))


def judged(event: Event, before: Feedback | None = None, history: tuple[Event, ...] = ()) -> Judgement:
    return judge_feedback(event, before, history, KNOWN)


def test_what_is_done_with_it_is_lawful() -> None:
    first = done(received())
    before = evolve(None, first)
    assert judged(first) == judged(done(received(COMPLAINT))) == judged(done(received(replace(BAD, rating=5), None))) == UNASKED
    assert judged(first._replace(words=None, salt=None, secret=None)) == UNASKED, "its words are not asked for"
    linked = done(link(before, 1, HASH, OFFICE, NOW))
    by_link = evolve(before, linked)
    waiting = evolve(before, done(answered(before, Answer("unsatisfied", ("not-done",), "没解决"))))
    closed_there = known(replace(BAD, category="done"))
    without_unit = known(replace(BAD, rating=5, unit=None), None)
    unit_told = done(updated(without_unit, replace(BAD, rating=5)))
    assert judged(unit_told._replace(words=None, salt=None, secret=None), without_unit) == UNASKED
    assert judged(unit_told._replace(words={**(unit_told.words or {}), "text": "别的"}), without_unit) != UNASKED
    for event, state in (
        (unit_told, without_unit), (linked, before), (done(answered(by_link, Answer("satisfied", token=HASH), actor=WATCH)), by_link),
        (done(answered(before, Answer("unsatisfied", ("not-done",), "没解决"))), before),
        (done(decide_redo(waiting, granted=True, reason="已核实", actor=OFFICE, now=NOW, salt="s")), waiting),
        (done(tell(before, replace(MATTER, told="rectifying"), "accepted", WATCH, NOW)), before),
        (done(updated(before, replace(BAD, version=2, rating=1))), before),
        (done(updated(closed_there, replace(BAD, version=2), closed_at=NOW)), closed_there),
        (done(updated(known(replace(BAD, rating=5), None), replace(BAD, version=2), MATTER)), known(replace(BAD, rating=5), None)),
    ):
        assert judged(event, state) == UNASKED, event.kind
    assert judged(done(ask(before, [first], 1, "申请删除", OFFICE, NOW, "s")), before, (first,)) == Judgement()


def test_what_is_not_lawful_of_it_is_named() -> None:
    first = done(received())
    before = evolve(None, first)
    assert named(judged(first._replace(data=told_otherwise(first, rating=7)))) == ["rating-unknown", "feedback-ticket"]
    by_unit = done(link(before, 1, HASH, OFFICE, NOW))._replace(actor="lead-contact", role="contact", unit="SCJGJ")
    assert named(judged(by_unit, before)) == ["may-not-enter-feedback"]
    assert named(judged(first, before)) == named(judged(first._replace(kind="answer-given"))) == ["judged-kind"]
    assert named(judged(first._replace(kind="other"), before)) == ["judged-kind"]
    assert named(judged(first._replace(data=told_otherwise(first, stated_at="soon")))) == ["judged-form"]
    longer = done(answered(before, Answer("unsatisfied", ("not-done",))))
    assert named(judged(longer._replace(data=told_otherwise(longer, redo_due_at="2021-01-01T10:00:00.000000Z")), before)) == ["judged-fact"]


@pytest.mark.parametrize(("stage", "closed_as", "expected"), [
    ("found", None, "received"), ("assigned", None, "received"), ("rectifying", None, "accepted"), ("submitted", None, "answered"),
    ("verified", None, "rectified"), ("withdrawn", "duplicate", "closed-as"), ("withdrawn", "withdrawn", "rejected"),
    ("suspended", None, "accepted"),
])
def test_what_a_sender_is_told_is_the_stage(stage: str, closed_as: str | None, expected: str) -> None:
    assert outcome_of(stage, closed_as) == expected


def test_what_is_told_of_a_ticket_is_its_state_and_as_what_it_was_closed(matter: Callable[..., Story]) -> None:
    ticket = matter().open().ticket
    assert matter_of(ticket) == Matter(ticket.number, "found")
    assert matter_of(ticket._replace(closed_as="duplicate")).told == "found/duplicate"


def test_what_stands_against_an_answer_by_a_link_is_known_before_anything_is_said() -> None:
    linked = fold([event := received(), link(fold([event]), 1, HASH, OFFICE, NOW)])  # type: ignore[list-item]
    assert answer_problems(linked, 1, HASH, NOW) == ()
    assert [reason.code for reason in answer_problems(linked, 1, "b" * 64, NOW)] == ["answer-link-over"]
    assert [reason.code for reason in answer_problems(linked, None, HASH, NOW + LINK_IS_GOOD)] == ["answer-not-closed", "answer-link-over"]
