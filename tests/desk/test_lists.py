"""What an actor may see of the ledger: pages, counts, letters; and what everybody else is refused."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.app.auditing import audit, work_ahead
from engine.app.backing_up import back_up
from engine.app.opening import AppContext
from engine.audit.audited import Audited
from engine.audit.export import export, read_administration
from engine.desk import evidence
from engine.desk.lists import Page, count_by_light, instructed, letters_to_sign, open_by_measure, page
from engine.desk.people import account_names, read_account, read_accounts, read_tokens, read_unit, read_units
from engine.desk.plan import read_plan
from engine.desk.state_board import state_board
from engine.desk.today import today
from engine.desk.wanted import LEVELS, Wanted
from engine.errors import NotPermitted, NotPossible, TicketNotFound, UsageError
from engine.notices.delivery import deliver
from engine.notices.inbox import read_inbox
from engine.notices.outbox import read_outbox
from engine.notices.setup import Setup
from engine.record.database import Database
from engine.record.row_change import RowPut
from engine.registry.accounts import NewAccount
from engine.registry.sign_in import set_password
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.definition.model import build
from engine.watch import sweep
from engine.watch.doctor import examine
from engine.watch.duties import by_hand
from tests.conftest import Shared
from tests.registry.conftest import ADMIN, BEGIN, CONTACT, OFFICE, Town, found
from tests.rows import a_definition, tell

HEAD = Actor("fgw-head", "head", "FGW", "test")
POLICE = Actor("gaj", "contact", "GAJ", "test")
NOBODY = Actor("x", "visitor", None, "test")
HOUSE = [OFFICE, ADMIN, Actor("l", "leader", None, "test"), Actor("a", "auditor", None, "test"), Actor("watch", "watch", None, "test")]


def numbers(found: Page) -> list[str]:
    return [ticket.number for ticket in found.tickets]


def every(town: Town, actor: Actor, **said: object) -> list[str]:
    return sorted(numbers(page(town.desk, actor, Wanted(**said))))  # type: ignore[arg-type]


@pytest.fixture
def read(shared: Shared) -> Town:
    """The tickets of `busy` for all tests that only read."""
    return shared(founded_with_tickets)


@pytest.fixture
def busy(town: Town) -> Town:
    return with_tickets(town)


def founded_with_tickets(database: Database) -> Town:
    return with_tickets(found(database))


def with_tickets(town: Town) -> Town:
    """1 led by FGW with GAJ, 2 led by GAJ, 3 found and meant for FGW, 4 led by SHUIWJ."""
    town.assigned("FGW", "GAJ", measure="3.1")
    town.assigned("GAJ", measure="3.1")
    town.desk.open(OFFICE, Opening("暗访发现窗口无人", "visit", measure="3.1", grade="C", lead="FGW"))
    town.opened += 1
    town.assigned("SHUIWJ", measure="3.4")
    return town


@pytest.mark.parametrize("actor", HOUSE, ids=lambda actor: actor.role)
def test_the_house_sees_every_ticket(read: Town, actor: Actor) -> None:
    assert [number[-1] for number in every(read, actor)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(("actor", "seen"), [(CONTACT, "1"), (HEAD, "1"), (POLICE, "12")])
def test_a_unit_sees_its_own_and_nothing_before_it_was_assigned(read: Town, actor: Actor, seen: str) -> None:
    assert "".join(number[-1] for number in every(read, actor)) == seen
    assert every(read, actor, states=("found",)) == []


def test_a_unit_asks_for_no_other_units_list(read: Town) -> None:
    assert every(read, CONTACT, units=("GAJ",)) == [] and count_by_light(read.desk, CONTACT, Wanted(units=("GAJ",))).total == 0
    assert every(read, CONTACT, units=("FGW",)) == every(read, CONTACT)


def test_who_asks_for_what_repeats_gets_what_repeats_something_that_may_be_known(busy: Town) -> None:
    known, unknown = every(busy, OFFICE)[0], every(busy, OFFICE)[3]
    own, others = (busy.assigned("FGW", repeats=(number,)).number for number in (known, unknown))
    assert every(busy, OFFICE, repeats=True) == [own, others] == every(busy, OFFICE, repeats=True, scope="all")
    assert every(busy, CONTACT, repeats=True) == [own], "of the other the unit is not told that it came back"
    assert every(busy, CONTACT, repeats=True, sources=("complaint",)) == [] == every(busy, POLICE, repeats=True)
    assert count_by_light(busy.desk, OFFICE, Wanted(repeats=True)).total == 2


def test_a_unit_role_without_a_unit_sees_nothing(read: Town) -> None:
    assert every(read, replace(CONTACT, unit=None)) == []


def test_a_state_that_a_pinned_definition_hides_stays_hidden_when_another_is_in_force(busy: Town) -> None:
    node = json.loads(busy.desk.rules.current("rectification").to_json())
    node["states"] = {name: {key: value for key, value in state.items() if key != "hidden"} for name, state in node["states"].items()}
    plain = build(node, "e" * 64)
    assert plain.hidden_states == ()
    retired = RowPut("definition", {"hash": busy.desk.rules.current("rectification").hash, "current": False})
    tell(busy.database, retired, a_definition("e" * 64, "rectification", json.dumps(node)))
    assert "".join(number[-1] for number in every(busy, CONTACT)) == "1"
    with pytest.raises(TicketNotFound):
        busy.desk.ticket(CONTACT, "3")


@pytest.mark.parametrize("actor", [OFFICE, CONTACT, POLICE], ids=lambda actor: actor.name)
@pytest.mark.parametrize("said", [
    {}, {"turns": ("cooperator",)}, {"sources": ("visit",)}, {"text": "重复"}, {"scope": "open"}, {"scope": "all"},
    {"states": ("assigned",)}, {"units": ("FGW", "GAJ")},
])
def test_counts_tell_no_more_than_the_list(read: Town, actor: Actor, said: dict[str, object]) -> None:
    wanted = Wanted(**said)  # type: ignore[arg-type]
    assert count_by_light(read.desk, actor, wanted).total == len(page(read.desk, actor, wanted).tickets)


def test_open_tickets_of_a_measure_are_counted_as_far_as_they_are_seen(read: Town) -> None:
    assert open_by_measure(read.desk, OFFICE) == {"3.1": 3, "3.4": 1}
    assert open_by_measure(read.desk, POLICE) == {"3.1": 2} and open_by_measure(read.desk, CONTACT) == {"3.1": 1}


def test_pages_go_on_with_a_cursor_or_a_number_and_say_when_they_end(read: Town) -> None:
    first = page(read.desk, OFFICE, Wanted(sort="number", limit=3))
    assert first.cursor is not None and [number[-1] for number in numbers(first)] == ["1", "2", "3"]
    rest = page(read.desk, OFFICE, Wanted(sort="number", limit=3, after=first.cursor))
    assert [number[-1] for number in numbers(rest)] == ["4"] and rest.cursor is None
    assert numbers(page(read.desk, OFFICE, Wanted(sort="number", after="3"))) == numbers(rest)
    assert page(read.desk, OFFICE, Wanted(sort="number", limit=4)).cursor is None


def test_a_cursor_opens_nothing_that_its_finder_may_not_see(read: Town) -> None:
    cursor = page(read.desk, OFFICE, Wanted(sort="number", limit=1)).cursor
    assert [number[-1] for number in numbers(page(read.desk, POLICE, Wanted(sort="number", after=cursor)))] == ["2"]
    with pytest.raises(TicketNotFound):
        page(read.desk, CONTACT, Wanted(after="4"))
    with pytest.raises(UsageError):
        page(read.desk, OFFICE, Wanted(after="garbage"))


def test_a_cursor_holds_what_the_list_shows_and_no_id(read: Town) -> None:
    """Ids count tickets, batches and rounds alike, which is not a unit's to know."""
    for sort in ("number", "newest", "changed", "due"):
        found = page(read.desk, OFFICE, Wanted(sort=sort, limit=1))
        assert found.cursor is not None
        node = json.loads(base64.urlsafe_b64decode(found.cursor + "=" * (-len(found.cursor) % 4)))
        assert node["n"] == found.tickets[0].number and node.keys() <= {"n", "v"} and not isinstance(node.get("v"), int)


