"""The sweep on a real record: rivals, bad tickets, downtime, plans of its statements, memory."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from bench import crowd
from engine.audit.verify import verify
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record import journal, queries
from engine.record.connection import connect
from engine.record.database import Database
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.watch import Swept, sweep
from tests.rows import OF_TESTS, a_definition, tell
from tests.rules.test_rule_names import naming

sweeping = import_module("engine.watch.sweep")
BAD = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # of `{}`


def at(desk: Desk, when: datetime) -> Desk:
    return Desk(desk.database, FixedClock(when))


def rectifying(desk: Desk, count: int = 1) -> list[str]:
    numbers = []
    for place in range(count):
        number = desk.open(crowd.OFFICE, Opening(f"企业开办材料重复提交 {place}", "visit", grade="C")).ticket.number
        desk.do(crowd.OFFICE, number, Command("assign", {"lead": "SCJGJ"}))
        desk.do(crowd.CONTACT, number, Command("accept"))
        numbers.append(number)
    return numbers


def rungs(database: Database) -> Counter[tuple[Any, ...]]:
    """How often each (ticket, clock, epoch, rung, and number of its repetition) fired."""
    found: Counter[tuple[Any, ...]] = Counter()
    for stream, data in database.rows("SELECT stream, data FROM event WHERE kind = 'escalated'"):
        facts = json.loads(data)
        found[stream, facts["clock"], facts["epoch"], facts["rung"], *([facts["n"]] if "n" in facts else [])] += 1
    return found


def change(database: Database, sql: str, **values: Any) -> None:
    """A hand in the record."""
    with database.write():
        database.run(sql, **values)


def test_of_two_sweepers_that_decided_the_same_only_the_first_writes(office_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(connect(office_url)) as first, closing(connect(office_url)) as second:
        rectifying(Desk(second, FixedClock(crowd.START)), 3)
        write = first.write

        def too_late() -> Any:
            monkeypatch.setattr(first, "write", write)
            assert sweep(Desk(second, FixedClock(crowd.DUE))).tickets == 3
            return write()

        monkeypatch.setattr(first, "write", too_late)
        swept = sweep(Desk(first, FixedClock(crowd.DUE)))
        assert (swept.tickets, swept.missed, swept.fired) == (0, 3, [])
        assert set(rungs(first).values()) == {1} and len(rungs(first)) == 6
        assert list(verify(first)) == []


def test_a_ticket_that_a_person_moves_meanwhile_is_left_out_and_the_rest_goes_on(
    office_url: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(connect(office_url)) as first, closing(connect(office_url)) as second:
        numbers = rectifying(Desk(second, FixedClock(crowd.START)), 3)
        write = first.write

        def meanwhile() -> Any:
            monkeypatch.setattr(first, "write", write)
            Desk(second, FixedClock(crowd.DUE)).do(crowd.OFFICE, numbers[1], Command("comment", words={"note": "已电话提醒"}))
            return write()

        monkeypatch.setattr(first, "write", meanwhile)
        desk = Desk(first, FixedClock(crowd.DUE))
        swept = sweep(desk)
        assert (swept.tickets, swept.missed) == (2, 1)
        assert sweep(desk).tickets == 1
        assert set(rungs(first).values()) == {1}
        assert list(verify(first)) == []


@pytest.mark.postgres
def test_the_sweep_waits_for_nobody_who_has_a_ticket_in_hand(postgresql_office: str) -> None:
    with closing(connect(postgresql_office)) as first, closing(connect(postgresql_office)) as second:
        rectifying(Desk(second, FixedClock(crowd.START)), 3)
        with second.write():
            assert second.row(queries.TICKET, id=2)
            swept = sweep(Desk(first, FixedClock(crowd.DUE)))
        assert (swept.tickets, swept.missed) == (2, 1)
        assert sweep(Desk(first, FixedClock(crowd.DUE))).tickets == 1


def test_where_a_lock_lies_the_guards_still_write_nothing_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the locks stand `version` and UNIQUE(stream, seq): a batch that conflicts is tried ticket by ticket."""
    rectifying(desk, 3)
    swept = Swept()
    context = sweeping._sweep_context(at(desk, crowd.DUE), crowd.DUE, swept, keep=True)
    stale = list(sweeping._decided(context, desk.database.rows(queries.DUE_TICKETS, ids=[1, 2, 3], now=crowd.DUE)))
    desk.do(crowd.OFFICE, stale[1].before.number, Command("comment", words={"note": "已电话提醒"}))
    monkeypatch.setattr(queries, "STILL", "SELECT id, CASE id WHEN 2 THEN version - 1 ELSE version END FROM ticket WHERE id IN :ids")
    assert sweeping._batch(context, stale, ()) == []
    assert (swept.tickets, swept.missed) == (2, 1)
    assert set(rungs(desk.database).values()) == {1}
    assert list(verify(desk.database)) == []


