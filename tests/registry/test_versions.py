"""Open tickets go over to another version of their workflow: whole or not at all, once, and whoever is concerned is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.app import shipped
from engine.errors import NotFound, NotPermitted, Refused, UnknownRule, UsageError
from engine.record import journal
from engine.registry import versions as module
from engine.registry.versions import Change, GoneOver, Versions
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.definition import Definition
from engine.rules.proof.chain import canonical
from engine.rules.recipients import Directory
from engine.rules.ticket import Ticket, fold
from engine.rules.timing.climb import Endless
from tests.registry.conftest import ADMIN, CONTACT, OFFICE, Town

SHIPPED = next(file for file in shipped.workflow_files() if file.stem == "rectification").read_text(encoding="utf-8")
CHECKING = ("submitted", "checking")
RENAMED = (("assigned", "given"), ("not-who-given", "not-who-assigned"))
"""A state of another name; a guard that is called after it keeps its own."""
LONGER = ("of: lead\n    amount: 1 working day\n", "of: lead\n    amount: 3 working days\n")


def loaded(town: Town, tmp_path: Path, *pairs: tuple[str, str], everywhere: tuple[tuple[str, str], ...] = ()) -> Definition:
    """The shipped workflow with some texts replaced, put in force."""
    text = SHIPPED
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    for old, new in everywhere:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "edited.yaml"
    path.write_text(text, encoding="utf-8")
    return town.registry.load_workflow(OFFICE, path).definition


def gone_over(town: Town, *pairs: str, actor: Any = OFFICE) -> list[GoneOver]:
    found: list[GoneOver] = []
    versions = Versions(town.desk)
    outcome = versions.migrate(actor, versions.change(actor, "rectification", None, pairs), found.append)
    assert outcome.tickets == len(found) and outcome.left == []
    return found


def told(town: Town, ticket: Ticket) -> list[tuple[str, int]]:
    rows = town.database.rows(
        "SELECT recipient, seq FROM notice WHERE stream = :id AND channel = 'inbox' ORDER BY seq, recipient", id=ticket.id,
    )
    return [(row[0], row[1]) for row in rows]


def now(town: Town, ticket: Ticket) -> Ticket:
    found = town.desk.load(OFFICE, ticket.number)[0]
    assert fold(journal.read_events(town.database, ticket.id)) == found
    return found


def test_every_open_ticket_goes_over_and_a_second_time_nothing_is_said(town: Town, tmp_path: Path) -> None:
    first, second = town.assigned("SCJGJ", "SHUIWJ"), town.assigned("FGW")
    closed = town.assigned("GAJ")
    town.desk.do(OFFICE, closed.number, Command("withdraw", {"as": "mistake"}, {"reason": "录入错误"}))
    before = told(town, first)
    to = loaded(town, tmp_path, LONGER)
    found = gone_over(town)
    assert [item.after.number for item in found] == [first.number, second.number]
    assert now(town, first).definition == to.hash and now(town, first).deadlines["accept"].amount == "3 working days"
    assert now(town, closed).definition != to.hash
    new = [name for name in told(town, first) if name not in before]
    assert new == [("scjgj", 3)], "its date moved; that of the cooperator did not"
    assert gone_over(town) == [] and told(town, first) == [*before, *new]
    assert town.sound()


def test_what_changes_no_duty_tells_nobody(town: Town, tmp_path: Path) -> None:
    ticket = town.assigned("SCJGJ", "SHUIWJ")
    before = told(town, ticket)
    loaded(town, tmp_path, ("{zh: 待验收, en: to be verified}", "{zh: 等待验收, en: to be verified}"))
    gone_over(town, actor=ADMIN)
    assert told(town, ticket) == before and town.sound()


def test_a_hidden_state_of_another_name_stays_hidden(town: Town, tmp_path: Path) -> None:
    """No unit is told, none sees the ticket, and none ever reads what was before 交办."""
    ticket = town.desk.open(OFFICE, Opening("暗访发现窗口无人", "visit", lead="FGW")).ticket
    loaded(town, tmp_path, everywhere=(("found", "noticed"),))
    gone_over(town, "found=noticed")
    assert told(town, ticket) == [] and now(town, ticket).state == "noticed"
    assert not town.desk.sees(CONTACT, now(town, ticket))
    town.desk.do(OFFICE, ticket.number, Command("assign", {"lead": "FGW"}))
    assert [event.kind for event in town.desk.events(CONTACT, ticket.number)] == ["did"]


def test_where_one_has_no_place_nothing_is_changed_and_every_reason_is_told(town: Town, tmp_path: Path) -> None:
    one, two = town.assigned("SCJGJ"), town.assigned("FGW")
    loaded(town, tmp_path, everywhere=RENAMED)
    events = journal.read_events(town.database, one.id), journal.read_events(town.database, two.id)
    with pytest.raises(Refused) as caught:
        gone_over(town)
    assert [(reason.code, reason.values["number"]) for reason in caught.value.reasons] == [
        ("migrate-no-state", one.number), ("migrate-no-state", two.number),
    ]
    assert caught.value.exit == 5
    assert (journal.read_events(town.database, one.id), journal.read_events(town.database, two.id)) == events
    gone_over(town, "assigned=given")
    assert now(town, one).state == now(town, two).state == "given" and town.sound()


def test_a_preview_changes_nothing(town: Town, tmp_path: Path) -> None:
    ticket = town.assigned("SCJGJ")
    loaded(town, tmp_path, LONGER)
    versions = Versions(town.desk)
    [item] = versions.preview(OFFICE, versions.change(OFFICE, "rectification", None, ()))
    assert item.event.kind == "migrated" and now(town, ticket) == ticket


def test_rungs_that_had_come_fire_first_by_the_version_before(town: Town, tmp_path: Path) -> None:
    ticket = town.assigned("SCJGJ")
    late = town.at("2020-10-12T18:30")
    loaded(late, tmp_path, ("name: urging, title: {zh: 催办", "name: pressing, title: {zh: 催促"))
    [item] = gone_over(late)
    fired = [(event.kind, event.data.get("rung") or event.data.get("trigger")) for event in item.earlier]
    assert ("escalated", "urging") in fired and ("did", "deemed-accepted") in fired
    assert (item.event.from_state, item.after.state) == ("rectifying", "rectifying")
    assert item.event.data["skipped"] == {"rectify": ["pressing"]}
    assert item.after.wake_at is not None and item.after.wake_at > late.now
    assert len({name for name, _ in told(late, ticket)}) == len({(name, seq) for name, seq in told(late, ticket) if seq > 2})
    assert late.sound()


def test_whoever_may_not_load_may_not_migrate(town: Town, tmp_path: Path) -> None:
    town.assigned("SCJGJ")
    to = loaded(town, tmp_path, LONGER)
    versions = Versions(town.desk)
    with pytest.raises(NotPermitted):
        versions.change(CONTACT, "rectification", None, ())
    with pytest.raises(NotPermitted):
        versions.migrate(CONTACT, Change(to, {}), print)


def test_a_run_that_broke_off_is_finished_by_the_next(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = [town.assigned("SCJGJ") for _ in range(5)]
    to = loaded(town, tmp_path, LONGER)
    monkeypatch.setattr(module, "BATCH", 2)

    def dies(item: GoneOver) -> None:
        if item.after.number == tickets[2].number:
            raise KeyboardInterrupt

    versions = Versions(town.desk, lambda _: None)
    change = versions.change(OFFICE, "rectification", None, ())
    with pytest.raises(KeyboardInterrupt):
        versions.migrate(OFFICE, change, dies)
    assert [now(town, ticket).definition == to.hash for ticket in tickets] == [True, True, True, True, False]
    assert [item.after.number for item in gone_over(town)] == [tickets[4].number]
    assert [len([seq for _, seq in told(town, ticket) if seq == 3]) for ticket in tickets] == [1] * 5
    assert town.sound()


def test_who_is_faster_is_met_ticket_by_ticket_and_who_has_no_place_now_is_named(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = town.assigned("SCJGJ"), town.assigned("FGW")
    to = loaded(town, tmp_path, everywhere=(("suspended", "halted"),))
    versions, found = Versions(town.desk), list[GoneOver]()
    change = versions.change(OFFICE, "rectification", None, ())
    write = Versions._written
    acts = [Command("suspend", {}, {"reason": "汛期"})]

    def meanwhile(self: Versions, item: GoneOver, *more: Any) -> journal.Change[Ticket]:
        if acts:
            town.desk.do(OFFICE, first.number, acts.pop())
        return write(self, item, *more)

    monkeypatch.setattr(Versions, "_written", meanwhile)
    outcome = versions.migrate(OFFICE, change, found.append)
    assert [item.after.number for item in found] == [second.number] and outcome.tickets == 1
    assert [(reason.code, reason.values["number"]) for reason in outcome.left] == [("migrate-no-state", first.number)]
    assert now(town, first).state == "suspended" and now(town, second).definition == to.hash
    assert town.sound()


def test_a_version_is_found_by_its_name_or_the_digits_its_hash_begins_with(town: Town, tmp_path: Path) -> None:
    versions = Versions(town.desk)
    before = town.desk.rules.current("rectification")
    to = loaded(town, tmp_path, LONGER)
    assert versions.find("rectification") == to
    assert versions.find(before.hash[:6].upper()) == before
    assert versions.change(OFFICE, "rectification", before.hash[:8], ()).to == before
    for text in (to.hash[:3], "ffffffff0", "complaint "):
        with pytest.raises(NotFound):
            versions.find(text)
    complaint = town.desk.rules.current("complaint")
    with pytest.raises(NotFound):
        versions.change(OFFICE, "rectification", complaint.hash, ())
    with pytest.raises(UsageError) as caught:
        versions._among(before.hash[:4], [before, before])
    assert caught.value.values["reason"] == "version-ambiguous"


def test_the_map_is_read_by_names_and_titles_and_what_is_no_state_is_refused(town: Town, tmp_path: Path) -> None:
    versions = Versions(town.desk)
    loaded(town, tmp_path, everywhere=(CHECKING,))
    change = versions.change(OFFICE, "rectification", None, ["待验收 = checking", "rectifying=整改中"])
    assert change.states == {"submitted": "checking", "rectifying": "rectifying"}
    for wrong, reason in (("submitted", "usage-map"), ("nowhere=checking", "usage-choice"), ("submitted=submitted", "usage-choice")):
        with pytest.raises(UsageError) as caught:
            versions.change(OFFICE, "rectification", None, [wrong])
        assert caught.value.values["reason"] == reason
    with pytest.raises(UsageError) as caught:
        versions.change(OFFICE, "rectification", None, ["submitted=checking", "待验收=rectifying"])
    assert caught.value.values["reason"] == "usage-twice"


def broken(town: Town, definition: Definition, name: str) -> Definition:
    """A version that names a guard this program does not have, kept as a later program would have kept it."""
    node = json.loads(definition.to_json())
    node["triggers"]["accept"]["guards"] = [{"name": name, "grades": []}]
    found = Definition.from_json(canonical(node))
    with town.database.write():
        town.registry.keep_definition(OFFICE, found, "later.yaml")
    return found


def test_nothing_goes_over_to_a_version_with_rules_of_a_later_program(town: Town) -> None:
    town.assigned("SCJGJ")
    broken(town, town.desk.rules.current("rectification"), "by-moonlight")
    with pytest.raises(UnknownRule):
        gone_over(town)


def test_what_rules_cannot_be_followed_goes_over_as_it_is(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version may be what mends it: of one with an unknown rule, or whose rungs have no end, none fires before."""
    ticket = town.assigned("SCJGJ")
    at = town.at("2020-10-12T18:30").desk.situation(OFFICE, ticket)
    assert module._come_due(at, Directory())[0]
    later = broken(town, at.definition, "by-moonlight")
    assert module._come_due(at._replace(definition=later), Directory()) == ([], ticket)

    def endless(*given: object) -> None:
        raise Endless(ticket.number)

    monkeypatch.setattr(module, "climb", endless)
    assert module._come_due(at, Directory()) == ([], ticket)