def test_whether_there_is_a_ticket_of_a_number_is_told_by_no_cursor(read: Town) -> None:
    made = base64.urlsafe_b64encode(b'{"n":"ZG-2020-9999"}').decode().rstrip("=")
    assert page(read.desk, POLICE, Wanted(sort="number", after=made)).tickets == ()


def test_a_state_nobody_has_is_told_with_those_there_are(read: Town) -> None:
    with pytest.raises(UsageError) as caught:
        page(read.desk, OFFICE, Wanted(states=("lost",)))
    assert "assigned" in [state.name for state in caught.value.values["choices"]]


def test_only_a_leader_has_a_portfolio(read: Town) -> None:
    with pytest.raises(NotPossible):
        page(read.desk, OFFICE, Wanted(portfolio=True))
    assert every(read, HOUSE[2], portfolio=True) == []


def test_what_waits_for_an_answer_is_the_actors_own_and_what_waits_for_a_signature_the_offices(busy: Town) -> None:
    for number in ("1", "2"):
        busy.desk.do(OFFICE, number, Command("instruct", {"by": "王副市长"}, {"note": "限期办结"}))
    assert len(instructed(busy.desk, OFFICE, Wanted())) == 2 and len(instructed(busy.desk, CONTACT, Wanted())) == 1
    assert letters_to_sign(busy.desk, OFFICE, Wanted()) == []
    later = busy.at("2020-12-01T09:00")
    sweep(later.desk)
    assert {letter.unit for letter in letters_to_sign(later.desk, OFFICE, Wanted())} >= {"FGW", "GAJ"}
    assert letters_to_sign(later.desk, CONTACT, Wanted()) == []


