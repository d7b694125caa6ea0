from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from engine.errors import Busy, Conflict, InvalidInput, NoDatabase, OutcomeUnknown, UsageError, ZgError
from engine.record import postgresql, queries, sqlite
from engine.record.address import file_path, hidden
from engine.record.connection import connect
from engine.record.database import MOST_STATEMENTS, Database
from engine.record.row_change import new_row, store

NOON = datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=UTC)
SET, GET, SETTINGS = queries.SET_SETTING, queries.SETTING, "SELECT name, value FROM setting ORDER BY name"


def test_what_a_write_did_is_seen_by_others(database: Database, record_url: str) -> None:
    with database.write():
        database.run(SET, name="office", value="督办室 100% :name ''")
    with closing(connect(record_url)) as other:
        assert other.row(GET, name="office") == ("督办室 100% :name ''",)
        assert other.row(GET, name="nothing") is None


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(KeyError), database.write():
        database.run(SET, name="office", value="x")
        raise KeyError
    assert database.rows(SETTINGS) == []
    with database.write():
        database.run(SET, name="office", value="again")
    assert database.row(GET, name="office") == ("again",)


def test_a_rehearsal_changes_nothing_but_sees_what_it_did(database: Database) -> None:
    with database.rehearse():
        database.run(SET, name="office", value="x")
        assert database.row(GET, name="office") == ("x",)
    assert database.row(GET, name="office") is None


def test_a_rehearsal_meets_the_conflicts_of_the_real_thing(database: Database) -> None:
    with pytest.raises(Conflict), database.rehearse():
        database.run("UPDATE setting SET value = 'x' WHERE name = 'nobody'", 1)


def test_writes_happen_inside_a_write_only(database: Database) -> None:
    with pytest.raises(RuntimeError):
        database.run(SET, name="office", value="x")
    with pytest.raises(RuntimeError):
        database.run_many(SET, [{"name": "office", "value": "x"}])


def test_what_follows_a_commit_is_no_part_of_it(database: Database) -> None:
    with pytest.raises(LookupError), database.write():
        database.run(SET, name="office", value="x")
        database.commit()
        with pytest.raises(RuntimeError):
            database.run(SET, name="behind", value="x")
        with pytest.raises(RuntimeError):
            database.commit()
        raise LookupError
    assert database.rows(SETTINGS) == [("office", "x")]
    with database.write():
        database.run(SET, name="next", value="y")
    assert len(database.rows(SETTINGS)) == 2


def test_a_conflict_is_told_at_the_end_of_a_write_that_was_committed_early(database: Database) -> None:
    with database.write():
        database.run(SET, name="office", value="x")
    with pytest.raises(Conflict), database.write():
        database.run(SET, name="before", value="x")
        database.run_many("UPDATE setting SET value = 'y' {from given} WHERE name = :name", [{"name": "nobody"}], 1)
        database.commit()
    assert database.rows(SETTINGS) == [("office", "x")]


def test_a_rehearsal_that_ends_early_leaves_nothing(database: Database) -> None:
    with database.rehearse():
        database.run(SET, name="office", value="x")
        database.commit()
    assert database.rows(SETTINGS) == []


def test_after_an_interruption_it_is_known_what_was_kept(database: Database) -> None:
    def written(end: Callable[[], object]) -> tuple[int, bool]:
        before, database.unsure = database.kept, False
        with suppress(KeyboardInterrupt, Conflict), database.write():
            database.run(SET, name=f"n{before}", value="1")
            end()
        return database.kept - before, database.unsure

    def interrupted(*, early: bool) -> None:
        if early:
            database.commit()
        raise KeyboardInterrupt

    def refused() -> None:
        raise Conflict

    assert written(lambda: None) == (1, False)
    assert written(lambda: interrupted(early=False)) == (0, False) and written(refused) == (0, False)
    assert written(lambda: interrupted(early=True)) in ((1, False), (0, True))
    with database.rehearse():
        database.run(SET, name="rehearsed", value="1")
    assert written(lambda: None) == (1, False)


def test_writes_do_not_nest(database: Database) -> None:
    with pytest.raises(RuntimeError), database.write(), database.write():
        pass
    with database.write():
        database.run(SET, name="office", value="x")
    assert database.row(GET, name="office") == ("x",)


