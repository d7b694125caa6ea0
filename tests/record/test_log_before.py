"""A record of every kind of event, written by an earlier state of the program: it reads, folds and hashes as it did.

What was written once is read for ever, so no later program may spell an event in another way. `facts/log_before.json.gz`
holds every table of that record, the files that its events cite, and every ticket as four accounts read it at one moment.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.app import opening
from engine.audit.audited import Audited
from engine.audit.rebuild import rebuild
from engine.audit.verify import verify
from engine.clock import FixedClock
from engine.desk.evidence import broken
from engine.desk.tickets import Desk
from engine.record import evidence, journal, queries, schema
from engine.record.aggregates import TICKETS
from engine.record.cache import RuleCache
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.sqlite_files import copy_file
from engine.rules.access import Actor
from engine.rules.definition.model import build
from engine.rules.loop.standing import FIELDS
from engine.rules.plan import Plan
from engine.rules.proof.chain import GENESIS, body, canonical, link, moment, stamp
from engine.rules.proof.finding import Finding
from engine.rules.ticket import TICKET, fold
from engine.rules.worktime import Calendar, notice_json, parse_notice
from engine.views.facts import fact_line, facts
from engine.views.ticket import ticket_view
from engine.words import has
from engine.words.phrase import Phrase

PLACE = Path(__file__).resolve().parents[1] / "facts" / "log_before.json.gz"

OF_TICKETS = {
    "opened", "did", "amended", "escalated", "rescheduled", "linked", "erasure-asked", "erased", "handed-over", "set-aside",
}
"""Every kind of event that happens to a ticket."""

FACTS = {
    "about", "agreed", "audience", "evidence", "for", "for_unit", "happened_at", "input", "leader", "letter", "level", "recall", "rung",
    "rungs", "settled", "trigger", "voided",
}
"""What an act of a person states beside its words and effects: what it was about, whose paper it was, what it voided and recalled."""

OF_A_RUNG = {
    "act", "audience", "clock", "due_at", "epoch", "letter", "level", "missed", "n", "name", "ours", "recipients", "rung",
    "scheduled_for",
}
"""What a rung states: which it was, whom it found, which repetition of itself, and how many of those nobody was told."""

OF_THE_OFFICE = {"set", "loaded", "sealed", "read", "upgraded", "clocked"}
"""Every kind of event of the administration's stream."""

ENTRIES = {
    "account.added", "account.set", "account.disabled", "account.stand-in", "account.stand-in-ended", "account.handed-over",
    "account.portfolio", "account.password", "account.token", "account.token-revoked", "account.locked", "unit.added",
    "unit.renamed", "unit.merged", "unit.ended", "accounts", "plan", "workflow", "calendar", "dates", "backup",
}
"""What entries of that stream are about, where they say it by one word."""

SINCE = (
    "visit", "place", "stated_limit", "round", "misses", "relapses", "confirmed", "last_confirmed_round", "relapse", "first_found_at",
    "measurements", "repeats", "outer_at", "outer_on", "to_revise",
)
"""What views tell since rounds measure, and sheets name earlier findings."""

ACTORS = {
    "office": Actor("office", "supervisor", None, "cli"), "wang": Actor("wang", "leader", None, "cli"),
    "scjgj": Actor("scjgj", "contact", "SCJGJ", "cli"), "shuiwj": Actor("shuiwj", "contact", "SHUIWJ", "cli"),
}
"""Through whose eyes the tickets were looked at: the office, a leader, the contacts of two units."""


@cache
def before() -> dict[str, Any]:
    """What was written before: `tables`, `files`, `views`, and the moment (`now`) of the views."""
    found: dict[str, Any] = json.loads(gzip.decompress(PLACE.read_bytes()))
    return found