# one bad ticket ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["guard", "effect"])
def test_a_ticket_whose_workflow_names_a_rule_that_is_gone_is_set_aside_and_the_rest_goes_on(desk: Desk, kind: str) -> None:
    numbers = rectifying(desk, 3)
    later = naming(desk.definition(desk.ticket(crowd.OFFICE, numbers[1])), kind, "of-a-later-time")
    tell(desk.database, a_definition(later.hash, "later", later.to_json()))
    change(desk.database, "UPDATE ticket SET definition = :later WHERE id = 2", later=later.hash)
    swept = sweep(at(desk, crowd.DUE))
    assert (swept.tickets, swept.aside) == (3, 1)
    assert {key[0] for key in rungs(desk.database)} == {1, 3}
    aside = journal.read_events(desk.database, 2)[-1]
    assert (aside.kind, aside.data["code"]) == ("set-aside", "rule-unknown")


def test_a_ticket_whose_rules_fail_is_set_aside_with_a_growing_retry_and_the_rest_goes_on(desk: Desk) -> None:
    numbers = rectifying(desk, 3)
    right = desk.ticket(crowd.OFFICE, numbers[1]).definition
    tell(desk.database, a_definition(BAD, "broken"))
    change(desk.database, "UPDATE ticket SET definition = :bad WHERE id = 2", bad=BAD)
    swept = sweep(at(desk, crowd.DUE))
    assert (swept.tickets, swept.aside) == (3, 1)
    assert rungs(desk.database).keys() == {
        (ticket, "rectify", 1, rung) for ticket in (1, 3) for rung in ("reminder", "urging")
    }
    waits = []
    now = crowd.DUE
    for tries in range(1, 4):
        aside = journal.read_events(desk.database, 2)[-1]
        assert (aside.kind, aside.data["code"], aside.data["tries"], aside.actor) == ("set-aside", "damaged", tries, "watch")
        retry = datetime.fromisoformat(aside.data["retry_at"])
        assert sweep(at(desk, retry - timedelta(seconds=1))).tickets == 0
        waits.append(retry - now)
        now = retry
        sweep(at(desk, now))
    assert waits == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert [row[0] for row in desk.database.rows(queries.SET_ASIDE, limit=9)] == [numbers[1]]

    change(desk.database, "UPDATE ticket SET definition = :right WHERE id = 2", right=right)
    sweep(at(desk, now + timedelta(days=1)))
    assert [key[3] for key in rungs(desk.database) if key[0] == 2] == ["reminder", "urging"]
    assert desk.database.rows(queries.SET_ASIDE, limit=9) == []
    assert [finding for finding in verify(desk.database) if finding.field != OF_TESTS] == []


def test_after_a_success_a_new_failure_begins_with_the_shortest_retry(desk: Desk) -> None:
    [number] = rectifying(desk)
    right = desk.ticket(crowd.OFFICE, number).definition
    tell(desk.database, a_definition(BAD, "broken"))
    tries = []
    for definition, when in (
        (BAD, crowd.REMINDED), (BAD, crowd.REMINDED + timedelta(minutes=5)), (right, crowd.REMINDED + timedelta(minutes=30)),
        (BAD, crowd.DUE),
    ):
        change(desk.database, "UPDATE ticket SET definition = :definition", definition=definition)
        sweep(at(desk, when))
        tries.append(journal.read_events(desk.database, 1)[-1].data.get("tries"))
    assert tries == [1, 2, None, 1]


def test_a_row_that_cannot_be_read_stops_no_other(desk: Desk) -> None:
    rectifying(desk, 3)
    change(desk.database, "UPDATE ticket SET deadlines = '{' WHERE id = 2")
    swept = sweep(at(desk, crowd.DUE))
    assert (swept.tickets, swept.unreadable) == (2, 1)


def test_an_event_that_cannot_be_written_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rectifying(desk, 3)

    def spoiled(situation: Any, *rest: Any) -> Any:
        events, after = real(situation, *rest)
        if situation.ticket.id == 2:
            events = [event._replace(data={**event.data, "level": 0.5}) for event in events]
        return events, after

    real = sweeping.climb
    monkeypatch.setattr(sweeping, "climb", spoiled)
    swept = sweep(at(desk, crowd.DUE))
    assert (swept.tickets, swept.aside, swept.unreadable) == (3, 1, 0)
    assert journal.read_events(desk.database, 2)[-1].data["code"] == "NotCanonical"
    assert list(verify(desk.database)) == []


# downtime and clocks ----------------------------------------------------------------------------------------------------------