@pytest.mark.parametrize(("hits", "expect"), [(0, 1), (1, 0), (2, 1)])
def test_another_number_of_rows_than_expected_is_a_conflict_and_nothing_is_kept(database: Database, hits: int, expect: int) -> None:
    with database.write():
        database.run_many(SET, [{"name": f"n{place}", "value": "old"} for place in range(hits)])
    with pytest.raises(Conflict), database.write():
        database.run(SET, name="before", value="x")
        database.run("UPDATE setting SET value = 'new' WHERE value = 'old'", expect)
        database.run(SET, name="behind", value="x")
    assert [value for _, value in database.rows(SETTINGS)] == ["old"] * hits


def test_the_expected_number_of_rows_is_no_conflict(database: Database) -> None:
    with database.write():
        database.run_many(SET, [{"name": "a", "value": "old"}, {"name": "b", "value": "old"}], 1)
        database.run("UPDATE setting SET value = 'new' WHERE value = 'old'", 2)
        database.run_many("UPDATE setting SET value = :value WHERE name = :name", [{"name": "a", "value": "1"}], 1)
        database.run_many(SET, [])
    assert database.rows(SETTINGS) == [("a", "1"), ("b", "new")]


def test_many_writes_that_miss_one_row_are_a_conflict_and_nothing_is_kept(database: Database) -> None:
    with database.write():
        database.run(SET, name="a", value="old")
    with pytest.raises(Conflict), database.write():
        database.run_many(
            "UPDATE setting SET value = :value WHERE name = :name", [{"name": "a", "value": "new"}, {"name": "b", "value": "new"}], 1,
        )
    assert database.row(GET, name="a") == ("old",)


@pytest.mark.parametrize("many", [False, True])
def test_a_second_row_for_a_key_is_a_conflict(database: Database, many: bool) -> None:
    twice = "INSERT INTO setting (name, value) VALUES (:name, 'x')"
    with pytest.raises(Conflict), database.write():
        if many:
            database.run_many(twice, [{"name": "a"}, {"name": "a"}])
        else:
            database.run(twice, name="a")
            database.run(twice, name="a")
    assert database.rows(SETTINGS) == []


def test_a_broken_rule_of_the_schema_is_not_taken_for_a_conflict(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)check") as caught, database.write():
        database.run("INSERT INTO counter (office, year, last) VALUES ('ZG', 2026, 0)")
    assert not isinstance(caught.value, ZgError)


def test_reads_inside_a_write_see_its_writes(database: Database) -> None:
    with database.write():
        database.run(SET, name="a", value="1")
        assert database.row(GET, name="a") == ("1",)
        database.run(SET, name="a", value="2")
        assert database.reads((GET, {"name": "a"}), (SETTINGS, {})) == [[("2",)], [("a", "2")]]
        assert database.row(queries.NEXT, office="ZG", year=2026) == (1,)
    assert database.row(GET, name="a") == ("2",)


def test_several_reads_come_back_in_their_order(database: Database) -> None:
    with database.write():
        database.run(SET, name="a", value="1")
    assert database.reads((SETTINGS, {}), (GET, {"name": "b"}), (GET, {"name": "a"})) == [[("a", "1")], [], [("1",)]]


def test_moments_come_back_as_they_were_in_utc(database: Database) -> None:
    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    with database.write():
        database.run(queries.BEAT, duty="sweep", process="1", at=shanghai, seconds=60, detail="{}")
    ((_, _, at, well_at, _, _),) = database.rows(queries.HEARTBEATS)
    assert at == well_at
    assert at == NOON
    assert at.utcoffset() == timedelta(0)
    later = "SELECT duty FROM heartbeat WHERE at <= :now"
    assert database.rows(later, now=NOON) == [("sweep",)]
    assert database.rows(later, now=NOON - timedelta(microseconds=1)) == []


def test_days_truth_and_bytes_come_back_as_they_were(database: Database) -> None:
    with database.write():
        store(database, [
            new_row("measure", no="2.3", title="t", leads="[]", cooperators="[]", responsible="[]"),
            new_row(
                "target", id="1", measure="2.3", metric="m", comparator=">=", value="50", unit="%", deadline=date(2020, 12, 31),
                mandatory=False, words="w",
            ),
            new_row(
                "seal", n=1, upto=0, size=0, root=bytes(32), frontier=b"\x00\xff" * 16, at=NOON, note="x",
            ),
        ])
    assert database.row("SELECT deadline, mandatory FROM target") == (date(2020, 12, 31), False)
    assert database.row("SELECT root, frontier, note FROM seal") == (bytes(32), b"\x00\xff" * 16, "x")