def written(stream: int | None = None) -> list[dict[str, Any]]:
    """The rows of events in the order of their ids, of one stream or of all."""
    return [row for row in before()["tables"]["event"] if stream in (None, row["stream"])]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The same rows in a database that this program made, and the same files beside it."""
    path = tmp_path_factory.mktemp("before") / "zg.db"
    schema.create(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        for table, rows in before()["tables"].items():
            insert(connection, table, rows)
        connection.commit()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(connect(f"sqlite:///{path}")) as database:
        for sha256, content in before()["files"].items():
            place = evidence.path_of(evidence.folder_of(database), sha256)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(bytes.fromhex(content))
        yield database


@cache
def seq_of(id_: int) -> int:
    """The place in its stream of the event of this id."""
    return next(int(event["seq"]) for event in written() if event["id"] == id_)


def as_laid_now(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row in the columns of today: what named an event by its ticket and seq, or by its id, names its stream and seq."""
    if table == "citation":
        return {"stream": row["ticket"], **{name: value for name, value in row.items() if name != "ticket"}}
    if table == "notice":
        return {"seq": seq_of(row["event"]), **{name: value for name, value in row.items() if name != "event"}}
    if table == "token":
        return {**row, "scope": "act", "per_minute": 600}
    if table == "ticket":
        later = {"visit": None, "place": None, "team": "[]", "repeats": "[]", "to_revise": 0} | unmeasured(row)
        return {**{name: value for name, value in row.items() if name != "head"}, **later, "head": row["head"]}
    return row