def test_what_waits_for_a_signature_is_read_in_pieces_to_its_end(busy: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    later = busy.at("2020-12-01T09:00")
    sweep(later.desk)
    whole = letters_to_sign(later.desk, OFFICE, Wanted())
    monkeypatch.setattr("engine.desk.lists.PIECE", 1)
    assert letters_to_sign(later.desk, OFFICE, Wanted()) == whole and len({letter.unit for letter in whole}) > 1


def test_a_unit_lists_what_it_was_told_of_since_and_nothing_of_what_was_the_offices(busy: Town) -> None:
    later = busy.at("2020-09-28T09:00")
    since = later.now - timedelta(days=1)
    later.desk.do(OFFICE, "1", Command("comment", {}, {"note": "内部意见"}))
    assert (every(later, OFFICE, changed_since=since), every(later, CONTACT, changed_since=since)) == (["ZG-2020-0001"], [])
    later.desk.do(OFFICE, "1", Command("instruct", {"by": "王副市长"}, {"note": "限期办结"}))
    assert every(later, CONTACT, changed_since=since) == ["ZG-2020-0001"]


def test_what_the_office_does_by_itself_moves_no_ticket_in_a_units_list(busy: Town) -> None:
    busy.at("2020-09-28T09:00").desk.do(OFFICE, "2", Command("instruct", {"by": "王副市长"}, {"note": "限期办结"}))
    later = busy.at("2020-09-29T09:00")
    later.desk.do(OFFICE, "1", Command("comment", {}, {"note": "内部意见"}))
    first = [numbers(page(later.desk, actor, Wanted(sort="changed")))[0] for actor in (OFFICE, POLICE)]
    assert first == ["ZG-2020-0001", "ZG-2020-0002"]


def test_a_wrong_cursor_of_the_letters_is_told(read: Town) -> None:
    with pytest.raises(UsageError):
        letters_to_sign(read.desk, OFFICE, Wanted(after="garbage"))
    with pytest.raises(TicketNotFound):
        letters_to_sign(read.desk, CONTACT, Wanted(after="4"))


def test_a_list_of_a_level_is_for_a_unit_one_of_what_was_acted_upon(busy: Town) -> None:
    later = busy.at("2020-12-01T09:00")
    sweep(later.desk)
    known = {actor: {number: later.desk.ticket(actor, number).level for number in every(later, actor)} for actor in (OFFICE, CONTACT)}
    for actor, levels in known.items():
        for level in LEVELS:
            assert every(later, actor, levels=(level,)) == [number for number in levels if levels[number] == int(level)]
    assert any(known[OFFICE][number] > level for number, level in known[CONTACT].items()), "some of it nobody has issued"
    with pytest.raises(UsageError):
        every(later, OFFICE, levels=("10",))


def test_how_people_of_other_units_are_reached_is_not_told_to_a_unit(busy: Town) -> None:
    busy.registry.accounts.change(ADMIN, "gaj", email="gaj@example.gov.cn", phone="13800000000")
    told = {name: read_account(busy.desk, actor, "gaj").email for name, actor in (
        ("office", OFFICE), ("own", POLICE), ("colleague", replace(POLICE, name="gaj-head")), ("other", CONTACT))}
    assert told == {"office": "gaj@example.gov.cn", "own": "gaj@example.gov.cn", "colleague": "gaj@example.gov.cn", "other": None}
    assert {account.phone for account in read_accounts(busy.desk, CONTACT) if account.unit != "FGW"} == {None}


def test_a_unit_reads_how_the_office_is_reached_and_no_leader_or_supervisor_in_person(busy: Town) -> None:
    busy.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor", phone="13800000001"))
    for name in ("office", "leader"):
        busy.registry.accounts.change(ADMIN, name, email=f"{name}@example.gov.cn", phone="13800000000")
    read = [read_account(busy.desk, CONTACT, name) for name in ("office", "leader", "second")]
    told = {account.name: (account.email, account.phone) for account in read}
    assert told == {"office": ("office@example.gov.cn", "13800000000"), "leader": (None, None), "second": (None, None)}
    told_of_leader = {actor.role: read_account(busy.desk, actor, "leader").phone for actor in HOUSE}
    assert told_of_leader == {
        **dict.fromkeys(("supervisor", "leader"), "13800000000"), **dict.fromkeys(("admin", "auditor", "watch"), "138****0000"),
    }


def test_whether_somebody_of_another_unit_has_a_password_is_unknown_not_denied(busy: Town) -> None:
    set_password(busy.registry, ADMIN, "gaj", "一句没有人会猜到的很长的话")
    assert [read_account(busy.desk, actor, "gaj").has_password for actor in (OFFICE, POLICE, CONTACT)] == [True, True, None]


def test_no_reader_of_accounts_is_handed_the_key_of_a_robot(busy: Town) -> None:
    busy.registry.accounts.change(ADMIN, "gaj", chat="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + "k" * 30)
    readers = (ADMIN, OFFICE, POLICE, CONTACT)
    assert [read_account(busy.desk, actor, "gaj").chat for actor in readers] == ["wecom", "wecom", "wecom", None]


def test_tokens_are_for_whoever_administers_and_for_their_owner(read: Town) -> None:
    assert read_tokens(read.desk, ADMIN, "gaj") == read_tokens(read.desk, POLICE, "gaj") == []
    with pytest.raises(NotPermitted):
        read_tokens(read.desk, CONTACT, "gaj")


OFFICE_ONLY: dict[str, Callable[[AppContext, Path], object]] = {
    "administration": lambda app, path: read_administration(app.database, app.desk.clock, app.actor),
    "export": lambda app, path: list(export(app.database, app.desk.clock, app.actor)),
    "outbox": lambda app, path: read_outbox(
        app.database, app.actor, BEGIN, app.desk.rules.calendar(), sandbox=False, dead=False, limit=5),
    "delivery": lambda app, path: deliver(app.database, app.desk.clock, app.actor, Setup()),
    "sweep of files": lambda app, path: list(evidence.sweep(app.desk, app.actor, 0)),
    "audit": lambda app, path: list(audit(app, Audited(), keys=str(path / "keys"))),
    "work of an audit": lambda app, path: work_ahead(app),
    "doctor": lambda app, path: examine(app, BEGIN),
    "backup": lambda app, path: back_up(app, f"sqlite:///{path / 'zg.db'}", path / "x.backup"),
}
FOR_EVERYBODY: dict[str, Callable[[AppContext, Path], object]] = {
    "page": lambda app, path: page(app.desk, app.actor, Wanted()),
    "counts": lambda app, path: count_by_light(app.desk, app.actor, Wanted()),
    "measures": lambda app, path: open_by_measure(app.desk, app.actor),
    "instructed": lambda app, path: instructed(app.desk, app.actor, Wanted()),
    "letters": lambda app, path: letters_to_sign(app.desk, app.actor, Wanted()),
    "plan": lambda app, path: read_plan(app.desk, app.actor),
    "units": lambda app, path: read_units(app.desk, app.actor),
    "unit": lambda app, path: read_unit(app.desk, app.actor, "FGW"),
    "accounts": lambda app, path: read_accounts(app.desk, app.actor),
    "account names": lambda app, path: account_names(app.desk, app.actor),
    "tokens": lambda app, path: read_tokens(app.desk, app.actor, app.actor.name),
    "inbox": lambda app, path: read_inbox(app.database, app.actor, BEGIN, "zh", {}),
    "sweep": lambda app, path: by_hand(app),
}


@pytest.mark.parametrize("name", [*OFFICE_ONLY, *FOR_EVERYBODY])
def test_every_reading_function_refuses_a_role_that_no_rule_names(read: Town, tmp_path: Path, name: str) -> None:
    with pytest.raises(NotPermitted):
        {**OFFICE_ONLY, **FOR_EVERYBODY}[name](AppContext(read.database, read.desk, NOBODY, sandbox=False), tmp_path)


@pytest.mark.parametrize(("actor", "sections"), [(OFFICE, 9), (CONTACT, 4)])
def test_the_sections_of_today_are_sought_by_one_statement(
    read: Town, actor: Actor, sections: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    rows = type(read.database).rows
    with monkeypatch.context() as watched:
        watched.setattr(type(read.database), "rows", lambda own, sql, **values: asked.append(sql) or rows(own, sql, **values))
        assert sum(section.total for section in today(read.desk, actor)) > 0
    (joined,) = (sql for sql in asked if re.search(r"UNION ALL SELECT \d+, 0, place, chosen", sql))
    assert f"SELECT {sections - 1}, 0, place, chosen" in joined
    assert [sql for sql in asked if "ORDER BY ticket." in sql] == [joined]


def test_a_long_board_asks_for_no_state_that_no_ticket_has(read: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[object] = set()
    rows = type(read.database).rows
    with monkeypatch.context() as watched:
        watched.setattr("engine.desk.lists.MOST_COUNTED", 1)
        watched.setattr(type(read.database), "rows", lambda own, sql, **bound: asked.add(bound.get("state_0")) or rows(own, sql, **bound))
        shown = {column.state for column in state_board(read.desk, OFFICE, Wanted()).columns}
    assert shown == asked - {None} == {state for (state,) in read.database.rows("SELECT DISTINCT state FROM ticket WHERE NOT final")}


@pytest.mark.parametrize("name", OFFICE_ONLY)
def test_what_is_the_offices_is_refused_to_a_unit(read: Town, tmp_path: Path, name: str) -> None:
    with pytest.raises(NotPermitted):
        OFFICE_ONLY[name](AppContext(read.database, read.desk, CONTACT, sandbox=False), tmp_path)


@pytest.mark.parametrize("name", FOR_EVERYBODY)
def test_what_is_for_everybody_is_not(busy: Town, tmp_path: Path, name: str) -> None:
    FOR_EVERYBODY[name](AppContext(busy.database, busy.desk, CONTACT, sandbox=False), tmp_path)


def test_a_sweep_rings_every_alarm_and_names_only_the_tickets_of_whoever_asked(busy: Town) -> None:
    later = busy.at("2020-12-01T09:00")
    seen = by_hand(AppContext(later.database, later.desk, CONTACT, sandbox=False))
    assert seen and {ticket.lead for ticket, _ in seen} == {"FGW"}
    assert later.database.row("SELECT 1 FROM event WHERE kind = 'escalated' AND stream <> 1") is not None


@pytest.mark.parametrize("actor", [OFFICE, CONTACT])
def test_a_ticket_whose_definition_cannot_be_read_ends_nobodys_sweep(busy: Town, actor: Actor) -> None:
    later = busy.at("2020-12-01T09:00")
    broken = "b" * 64
    tell(later.database, a_definition(broken, "broken"))
    with later.database.write():
        later.database.run("UPDATE ticket SET definition = :hash WHERE lead = 'GAJ'", hash=broken)
    shown = by_hand(AppContext(later.database, later.desk, actor, sandbox=False))
    assert {ticket.lead for ticket, _ in shown} >= {"FGW"}
    assert ("set-aside" in {event.kind for _, event in shown}) is (actor is OFFICE)
