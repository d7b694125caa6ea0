"""Rounds of evaluation on both databases: what a file does and does not do, and what people do with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.audit.verify import verify
from engine.desk.filing import inspect
from engine.desk.lists import page
from engine.desk.showing import show
from engine.desk.today import one_section, today
from engine.desk.wanted import Wanted
from engine.errors import InvalidFile, NotPermitted, NotPossible, Refused, RoundNotFound
from engine.office.rounds.beginning import About, Rounds
from engine.office.rounds.board import board
from engine.office.rounds.closing import close_round
from engine.office.rounds.imports import Asked, import_results
from engine.office.rounds.shown import board_view
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.views.today import Line, RoundLine
from tests.office.rounds.conftest import FOUND, LEADS, Loop, actions, codes, handed_to_units
from tests.registry.conftest import ADMIN, OFFICE

LEADER = Actor("leader", "leader", None, "test")
LEAD = Actor("zrzyj", "contact", "ZRZYJ", "test")


def sound(loop: Loop) -> bool:
    return list(verify(loop.town.database)) == []


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_a_preview_says_what_a_commit_does_and_writes_nothing(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    before = loop.events()
    shown = loop.load(number, *FOUND, commit=False)
    assert loop.events() == before and shown.dry_run
    done = loop.load(number, *FOUND)
    assert actions(shown) == actions(done) == {"opened": 2, "recorded": 1, "missing": 1}
    assert sound(loop)


def test_what_is_missed_is_found_and_starts_no_clock_of_a_unit(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    found = loop.of("3.5-1|甲县", number)
    assert (found.state, found.source, found.measure, found.round, found.misses) == ("found", "evaluation", "3.5", number, 1)
    assert found.promised_at is None and loop.notices() == 0
    assert found.measurements[0].value == "7.2" and found.problem_key == "1|市自评|3.5-1|甲县"


def test_the_same_file_again_changes_nothing_and_tells_nobody(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    before, told = loop.events(), loop.notices()
    again = loop.load(number, *FOUND)
    assert actions(again) == {"unchanged": 4} and (loop.events(), loop.notices()) == (before, told)


def test_shuffled_rows_leave_the_same_record(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, *reversed(FOUND))
    assert [(ticket.number, ticket.title) for ticket in loop.every()] == [
        ("ZG-2020-0001", "乙区：一般登记办结时间"), ("ZG-2020-0002", "甲县：一般登记办结时间"),
    ]


def second_round(loop: Loop, *rows: str) -> str:
    loop.at("2020-10-09")
    number = loop.start("2020-09-30")
    loop.load(number, *rows)
    return number


def test_a_second_round_passes_measures_confirms_and_relapses_and_people_act(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    waiting, closed = loop.of("3.5-1|甲县", first).number, loop.of("3.5-1|乙区", first).number
    loop.rectified(waiting)
    loop.rectified(closed, verified=True)
    second = second_round(loop, "3.5-1,甲县,1.5,", "3.5-1,乙区,5,")
    results = loop.round(second).results
    assert (results["3.5-1|甲县"].action, results["3.5-1|乙区"].action) == ("passed", "relapsed")
    assert (loop.ticket(waiting).state, loop.ticket(closed).state) == ("submitted", "verified"), "a file closes and reopens nothing"
    assert loop.ticket(closed).relapse == second
    assert [item.after.state for item in loop.reopen(second)] == ["rectifying"]
    reopened = loop.ticket(closed)
    assert (reopened.relapse, reopened.relapses, reopened.attempt) == (None, 1, 2)
    assert [item.after.state for item in loop.verify(second)] == ["verified"]
    desk, passed, lead = loop.town.desk, loop.ticket(waiting), LEAD
    assert len(desk.files(OFFICE, passed)) == len(desk.files(lead, passed)) + 1, "the file tells of other units: it is the office's"
    [done] = [event for event in desk.events(lead, waiting) if event.data.get("trigger") == "verify"]
    assert not done.data["evidence"]
    assert [file.name for file in loop.town.desk.files(LEADER, loop.ticket(waiting))] == [second]
    assert handed_to_units(loop) == [], "the file of a round holds what was found of every unit"
    assert loop.reopen(second) == [] and loop.verify(second) == []
    third = loop.at("2021-01-08").start("2020-12-31")
    loop.load(third, "3.5-1,甲县,1,")
    confirmed = loop.ticket(waiting)
    assert (confirmed.confirmed, confirmed.last_confirmed_round) == (1, third)
    assert sound(loop)


def test_what_is_measured_while_it_is_worked_on_moves_no_state_and_no_date(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    number = loop.of("3.5-1|甲县", first).number
    before = loop.rectified(number, submitted=False)
    second = second_round(loop, "3.5-1,甲县,9,")
    after = loop.ticket(number)
    assert (after.state, after.promised_at, after.deadlines) == (before.state, before.promised_at, before.deadlines)
    assert (after.misses, after.measurements[-1].trend, after.round) == (2, "worse", second)


def test_measured_before_it_was_closed_is_no_relapse(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    number = loop.of("3.5-1|甲县", first).number
    loop.at("2020-10-09").rectified(number, verified=True)
    second = second_round(loop, "3.5-1,甲县,9,")
    assert loop.round(second).results["3.5-1|甲县"].action == "earlier" and loop.ticket(number).relapse is None


def test_what_was_withdrawn_as_no_problem_stays(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    number = loop.of("3.5-1|甲县", first).number
    loop.town.desk.do(OFFICE, number, Command("withdraw", {"as": "not-a-problem"}, {"reason": "口径不同"}))
    second = second_round(loop, "3.5-1,甲县,9,")
    assert loop.round(second).results["3.5-1|甲县"].action == "dismissed" and loop.ticket(number).state == "withdrawn"


def test_a_suspended_one_is_left_alone(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    number = loop.of("3.5-1|甲县", first).number
    loop.at("2020-09-28").rectified(number, submitted=False)
    loop.town.desk.do(OFFICE, number, Command("suspend", words={"reason": "系统改造"}))
    second = second_round(loop, "3.5-1,甲县,9,")
    assert loop.round(second).results["3.5-1|甲县"].action == "excepted" and loop.ticket(number).misses == 1


def test_an_earlier_years_ticket_is_not_reopened_but_repeated(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    old = loop.of("3.5-1|甲县", first).number
    loop.rectified(old, verified=True)
    later = loop.at("2021-04-08").start("2021-03-31")
    loop.load(later, "3.5-1,甲县,9,")
    new = loop.of("3.5-1|甲县", later)
    assert new.number != old and new.measurements[0].repeats == old and new.relapses == 1
    assert show(loop.town.desk, OFFICE, new.number).view["links"] == [{"relation": "relapse-of", "number": old}]
    assert show(loop.town.desk, OFFICE, old).view["links"] == [{"relation": "relapsed-as", "number": new.number}], "told on both"
    [link] = [event for event in loop.town.desk.events(OFFICE, new.number) if event.kind == "linked"]
    assert (link.data["relation"], link.data["target"]) == ("relapse-of", old) and sound(loop)
    assert actions(loop.load(later, "3.5-1,甲县,9,"))["unchanged"] == 1
    loop.town.desk.do(OFFICE, new.number, Command("assign"))
    assert all(event.kind != "linked" for event in loop.town.desk.events(LEAD, new.number)) and loop.undo(later).stays == []


def test_a_target_that_is_not_yet_due_opens_nothing_unless_interim_is_said(loop: Loop) -> None:
    number = loop.start("2020-06-30", targets=("3.1-2",), scheme="甲")
    assert actions(loop.load(number, "3.1-2,甲县,9,", "3.1-2,乙区,1,")) == {"recorded": 2}
    interim = loop.start("2020-06-30", targets=("3.1-2",), scheme="乙", interim=True)
    assert actions(loop.load(interim, "3.1-2,甲县,9,", "3.1-2,乙区,1,")) == {"opened": 1, "recorded": 1}


@pytest.mark.parametrize(("rows", "expected"), [
    (("3.5-1,甲县,7,", "3.5-1,甲县,7,"), ["result-twin-same"]),
    (("3.5-1,甲县,7,", "3.5-1,甲县,8,"), ["result-twin-other", "result-twin-other"]),
    (("9.9-1,甲县,7,",), ["result-target"]), (("3.5-1,丙市,7,",), ["result-out-of-scope"]), (("3.5-1,甲县,很长,",), ["result-unreadable"]),
    (("3.5-1,甲县,5天,",), ["result-unit"]), (("3.5-1,甲县,5个工作日,",), []),
])
def test_what_cannot_be_used_is_a_problem_of_its_row_and_the_rest_goes_on(loop: Loop, rows: tuple[str, ...], expected: list[str]) -> None:
    number = loop.start("2020-06-30")
    applied = loop.load(number, *rows, "3.5-1,乙区,4,")
    assert codes(applied) == expected
    assert loop.round(number).results["3.5-1|乙区"].action == "opened"
    assert ("3.5-1|甲县" in loop.round(number).results) == (expected in ([], ["result-twin-same"]))


def test_a_file_of_which_nothing_is_understood_is_refused(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    with pytest.raises(InvalidFile):
        loop.load(number, "甲,乙,丙,丁", head="一,二,三,四")
    with pytest.raises(InvalidFile):
        loop.load(number, *FOUND, "9.9-1,甲县,7,", whole=True)
    assert loop.round(number).results == {}


def test_very_many_are_asked_for_by_their_number(loop: Loop) -> None:
    subjects = [f"第{place}县" for place in range(24)]
    number = loop.start("2020-06-30", targets=("3.5-1",), subjects=subjects)
    rows = [f"3.5-1,{name},9," for name in subjects]
    with pytest.raises(NotPossible, match="confirm-needed"):
        loop.load(number, *rows)
    with pytest.raises(NotPossible, match="confirm-other"):
        loop.load(number, *rows, confirm=7)
    assert actions(loop.load(number, *rows, confirm=24)) == {"opened": 24}
    assert actions(loop.load(number, *rows, confirm=24)) == {"unchanged": 24}


def test_a_late_round_enters_the_history_and_reopens_nothing(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    second = loop.start("2020-07-03")
    loop.load(second, *FOUND)
    with pytest.raises(NotPossible, match="round-late"):
        loop.load(first, "3.5-1,甲县,9,", "3.1-1,乙区,5,")
    applied = loop.load(first, "3.5-1,甲县,9,", late=True)
    assert actions(applied) == {"earlier": 1, "missing": 3}
    assert [item.round for item in loop.of("3.5-1|甲县", second).measurements] == [first, second]


def test_two_rounds_of_one_day_are_refused_unless_their_scopes_are_apart(loop: Loop) -> None:
    loop.start("2020-06-30", subjects=("甲县",))
    loop.start("2020-06-30", subjects=("乙区",))
    with pytest.raises(Refused) as refused:
        loop.start("2020-06-30")
    assert reasons(refused) == ["round-same-day"]


def test_results_are_only_kept_while_comments_are_heard_and_a_decision_outranks_the_file(loop: Loop, tmp_path: Path) -> None:
    town = loop.town
    number = loop.start("2020-06-30", comment_until=town.at("2020-07-13T18:00").now)
    assert actions(loop.load(number, *FOUND)) == {"recorded": 4} and loop.every() == []
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    rounds = Rounds(town.desk)
    with pytest.raises(Refused) as refused:
        rounds.object(OFFICE, number, About("甲县", "3.5-1"), "口径不一")
    assert reasons(refused) == ["dispute-unsigned"]
    rounds.object(OFFICE, number, About("甲县", "3.5-1"), "口径不一", [inspect(scan)])
    loop.at("2020-07-14")
    assert actions(loop.load(number, *FOUND)) == {"opened": 1, "recorded": 2, "missing": 1}
    with pytest.raises(Refused) as refused:
        close_round(loop.town.desk, OFFICE, number, None)
    assert "round-disputed" in reasons(refused)
    Rounds(loop.town.desk).settle(OFFICE, number, About("甲县", "3.5-1"), accepted=True, value="1.5", reason="核对无误")
    assert actions(loop.load(number, *FOUND))["recorded"] == 1
    assert [ticket.title for ticket in loop.every()] == ["乙区：一般登记办结时间"]
    close_round(loop.town.desk, OFFICE, number, None)
    assert sound(loop)


def test_today_names_the_rounds_to_decide_and_to_close_and_decodes_no_other(loop: Loop, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    disputed = loop.start("2020-04-30", comment_until=loop.town.at("2020-07-13T18:00").now)
    loop.load(disputed, *FOUND)
    Rounds(loop.town.desk).object(OFFICE, disputed, About("甲县", "3.5-1"), "口径不一", [inspect(scan)])
    heard = loop.start("2020-05-31", comment_until=loop.town.at("2020-08-13T18:00").now)
    loop.load(heard, *FOUND)
    empty = loop.start("2020-06-30")
    for day, waiting in (("2020-07-14", []), ("2020-08-14", [heard])):
        found = {section.name: section for section in today(loop.at(day).town.desk, OFFICE)}
        told = [[line.round.number for line in found[name].lines if isinstance(line, RoundLine)] for name in ("disputes", "rounds")]
        assert told == [[disputed], waiting] and empty not in str(told)


def test_a_round_closes_when_every_pair_is_explained(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND[:3])
    with pytest.raises(Refused) as refused:
        close_round(loop.town.desk, OFFICE, number, None)
    assert reasons(refused) == ["round-missing"]
    assert close_round(loop.town.desk, OFFICE, number, "本轮不评").thing.closed_by == "office"
    assert sound(loop)


def test_the_reason_of_an_objection_is_erased_and_the_decision_stands(loop: Loop, tmp_path: Path) -> None:
    number = loop.start("2020-06-30", comment_until=loop.town.at("2020-07-13T18:00").now)
    loop.load(number, *FOUND)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    rounds = Rounds(loop.town.desk)
    rounds.object(OFFICE, number, About("甲县", "3.5-1"), "张三说口径不同", [inspect(scan)])
    settled = rounds.settle(OFFICE, number, About("甲县", "3.5-1"), accepted=True, value="1", reason="属实").thing
    with pytest.raises(NotPermitted):
        rounds.ask_erasure(LEAD, number, 3, "误录")
    rounds.ask_erasure(OFFICE, number, 3, "含个人信息")
    with pytest.raises(Refused) as refused:
        rounds.erase(OFFICE, number, 3)
    assert reasons(refused) == ["erasure-same-person"]
    with pytest.raises(NotPermitted):
        rounds.erase(LEAD, number, 3)
    after = rounds.erase(ADMIN, number, 3).thing
    assert (after.results, after.disputes) == (settled.results, settled.disputes) and loop.round(number) == after
    assert [event.words for event in rounds.events(OFFICE, after) if event.seq == 3] == [None] and sound(loop)


def test_a_note_that_was_kept_during_comments_and_erased_does_not_come_back_with_the_same_file(loop: Loop) -> None:
    number = loop.start("2020-06-30", comment_until=loop.town.at("2020-07-13T18:00").now)
    loop.load(number, "3.5-1,甲县,7.2,张三反映", "3.5-1,乙区,4,李四反映")
    rounds = Rounds(loop.town.desk)
    rounds.ask_erasure(OFFICE, number, 2, "含个人信息")
    rounds.erase(ADMIN, number, 2)
    loop.at("2020-07-14")
    assert actions(loop.load(number, "3.5-1,甲县,7.2,张三反映", "3.5-1,乙区,4,李四反映"))["opened"] == 2
    assert {result.note for result in loop.round(number).results.values() if result.result == "miss"} == {""}
    assert {loop.of(pair, number).detail for pair in ("3.5-1|甲县", "3.5-1|乙区")} == {None}
    count = loop.events()
    assert actions(loop.load(number, "3.5-1,甲县,7.2,张三反映", "3.5-1,乙区,4,李四反映"))["unchanged"] == 2
    assert loop.events() == count and sound(loop)


def test_a_unit_sees_its_own_line_of_the_board_after_it_was_assigned_and_no_rank(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    assert len(board(loop.town.desk, LEADER).lines) == 4
    assert board(loop.town.desk, LEAD).lines == ()
    loop.town.desk.do(OFFICE, loop.of("3.5-1|甲县", number).number, Command("assign"))
    own = board(loop.town.desk, LEAD)
    assert [line.subject for line in own.lines] == ["甲县"] and not own.ranks


def test_who_may_not_is_refused_and_learns_nothing(loop: Loop, tmp_path: Path) -> None:
    number = loop.start("2020-06-30")
    with pytest.raises(NotPermitted):
        Rounds(loop.town.desk).read(LEAD, number)
    with pytest.raises(NotPermitted):
        import_results(loop.town.desk, LEADER, number, loop.file(*FOUND), Asked())
    with pytest.raises(RoundNotFound):
        Rounds(loop.town.desk).read(LEADER, "R-2020-77")


def reported(loop: Loop) -> str:
    """A problem that a superior sent down too: its own ticket is withdrawn as a duplicate of that, which is verified and reported up."""
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    own, desk = loop.of("3.5-1|甲县", number).number, loop.town.desk
    sent = desk.open(OFFICE, Opening("不动产登记慢", "superior", grade="C", key="省-7"), "superior").ticket.number
    desk.do(OFFICE, own, Command("withdraw", {"as": "duplicate", "of": sent}, {"reason": "与上级交办重复"}))
    for actor, trigger, given, words in (
        (OFFICE, "assign", {"lead": "ZRZYJ"}, {}), (LEAD, "accept", {}, {}), (LEAD, "submit", {}, {"note": "已整改"}),
        (OFFICE, "verify", {}, {}), (OFFICE, "report-up", {}, {"basis": "平9号"}),
    ):
        desk.do(actor, sent, Command(trigger, given, words))
    return sent


def test_what_is_reported_to_a_superior_and_found_again_is_reopened_by_a_person_under_its_number(loop: Loop) -> None:
    sent = reported(loop)
    assert loop.ticket(sent).measurements == ()
    number = second_round(loop, "3.5-1,甲县,9,")
    assert loop.round(number).results["3.5-1|甲县"].action == "relapsed" and loop.ticket(sent).relapse == number
    assert [(item.ticket.number, item.error) for item in loop.reopen(number)] == [(sent, None)]
    after = loop.ticket(sent)
    assert (after.state, after.attempt, after.source_ref, after.relapse) == ("rectifying", 2, "省-7", None) and sound(loop)


def test_what_is_reported_to_a_superior_and_passes_is_closed_by_nobody_here(loop: Loop) -> None:
    sent = reported(loop)
    number = second_round(loop, "3.5-1,甲县,1,")
    assert loop.round(number).results["3.5-1|甲县"].action == "passed"
    assert loop.verify(number) == [] and loop.ticket(sent).state == "reported" and loop.proposals(number).reported() == 1
    assert loop.proposals(number).waiting() == 0 and sound(loop)


def merged(loop: Loop, one: str, other: str) -> None:
    loop.town.registry.units.merge(OFFICE, one, other, loop.town.now.date(), "机构改革")


def test_a_subject_that_went_over_to_another_is_measured_under_its_successor(loop: Loop) -> None:
    first = loop.start("2020-06-30", subjects=("GAJ",))
    loop.load(first, "3.5-1,市公安局,7.2,")
    merged(loop, "GAJ", "FGW")
    before = loop.events()
    again = loop.load(first, "3.5-1,市公安局,7.2,")
    assert actions(again) == {"unchanged": 1, "missing": 1} and loop.events() == before, "the same file again, under the name of then"
    loop.at("2020-10-09")
    second = loop.start("2020-09-30", subjects=("FGW",))
    assert actions(loop.load(second, "3.5-1,市公安局,9,")) == {"measured": 1, "missing": 1}
    ticket = loop.of("3.5-1|FGW", second)
    assert (ticket.problem_key, ticket.misses) == ("1|市自评|3.5-1|GAJ", 2), "a key that was stored never changes"
    [line] = [line for line in board(loop.town.desk, OFFICE).lines if line.standard.id == "3.5-1"]
    assert (line.subject, [cell.round.number for cell in line.cells]) == ("FGW", [first, second])
    assert sound(loop)


def test_what_a_unit_that_is_no_more_was_to_lead_is_found_with_its_successor(loop: Loop) -> None:
    merged(loop, "ZRZYJ", "SCJGJ")
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    assert loop.of("3.5-1|甲县", number).lead == "SCJGJ"
    loop.at("2020-10-09")
    other = loop.start("2020-09-30")
    loop.load(other, "3.5-1,乙区,9,市自然资源和规划局", head="指标,对象,数值,牵头单位")
    assert loop.of("3.5-1|乙区", other).lead == "SCJGJ" and sound(loop)


def test_a_ticket_that_stands_for_two_problems_keeps_what_was_said_of_each(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, "3.5-1,甲县,9,", "3.5-1,乙区,9,", "3.1-1,甲县,1,", "3.1-1,乙区,1,")
    master, other = loop.of("3.5-1|甲县", first).number, loop.of("3.5-1|乙区", first).number
    loop.town.desk.do(OFFICE, other, Command("withdraw", {"as": "duplicate", "of": master}, {"reason": "同一问题"}))
    loop.rectified(master)
    second = second_round(loop, "3.5-1,甲县,1,", "3.5-1,乙区,8,")
    kept = {item.pair: item.action for item in loop.ticket(master).measurements if item.round == second}
    assert kept == {None: "passed", "3.5-1|乙区": "measured"}
    assert loop.verify(second) == [], "one of the two is missed"
    loop.correct(second, "3.5-1,甲县,1,", "3.5-1,乙区,1,")
    kept = {item.pair: item.action for item in loop.ticket(master).measurements if item.round == second}
    assert kept == {None: "passed", "3.5-1|乙区": "passed"} and sound(loop)
    loop.undo(second)
    assert {item.round for item in loop.ticket(master).measurements} == {first} and sound(loop)


# corrected, taken back -------------------------------------------------------------------------------------------------------


def test_a_corrected_round_leaves_what_the_right_file_would_have(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, "3.5-1,甲县,1,", "3.5-1,乙区,4,", "3.1-1,甲县,1,")
    wrong = loop.of("3.5-1|乙区", number).number
    applied = loop.correct(number, "3.5-1,甲县,7.2,", "3.5-1,乙区,1,", "3.1-1,甲县,1,")
    assert [(item.number, item.how) for item in applied.reversed] == [(wrong, "withdraw")]
    assert (loop.ticket(wrong).state, loop.ticket(wrong).closed_as, loop.ticket(wrong).measurements) == ("withdrawn", "mistake", ())
    assert loop.of("3.5-1|甲县", number).state == "found"
    assert loop.round(number).results_version == 2
    again = loop.events()
    loop.correct(number, "3.5-1,甲县,7.2,", "3.5-1,乙区,1,", "3.1-1,甲县,1,")
    assert loop.events() == again
    second = second_round(loop, "3.5-1,乙区,9,")
    assert loop.round(second).results["3.5-1|乙区"].action == "opened", "what a wrong row opened stands in nobody's way"
    assert sound(loop)


def test_what_is_not_material_changes_values_only(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    applied = loop.correct(number, "3.5-1,甲县,7.3,线上率低", "3.5-1,乙区,1,", *FOUND[2:], material=False)
    assert codes(applied) == ["correction-material"]
    found = loop.of("3.5-1|甲县", number)
    assert (found.measurements[0].value, found.misses, found.measurements[0].action) == ("7.3", 1, "opened")
    assert loop.of("3.5-1|乙区", number).state == "found"


def test_an_undone_round_is_as_if_it_had_not_been_and_a_second_time_nothing(loop: Loop) -> None:
    first = loop.start("2020-06-30")
    loop.load(first, *FOUND)
    number = loop.of("3.5-1|甲县", first).number
    before = loop.rectified(number, verified=True)
    second = second_round(loop, "3.5-1,甲县,9,", "3.1-1,乙区,4,")
    loop.reopen(second)
    with pytest.raises(NotPossible, match="round-not-newest"):
        loop.undo(first)
    undone = loop.undo(second)
    assert sorted(item.how for item in undone.reversed) == ["revert", "withdraw"]
    after = loop.ticket(number)
    told = ("version", "changed_at", "told_at", "state_since", "past")
    assert {name for name in after._fields if getattr(after, name) != getattr(before, name)} <= {*told}
    count = loop.events()
    assert loop.undo(second).written == 0 and loop.events() == count
    assert loop.round(second).undone_by == "second" and loop.undo(first).reversed != []
    assert sound(loop)


def test_what_a_unit_worked_on_stays_and_is_named(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    ticket = loop.rectified(loop.of("3.5-1|甲县", number).number).number
    undone = loop.undo(number)
    assert undone.stays == [(ticket, "stays-worked-on")] and loop.ticket(ticket).state == "submitted"


def test_what_a_correction_left_to_a_person_is_named_until_one_of_the_office_acts(loop: Loop) -> None:
    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    ticket = loop.rectified(loop.of("3.5-1|甲县", number).number).number
    loop.correct(number, "3.5-1,甲县,1,", *FOUND[1:])
    assert [(item.ticket, item.why) for item in loop.round(number).leftovers] == [(ticket, "stays-worked-on")]

    def waits() -> list[str]:
        section = one_section(loop.town.desk, OFFICE, "leftovers", 20)
        assert section is not None
        return [line.ticket.number for line in section.lines if isinstance(line, Line)]

    def shown() -> object:
        return show(loop.town.desk, OFFICE, ticket).view["leftovers"]

    assert (waits(), shown()) == ([ticket], [{"round": number, "why": "stays-worked-on"}])
    assert "leftovers" not in show(loop.town.desk, LEADS["3.5-1"], ticket).view, "that is for the office"
    loop.undo(number)
    assert waits() == [ticket], "what the correction left is not forgotten by the undoing"
    of_round = Wanted(rounds=(number,), scope="all")
    assert ticket in [item.number for item in page(loop.town.desk, OFFICE, of_round).tickets]
    loop.town.desk.do(OFFICE, ticket, Command("comment", {}, {"note": "仍需整改"}))
    assert (waits(), shown()) == ([], [])
    assert ticket not in [item.number for item in page(loop.town.desk, OFFICE, of_round).tickets]
    assert sound(loop)


def test_the_light_of_a_line_is_what_was_found_and_who_is_at_it(loop: Loop) -> None:
    def lights() -> dict[tuple[str, str], str | None]:
        seen = board_view(board(loop.town.desk, OFFICE), loop.town.desk.clock.now())
        return {(row["target"], row["subject"]): row["light"] for row in seen["rows"]}

    number = loop.start("2020-06-30")
    loop.load(number, *FOUND)
    of = ("3.5-1", "甲县")
    assert (lights()[of], lights()["3.1-1", "甲县"], lights()["3.1-1", "乙区"]) == ("yellow", "green", None), "missed"
    assert loop.at("2020-08-20") and lights()[of] == "yellow", "that the office is late is no lateness of a unit"
    loop.town.desk.do(OFFICE, loop.of("3.5-1|甲县", number).number, Command("assign"))
    assert lights()[of] == "yellow", "missed, and a unit is at it"
    assert loop.at("2021-03-01") and lights()[of] == "red", "missed, and late"