def test_lists_are_bound_as_values(database: Database) -> None:
    with database.write():
        database.run_many(SET, [{"name": name, "value": "x"} for name in ("a", "b", "o'c")])
    chosen = "SELECT name FROM setting WHERE name IN :names ORDER BY name"
    assert database.rows(chosen, names=["o'c", "a", "?"]) == [("a",), ("o'c",)]
    assert database.rows(chosen, names=[]) == []
    assert database.rows("SELECT name FROM setting WHERE name NOT IN :names ORDER BY name", names=["a"]) == [("b",), ("o'c",)]
    assert len(database.rows("SELECT name FROM setting WHERE name NOT IN :names", names=[])) == 3


@pytest.mark.parametrize("number", [2**53, 2**70, -(2**70)])
def test_a_number_that_no_database_holds_is_refused_also_in_a_list(database: Database, number: int) -> None:
    with contextlib.suppress(InvalidInput):
        assert database.rows("SELECT at FROM event WHERE id IN :ids", ids=[number]) == []
    with contextlib.suppress(InvalidInput):
        assert database.rows("SELECT at FROM event WHERE id = :id", id=number) == []


def test_a_snapshot_does_not_see_what_others_write_meanwhile(database: Database, record_url: str) -> None:
    with closing(connect(record_url)) as other:
        with database.snapshot():
            assert database.rows(SETTINGS) == []
            with other.write():
                other.run(SET, name="a", value="1")
            assert database.rows(SETTINGS) == []
        assert database.rows(SETTINGS) == [("a", "1")]


def test_a_writer_that_waits_in_vain_is_told_that_the_database_is_busy(
    record_url: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    with closing(connect(record_url)) as first, closing(connect(record_url)) as second:
        with first.write():
            first.run(SET, name="a", value="first")
            first.row(GET, name="a")
            with pytest.raises(Busy), second.write():
                second.run(SET, name="a", value="second")
        with second.write():
            second.run(SET, name="b", value="second")
        assert second.rows(SETTINGS) == [("a", "first"), ("b", "second")]


def test_counters_give_every_number_once_to_writers_at_the_same_time(record_url: str) -> None:
    given: list[int] = []

    def draw() -> None:
        with closing(connect(record_url)) as db:
            for turn in range(20):
                try:
                    with db.write():
                        row = db.row(queries.NEXT, office="ZG", year=2026)
                        assert row is not None
                        if turn % 4 == 3:
                            raise KeyError
                    given.append(row[0])
                except KeyError:
                    pass

    threads = [threading.Thread(target=draw) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 46))


# -- SQLite only --------------------------------------------------------------------------------------------------------------


def test_a_missing_file_is_no_database_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase):
        connect(f"sqlite:///{tmp_path / 'zg.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_or_another_file_is_said_to_be_no_database(tmp_path: Path) -> None:
    with pytest.raises(ZgError, match="folder"):
        connect(str(tmp_path))
    other = tmp_path / "letter.docx"
    other.write_bytes(b"PK\x03\x04" + bytes(5000))
    with pytest.raises(ZgError, match="not a database"):
        connect(str(other))
    assert other.read_bytes()[:2] == b"PK"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_opened_is_said(tmp_path: Path) -> None:
    path = tmp_path / "zg.db"
    path.touch(mode=0)
    with pytest.raises(ZgError, match="unable to open"):
        connect(str(path))


def test_a_file_name_with_signs_of_an_address_is_only_a_name(sqlite_url: str, tmp_path: Path) -> None:
    odd = tmp_path / "台账 100%?mode=memory#1.db"
    Path(sqlite_url.removeprefix("sqlite:///")).rename(odd)
    with closing(connect(f"sqlite:///{odd}")) as db, db.write():
        db.run(SET, name="a", value="1")
    assert odd.exists()


def test_commits_survive_a_power_cut_and_readers_do_not_wait(sqlite_url: str) -> None:
    with closing(connect(sqlite_url)) as db:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        assert [db.row(f"PRAGMA {name}") for name in asked] == [("wal",), (2,), (1,)]


def test_a_moment_without_zone_is_refused(sqlite_url: str) -> None:
    with closing(connect(sqlite_url)) as db, pytest.raises((ValueError, sqlite3.Error)), db.write():
        db.run(queries.BEAT, duty="sweep", process="1", at=datetime(2026, 3, 2), seconds=60, detail="{}")  # noqa: DTZ001
    with closing(connect(sqlite_url)) as db:
        assert db.rows(queries.HEARTBEATS) == []


def test_a_damaged_moment_is_read_as_its_text(sqlite_url: str) -> None:
    with closing(connect(sqlite_url)) as db:
        for number, text in enumerate(("2026-03-02", "2026-99-02T04:00:00.000000Z")):
            with db.write():
                db.run(queries.BEAT, duty=str(number), process="1", at=text, seconds=60, detail="{}")
        assert [row[2] for row in db.rows(queries.HEARTBEATS)] == ["2026-03-02", "2026-99-02T04:00:00.000000Z"]


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite:///zg.db", "zg.db"), ("sqlite:////data/zg.db", "/data/zg.db"), ("zg.db", "zg.db"), ("/data/zg.db", "/data/zg.db")],
)
def test_addresses_of_files(url: str, path: str) -> None:
    assert file_path(url) == Path(path)


