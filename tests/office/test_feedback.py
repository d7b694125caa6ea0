"""Complaints and reviews: taken in once by the sender's id, each bad one with a ticket, names for the office alone. On both databases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.audit.verify import verify
from engine.errors import FeedbackNotFound, InvalidFile, KeyTaken, NotPermitted, Refused, UsageError
from engine.office.complaints.columns import Asked, columns_of, read_map
from engine.office.complaints.feedbacks import Feedbacks
from engine.office.complaints.from_file import take_in_file
from engine.office.complaints.inbound import take_in
from engine.office.complaints.intaken import Intaken, Received
from engine.office.complaints.messages import Misread
from engine.office.complaints.proof import prove
from engine.office.complaints.refusals import Refusals
from engine.record import journal
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.loop.feedback import fold
from engine.rules.worktime.period import Span
from tests.registry.conftest import OFFICE, Town

LEADER, AUDITOR = (Actor(name, name, None, "test") for name in ("leader", "auditor"))
SCJGJ = Actor("scjgj", "contact", "SCJGJ", "test")
BAD = {"ref": "R1", "version": 1, "at": "2020-09-24T10:00", "rating": "不满意", "unit": "SCJGJ", "item": "企业开办", "text": "跑了三趟"}
ROWS: Sequence[Mapping[str, Any]] = (
    {**BAD, "name": "张三", "phone": "13800001111"}, {**BAD, "ref": "R2", "at": "2020-09-24T11:00", "rating": 1},
    {**BAD, "ref": "R3", "rating": "非常满意"},
    {"ref": "C1", "at": "2020-09-24T09:00", "kind": "投诉", "text": "乱收费", "state": "处理中"},
)


def taken(town: Town, dry_run: bool = False, **said: Any) -> Received:
    return take_in(town.desk, OFFICE, "省平台", {**BAD, **said}, dry_run=dry_run)


def lines(folder: Path, rows: Sequence[Mapping[str, Any] | str], name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def filed(town: Town, path: Path, commit: bool = True) -> Intaken:
    return take_in_file(town.desk, OFFICE, "省平台", path, commit=commit)


def counts(done: Intaken) -> dict[str, int]:
    assert sum(done.counts.values()) == len(done.rows), "the actions add up to the rows"
    return {action: count for action, count in done.counts.items() if count}


def events(town: Town) -> int:
    return int(town.database.rows("SELECT count(*) FROM event")[0][0])


def record(town: Town) -> list[tuple[object, ...]]:
    return [tuple(row) for row in town.database.rows("SELECT number, ref, stated_version, rating, said, ticket FROM feedback ORDER BY id")]


def test_the_row_of_a_complaint_is_the_fold_of_its_events_and_verifies(town: Town) -> None:
    first = taken(town)
    assert first.action == "opened" and first.feedback.ticket is not None
    ticket = town.desk.ticket(OFFICE, first.feedback.ticket)
    assert (ticket.source, ticket.source_ref, ticket.lead, ticket.title) == ("review", "省平台:R1", "SCJGJ", "企业开办：跑了三趟")
    assert taken(town, version=2, rating=1).action == "updated"
    found = Feedbacks(town.desk).read(AUDITOR, "1")
    assert fold(journal.read_events(town.database, found.id)) == found
    assert town.sound()


@pytest.mark.parametrize(("column", "value"), [("rating", 5), ("ticket", "ZG-2020-0009"), ("said", "很好"), ("stated_version", 9)])
def test_a_column_that_is_not_what_its_events_tell_is_named(town: Town, column: str, value: object) -> None:
    found = taken(town).feedback
    with town.database.write():
        town.database.run(f"UPDATE feedback SET {column} = :value", value=value)
    assert ("row", found.id, column) in [(item.code, item.stream, item.field) for item in verify(town.database)]


def test_the_same_file_again_is_nothing_and_shuffled_it_is_the_same(town: Town, tmp_path: Path) -> None:
    looked = filed(town, lines(tmp_path, ROWS), commit=False)
    assert events(town) == events(town) and not record(town), "a look writes nothing"
    done = filed(town, lines(tmp_path, [ROWS[2], ROWS[1], ROWS[3], ROWS[0], ROWS[1]], "b.jsonl"))
    assert counts(done) == {"opened": 2, "added": 1, "counted": 1, "twin": 1}
    assert counts(looked) == {"opened": 2, "added": 1, "counted": 1}, "preview and commit say the same"
    assert [row[:2] for row in record(town)] == [
        ("F-2020-0001", "C1"), ("F-2020-0002", "R1"), ("F-2020-0003", "R3"), ("F-2020-0004", "R2"),
    ]
    before = events(town), town.database.rows("SELECT count(*) FROM notice")
    assert counts(filed(town, lines(tmp_path, ROWS))) == {"same": 4}
    assert (events(town), town.database.rows("SELECT count(*) FROM notice")) == before
    assert town.sound()


def test_a_look_says_what_the_writing_does_and_locks_nobody_for_long(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.office.complaints.from_file.REHEARSED", 4)
    luck = Random(20200302)  # noqa: S311 – a fixed lot
    rows = [
        {
            **BAD, "ref": f"R{luck.randint(1, 12)}", "version": version, "at": f"2020-09-24T10:{luck.randint(10, 59)}",
            "rating": luck.randint(1, 4), "item": luck.choice(("企业开办", None)), "text": "慢",
            "kind": luck.choice(("complaint", *["review"] * 5)),
        } for version in range(30)
    ]
    rehearsals: list[int] = []
    rehearse = type(town.database).rehearse
    monkeypatch.setattr(type(town.database), "rehearse", lambda database: rehearsals.append(0) or rehearse(database))
    looked = filed(town, lines(tmp_path, rows), commit=False)
    assert len(rehearsals) == 8 and not record(town), "thirty rows, four at a time"
    done = filed(town, lines(tmp_path, rows))
    assert [(row.row, row.action) for row in looked.rows] == [(row.row, row.action) for row in done.rows]
    assert {"opened", "added", "updated", "problem"} <= set(counts(done)) and town.sound()


def test_versions_out_of_order_end_alike_and_our_own_change_is_dropped(town: Town) -> None:
    assert taken(town, version=3, text="第三版").action == "opened"
    assert taken(town, version=2, text="第二版").action == "older"
    assert taken(town, version=4, text="第三版", mark="F-2020-0001/1").action == "echo"
    with pytest.raises(Refused) as refused:
        taken(town, version=3, text="别的")
    assert [reason.code for reason in refused.value.reasons] == ["feedback-differs"]
    assert record(town) == [("F-2020-0001", "R1", 3, 2, "第三版", "ZG-2020-0001")]


def test_what_is_newly_said_under_our_own_mark_is_heard(town: Town) -> None:
    taken(town)
    assert taken(town, version=3, text="新的问题：窗口骂人", mark="F-2020-0001/1").action == "updated"
    assert [row[4] for row in record(town)] == ["新的问题：窗口骂人"]


def test_bad_reviews_of_one_problem_share_the_ticket_while_it_is_open(town: Town) -> None:
    first, second = taken(town), taken(town, ref="R2", text="没人接电话")
    assert (second.action, second.feedback.ticket) == ("added", first.feedback.ticket)
    assert taken(town, ref="R3", item="注销").action == "opened" and taken(town, ref="R4", item=None).action == "opened"
    found = Feedbacks(town.desk).of_ticket(LEADER, first.feedback.ticket or "")
    assert [each.ref for each in found] == ["R1", "R2"]


def told(town: Town) -> list[tuple[str, str | None]]:
    """What the unit was told of: for each notice of the ticket the kind, and what was written."""
    events = town.desk.events(SCJGJ, "1")
    return [(event.data["trigger"], (event.words or {}).get("note")) for event in events if "trigger" in event.data]


def test_a_review_that_is_added_is_told_to_the_unit_which_calls_back_once_more(town: Town) -> None:
    taken(town)
    town.desk.do(SCJGJ, "1", Command("call-back", {}, {"note": "已电话回访"}))
    notices = len(town.database.rows("SELECT id FROM notice"))
    assert taken(town, ref="R2", text="窗口骂人").action == "added"
    assert told(town) == [("call-back", "已电话回访"), ("add-review", "窗口骂人")]
    assert len(town.database.rows("SELECT id FROM notice")) > notices
    found = town.desk.ticket(SCJGJ, "1")
    assert (found.state, found.deadlines["callback"].state, found.attempt) == ("received", "runs", 1)
    town.desk.do(SCJGJ, "1", Command("call-back", {}, {"note": "已回访第二人"}))
    assert taken(town, ref="R2", version=2, text="窗口又骂人").action == "updated"
    assert told(town)[-1] == ("add-review", "窗口又骂人") and town.desk.ticket(SCJGJ, "1").state == "received"
    assert Feedbacks(town.desk).copies(OFFICE, Feedbacks(town.desk).read(OFFICE, "2")) == [3, 5], "what erasing one must not forget"
    assert taken(town, rating=2, version=2).action == "updated" and len(told(town)) == 4, "the same words are not told twice"
    assert town.sound()


def test_a_good_review_that_turns_bad_joins_too_and_its_unit_is_told(town: Town) -> None:
    taken(town)
    assert taken(town, ref="R2", rating=5).action == "counted"
    done = taken(town, ref="R2", version=2, text="并没有办好")
    assert (done.action, done.feedback.ticket, done.feedback.told) == ("added", "ZG-2020-0001", "received")
    assert told(town) == [("add-review", "并没有办好")] and town.sound()


def test_what_waits_for_the_office_takes_no_other_review(town: Town) -> None:
    taken(town)
    town.desk.do(SCJGJ, "1", Command("appeal", {}, {"reason": "不属实"}))
    second = taken(town, ref="R2", text="没人接电话")
    assert (second.action, second.feedback.ticket) == ("opened", "ZG-2020-0002"), "whatever becomes of the appeal, it is rectified itself"
    assert taken(town, version=2, text="真没人接").action == "updated" and [trigger for trigger, _ in told(town)] == ["appeal"]
    assert town.sound()


def test_columns_are_known_by_common_heads_or_named_and_the_others_are_told(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "编号,时间,评分,单位,事项,内容,网格\n1,2020-09-24,5,SCJGJ,开办,好,A\n2,2020-09-24,9,SCJGJ,开办,差,A\n3,2020-09-24,1,SCJGJ,开办,差,A\n"
        "4,2020-09-24,,SCJGJ,开办,差,A\n", encoding="utf-8",
    )
    done = filed(town, path, commit=False)
    assert counts(done) == {"counted": 1, "opened": 1, "problem": 2}
    assert [problem.code for row in done.rows for problem in row.problems] == ["rating-unknown", "feedback-kind-missing"]
    assert done.columns == {
        "编号": "ref", "时间": "at", "评分": "rating", "单位": "unit", "事项": "item", "内容": "text", "网格": None,
    }
    asked = Asked(read_map(["网格=-", "单位=-"]), "complaint")
    done = take_in_file(town.desk, OFFICE, "省平台", path, asked)
    assert [problem.code for row in done.rows for problem in row.problems] == ["rating-unknown", "feedback-no-unit"]
    assert done.columns["网格"] == "-" and counts(done)["opened"] == 1, "the row that says nothing itself is the complaint that was named"
    with pytest.raises(UsageError):
        read_map(["网格=grid"])


def test_a_field_that_two_columns_hold_is_read_where_the_head_says_it_best() -> None:
    assert columns_of(["评价", "满意度（五级）", "责任部门及科室", "编号"], {}) == (None, "rating", "unit", "ref")
    assert columns_of(["评价", "满意度"], {"评价": "rating"}) == ("rating", None)


def test_a_bad_row_holds_back_no_good_one_and_says_why(town: Town, tmp_path: Path) -> None:
    rows: list[Mapping[str, Any] | str] = [
        {**BAD, "unit": "某局"}, {**BAD, "ref": "R2", "rating": "差强人意"}, {**BAD, "ref": "R3", "unit": ""}, "[1]", {**BAD, "ref": "R4"},
        {**BAD, "ref": "R5"}, {**BAD, "ref": "R5", "text": "别的"},
        {"ref": "R6", "at": "某天", "text": "x"}, {"text": "x", "version": "一"}, "",
        {**BAD, "ref": "R7", "state": "半办结"}, {**BAD, "ref": "R8", "version": 2**63}, {**BAD, "ref": "R8", "version": 2**53},
        {**BAD, "ref": "R9", "at": "9999-12-31T23:59:59-08:00"}, {**BAD, "ref": "R9", "at": "0001-01-01T00:00:00+08:00"},
        '{"ref": "R9", "rating": 1, "rating": 5}', {**BAD, "ref": "R9", "评价等级": 5},
    ]
    assert counts(filed(town, lines(tmp_path, rows), commit=False)) == {"opened": 1, "problem": 15}
    done = filed(town, lines(tmp_path, rows))
    assert [row.row for row in done.rows if row.action != "problem"] == [5]
    assert counts(done) == {"opened": 1, "problem": 15}
    assert {(row.row, problem.code) for row in done.rows for problem in row.problems} == {
        (1, "unit-not-found"), (2, "rating-unknown"), (3, "feedback-no-unit"), (4, "feedback-no-object"), (6, "feedback-twins"),
        (7, "feedback-twins"), (8, "feedback-moment"), (9, "feedback-field-missing"), (9, "feedback-version"), (9, "words-empty"),
        (8, "feedback-kind-missing"), (9, "feedback-kind-missing"),
        (11, "feedback-category"), (12, "feedback-version"), (13, "feedback-version"), (14, "feedback-moment-ahead"),
        (15, "feedback-moment-early"), (16, "feedback-twice"), (17, "feedback-twice"),
    }


def test_a_sheet_is_read_by_its_heads(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "差评.csv"
    heads = "评价编号,评价时间,满意度,被评单位,事项名称,评价内容,联系电话"
    row = "P1,2020-09-24 10:00,非常不满意,SCJGJ,企业开办,没人接,13800001111"
    path.write_text(f"{heads}\n{row}\n", encoding="utf-8")
    assert counts(filed(town, path)) == {"opened": 1}
    found = Feedbacks(town.desk).read(OFFICE, "1")
    assert (found.ref, found.rating, found.item, found.said) == ("P1", 1, "企业开办", "没人接")
    empty = tmp_path / "空.csv"
    empty.write_text("甲,乙\n一,二\n", encoding="utf-8")
    with pytest.raises(InvalidFile):
        filed(town, empty)


def test_who_complained_is_the_offices_alone_and_can_be_erased_by_two_people(town: Town) -> None:
    found = taken(town, name="张三", phone="13800001111").feedback
    feedbacks = Feedbacks(town.desk)
    assert feedbacks.secret(OFFICE, found) == {"complainant": "张三", "phone": "13800001111"}
    assert feedbacks.secret(AUDITOR, found) == feedbacks.secret(LEADER, found) == {}
    feedbacks.ask_erasure(OFFICE, found.number, 1, "诉求人申请")
    after = feedbacks.erase(Actor("admin", "admin", None, "test"), found.number, 1).thing
    assert (after.said, feedbacks.secret(OFFICE, after)) == (None, {})
    assert "13800001111" not in str(town.database.rows("SELECT words, data FROM event"))
    assert taken(town).action == "same", "what was erased differs from nothing"
    assert town.sound()


def test_the_number_that_a_sender_says_no_more_or_that_was_erased_gives_way_to_no_older_one(town: Town) -> None:
    feedbacks = Feedbacks(town.desk)
    taken(town, phone="13911111111")
    found = taken(town, version=2, phone="13922222222").feedback
    assert feedbacks.secret(OFFICE, found) == {"phone": "13922222222"}
    feedbacks.ask_erasure(OFFICE, found.number, 2, "诉求人申请")
    assert feedbacks.statements(OFFICE, found) == [1, 2], "what else is kept of it can be asked for"
    after = feedbacks.erase(Actor("admin", "admin", None, "test"), found.number, 2).thing
    assert (feedbacks.secret(OFFICE, after), feedbacks.statements(OFFICE, after)) == ({}, [1])
    silent = taken(town, version=3, text="请不要再联系我").feedback
    assert feedbacks.secret(OFFICE, silent) == {}


def test_no_unit_takes_in_or_reads(town: Town) -> None:
    taken(town)
    for actor in (SCJGJ, Actor("admin", "admin", None, "test")):
        with pytest.raises(NotPermitted):
            Feedbacks(town.desk).read(actor, "1")
    for actor in (SCJGJ, LEADER, AUDITOR):
        with pytest.raises(NotPermitted):
            take_in(town.desk, actor, "省平台", BAD)
    with pytest.raises(FeedbackNotFound):
        Feedbacks(town.desk).read(OFFICE, "V-2020-0001")
    with pytest.raises(Misread):
        taken(town, unit="没有这个单位")
    assert taken(town, ref="R9", dry_run=True).action == "added" and len(record(town)) == 1


def test_senders_whose_names_have_colons_never_meet_and_what_is_in_the_way_is_named(town: Town) -> None:
    said = {"kind": "complaint", "at": "2020-09-24T09:00", "text": "乱收费"}
    assert take_in(town.desk, OFFICE, "a:b", {"ref": "c", **said}).action == "opened"
    assert take_in(town.desk, OFFICE, "a", {"ref": "b:c", **said}).action == "opened"
    taken_key = town.desk.open(OFFICE, Opening("别的", "complaint", lead="SCJGJ", key="a:d"), "complaint").ticket
    with pytest.raises(KeyTaken) as error:
        take_in(town.desk, OFFICE, "a", {"ref": "d", **said})
    assert error.value.values["number"] == taken_key.number


def test_a_bad_review_that_cannot_be_read_is_never_a_good_one(town: Town, tmp_path: Path) -> None:
    bad = {"ref": "P1", "at": "2020-09-24T10:00", "rating": 1, "text": "跑了三趟"}
    done = filed(town, lines(tmp_path, [bad, {**bad, "rating": 5}]))
    assert counts(done) == {"problem": 2} and record(town) == []
    assert columns_of(["评价编号", "被评价部门"], {}) == ("ref", "unit")


# -- what could not be taken in ---------------------------------------------------------------------------------------------------


def refused(town: Town) -> list[tuple[str, int | None, list[str]]]:
    span = Span(datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC))
    return [(each.ref, each.rating, [code for code, _ in each.reasons or ()]) for each in prove(town.desk, OFFICE, span).refused]


def test_what_could_not_be_taken_in_stands_with_its_reasons_until_it_can_be(town: Town, tmp_path: Path) -> None:
    bad: tuple[Mapping[str, Any], ...] = (
        {**BAD, "unit": "无此单位"}, {**BAD, "ref": "R2", "rating": "三颗星"}, {**BAD, "ref": "", "version": 3},
        {**BAD, "ref": "R3", "rating": "非常满意", "unit": "无此单位"}, {**BAD, "ref": "C9", "kind": "complaint", "version": "?"},
    )
    path = lines(tmp_path, bad)
    filed(town, path, commit=False)
    assert refused(town) == [], "a preview keeps nothing"
    filed(town, path)
    [one, two, nameless] = sorted(refused(town), key=lambda each: (each[0].startswith("#"), each[0]))
    assert one == ("R1", 2, ["unit-not-found"]) and two[:2] == ("R2", None) and nameless[0].startswith("#")
    written = events(town)
    filed(town, path)
    assert events(town) == written, "the same file again"
    filed(town, lines(tmp_path, [BAD, {**BAD, "ref": "R2", "rating": 1}], "b.jsonl"))
    assert [ref for ref, *_ in refused(town)] == [nameless[0]]
    Refusals(town.database, town.desk.clock, town.desk.salt).dismiss(OFFICE, "省平台", nameless[0], "平台测试")
    assert refused(town) == [] and list(verify(town.database)) == []


def test_what_the_api_refuses_is_kept_where_it_bears_an_id(town: Town) -> None:
    with pytest.raises(Misread):
        taken(town, unit="无此单位")
    with pytest.raises(Misread):
        taken(town, ref="", unit="无此单位")
    assert refused(town) == [("R1", 2, ["unit-not-found"])]
    taken(town, version=2)
    assert refused(town) == [] and list(verify(town.database)) == []


@pytest.mark.parametrize("ref", ["a\0b", "投诉\x1b[31m", "x" * 61, "豫诉〔2020〕12号"])
def test_an_id_that_nobody_can_write_down_is_refused_with_its_message_and_breaks_nothing(town: Town, ref: str) -> None:
    with pytest.raises(Misread):
        taken(town, ref=ref, unit="无此单位")
    [(kept, rating, _)] = refused(town)
    assert (kept == ref) == ref.startswith("豫诉") and rating == 2 and list(verify(town.database)) == []


def test_of_a_sender_that_nobody_can_be_called_nothing_is_kept(town: Town) -> None:
    with pytest.raises(Misread):
        take_in(town.desk, OFFICE, "省\0平台", BAD)
    assert refused(town) == []
