"""A 回头看: what was verified lately is drawn by lot and rated; nothing is reopened by it. And the words of a visit are erased. On both
databases.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.audit.verify import verify
from engine.desk.filing import inspect
from engine.desk.showing import show
from engine.desk.today import today
from engine.errors import NotPermitted, Refused, VisitNotFound
from engine.office.visits.assigning import assign_suggested
from engine.office.visits.rechecking import Rated, rate
from engine.office.visits.visits import Visits
from engine.record import journal
from engine.registry.accounts import NewAccount
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.loop.draw import Again
from engine.rules.loop.visit import Visit
from engine.rules.loop.visit_acts import Outing
from engine.rules.ticket import evolve
from engine.views.today import VisitLine, command_of
from tests.counted import statements
from tests.office.test_photos import photo
from tests.registry.conftest import ADMIN, OFFICE, Town

SCJGJ = Actor("scjgj", "contact", "SCJGJ", "test")
LEADER = Actor("leader", "leader", None, "test")
DAY = date(2020, 10, 9)
INSPECTOR = Actor("inspector", "supervisor", None, "test")


@pytest.fixture
def verified(town: Town) -> Town:
    """Three tickets that the office verified; somebody else of the office looks again, ten days later."""
    town.registry.accounts.add(ADMIN, NewAccount("inspector", "检查员", "supervisor"))
    for _ in range(3):
        number = town.assigned("SCJGJ").number
        town.desk.do(SCJGJ, number, Command("accept"))
        town.desk.do(SCJGJ, number, Command("submit", {}, {"note": "已整改"}))
        town.desk.do(OFFICE, number, Command("verify", {}, {"note": "属实"}))
    return town.at("2020-10-09T09:00")


def begun(town: Town, sample: str = "100%", lot: str = "a", team: tuple[str, ...] = ("inspector",), day: date = DAY) -> Visit:
    outing = Outing(None, day, team, again=Again(sample, 3, lot, ()))
    return Visits(town.desk).begin(INSPECTOR, outing).thing


def rated(town: Town, number: str, value: int, *files: Path, note: str | None = None) -> str | None:
    handed = [inspect(path) for path in files]
    return rate(town.desk, INSPECTOR, "1", number, Rated(value, True, note), "rectification", handed)[1]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_the_same_lot_draws_the_same_from_the_same_record(verified: Town) -> None:
    first, again, other = begun(verified, "1"), begun(verified, "1"), begun(verified, lot="")
    assert first.again == again.again and len(first.again) == 1
    assert set(first.again) < set(other.again) == {"ZG-2020-0001", "ZG-2020-0002", "ZG-2020-0003"}
    assert other.lot and len({other.lot, begun(verified, lot="").lot}) == 2, "a lot of its own"
    assert verified.sound()


def test_nothing_is_drawn_for_who_verified_nor_out_of_its_time(verified: Town) -> None:
    with pytest.raises(Refused) as refused:
        begun(verified, team=("inspector", "office"))
    assert codes(refused) == ["recheck-nothing"]
    with pytest.raises(Refused) as refused:
        begun(verified, day=date(2020, 9, 1))
    assert codes(refused) == ["recheck-nothing"]


def test_each_rating_lies_on_its_ticket_and_the_visit_closes_after_the_last(verified: Town, tmp_path: Path) -> None:
    visit = begun(verified)
    one, two, three = visit.again
    assert rated(verified, one, 0, photo(tmp_path / "a.jpg"), note="又停用") is None
    follow_up = rated(verified, two, 50, note="还缺一台")
    with pytest.raises(Refused) as refused:
        Visits(verified.desk).close(INSPECTOR, "1")
    assert codes(refused) == ["visit-unassigned", "visit-unrated"]
    rated(verified, three, 100)
    desk = verified.desk
    relapsed, partly, held = (desk.ticket(OFFICE, number) for number in visit.again)
    assert (relapsed.relapse, relapsed.final, partly.final, held.confirmed) == (visit.number, True, True, 1)
    found = desk.ticket(OFFICE, follow_up or "")
    assert (found.visit, found.lead, found.detail, found.source_ref) == (visit.number, "SCJGJ", "还缺一台", f"{visit.number}/{two}")
    assert desk.files(SCJGJ, relapsed) == [] != desk.files(OFFICE, relapsed), "what was seen is the office's"
    looked = show(desk, OFFICE, one).view["recheck"]
    assert looked is not None and (looked["visit"], looked["rating"], show(desk, SCJGJ, one).view["recheck"]) == (visit.number, 0, None)
    assert all(event.kind != "rechecked" for event in desk.events(SCJGJ, one))
    Visits(desk).consent(LEADER, "1")
    desk.do(OFFICE, follow_up or "", Command("assign", {"lead": "SCJGJ"}))
    Visits(desk).close(INSPECTOR, "1")
    desk.do(INSPECTOR, one, Command("reopen", {"as": "relapse"}, {"reason": "又停用"}))
    assert desk.ticket(OFFICE, one).relapse is None and verified.sound()


def test_what_is_refused_opens_no_finding_and_a_rehearsal_leaves_nothing(verified: Town) -> None:
    visit = begun(verified)
    for actor, refusal in ((OFFICE, Refused), (SCJGJ, NotPermitted)):
        with pytest.raises(refusal):
            rate(verified.desk, actor, "1", visit.again[0], Rated(50), "rectification")
    rate(verified.desk, INSPECTOR, "1", visit.again[0], Rated(50), "rectification", dry_run=True)
    assert Visits(verified.desk).read(OFFICE, "1").tickets == 0 and verified.desk.ticket(OFFICE, visit.again[0]).measurements == ()
    with pytest.raises(VisitNotFound):
        rate(verified.desk, INSPECTOR, "9", visit.again[0], Rated(0), "rectification")


def test_a_rating_by_who_verified_that_was_written_beside_the_desk_is_found(verified: Town) -> None:
    visit = begun(verified)
    rated(verified, visit.again[0], 0)
    ticket = verified.desk.ticket(OFFICE, visit.again[1])
    last = journal.read_events(verified.database, verified.desk.ticket(OFFICE, visit.again[0]).id)[-1]
    forged = last._replace(ticket=ticket.id, seq=ticket.version + 1, actor="office")
    found = journal.read_ticket(verified.database, ticket.number)
    assert found is not None
    with verified.database.write():
        journal.append(verified.database, [forged], found[0], evolve(found[0], forged), found[1])
    assert [(item.code, item.stream) for item in verify(verified.database)] == [("unlawful", ticket.id)]


def test_today_asks_no_more_often_of_many_visits_than_of_one(verified: Town) -> None:
    begun(verified, "1")
    with statements(verified.database) as one:
        today(verified.desk, OFFICE)
    for _ in range(3):
        begun(verified)
    with statements(verified.database) as many:
        today(verified.desk, OFFICE)
    assert len(many) == len(one)


def test_today_names_what_of_visits_waits_for_whom(verified: Town) -> None:
    def waiting(actor: Actor) -> dict[str, list[str]]:
        sections = {section.name: section.lines for section in today(verified.desk, actor)}
        names = ("findings", "rechecks", "visits", "visits-to-consent")
        return {
            name: [command_of(line, line.visit.number) for line in sections.get(name, ()) if isinstance(line, VisitLine)] for name in names
        }

    visit = begun(verified, "1")
    [number] = visit.again
    nothing: dict[str, list[str]] = {"findings": [], "rechecks": [], "visits": [], "visits-to-consent": []}
    assert waiting(OFFICE) == {**nothing, "rechecks": [f"zg visit recheck {visit.number} {number} RATING"]}
    rated(verified, number, 50)
    assert waiting(OFFICE) == waiting(SCJGJ) == nothing, "it waits for the leader"
    assert waiting(LEADER) == {**nothing, "visits-to-consent": [f"zg visit consent {visit.number}"]}
    Visits(verified.desk).consent(LEADER, "1")
    assert waiting(OFFICE) == {**nothing, "findings": [f"zg assign --visit {visit.number} --suggested"]}
    assert [item.error for item in assign_suggested(verified.desk, OFFICE, "1")] == [None]
    assert waiting(OFFICE) == {**nothing, "visits": [f"zg visit close {visit.number}"]} and waiting(LEADER) == nothing


def test_two_people_erase_the_words_of_a_visit_and_the_audit_stays_whole(town: Town) -> None:
    visits = Visits(town.desk)
    visit = visits.begin(OFFICE, Outing("某某小区张三家，1390000", date(2020, 9, 24), ("office",))).thing
    visits.ask_erasure(OFFICE, "1", 1, "含个人信息")
    with pytest.raises(Refused) as refused:
        visits.erase(OFFICE, "1", 1)
    assert codes(refused) == ["erasure-same-person"]
    assert visits.erase(ADMIN, "1", 1, dry_run=True).thing.place == ""
    assert visits.read(OFFICE, "1").thing == visit._replace(version=2, changed_at=town.now)
    after = visits.erase(ADMIN, "1", 1).thing
    assert visits.read(OFFICE, "1").thing == after and after.place == ""
    assert [event.words for event in visits.events(OFFICE, "1")[1]] == [None, {"reason": "含个人信息"}, None]
    visits.close(OFFICE, "1")
    assert town.sound()
