"""What a visit finds: secret until it is assigned, assigned as a leader consented; a unit gets marked copies only. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.audit.verify import verify
from engine.desk.act import Done
from engine.desk.batch import like
from engine.desk.evidence import find
from engine.desk.filing import inspect
from engine.desk.showing import show
from engine.desk.today import today
from engine.errors import KeyTaken, NotPermitted, Refused, TicketNotFound, VisitNotFound
from engine.office.each import Became
from engine.office.visits.assigning import assign_suggested, suggested
from engine.office.visits.findings import enter
from engine.office.visits.visits import Visits
from engine.record import journal
from engine.record.evidence import BadEvidence, folder_of, path_of
from engine.rules.access import Actor
from engine.rules.acts.amend import Amendment
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.loop.visit import Visit, fold
from engine.rules.loop.visit_acts import Outing
from engine.views.today import today_view
from tests.office.test_photos import photo
from tests.registry.conftest import OFFICE, Town

LEADER, AUDITOR, WATCH = (Actor(name, name, None, "test") for name in ("leader", "auditor", "watch"))
SCJGJ = Actor("scjgj", "contact", "SCJGJ", "test")
OUTING = Outing("政务服务大厅", date(2020, 9, 24), ("office",), unannounced=True)


def begun(town: Town) -> Visit:
    return Visits(town.desk).begin(OFFICE, OUTING).thing


def found(town: Town, visit: Visit, *files: Path, unit: str | None = "SCJGJ", title: str = "评价器停用", dry_run: bool = False) -> Done:
    opening = Opening(title, "visit", grade="C", lead=unit)
    handed = [inspect(path) for path in files]
    return enter(town.desk, OFFICE, visit.number, opening, handed, "rectification", place="三楼", dry_run=dry_run)


def test_a_phone_that_heard_no_answer_sends_again_and_there_is_one_ticket(town: Town, tmp_path: Path) -> None:
    visit = begun(town)

    def sent(title: str) -> Done:
        opening = Opening(title, "visit", grade="C", lead="SCJGJ", key="a1b2")
        return enter(town.desk, OFFICE, visit.number, opening, [inspect(photo(tmp_path / "a.jpg"))], "rectification")

    first, again = sent("评价器停用"), sent("评价器停用")
    assert (first.ticket, again.events) == (again.ticket, ())
    with pytest.raises(KeyTaken):
        sent("别的问题")
    Visits(town.desk).consent(LEADER, "1")
    assigned(town, visit)
    Visits(town.desk).close(OFFICE, visit.number)
    assert sent("评价器停用").ticket.number == first.ticket.number
    assert len(Visits(town.desk).findings(OFFICE, visit)) == 1


def test_what_phones_record_is_evidence(town: Town, tmp_path: Path) -> None:
    visit = begun(town)
    heads = {
        "amr": b"#!AMR\n", "mp3": b"ID3\x04", "ogg": b"OggS\0", "wav": b"RIFF\x24\0\0\0WAVEfmt ", "webm": b"\x1aE\xdf\xa3",
        "aac": b"\xff\xf1P",
    }
    for ending, head in heads.items():
        (tmp_path / f"a.{ending}").write_bytes(head + bytes(40))
    made = found(town, visit, *(tmp_path / f"a.{ending}" for ending in heads))
    assert [file.type for file in show(town.desk, OFFICE, made.ticket.number).files] == [
        "audio/amr", "audio/mpeg", "audio/ogg", "audio/wav", "video/webm", "audio/aac",
    ]


def assigned(town: Town, visit: Visit) -> list[Became]:
    return list(assign_suggested(town.desk, OFFICE, visit.number))


def code(item: Became) -> str:
    assert isinstance(item.error, Refused)
    return item.error.reasons[0].code


def test_the_row_of_a_visit_is_the_fold_of_its_events_and_verifies(town: Town) -> None:
    visit = begun(town)
    found(town, visit)
    Visits(town.desk).consent(LEADER, "1")
    assert [item.error for item in assigned(town, visit)] == [None]
    closed = Visits(town.desk).close(OFFICE, visit.number).thing
    events = journal.read_events(town.database, visit.id)
    assert [event.kind for event in events] == ["visit-begun", "visit-consented", "visit-closed"]
    assert fold(events) == closed == Visits(town.desk).read(AUDITOR, "1").thing
    assert town.sound()


@pytest.mark.parametrize(("column", "value"), [
    ("place", "别处"), ("team", '["admin"]'), ("unannounced", False), ("day", date(2020, 9, 1)), ("agreed", '["ZG-2020-0001=GAJ"]'),
])
def test_a_column_of_a_visit_that_is_not_what_its_events_tell_is_named(town: Town, column: str, value: object) -> None:
    visit = begun(town)
    with town.database.write():
        town.database.run(f"UPDATE visit SET {column} = :value", value=value)
    assert ("row", visit.id, column) in [(item.code, item.stream, item.field) for item in verify(town.database)]


def test_no_unit_learns_of_a_finding_before_it_is_assigned_and_of_a_visit_ever(town: Town) -> None:
    visit = begun(town)
    number = found(town, visit).ticket.number
    with pytest.raises(TicketNotFound):
        town.desk.ticket(SCJGJ, number)
    for actor in (SCJGJ, WATCH, Actor("admin", "admin", None, "test")):
        with pytest.raises(NotPermitted):
            Visits(town.desk).read(actor, visit.number)
    Visits(town.desk).consent(LEADER, "1")
    assigned(town, visit)
    seen = town.desk.read(SCJGJ, number).ticket
    assert (seen.place, seen.team, seen.lead) == ("三楼", (), "SCJGJ")
    assert "office" in town.desk.ticket(OFFICE, number).team
    assert all("team" not in event.data and "photos" not in event.data for event in town.desk.events(SCJGJ, number))


def test_the_original_of_a_photo_is_the_office_s_and_the_unit_is_given_a_marked_copy(town: Town, tmp_path: Path) -> None:
    visit = begun(town)
    original = photo(tmp_path / "IMG_1.jpg")
    done = found(town, visit, original)
    first = journal.read_events(town.database, done.ticket.id)[0]
    [whole, copy] = first.data["evidence"]
    assert (whole["kind"], copy["kind"]) == ("original", "copy")
    assert first.data["photos"][whole["sha256"]]["copy"] == copy["sha256"]
    assert path_of(folder_of(town.database), whole["sha256"]).read_bytes() == original.read_bytes()
    Visits(town.desk).consent(LEADER, "1")
    assigned(town, visit)
    files = find(town.desk, SCJGJ, done.ticket.number)
    assert [(file.name, file.sha256) for file in files] == [(f"{visit.number}-1.jpg", copy["sha256"])]
    assert town.sound()


def test_the_copy_goes_with_an_assignment_by_hand_too(town: Town, tmp_path: Path) -> None:
    visit = begun(town)
    number = found(town, visit, photo(tmp_path / "a.jpg")).ticket.number
    Visits(town.desk).consent(LEADER, "1")
    town.desk.do(OFFICE, number, Command("assign", {"lead": "SCJGJ"}))
    assert [file.name for file in find(town.desk, SCJGJ, number)] == [f"{visit.number}-1.jpg"]


def test_nothing_is_assigned_as_suggested_that_no_leader_consented_to(town: Town) -> None:
    visit = begun(town)
    found(town, visit)
    assert [code(item) for item in assigned(town, visit)] == ["visit-not-consented"]
    Visits(town.desk).consent(LEADER, "1")
    found(town, visit, unit="GAJ", title="材料重复提交")
    assert [(group.unit, len(group.tickets), len(group.against)) for group in suggested(town.desk, OFFICE, "1")] == [
        ("SCJGJ", 1, 0), ("GAJ", 1, 1),
    ]
    done, late = assigned(town, visit)
    assert done.error is None and code(late) == "finding-not-consented"
    assert [code(item) for item in assigned(town, visit)] == ["finding-not-consented"], "run again, only the rest is tried"
    with pytest.raises(Refused) as refused:
        Visits(town.desk).close(OFFICE, "1")
    assert [reason.code for reason in refused.value.reasons] == ["visit-unassigned"]


def test_one_finding_without_a_unit_stops_no_consent_and_a_unit_is_suggested_for_it(town: Town) -> None:
    visit = begun(town)
    named, bare = found(town, visit).ticket.number, found(town, visit, unit=None, title="材料重复提交").ticket.number

    def waits(actor: Actor) -> dict[str, list[str]]:
        seen = today_view(actor.name, town.desk.clock.now(), today(town.desk, actor), town.desk.rules.calendar())
        return {part["section"]: [item["command"] for item in part["tickets"]] for part in seen["sections"]}

    Visits(town.desk).consent(LEADER, "1")
    assert waits(OFFICE)["to-assign"] == [f"zg assign --visit {visit.number} --suggested", f"zg amend {bare} --lead UNIT --reason TEXT"]
    assert waits(OFFICE)["visits"] == [] == waits(LEADER)["visits-to-consent"], "nothing of it waits for the leader, nor to be closed"
    with pytest.raises(Refused) as refused:
        Visits(town.desk).close(OFFICE, "1")
    assert [reason.code for reason in refused.value.reasons] == ["visit-unassigned"]
    [error] = [item.error for item in assign_suggested(town.desk, OFFICE, "1", dry_run=True) if item.ticket.number == bare]
    assert isinstance(error, Refused) and [reason.code for reason in error.reasons] == ["finding-without-unit"]
    town.desk.amend(OFFICE, bare, Amendment("补充拟办单位", lead="GAJ"))
    assert waits(LEADER)["visits-to-consent"] == [f"zg visit consent {visit.number}"]
    Visits(town.desk).consent(LEADER, "1")
    assert [item.error for item in assigned(town, visit)] == [None, None]
    assert {town.desk.ticket(OFFICE, number).lead for number in (named, bare)} == {"SCJGJ", "GAJ"} and town.sound()
    assert [event.kind for event in town.desk.events(Actor("gaj", "contact", "GAJ", "test"), bare)] == ["did"]


def test_no_door_gives_a_finding_to_a_unit_before_a_leader_consented_to_that_unit(town: Town) -> None:
    visit = begun(town)
    number = found(town, visit).ticket.number

    def refused_as(**given: str) -> list[str]:
        with pytest.raises(Refused) as refused:
            town.desk.do(OFFICE, number, Command("assign", given))
        return [reason.code for reason in refused.value.reasons]

    assert refused_as() == refused_as(lead="SCJGJ") == ["visit-not-consented"]
    assert "assign" not in show(town.desk, OFFICE, number).view["actions"]
    Visits(town.desk).consent(LEADER, "1")
    assert "assign" in show(town.desk, OFFICE, number).view["actions"]
    assert refused_as(lead="GAJ") == ["unit-not-consented"]
    late = found(town, visit, title="材料重复提交").ticket.number
    with pytest.raises(Refused) as refused:
        town.desk.do(OFFICE, late, Command("assign"))
    assert [reason.code for reason in refused.value.reasons] == ["finding-not-consented"]
    town.desk.do(OFFICE, number, Command("assign"))
    town.desk.do(SCJGJ, number, Command("decline", {}, {"reason": "不属本单位职责"}))
    town.desk.do(OFFICE, number, Command("assign", {"lead": "GAJ"}))
    assert town.sound()


def test_consent_is_not_passed_by_for_the_other_units_of_a_group(town: Town, tmp_path: Path) -> None:
    visit = begun(town)
    number = found(town, visit, photo(tmp_path / "a.jpg")).ticket.number
    Visits(town.desk).consent(LEADER, "1")
    with pytest.raises(Refused) as refused:
        town.desk.assign_each(OFFICE, number, Command("assign"), ("SCJGJ", "GAJ"))
    assert [reason.code for reason in refused.value.reasons] == ["finding-each"]
    finding = town.desk.ticket(OFFICE, number)
    assert finding.state == "found" and len(town.database.rows("SELECT id FROM ticket")) == 1
    other = like(finding, journal.read_events(town.database, finding.id)[0])
    assert other.onsite is not None and (other.onsite.visit, other.onsite.team, other.onsite.place) == (visit.number, visit.team, "三楼")
    assert len(other.attached.evidence) == len(other.attached.names) == 2, "where no consent is asked, it is found by the visit as well"


def test_an_assignment_without_consent_that_was_written_beside_the_desk_is_found(town: Town) -> None:
    visit = begun(town)
    finding = found(town, visit).ticket
    with town.database.write():
        town.database.run("UPDATE visit SET agreed = :agreed", agreed=f'["{finding.number}=SCJGJ"]')
    town.desk.do(OFFICE, finding.number, Command("assign"))
    assert ("unlawful", finding.id) in [(item.code, item.stream) for item in verify(town.database)]


def test_a_closed_visit_finds_nothing_more_and_a_rehearsal_leaves_nothing(town: Town, tmp_path: Path) -> None:
    visit = begun(town)
    rehearsed = found(town, visit, photo(tmp_path / "a.jpg"), dry_run=True)
    assert rehearsed.events and Visits(town.desk).read(OFFICE, "1").tickets == 0
    assert not list(folder_of(town.database).rglob("*.*")) or town.sound()
    Visits(town.desk).close(OFFICE, "1")
    with pytest.raises(Refused) as refused:
        found(town, visit)
    assert [reason.code for reason in refused.value.reasons] == ["visit-over"]


def test_what_is_not_there_is_said(town: Town) -> None:
    for number in ("1", "V-2020-0009", "B-2020-0001", "x"):
        with pytest.raises(VisitNotFound):
            Visits(town.desk).read(OFFICE, number)


def test_only_accounts_of_the_office_take_part(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        Visits(town.desk).begin(OFFICE, replace(OUTING, team=("office", "scjgj", "nobody")))
    assert [reason.values["account"] for reason in refused.value.reasons] == ["scjgj", "nobody"]


def test_visits_are_listed_newest_first(town: Town) -> None:
    first, second = begun(town), begun(town)
    Visits(town.desk).close(OFFICE, first.number)
    assert [each.thing.number for each in Visits(town.desk).every(LEADER)] == [second.number]
    assert [each.thing.number for each in Visits(town.desk).every(LEADER, closed=True)] == [second.number, first.number]


def test_a_unit_knows_the_day_of_the_visit_though_it_was_entered_later(town: Town) -> None:
    visit = begun(town)
    later = town.at("2020-09-29T09:00")
    finding = found(later, visit).ticket
    assert finding.first_found_at == datetime(2020, 9, 23, 16, tzinfo=UTC), "the day of the visit begins so"
    Visits(later.desk).consent(LEADER, "1")
    assert [item.error for item in assigned(later, visit)] == [None]
    assert later.desk.ticket(SCJGJ, finding.number).first_found_at == finding.first_found_at
    assert later.sound()


def test_what_is_called_a_photo_and_is_none_is_refused_by_its_name(town: Town, tmp_path: Path) -> None:
    visit, path = begun(town), tmp_path / "假照片.JPG"
    path.write_bytes(b"no photo at all\n")
    with pytest.raises(BadEvidence) as refused:
        found(town, visit, path)
    assert (refused.value.values["reason"], refused.value.values["file"]) == ("photo-unreadable", "假照片.JPG")