def test_ten_days_of_downtime_are_four_rungs_in_order_and_one_notice_a_recipient(desk: Desk) -> None:
    [number] = rectifying(desk)
    told = desk.database.rows("SELECT recipient FROM notice JOIN event USING (stream, seq) WHERE kind = 'escalated'")
    assert told == []
    back = crowd.DUE + timedelta(days=10)  # over the National Day holiday: 通报 on 28 September, 约谈 only after it
    sweep(at(desk, back))
    fired = [event for event in desk.events(crowd.OFFICE, number) if event.kind == "escalated"]
    assert [event.data["rung"] for event in fired if event.data["clock"] == "rectify"] == [
        "reminder", "urging", "supervision-letter", "circular",
    ]
    assert [event.data["rung"] for event in fired if event.data["clock"] != "rectify"] == ["office-due", "office-late"]  # ours
    planned = [event.data["scheduled_for"] for event in fired]
    assert planned == sorted(planned) and {event.at for event in fired} == {back}
    told = desk.database.rows(
        "SELECT recipient, channel FROM notice JOIN event USING (stream, seq) WHERE kind = 'escalated' ORDER BY 1, 2",
    )
    assert told and len(told) == len(set(told))
    everybody = {name for event in fired for name in event.data["recipients"]}
    assert {recipient for recipient, channel in told if channel == "inbox"} == everybody


def test_a_clock_that_jumps_forth_and_back_fires_nothing_twice(desk: Desk) -> None:
    rectifying(desk, 2)
    for days in (0, 30, -5, 3, 400, -100, 0):
        sweep(at(desk, crowd.DUE + timedelta(days=days)))
    fired = rungs(desk.database)
    assert set(fired.values()) == {1} and len([rung for rung in fired if len(rung) == 4]) == 2 * (5 + 2)
    assert list(verify(desk.database)) == []


# at scale ---------------------------------------------------------------------------------------------------------------------


def plan_of(database: Database, sql: str, **values: Any) -> str:
    word = "EXPLAIN" if type(database).__name__ == "PostgreSQL" else "EXPLAIN QUERY PLAN"
    return "\n".join(str(row[-1]) for row in database.rows(f"{word} {sql}", **values))


def test_the_database_reads_the_index_of_alarms_and_not_the_table(desk: Desk, office_url: str) -> None:
    crowd.fill(office_url, 2_000, 20)
    if office_url.startswith("postgresql"):
        desk.database._connection.execute("VACUUM ANALYZE ticket")  # type: ignore[attr-defined]
    plan = plan_of(desk.database, queries.DUE, now=crowd.DUE, after=0, limit=50_000)
    assert "ticket_wakes" in plan and "Seq Scan" not in plan and "SCAN ticket" not in plan
    batch = plan_of(desk.database, queries.DUE_TICKETS, ids=list(range(1, 1001)), now=crowd.DUE)
    assert "Seq Scan" not in batch and "SCAN ticket" not in batch.replace("SCAN json_each", "")
    aside = plan_of(desk.database, queries.SET_ASIDE, limit=9)
    assert "event_set_aside" in aside


def test_a_sweep_begins_where_it_is_told_and_leaves_nothing_out(desk: Desk, office_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd.fill(office_url, 50, 50)
    monkeypatch.setattr(sweeping, "BATCH", 7)
    monkeypatch.setattr(sweeping, "WINDOW", 20)
    breaths: list[float] = []
    swept = sweep(at(desk, crowd.DUE), breathe=breaths.append, begin=lambda batches: batches // 2)
    assert swept.tickets in (49, 50) and len(rungs(desk.database)) >= 98
    assert swept.fired[0][0].id > 7
    assert len(breaths) == 7 and set(breaths) == {sweeping.BREATH_SECONDS}


def test_a_sweep_that_is_told_to_stop_ends_after_the_batch_in_hand(desk: Desk, office_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd.fill(office_url, 20, 20)
    monkeypatch.setattr(sweeping, "BATCH", 5)
    assert sweep(at(desk, crowd.DUE), stop=lambda: True).tickets in (4, 5)
    assert sweep(at(desk, crowd.DUE)).tickets in (14, 15)
    assert set(rungs(desk.database).values()) == {1}


def test_the_memory_of_a_sweep_does_not_grow_with_what_is_due(sqlite_office: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 20)
    crowd.fill(sqlite_office, 360, 360)
    never = datetime(2100, 1, 1, tzinfo=UTC)
    peaks = []
    with closing(connect(sqlite_office)) as database:
        change(database, "UPDATE ticket SET wake_at = :never", never=never)
        for first, last in ((0, 20), (20, 60), (60, 360)):  # the first reads what is read once
            change(database, "UPDATE ticket SET wake_at = :now WHERE id > :first AND id <= :last", now=crowd.DUE, first=first, last=last)
            tracemalloc.start()
            swept = sweep(Desk(database, FixedClock(crowd.DUE)), keep=False, breathe=lambda seconds: None)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            assert swept.tickets >= last - first - 2 and swept.fired == []
    # A ticket and its events are 5 kB. Dates are remembered, a few thousand of them, and Python keeps small tuples to use again.
    assert peaks[2] - peaks[1] < 260 * 1_500
