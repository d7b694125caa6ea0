"""What whoever complained says of the end: once, by a link whose token nobody keeps; a person decides, and the ticket goes on."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from engine.desk.today import today
from engine.errors import NotPermitted, Refused
from engine.office.complaints.answers import answer, answer_by_phone, decide, look, make_link
from engine.office.complaints.feedbacks import Feedbacks
from engine.office.complaints.inbound import take_in
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.loop.feedback import fold
from engine.views.today import line_view
from tests.rebuilt import anew, content
from tests.registry.conftest import OFFICE, Town

SCJGJ, LEADER = Actor("scjgj", "contact", "SCJGJ", "test"), Actor("leader", "leader", None, "test")
BAD: Mapping[str, Any] = {
    "ref": "R1", "version": 1, "at": "2020-09-24T10:00", "rating": 1, "unit": "SCJGJ", "item": "开办", "text": "跑了三趟",
    "name": "张三", "phone": "13800001111",
}


def closed(town: Town) -> Town:
    """A bad review whose ticket is rectified."""
    take_in(town.desk, OFFICE, "省平台", BAD)
    town.desk.do(SCJGJ, "1", Command("call-back", {}, {"note": "已电话回访"}))
    return again(town)


def again(town: Town) -> Town:
    town.desk.do(SCJGJ, "1", Command("submit", {}, {"note": "已整改"}))
    town.desk.do(OFFICE, "1", Command("verify"))
    return town


def token(town: Town) -> str:
    return make_link(town.desk, OFFICE, "1", lambda: "token").token


def refused(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def events(town: Town) -> int:
    return int(town.database.rows("SELECT count(*) FROM event")[0][0])


def test_a_link_is_good_once_and_the_record_has_only_its_hash(town: Town) -> None:
    link, before = token(closed(town)), events(town)
    seen = look(town.desk, link)
    assert (seen.item, seen.ref, "not-done" in seen.reasons) == ("开办", "R1", True) and events(town) == before, "looking changes nothing"
    assert "张三" not in repr(seen) and "13800001111" not in repr(seen) and "已整改" not in repr(seen)
    [(kept,)] = town.database.rows("SELECT token FROM feedback")
    assert kept == sha256(b"token").hexdigest()
    done = answer(town.desk, link, "unsatisfied", ("not-done",))
    assert (done.answer, done.redo, done.answered_by, done.token) == ("unsatisfied", "waiting", "watch", None)
    for late in (lambda: look(town.desk, link), lambda: answer(town.desk, link, "satisfied"), lambda: look(town.desk, "other")):
        with pytest.raises(Refused) as error:
            late()
        assert refused(error) == ["answer-link-over"]
    with pytest.raises(Refused) as error:
        token(town)
    assert refused(error) == ["answer-given-before"], "once for each end"
    assert town.sound()


def test_a_link_is_over_after_fourteen_days_and_a_new_one_ends_it(town: Town) -> None:
    link = token(closed(town))
    with pytest.raises(Refused) as error:
        look(town.at("2020-10-09T09:00").desk, link)
    assert refused(error) == ["answer-link-over"]
    make_link(town.desk, OFFICE, "1", lambda: "newer")
    with pytest.raises(Refused):
        look(town.desk, link)
    assert look(town.desk, "newer").until is not None


@pytest.mark.parametrize(("said", "reasons", "text", "redo"), [
    ("satisfied", (), None, None), ("unsatisfied", ("too-slow",), None, None), ("unsatisfied", (), "还要材料", "waiting"),
])
def test_what_the_office_enters_of_a_call_is_an_answer(town: Town, said: str, reasons: tuple[str, ...], text: str, redo: str) -> None:
    done = answer_by_phone(closed(town).desk, OFFICE, "1", said, reasons, text).thing
    [section] = [each for each in today(town.desk, OFFICE) if each.name == "redos"]
    assert (done.answered_by, done.redo, section.total) == ("office", redo, 1 if redo else 0)
    for line in section.lines:
        view = line_view(line, town.now, town.desk.rules.calendar())
        assert (view["number"], view["due_on"], view["light"]) == ("F-2020-0001", "2020-09-29", "green")
        assert view["command"] == "zg feedback decide F-2020-0001 --reopen --reason TEXT"
    assert town.sound()


def test_only_the_office_makes_links_enters_and_decides(town: Town) -> None:
    closed(town)
    before = events(town)
    for actor in (SCJGJ, LEADER):
        with pytest.raises(NotPermitted):
            make_link(town.desk, actor, "1")
        with pytest.raises(NotPermitted):
            answer_by_phone(town.desk, actor, "1", "satisfied")
        with pytest.raises(NotPermitted):
            decide(town.desk, actor, "1", granted=True, reason="属实")
    with pytest.raises(Refused) as error:
        answer_by_phone(town.desk, OFFICE, "1", "unsatisfied")
    assert refused(error) == ["answer-no-reason"]
    assert events(town) == before


def test_a_granted_request_reopens_the_ticket_in_one_step_and_its_next_end_is_answered_anew(town: Town, tmp_path: Path) -> None:
    answer(town.desk, token(closed(town)), "unsatisfied", ("not-done",))
    before = events(town)
    decide(town.desk, OFFICE, "1", granted=True, reason="情况属实", dry_run=True)
    assert events(town) == before and town.desk.ticket(OFFICE, "1").final, "a rehearsal leaves nothing"
    done = decide(town.desk, OFFICE, "1", granted=True, reason="情况属实").thing
    ticket = town.desk.ticket(OFFICE, "1")
    assert (done.redo, done.redo_due_at, ticket.state, ticket.attempt, ticket.closed_as) == ("granted", None, "rectifying", 2, None)
    assert ticket.deadlines["done"].due_at is not None and events(town) == before + 2
    with pytest.raises(Refused) as error:
        answer_by_phone(town.desk, OFFICE, "1", "satisfied")
    assert refused(error) == ["answer-not-closed"], "and whoever answers is told so"
    answer(town.desk, token(again(town)), "satisfied")
    number, history = Feedbacks(town.desk).events(OFFICE, "1")
    assert fold(history) == Feedbacks(town.desk).read(OFFICE, number) and town.sound()
    assert anew(town.database, f"sqlite:///{tmp_path / 'anew.db'}") == content(town.database), "a rebuilding makes the same of it"


def test_a_refused_request_leaves_the_ticket_closed_and_is_decided_once(town: Town) -> None:
    answer_by_phone(closed(town).desk, OFFICE, "1", "unsatisfied", (), "还要材料")
    assert decide(town.desk, OFFICE, "1", granted=False, reason="已按规定办结").thing.redo == "refused"
    assert town.desk.ticket(OFFICE, "1").final
    with pytest.raises(Refused) as error:
        decide(town.desk, OFFICE, "1", granted=True, reason="属实")
    assert refused(error) == ["redo-not-asked"] and town.sound()


def test_what_goes_on_already_is_granted_without_another_act(town: Town) -> None:
    link = token(closed(town))
    answer_by_phone(town.desk, OFFICE, "1", "unsatisfied", ("came-back",))
    town.desk.do(OFFICE, "1", Command("reopen", {}, {"reason": "反弹"}))
    with pytest.raises(Refused):
        look(town.desk, link)
    before = events(town)
    assert decide(town.desk, OFFICE, "1", granted=True, reason="属实").thing.redo == "granted"
    assert events(town) == before + 1 and town.sound()


def test_an_upheld_appeal_is_decided_anew(town: Town) -> None:
    take_in(town.desk, OFFICE, "省平台", BAD)
    town.desk.do(SCJGJ, "1", Command("appeal", {}, {"reason": "不属实"}))
    town.desk.do(OFFICE, "1", Command("uphold", {}, {"reason": "不属实"}))
    answer_by_phone(town.desk, OFFICE, "1", "unsatisfied", (), "确有其事")
    decide(town.desk, OFFICE, "1", granted=True, reason="再核")
    ticket = town.desk.ticket(OFFICE, "1")
    assert (ticket.state, ticket.final, ticket.closed_as) == ("appealed", False, None) and town.sound()


def test_a_complaint_that_is_granted_goes_on_in_hand(town: Town) -> None:
    complaint = {"ref": "C1", "version": 1, "at": "2020-09-24T09:00", "kind": "投诉", "text": "乱收费", "state": "处理中"}
    take_in(town.desk, OFFICE, "12345", complaint)
    town.desk.do(OFFICE, "1", Command("assign", {"lead": "SCJGJ"}))
    town.desk.do(SCJGJ, "1", Command("accept"))
    town.desk.do(SCJGJ, "1", Command("submit", {}, {"note": "已退"}))
    town.desk.do(OFFICE, "1", Command("verify"))
    answer_by_phone(town.desk, OFFICE, "1", "unsatisfied", ("partly-done",))
    decide(town.desk, OFFICE, "1", granted=True, reason="属实")
    assert town.desk.ticket(OFFICE, "1").state == "handling" and town.sound()
