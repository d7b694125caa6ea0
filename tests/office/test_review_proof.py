"""The proof that every bad review is rectified: each once, what became of it, sums that add up; a unit reads its own."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from engine.audit.verify import verify
from engine.errors import NotPermitted
from engine.office.complaints.answers import decide
from engine.office.complaints.feedbacks import Feedbacks
from engine.office.complaints.inbound import take_in
from engine.office.complaints.messages import Misread
from engine.office.complaints.proof import RESULTS, Proof, prove
from engine.office.complaints.proof_sheet import refused_views, write_proof
from engine.office.complaints.refusals import Refusals, standing_of
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.loop.feedback_acts import Matter, receive
from engine.rules.loop.message import Message
from engine.rules.worktime.period import Span
from engine.words.phrase import Phrase
from tests.counted import statements
from tests.registry.conftest import OFFICE, Town

SCJGJ, GAJ = (Actor(name.lower(), "contact", name, "test") for name in ("SCJGJ", "GAJ"))
AUDITOR, ADMIN = (Actor(name, name, None, "test") for name in ("auditor", "admin"))
YEAR = Span(datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC))


def reviewed(
    town: Town, ref: str, rating: int = 1, unit: str = "SCJGJ", item: str | None = None, at: str = "2020-09-24T10:00",
) -> str | None:
    said = {"ref": ref, "at": at, "rating": rating, "unit": unit, "item": item or ref, "text": "跑了三趟"}
    return take_in(town.desk, OFFICE, "省平台", said).feedback.ticket


def did(town: Town, ticket: str | None, *acts: str) -> None:
    for act in acts:
        actor = SCJGJ if act in ("call-back", "submit", "appeal") else OFFICE
        words = {"note": "已电话回访"} if act in ("call-back", "submit") else {} if act == "verify" else {"reason": "已核实"}
        facts = {"as": "mistake"} if act == "withdraw" else {}
        town.desk.do(actor, ticket or "", Command(act, facts, words))


def found(town: Town, actor: Actor = AUDITOR, unit: str | None = None) -> Proof:
    proof = prove(town.desk, actor, YEAR, unit)
    total = proof.total
    assert total["reviews"] == total["good"] + total["bad"] == len(proof.rows), "each review once"
    assert total["bad"] == sum(total[result] for result in RESULTS if result != "good"), "and each bad one has one result"
    return proof


def told(proof: Proof) -> dict[str, tuple[str, str | None, str | None]]:
    return {row.feedback.ref: (row.result, row.why, row.call) for row in proof.rows}


def test_a_call_that_was_made_late_stays_told_as_late(town: Town) -> None:
    ticket = reviewed(town, "迟")
    town.now += timedelta(days=30)
    did(town, ticket, "call-back", "submit", "verify")
    assert told(found(town))["迟"] == ("rectified", None, "called-late")
    assert found(town).total["called"] == 1


def test_a_good_review_gets_the_unit_that_was_not_read_at_first(town: Town) -> None:
    said = {"ref": "好", "at": "2020-09-24T10:00", "rating": 5, "item": "开办", "text": "很快"}
    take_in(town.desk, OFFICE, "省平台", said)
    assert take_in(town.desk, OFFICE, "省平台", {**said, "unit": "SCJGJ"}).action == "updated"
    assert take_in(town.desk, OFFICE, "省平台", {**said, "unit": "SCJGJ"}).action == "same"
    assert [row.feedback.unit for row in found(town).rows] == ["SCJGJ"]
    assert list(verify(town.database)) == []


def test_each_review_has_its_result_or_the_reason_why_none(town: Town) -> None:
    did(town, reviewed(town, "整改"), "call-back", "submit", "verify")
    did(town, reviewed(town, "不实"), "appeal", "uphold")
    did(town, reviewed(town, "误立"), "withdraw")
    did(town, reviewed(town, "在办"), "call-back")
    reviewed(town, "好评", rating=5)
    reviewed(town, "待回访")
    reviewed(town, "去年", at="2019-09-24T10:00")
    assert told(found(town)) == {
        "整改": ("rectified", None, "called"), "不实": ("unfounded", "withdrawn", "never"), "误立": ("withdrawn", "mistake", "never"),
        "在办": ("open", "in-time", "called"), "好评": ("good", None, None), "待回访": ("open", "in-time", "not-yet"),
    }
    town.now += timedelta(days=30)
    late = told(found(town))
    assert (late["在办"], late["待回访"]) == (("open", "late", "called"), ("open", "late", "late"))


def test_a_call_before_a_review_was_about_another_one(town: Town) -> None:
    did(town, reviewed(town, "R1", item="开办"), "call-back")
    reviewed(town, "R2", item="开办")
    assert {ref: call for ref, (_, _, call) in told(found(town)).items()} == {"R1": "called", "R2": "not-yet"}
    did(town, "1", "call-back", "submit", "verify")
    assert told(found(town)) == dict.fromkeys(("R1", "R2"), ("rectified", None, "called"))


def test_what_was_said_after_the_end_or_of_whom_nobody_called_is_not_rectified(town: Town) -> None:
    did(town, reviewed(town, "R1"), "call-back", "submit", "verify")
    take_in(town.desk, OFFICE, "省平台", {
        "ref": "R1", "at": "2020-09-25T12:00", "rating": 1, "unit": "SCJGJ", "item": "R1", "text": "销号后仍慢，又给差评",
    })
    assert told(found(town)) == {"R1": ("unmet", "redo-waiting", "called")}
    decide(town.desk, OFFICE, "1", granted=False, reason="已核实")
    assert told(found(town)) == {"R1": ("unmet", "redo-refused", "called")}
    did(town, reviewed(town, "R2"), "call-back")
    town.now += timedelta(hours=1)
    message = Message("R3", 1, town.now, "review", rating=1, unit="SCJGJ", item="R2", text="窗口骂人")
    matter = Matter("ZG-2020-0002", "rectifying")
    Feedbacks(town.desk).streams.begin(OFFICE, lambda new: receive(  # as reviews were added before units were told of them
        "省平台", message, matter, OFFICE, new.now, stream=new.stream, number=new.number, office="ZG", salt="s",
    ))
    did(town, "2", "submit", "verify")
    after = told(found(town))
    assert (after["R2"], after["R3"]) == (("rectified", None, "called"), ("unmet", "not-called", "never"))


def test_the_proof_asks_no_more_often_of_many_reviews_than_of_few(town: Town) -> None:
    reviewed(town, "R0")
    with statements(town.database) as few:
        found(town)
    for number in range(1, 20):
        reviewed(town, f"R{number}", item=f"事项{number % 9}")
    with statements(town.database) as many:
        found(town)
    assert len(many) == len(few)


def test_a_unit_reads_its_own_and_nobody_else_reads(town: Town) -> None:
    reviewed(town, "R1")
    reviewed(town, "R2", unit="GAJ")
    reviewed(town, "R3", rating=4, unit="GAJ")
    assert set(told(found(town, SCJGJ))) == {"R1"} and set(told(found(town, GAJ))) == {"R2", "R3"} == set(told(found(town, unit="GAJ")))
    with pytest.raises(NotPermitted):
        prove(town.desk, ADMIN, YEAR)


def test_in_any_life_the_sums_add_up_and_no_bad_review_is_without_a_ticket(town: Town) -> None:
    luck = Random(20200302)  # noqa: S311 – a fixed lot
    for number in range(25):
        ticket = reviewed(town, f"R{number}", luck.randint(1, 5), luck.choice(("SCJGJ", "GAJ")), luck.choice((None, "开办", "注销")))
        if ticket is not None and luck.random() < 0.5 and town.desk.ticket(OFFICE, ticket).lead == "SCJGJ":
            lives = [("call-back", "submit", "verify"), ("appeal", "uphold"), ("withdraw",)]
            if town.desk.ticket(OFFICE, ticket).state == "received":
                did(town, ticket, *luck.choice(lives))
    proof = found(town)
    assert proof.total["missing"] == 0 and proof.total["reviews"] == 25
    assert len(found(town, unit="SCJGJ").rows) + len(found(town, unit="GAJ").rows) == 25


def test_the_sheet_has_a_row_for_each_and_the_sums(town: Town, tmp_path: Path) -> None:
    reviewed(town, "R1")
    reviewed(town, "R2", rating=5)
    assert write_proof(town.desk, found(town), tmp_path / "x.xlsx", Phrase("zh")) == 2
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert {"省平台 R1", "省平台 R2", "尚未回访", "好评，计数"} <= set(cells)
    assert any("差评 1" in cell for cell in cells)


def test_what_stood_in_a_wrong_cell_stands_in_no_proof(town: Town, tmp_path: Path) -> None:
    slipped = {"ref": "错列", "at": "2020-09-24T10:00", "rating": "张三丰 13800138000", "unit": "13800138001", "kind": "review"}
    with pytest.raises(Misread):
        take_in(town.desk, OFFICE, "省平台", slipped)
    proof, phrase = found(town), Phrase("zh")
    [view] = refused_views(town.desk, proof, phrase)
    assert view["reasons"] is not None and len(view["reasons"]) == 2
    write_proof(town.desk, proof, tmp_path / "x.xlsx", phrase)
    cells = [str(cell.value) for row in openpyxl.load_workbook(tmp_path / "x.xlsx").active.rows for cell in row]
    assert "错列" in "".join(cells)
    assert not any(typed in "".join((*cells, *view["reasons"])) for typed in ("张三丰", "1380013"))


def test_what_two_deliveries_settle_at_once_is_settled_once_and_fails_neither(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Misread):
        take_in(town.desk, OFFICE, "省平台", {"ref": "乱", "at": "2020-09-24T10:00", "rating": "六星", "unit": "SCJGJ"})
    assert [each.ref for each in standing_of(town.database, "省平台")] == ["乱"]
    refusals = Refusals(town.database, town.desk.clock, town.desk.salt)

    def settled() -> None:
        refusals.settle(OFFICE, "省平台", (), ["乱"])

    def meanwhile() -> AbstractContextManager[Any]:
        monkeypatch.undo()
        settled()
        return town.database.write()

    monkeypatch.setattr(town.database, "write", meanwhile)
    settled()
    assert standing_of(town.database, "省平台") == [] and list(verify(town.database)) == []