def test_the_log_tells_each_event_by_the_version_of_then(town: Town, tmp_path: Path) -> None:
    ticket = town.assigned("FGW")
    before = now(town, ticket).definition
    to = loaded(town, tmp_path, everywhere=RENAMED)
    gone_over(town, "assigned=given")
    pinned = town.desk.pinned_events(OFFICE, ticket.number)
    assert [(item.event.kind, item.before.hash, item.definition.hash) for item in pinned] == [
        ("opened", before, before), ("did", before, before), ("migrated", before, to.hash),
    ]
    assert [item.event.kind for item in town.desk.pinned_events(CONTACT, ticket.number)] == ["did", "migrated"]


def test_a_unit_reads_nothing_of_what_was_passed_by_nor_of_the_limit_for_signing(town: Town, tmp_path: Path) -> None:
    ticket = town.assigned("FGW")
    late = town.at("2020-10-13T18:30")
    loaded(late, tmp_path, ("name: urging, title: {zh: 催办", "name: pressing, title: {zh: 催促"), (
        "runs_with: proposal\n    amount: 2 working days", "runs_with: proposal\n    amount: 9 working days",
    ))
    [item] = gone_over(late)
    assert set(item.event.data["moved"]) == {"sign"} and item.event.data["skipped"]
    read = late.desk.events(CONTACT, ticket.number)[-1]
    assert read.kind == "migrated" and read.data["moved"] == {} and "skipped" not in read.data
    assert "sign" not in read.data["effects"].get("deadlines", {})


def test_many_go_over_on_few_statements(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        town.assigned("SCJGJ")
    loaded(town, tmp_path, LONGER)
    writes: list[str] = []
    with monkeypatch.context() as patched:
        begun = type(town.database).write
        patched.setattr(type(town.database), "write", lambda self: writes.append("") or begun(self))
        gone_over(town)
    assert len(writes) == 1
