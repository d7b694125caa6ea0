"""`zg watch` and its duties: heartbeats, errors that stop nothing, signals; with real processes where it matters."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from click.testing import CliRunner

from bench import crowd
from engine.app.opening import AppContext
from engine.app.settings import Settings
from engine.audit.verify import verify
from engine.cli import cli
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.errors import Busy
from engine.record import queries
from engine.record.connection import connect
from engine.registry.registry import Registry
from engine.rules.access import ADMIN, Actor
from engine.watch.coverage import look_ahead
from engine.watch.duties import CALENDAR, SWEEP, Duty, Stop, duties, perform
from tests.watch.test_sweep import rectifying, rungs

ROOT = Path(__file__).resolve().parents[2]
ADMINISTRATOR = Actor("admin", ADMIN, None, "test")
REAL = datetime(2026, 3, 2, 4, tzinfo=UTC)


def settings(url: str) -> Settings:
    return Settings(url, "office", "zh")


def beats(url: str) -> dict[str, dict[str, Any]]:
    with closing(connect(url)) as database:
        return {
            duty: {"process": process, "at": at, "well_at": well_at, "seconds": seconds, **json.loads(detail)}
            for duty, process, at, well_at, seconds, detail in database.rows(queries.HEARTBEATS)
        }


def set_clock(url: str, to: datetime) -> None:
    with closing(connect(url)) as database:
        Registry(database, FixedClock(crowd.START)).move_clock(ADMINISTRATOR, to)


@contextmanager
def started(url: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A watch in a process of its own, which a test that fails, or waits for a line that never comes, does not wait for."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("ZG_", "COV"))}
    with subprocess.Popen(
        [sys.executable, "-c", "from engine.cli import main; main()", "watch", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**known, "ZG_DB": url, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
    ) as process:
        late = Timer(60, process.kill)
        late.start()
        try:
            yield process
        finally:
            late.cancel()
            process.kill()


def test_a_duty_leaves_a_heartbeat_in_real_time_with_its_process_and_what_it_did(office_url: str) -> None:
    with closing(connect(office_url)) as database:
        rectifying(Desk(database, FixedClock(crowd.START)), 2)
    set_clock(office_url, crowd.DUE)
    by_name = {duty.name: duty for duty in duties(30)}
    sweeping, calendar = by_name[SWEEP], by_name[CALENDAR]
    done = perform(sweeping, settings(office_url), Stop(), FixedClock(REAL))
    assert done.error is None and done.facts["events"] == 4
    beat = beats(office_url)[SWEEP]
    assert (beat["at"], beat["well_at"], beat["seconds"], beat["tickets"]) == (REAL, REAL, 30, 2)
    assert beat["process"].endswith(f":{os.getpid()}")
    assert perform(calendar, settings(office_url), Stop(), FixedClock(REAL)).error is None
    assert beats(office_url)[CALENDAR]["covered_until"] == "2026-12-31"


def test_the_clock_of_a_sandbox_is_read_anew_for_every_turn(office_url: str) -> None:
    with closing(connect(office_url)) as database:
        rectifying(Desk(database, FixedClock(crowd.START)))
    sweeping = duties(1)[0]
    fired = []
    for when in (crowd.START, crowd.REMINDED, crowd.DUE):
        set_clock(office_url, when)
        fired.append(perform(sweeping, settings(office_url), Stop()).facts["events"])
    assert fired == [0, 1, 1]


def test_an_error_ends_the_turn_and_not_the_watch_and_stands_in_the_heartbeat(office_url: str) -> None:
    def work(app: AppContext, settings: Settings, stop: Stop) -> dict[str, Any]:
        raise RuntimeError("boom")

    well = Duty("sweep", 30, lambda *_: {})
    assert perform(well, settings(office_url), Stop(), FixedClock(REAL)).error is None
    done = perform(replace(well, work=work), settings(office_url), Stop(), FixedClock(REAL + timedelta(minutes=1)))
    assert isinstance(done.error, RuntimeError)
    beat = beats(office_url)["sweep"]
    assert (beat["error"], beat["well_at"], beat["at"] - beat["well_at"]) == ("RuntimeError", REAL, timedelta(minutes=1))


def test_a_busy_database_is_tried_again_before_the_turn_is_given_up(sqlite_office: str) -> None:
    tries = []

    def work(app: AppContext, settings: Settings, stop: Stop) -> dict[str, Any]:
        tries.append(1)
        if len(tries) < 3:
            raise Busy
        return {}

    waits: list[float] = []
    duty = Duty("sweep", 30, work)
    assert perform(duty, settings(sqlite_office), Stop(wait=waits.append)).error is None
    assert len(tries) == 3 and waits == [0.2, 0.4]


def test_a_database_that_stays_busy_costs_the_turn_and_no_more(sqlite_office: str) -> None:
    def work(app: AppContext, settings: Settings, stop: Stop) -> dict[str, Any]:
        raise Busy

    assert isinstance(perform(Duty("sweep", 30, work), settings(sqlite_office), Stop()).error, Busy)


def test_without_a_database_a_turn_is_an_error_and_no_crash(tmp_path: Path) -> None:
    done = perform(duties(1)[0], settings(f"sqlite:///{tmp_path / 'none.db'}"), Stop())
    assert getattr(done.error, "code", None) == "no-database"


# the calendar -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "missing", "overdue"), [
    ("2026-10-24", None, False), ("2026-10-25", 2027, False), ("2026-12-14", 2027, False), ("2026-12-15", 2027, True),
    ("2027-01-01", 2027, True), ("2029-06-01", 2029, True),
])
def test_the_notice_of_the_next_year_is_asked_for_when_such_notices_come_out(
    sqlite_office: str, day: str, missing: int | None, overdue: bool,
) -> None:
    with closing(connect(sqlite_office)) as database:
        calendar = Desk(database, FixedClock(crowd.START)).rules.calendar()
    ahead = look_ahead(calendar, datetime.fromisoformat(f"{day}T04:00:00+00:00"))
    assert (ahead.missing, ahead.overdue) == (missing, overdue)


def test_the_office_is_told_once_that_a_notice_is_missing(office_url: str) -> None:
    set_clock(office_url, datetime(2026, 11, 20, 2, tzinfo=UTC))
    calendar = duties(1)[-1]
    told = [perform(calendar, settings(office_url), Stop()).facts["told"] for _ in range(3)]
    assert told == [1, 0, 0]
    with closing(connect(office_url)) as database:
        [(recipient, body)] = database.rows("SELECT recipient, body FROM notice WHERE stream = 0")
        assert recipient == "office" and "2027" in body
        assert list(verify(database)) == []


# real processes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_watch_after_the_batch_in_hand(sqlite_office: str, number: signal.Signals) -> None:
    with closing(connect(sqlite_office)) as database:
        rectifying(Desk(database, FixedClock(crowd.START)), 2)
    set_clock(sqlite_office, crowd.DUE)
    with started(sqlite_office, "--interval", "0.1", "--json") as process:
        assert process.stdout is not None
        said = [json.loads(process.stdout.readline()) for _ in range(4)]
        process.send_signal(number)
        rest, errors = process.communicate(timeout=10)
    assert process.returncode == 0 and errors == ""
    assert sum(line.get("events", 0) for line in (*said, *map(json.loads, rest.splitlines()))) == 4
    assert SWEEP in {line["duty"] for line in said}
    with closing(connect(sqlite_office)) as database:
        assert set(rungs(database).values()) == {1}
        assert list(verify(database)) == []


def test_a_watch_goes_on_when_its_database_comes_back(sqlite_office: str) -> None:
    path = Path(sqlite_office.removeprefix("sqlite:///"))
    with started(sqlite_office, "--interval", "0.1", "--json") as process:
        assert process.stdout is not None
        assert "error" not in json.loads(process.stdout.readline())
        away = path.rename(path.with_suffix(".away"))
        while json.loads(process.stdout.readline()).get("error") != "no-database":
            pass  # what was in the middle of a duty ends otherwise
        away.rename(path)
        while "error" in json.loads(process.stdout.readline()):
            pass
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    assert process.returncode == 0


def test_once_does_every_duty_and_ends(sqlite_office: str) -> None:
    with started(sqlite_office, "--once", "--json") as process:
        said, errors = process.communicate(timeout=60)
    assert process.returncode == 0 and errors == ""
    assert [json.loads(line)["duty"] for line in said.splitlines()] == [duty.name for duty in duties(60)]


def test_without_a_database_the_watch_does_not_start(tmp_path: Path) -> None:
    with started(f"sqlite:///{tmp_path / 'none.db'}") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 3 and len(errors.splitlines()) == 3


def test_once_says_what_each_duty_did_and_that_there_was_nothing_to_do(sqlite_office: str) -> None:
    said = CliRunner().invoke(cli, ["watch", "--once"], env={"ZG_DB": sqlite_office, "ZG_LANG": "en"})
    assert said.exit_code == 0
    assert any("deliver notices: nothing to do." in line for line in said.stdout.splitlines())
    assert len(said.stdout.splitlines()) == len(duties(60))