def unmeasured(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a ticket that no round had measured yet."""
    first = json.loads(next(event["data"] for event in written(row["id"])))
    return {
        "problem_key": None, "first_found_at": first.get("happened_at", row["opened_at"]), "round": None, "measurements": "[]", "misses": 0,
        "relapses": 0, "confirmed": 0, "last_confirmed_round": None, "relapse": None, "stated_limit": None,
    }


def insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    """Rows as they lay there: nothing of the program has a hand in it. Bytes were kept as hex."""
    if not rows or table == "seal":  # of a form that nobody reads any more
        return
    rows = [as_laid_now(table, row) for row in rows]
    columns = list(rows[0])
    packed = {row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[2] == "BLOB"}
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    connection.executemany(
        statement, [[bytes.fromhex(row[name]) if name in packed else row[name] for name in columns] for row in rows],
    )


def test_the_audit_finds_nothing(record: Database) -> None:
    tables, audited = before()["tables"], Audited()
    found = list(verify(record, audited))
    unlawful = [item.field for item in found if item.code == "unlawful"]
    assert unlawful == ["lost-not-asked"], "a key was said to be lost by one person alone"
    assert {item.code for item in found} == {"key", "no-seal", "unlawful"}, "keys and seals of another form"
    assert list(broken(record, audited)) == []
    assert {"people", "units"} <= audited.unasked.keys(), "no entry of before tells of them"
    assert audited == Audited(
        judged=len(tables["event"]), unasked=audited.unasked, events=len(tables["event"]), tickets=len(tables["ticket"]),
        findings=len(found),
        redacted=sum(row["kind"] == "erased" for row in tables["event"]),
        seals=0, lost=0, files=len(before()["files"]),
        tables=audited.tables, told_since=None,
    )
    kept = [name for name in tables if name in audited.tables and name != "seal"]
    assert {name: audited.tables[name] for name in kept} == {name: len(tables[name]) for name in kept}
    assert set(audited.tables) >= {"event", "ticket", "cooperator", "citation", "counter", "evidence", "account", "definition"}


def test_an_upgrade_tells_every_row_and_what_is_bent_from_then_on_is_found(record: Database, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'zg.db'}"
    copy_file(record, tmp_path / "zg.db")
    assert opening.upgrade(url).kept is None
    with closing(connect(url)) as upgraded:
        audited = Audited()
        assert _of_rows(verify(upgraded, audited)) == []
        assert audited.told_since == journal.administration_head(upgraded)[0]
        assert _of_rows(rebuild(upgraded, f"sqlite:///{tmp_path / 'anew.db'}").findings) == []
        with upgraded.write():
            upgraded.run("UPDATE account SET role = 'auditor', unit = NULL WHERE name = 'leader'")
        assert _of_rows(verify(upgraded)) == [("row-differs", "account", "leader", "role")]
    assert opening.upgrade(url).kept is None
    with closing(connect(url)) as again:
        assert audited.told_since == journal.administration_head(again)[0], "what is told is told once"


def _of_rows(found: Iterable[Finding]) -> list[tuple[str, str, str | None, str | None]]:
    return [(item.code, item.table, item.key, item.field) for item in found if item.table is not None]


@pytest.mark.parametrize("which", ["tickets", "administration"])
def test_every_event_is_spelled_and_hashed_byte_for_byte_as_it_was(record: Database, which: str) -> None:
    every = sorted({row["stream"] for row in written()})
    for stream in every[1:] if which == "tickets" else [journal.ADMINISTRATION]:
        rows, head = written(stream), GENESIS
        events = journal.stored_events(record, stream)
        assert [event.seq for event, _ in events] == [row["seq"] for row in rows]
        for (event, stored), row in zip(events, rows, strict=True):
            data = canonical(event.data)
            assert data == row["data"]
            head = link(head, body(
                ticket=event.ticket, seq=event.seq, at=event.at, actor=event.actor, role=event.role, unit=event.unit,
                via=event.via, kind=event.kind, from_state=event.from_state, to_state=event.to_state, data=data,
            ))
            assert (head.hex(), stored.hex()) == (row["hash"], row["hash"]), (stream, event.seq)


def test_what_was_typed_is_spelled_as_it_was(record: Database) -> None:
    spelled = {}
    for stream in {row["stream"] for row in written()}:
        for event in journal.read_events(record, stream):
            said: dict[str, Any] = {"salt": event.salt, "text": event.words}
            if event.secret:
                said |= {"secret": event.secret, "secret_salt": event.secret_salt}
            spelled[stream, event.seq] = canonical(said) if event.words else None
    assert spelled == {(row["stream"], row["seq"]): row["words"] for row in written()}
    assert any('"secret"' in text for text in spelled.values() if text)


def test_every_ticket_is_the_fold_of_its_events(record: Database) -> None:
    columns = queries.TICKET_COLUMNS.split(", ")
    for kept in before()["tables"]["ticket"]:
        row = record.row(f"SELECT {queries.TICKET_COLUMNS} FROM ticket WHERE id = :id", id=kept["id"])
        assert row is not None
        folded = fold(journal.read_events(record, kept["id"]))
        assert TICKETS.values(folded, bytes.fromhex(kept["head"])) == dict(zip(columns, row, strict=True))
        assert journal.read_ticket(record, kept["number"]) == (folded, bytes.fromhex(kept["head"]))


def test_the_columns_of_a_folded_ticket_are_the_texts_that_lay_there(record: Database) -> None:
    """As the row lay in the file: moments as text, truth as 0 and 1."""
    for kept in before()["tables"]["ticket"]:
        values = TICKETS.values(fold(journal.read_events(record, kept["id"])), bytes.fromhex(kept["head"]))
        plain = {
            name: value.hex() if isinstance(value, bytes) else stamp(value) if isinstance(value, datetime) else value
            for name, value in values.items()
        }
        assert plain == as_laid_now("ticket", kept)


def test_workflows_calendars_notices_and_the_plan_are_spelled_as_they_were() -> None:
    """Tickets are pinned to the hash of one text, dates to that of another."""
    tables = before()["tables"]
    for row in tables["definition"]:
        definition = build(json.loads(row["json"])).with_hash()
        assert (definition.hash, definition.to_json()) == (row["hash"], row["json"])
    for row in tables["calendar"]:
        calendar = Calendar.from_json(row["json"])
        assert (calendar.version, calendar.to_json()) == (row["version"], row["json"])
        notices = [parse_notice(json.dumps(node)) for node in json.loads(row["notices"])]
        assert canonical([notice_json(notice) for notice in notices]) == row["notices"]
    [plan] = [row["value"] for row in tables["setting"] if row["name"] == "plan"]
    assert Plan.from_json(plan).to_json() == plan


@pytest.mark.parametrize("actor", sorted(ACTORS))
def test_every_ticket_looks_as_it_did(record: Database, actor: str) -> None:
    now = moment(before()["now"])
    desk = Desk(record, FixedClock(now))
    seen = {}
    for kept in before()["tables"]["ticket"]:
        ticket = desk.ticket(ACTORS["office"], kept["number"])
        view = ticket_view(ticket, desk.definition(ticket), ACTORS[actor], now, desk.rules.calendar(), desk.referred_words(ticket))
        since = {name: view.pop(name) for name in SINCE}  # type: ignore[misc]
        assert (since["round"], since["misses"], since["measurements"]) == (None, 0, [])
        seen[ticket.number] = json.loads(json.dumps(view))
    assert seen == before()["views"][actor]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fact_is_told_in_words(record: Database, language: str) -> None:
    """No line of a log names a unit or an account by its code, nor a field by its key."""
    tables, rules = before()["tables"], RuleCache(record)
    codes = {row["code"] for row in tables["unit"]} | {row["name"] for row in tables["account"]}
    bare, keys = set(), set()
    for kept in tables["ticket"]:
        phrase = Phrase(
            language, definition=rules.definition(kept["definition"]), unit_name=lambda code: "〔单位〕", person_name=lambda name: "〔人〕",
        )
        for event in journal.read_events(record, kept["id"]):
            for fact in facts(event):
                line = fact_line(fact, phrase)
                bare |= {line} if codes & {*re.findall(r"[A-Za-z'-]+", line.partition("：")[2] or line.partition(": ")[2])} else set()
                if "field" in fact.values and not has(f"input.{fact.values['field']}", language):
                    keys.add(fact.values["field"])
    assert (bare, keys) == (set(), set())


def test_every_kind_of_event_is_there() -> None:
    kinds: defaultdict[bool, set[str]] = defaultdict(set)
    for row in written():
        kinds[row["stream"] == journal.ADMINISTRATION].add(row["kind"])
    assert kinds == {False: OF_TICKETS, True: OF_THE_OFFICE}
    assert {json.loads(row["data"]).get("what") for row in written(journal.ADMINISTRATION)} - {None} == ENTRIES


def test_every_effect_and_every_fact_of_an_event_is_there() -> None:
    """What no event of the record carries could be spelled in another way tomorrow, and no test would say so."""
    facts: defaultdict[str, set[str]] = defaultdict(set)
    effects: set[str] = set()
    for row in written():
        if row["stream"] != journal.ADMINISTRATION:
            data = json.loads(row["data"])
            facts[row["kind"]] |= {*data} - {"effects", "words"}
            effects |= {*data.get("effects", {})}
    assert effects == {*TICKET.effects} - FIELDS - {"repeats", "to_revise"}, "rounds measure, sheets name earlier findings, heads send back"
    assert facts["did"] == FACTS
    assert facts["escalated"] == OF_A_RUNG


def test_what_an_office_lives_through_is_there() -> None:
    """Late entries, attempts, consents, batches, tickets pinned to what was shipped earlier: whole lives, not only a list of kinds."""
    tables = before()["tables"]
    facts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tables["ticket"]:
        for name in ("entered", "attempts", "consents"):
            facts[name] += json.loads(row[name])
    assert {node["trigger"] for node in facts["entered"]} == {
        "accept", "decline", "endorse", "object", "progress", "report-back", "request-extension", "sign-off", "submit",
    }
    assert {node["ended"] for node in facts["attempts"]} == {"reassigned", "rejected", "reopened"}
    assert {node["about"].split("/")[0] for node in facts["consents"]} == {"designation", "extension", "rectify"}
    assert {node["agreed"] for node in facts["consents"]} == {True, False}
    assert len({row["batch"] for row in tables["ticket"]} - {None}) == 2
    pinned = {row["definition"] for row in tables["ticket"]}
    assert len(pinned - {row["hash"] for row in tables["definition"] if row["current"]}) == 4


@pytest.mark.parametrize("workflow", ["rectification", "complaint", "bad-review"])
def test_every_trigger_and_every_rung_of_a_workflow_was_fired(record: Database, workflow: str) -> None:
    """Of the definition as it was shipped then: what a later one adds cannot be in a record that was written before."""
    definition = Desk(record, FixedClock(moment(before()["now"]))).rules.current(workflow)
    own = {row["id"] for row in before()["tables"]["ticket"] if row["definition"] == definition.hash}
    facts = [(row["kind"], json.loads(row["data"])) for row in written() if row["stream"] in own]
    assert {data["trigger"] for kind, data in facts if kind == "did"} == set(definition.triggers)
    rungs = {rung.name for ladder in definition.ladders.values() for rung in ladder.rungs}
    assert {data["rung"] for kind, data in facts if kind == "escalated"} == rungs