# -- addresses and servers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["mysql://host/zg", "sqlite://", "http://host/zg"])
def test_addresses_of_other_things_are_refused(url: str) -> None:
    with pytest.raises(UsageError):
        connect(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://zg:geheim@host:5432/zg", "postgresql://zg:***@host:5432/zg"),
        ("postgresql://zg:ge@heim@host/zg", "postgresql://zg:***@host/zg"),
        ("postgresql://host/zg?user=zg&password=geheim&sslmode=require", "postgresql://host/zg?user=zg&password=***&sslmode=require"),
        ("postgresql://zg@host/zg", "postgresql://zg@host/zg"),
        ("sqlite:////data/zg.db", "sqlite:////data/zg.db"),
    ],
)
def test_passwords_are_never_shown(url: str, shown: str) -> None:
    assert hidden(url) == shown


def test_a_server_that_does_not_answer_is_busy_and_its_password_stays_hidden() -> None:
    with pytest.raises(Busy) as caught:
        connect("postgresql://zg:geheim@127.0.0.1:1/zg")
    assert "geheim" not in f"{caught.value} {caught.value.values}"


def test_an_address_a_server_cannot_read_is_a_wrong_use() -> None:
    with pytest.raises(UsageError):
        connect("postgresql://host:port/zg?nonsense=1")


@pytest.mark.postgres
def test_a_server_without_that_database_has_no_record(server: str) -> None:
    with pytest.raises(NoDatabase):
        connect(f"{server}/nothing_here")


@pytest.mark.postgres
def test_a_line_that_breaks_is_busy_or_its_outcome_unknown(postgresql_url: str) -> None:
    """Whether we hear of the break before or after our COMMIT went out is luck; what is never said is that all is well."""
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with closing(connect(postgresql_url)) as first, closing(connect(postgresql_url)) as second:
        with pytest.raises((Busy, OutcomeUnknown)), first.write():
            first.run(SET, name="a", value="1")
            first.row(GET, name="a")
            second.rows(cut)
            first.run(SET, name="b", value="1")
        assert second.rows(SETTINGS) == []


@pytest.mark.postgres
def test_a_snapshot_whose_line_breaks_ends_as_what_it_read_and_the_next_one_is_of_a_new_line(postgresql_url: str) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with closing(connect(postgresql_url)) as first, closing(connect(postgresql_url)) as second:
        with first.snapshot():
            assert first.rows(SETTINGS) == []
            second.rows(cut)
        with first.snapshot():
            assert first.rows(SETTINGS) == []
        second.rows(cut)
        with pytest.raises(Busy), first.snapshot():
            pass


def test_however_many_statements_are_asked_few_are_kept(sqlite_url: str) -> None:
    with closing(connect(sqlite_url)) as db:
        assert [db.rows(f"SELECT {place}") for place in range(MOST_STATEMENTS + 10)][-1] == [(MOST_STATEMENTS + 9,)]
        assert 0 < len(db._statements) <= MOST_STATEMENTS
