"""`zg doctor`: what is well, what needs somebody, and the exit code that monitoring reads."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bench import crowd
from engine.app.opening import AppContext
from engine.app.settings import Settings
from engine.audit import key as keys
from engine.audit.cosigning import WitnessSetup, keep
from engine.audit.key import KeyMissing
from engine.audit.leftovers import SCRATCH, scratch_folder
from engine.audit.outfile import replacing
from engine.audit.sealing import KeyLocation, seal
from engine.audit.sealing import rotate as replace_key
from engine.audit.seals import key_in_force
from engine.cli import cli
from engine.clock import Clock, FixedClock
from engine.desk.tickets import Desk
from engine.errors import Busy, NotPermitted
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.directory import act_as
from engine.rules.access import Actor
from engine.rules.acts.amend import Amendment
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.proof.cosignature import COSIGNATURE
from engine.watch import sweep
from engine.watch.doctor import Examined, clean, examine
from engine.watch.duties import Duty, Stop, beat, duties, perform
from engine.watch.pulse import Pulse
from engine.watch.sign import NEEDS, NOTE
from engine.words import say
from tests.rows import a_definition, tell
from tests.watch.test_sweep import BAD, at, change, rectifying
from tests.watch.test_watch import set_clock, settings

REAL = datetime(2026, 3, 2, 4, tzinfo=UTC)


@dataclass
class Hand:
    """A clock that a test moves."""

    at: datetime

    def now(self) -> datetime:
        return self.at


OWN_TESTS = ("seal-late", "key-missing", "copy-held")
"""Signs that have tests of their own."""


def looked(database: Database, now: datetime, real: datetime = REAL, *, sandbox: bool = False) -> Examined:
    clock = FixedClock(now)
    app = AppContext(database, Desk(database, clock), act_as(database, "office", "test", now), sandbox)
    seen = examine(app, real)
    return replace(seen, signs=tuple(sign for sign in seen.signs if sign.code not in OWN_TESTS))


def codes(seen: Examined, *levels: str) -> list[str]:
    return [sign.code for sign in seen.signs if sign.level in (levels or (NEEDS,))]


def test_a_new_record_without_tickets_needs_nobody(desk: Desk) -> None:
    seen = looked(desk.database, crowd.START)
    assert seen.well and codes(seen, NEEDS, NOTE) == []


def test_alarms_that_nobody_watches_are_told_before_and_after_they_come(desk: Desk) -> None:
    rectifying(desk)
    assert codes(looked(desk.database, crowd.START)) == ["watch-never"]
    assert codes(looked(desk.database, crowd.DUE)) == ["alarms-unwatched"]
    beat(desk.database, "sweep", 60, {}, FixedClock(REAL))
    assert looked(desk.database, crowd.START, REAL + timedelta(minutes=4)).well
    assert codes(looked(desk.database, crowd.START, REAL + timedelta(minutes=6))) == ["watch-gone"]
    late = looked(desk.database, crowd.DUE, REAL + timedelta(minutes=1))
    assert codes(late) == ["alarms-late"]
    [sign] = [sign for sign in late.signs if sign.code == "alarms-late"]
    assert sign.values["count"] == 1 and sign.values["lag"] == crowd.DUE - crowd.REMINDED + timedelta(minutes=30)
    sweep(Desk(desk.database, FixedClock(crowd.DUE)))
    assert looked(desk.database, crowd.DUE, REAL + timedelta(minutes=1)).well


def test_an_alarm_of_this_minute_is_no_reason_to_call_anybody(desk: Desk) -> None:
    rectifying(desk)
    beat(desk.database, "sweep", 60, {}, FixedClock(REAL))
    [alarm] = desk.database.rows("SELECT wake_at FROM ticket")[0]
    seen = looked(desk.database, alarm + timedelta(minutes=1))
    assert seen.well and codes(seen, NOTE) == ["alarms-late"]


def test_a_slow_watch_is_not_taken_for_gone(desk: Desk) -> None:
    rectifying(desk)
    beat(desk.database, "sweep", 3600, {}, FixedClock(REAL))
    assert looked(desk.database, crowd.START, REAL + timedelta(hours=2, minutes=59)).well


def test_a_duty_that_fails_and_rows_that_cannot_be_read_need_somebody(desk: Desk, office_url: str) -> None:
    def work(app: AppContext, settings: Settings, stop: Stop) -> dict[str, Any]:
        raise Busy

    perform(Duty("calendar", 60, work), settings(office_url), Stop(), FixedClock(REAL))
    assert codes(looked(desk.database, crowd.START)) == ["duty-fails"]
    rectifying(desk, 2)
    change(desk.database, "UPDATE ticket SET deadlines = '{' WHERE id = 2")
    set_clock(office_url, crowd.DUE)
    perform(duties(60)[0], settings(office_url), Stop(), FixedClock(REAL))
    assert "rows-unreadable" in codes(looked(desk.database, crowd.DUE))


def test_a_duty_that_hangs_is_named_by_the_others_of_its_process_until_it_ends(desk: Desk, office_url: str) -> None:
    pulse, hand = Pulse(), Hand(REAL)

    def idle(app: AppContext, settings: Settings, stop: Stop) -> dict[str, Any]:
        return {}

    def hang(app: AppContext, settings: Settings, stop: Stop) -> dict[str, Any]:
        hand.at += timedelta(minutes=4)
        stop.requested()
        last = hand.at
        hand.at += timedelta(minutes=4)
        perform(Duty("sweep", 60, idle), settings, Stop(), hand, pulse)
        assert looked(desk.database, crowd.START, hand.at).well  # a long turn with signs of life
        hand.at += timedelta(minutes=2)
        perform(Duty("sweep", 60, idle), settings, Stop(), hand, pulse)
        [sign] = [sign for sign in looked(desk.database, crowd.START, hand.at).signs if sign.level == NEEDS]
        assert (sign.code, sign.values["duty"], sign.values["since"]) == ("duty-hangs", "notices", last)
        return {}

    perform(Duty("notices", 30, hang), settings(office_url), Stop(), hand, pulse)
    assert looked(desk.database, crowd.START, hand.at).well


def test_a_ticket_set_aside_is_named_until_it_succeeds(desk: Desk, office_url: str) -> None:
    [number] = rectifying(desk)
    right = desk.ticket(crowd.OFFICE, number).definition
    tell(desk.database, a_definition(BAD, "broken"))
    change(desk.database, "UPDATE ticket SET definition = :bad", bad=BAD)
    beat(desk.database, "sweep", 60, {}, FixedClock(REAL))
    sweep(Desk(desk.database, FixedClock(crowd.DUE)))
    seen = looked(desk.database, crowd.DUE)
    assert codes(seen) == ["set-aside"]
    [sign] = [sign for sign in seen.signs if sign.code == "set-aside"]
    assert (sign.values["number"], sign.values["tries"], sign.values["retry"]) == (number, 1, crowd.DUE + timedelta(minutes=5))
    change(desk.database, "UPDATE ticket SET definition = :right", right=right)
    sweep(Desk(desk.database, FixedClock(crowd.DUE + timedelta(minutes=5))))
    assert looked(desk.database, crowd.DUE + timedelta(minutes=5)).well
    said = CliRunner().invoke(cli, ["log", number], env={"ZG_DB": office_url, "ZG_LANG": "zh", "ZG_FORCE_TTY": "1", "NO_COLOR": "1"})
    assert "规则出错（damaged），第 1 次；2020-09-21 18:05 重试" in said.stdout


def test_notices_that_wait_or_were_given_up_are_told_by_channel(desk: Desk) -> None:
    rectifying(desk)
    event = desk.database.rows("SELECT max(seq) FROM event WHERE stream = 1")[0][0]
    add = (
        "INSERT INTO notice (stream, seq, recipient, channel, not_before, created_at, sent_at, tries, next_try_at, error, dead) "
        "VALUES (1, :event, :recipient, :channel, :at, :at, :sent_at, 1, :at, :error, :dead)"
    )
    beat(desk.database, "sweep", 60, {}, FixedClock(REAL))
    for recipient, channel, when, sent_at, error in (
        ("office", "email", REAL, None, None), ("scjgj", "email", REAL, REAL, None), ("scjgj", "sms", REAL, None, "refused"),
        ("office", "sms", REAL, None, "expired"),
    ):
        change(
            desk.database, add, event=event, recipient=recipient, channel=channel, at=when, sent_at=sent_at, dead=error is not None,
            error=error,
        )
    seen = looked(desk.database, crowd.START, REAL + timedelta(minutes=1))
    assert codes(seen) == ["notices-dead"] and codes(seen, NOTE) == ["notices-waiting", "notices-expired"]
    assert seen.reached["scjgj"]["email"] == REAL and "sms" not in seen.reached["scjgj"]
    assert "notices-waiting" in codes(looked(desk.database, crowd.START, REAL + timedelta(minutes=61)))


@pytest.mark.parametrize(("day", "needs", "notes"), [
    ("2026-06-01", [], []), ("2026-11-01", [], ["calendar-missing"]), ("2026-12-20", ["calendar-missing"], []),
    ("2027-02-01", ["calendar-missing"], []),
])
def test_the_missing_notice_of_a_year(desk: Desk, day: str, needs: list[str], notes: list[str]) -> None:
    seen = looked(desk.database, datetime.fromisoformat(f"{day}T04:00:00+00:00"))
    assert (codes(seen), codes(seen, NOTE)) == (needs, notes)


@pytest.mark.parametrize(("sandbox", "level"), [(False, NEEDS), (True, NOTE)])
def test_events_that_no_seal_covers_after_some_days(desk: Desk, sandbox: bool, level: str) -> None:
    for days, found in ((1, []), (4, [level])):
        clock = FixedClock(crowd.START + timedelta(days=days))
        app = AppContext(
            desk.database, Desk(desk.database, clock), act_as(desk.database, "office", "test", clock.now()), sandbox,
        )
        assert [sign.level for sign in examine(app, REAL).signs if sign.code == "seal-late"] == found


def lose_key(database: Database, clock: Clock, actor: Actor, folder: str) -> KeyLocation:
    """A new key in the place of the record's, which lies elsewhere and is known."""
    return replace_key(database, clock, actor, folder, lost=True, known=str(key_in_force(database)))


@pytest.mark.parametrize(("sandbox", "days", "level"), [(False, 0, NOTE), (False, 4, NEEDS), (True, 4, NOTE)])
def test_a_key_that_is_not_on_this_machine_is_told(desk: Desk, tmp_path: Path, sandbox: bool, days: int, level: str) -> None:
    actor = act_as(desk.database, "office", "test", crowd.START)
    try:
        seal(desk.database, desk.clock, actor, None)
    except KeyMissing:
        lose_key(desk.database, desk.clock, replace(actor, name="admin", role="admin"), str(tmp_path / "new"))
        seal(desk.database, desk.clock, actor, str(tmp_path / "new"))
    clock = FixedClock(crowd.START + timedelta(days=days))
    app = AppContext(desk.database, Desk(desk.database, clock), actor, sandbox)
    assert [sign.level for sign in examine(app, REAL, str(tmp_path / "nowhere")).signs if sign.code == "key-missing"] == [level]
    if (tmp_path / "new").exists():
        assert [sign for sign in examine(app, REAL, str(tmp_path / "new")).signs if sign.code == "key-missing"] == []


def test_a_clock_behind_the_last_event_needs_somebody(desk: Desk) -> None:
    rectifying(desk)
    beat(desk.database, "sweep", 60, {}, FixedClock(REAL))
    assert looked(desk.database, crowd.START).well
    behind = looked(desk.database, crowd.START - timedelta(minutes=1))
    assert codes(behind) == ["clock-behind"] and behind.signs[1].values["last"] >= crowd.START


def test_a_clock_that_was_set_back_between_two_events_is_told_and_what_had_happened_by_then_is_shown_in_order(desk: Desk) -> None:
    number = desk.open(crowd.OFFICE, Opening(title="一件", source="visit", measure="3.1")).ticket.number
    acts = ((2, "assign", {"lead": "SCJGJ"}, {}), (1, "comment", {}, {"note": "电话"}), (3, "comment", {}, {"note": "又一次"}))
    for hours, trigger, facts, words in acts:
        then = Desk(desk.database, FixedClock(crowd.START + timedelta(hours=hours)))
        then.do(crowd.OFFICE, number, Command(trigger, facts, words))
    then = Desk(desk.database, FixedClock(crowd.START + timedelta(hours=4)))
    [sign] = [sign for sign in looked(desk.database, crowd.START + timedelta(hours=4)).signs if sign.code == "clock-went-back"]
    assert sign.level == NOTE and sign.values == {
        "count": 1, "last": crowd.START + timedelta(hours=2), "date": crowd.START + timedelta(hours=1),
    }
    at = [then.at(crowd.OFFICE, number, crowd.START + timedelta(hours=hours)).version for hours in (0, 1, 2, 3)]
    assert at == [1, 3, 3, 4] and then.at(crowd.OFFICE, number, crowd.START + timedelta(hours=1)).lead == "SCJGJ"


def test_what_killed_backups_left_lying_is_found_and_removed_and_nothing_that_is_being_made(desk: Desk) -> None:
    if desk.database.path is None:
        return  # beside a server nothing lies
    target, now = desk.database.path.with_name("today.tar"), FixedClock(crowd.START)
    killed, half_begun = (target.with_name(f"{SCRATCH}today.tar-{name}") for name in ("killed", "begun"))
    for folder in (killed, half_begun):
        folder.mkdir()
    (killed / "held").write_bytes(b"")
    (killed / "copy").write_bytes(b"half a database")
    [sign] = [sign for sign in looked(desk.database, crowd.START).signs if sign.code == "left-over"]
    assert (sign.level, sign.values) == (NOTE, {"count": 1, "path": str(killed)})
    leader, office = (
        AppContext(desk.database, desk, act_as(desk.database, name, "test", now.now()), False) for name in ("leader", "office")
    )
    with pytest.raises(NotPermitted):
        clean(leader)
    assert clean(office) == [killed] and half_begun.is_dir()
    with scratch_folder(target) as mine:
        assert clean(office) == [] and mine.is_dir()
    os.utime(half_begun, (0, 0))
    with scratch_folder(target):
        assert not half_begun.exists()


def test_a_killed_export_is_found_where_the_command_is_run_and_one_at_work_is_not(
    sqlite_office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    killed = tmp_path / ".writing-x.csv"
    killed.touch()
    with closing(connect(sqlite_office)) as database, replacing(tmp_path / "ledger.csv") as at_work:
        office = AppContext(database, Desk(database, FixedClock(crowd.START)), act_as(database, "admin", "test", crowd.START), False)
        assert clean(office) == [killed] and at_work.exists() and not killed.exists()


@pytest.mark.parametrize(("file", "folder"), [(0o644, 0o700), (0o600, 0o770)])
def test_a_key_that_others_may_read_or_replace_needs_somebody(sqlite_office: str, tmp_path: Path, file: int, folder: int) -> None:
    with closing(connect(sqlite_office)) as database:
        desk = Desk(database, FixedClock(crowd.START))
        kept = lose_key(database, desk.clock, act_as(database, "admin", "test", crowd.START), str(tmp_path / "keys"))
        app = AppContext(database, desk, act_as(database, "office", "test", crowd.START), False)
        assert "key-open" not in codes(examine(app, REAL, str(tmp_path / "keys")))
        kept.path.chmod(file)
        kept.path.parent.chmod(folder)
        assert "key-open" in codes(examine(app, REAL, str(tmp_path / "keys")))


def test_a_witness_that_says_nothing_is_named(sqlite_office: str, tmp_path: Path) -> None:
    key = keys.make(tmp_path / "witness", "w", COSIGNATURE)
    setup = WitnessSetup("秘书", key.verifier)
    with closing(connect(sqlite_office)) as database:
        made, clock, folder = [], Hand(crowd.START), str(tmp_path)
        lose_key(database, clock, act_as(database, "admin", "test", crowd.START), folder)
        office = AppContext(database, Desk(database, clock), act_as(database, "office", "test", crowd.START), False)

        def silent() -> list[object]:
            return [sign.values["count"] for sign in examine(office, REAL, folder, [setup]).signs if sign.code == "witness-behind"]

        for _ in range(2):  # beside the seal of the change of keys
            assert silent() == []
            office.desk.open(office.actor, Opening("x", "visit"))
            made.append(seal(database, clock, office.actor, folder))
        assert silent() == [3]
        keep(tmp_path, made[0], key.cosign(made[0].signed().text, 1).line, [setup])
        assert silent() == []
        clock.at += timedelta(days=4)
        assert silent() == [1]
        assert [sign for sign in examine(office, REAL, str(tmp_path / "elsewhere"), [setup]).signs if sign.code == "witness-behind"] == []


def test_of_the_keys_only_one_that_handed_over_itself_is_removed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, folder = act_as(desk.database, "admin", "test", crowd.START), str(tmp_path / "keys")
    first = lose_key(desk.database, desk.clock, actor, folder).path
    monkeypatch.setattr(keys, "forget", lambda *_: None)  # killed before the file of the old key went
    second = replace_key(desk.database, desk.clock, actor, folder).path
    never = keys.file_of(tmp_path / "keys", keys.make(tmp_path / "keys", "zg/ZG/x").verifier)  # killed before the new key came into force
    app = AppContext(desk.database, desk, actor, False)
    signs = {sign.code: sign.values["path"] for sign in examine(app, REAL, folder).signs if "path" in sign.values}
    assert signs == {"left-over": str(first), "key-not-in-force": str(never)}
    assert clean(app, folder) == [first] and second.exists() and never.exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_doctor_says_one_line_a_channel_and_all_well_only_where_nothing_is_to_note(sqlite_office: str, language: str) -> None:
    with closing(connect(sqlite_office)) as database:
        rectifying(Desk(database, FixedClock(crowd.START)), 3)
    said = CliRunner().invoke(cli, ["doctor"], env={
        "ZG_LANG": language, "ZG_FORCE_TTY": "1", "COLUMNS": "100", "NO_COLOR": "1", "ZG_DB": sqlite_office,
    })
    channel = say("channel.inbox", language)
    assert sum(line.startswith(channel) for line in said.stdout.splitlines()) == 1, said.stdout
    notes = sum(line.startswith("!") for line in said.stdout.splitlines())
    assert notes == 1 and say("doctor.to-note", language, count=1) in said.stderr, said.stdout
    assert say("doctor.all-well", language) not in said.stderr and said.exit_code == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_exits_1_where_somebody_is_needed_and_says_what_to_do(sqlite_office: str, language: str) -> None:
    def run(*words: str, **environment: str) -> Any:
        said = {"ZG_LANG": language, "ZG_FORCE_TTY": None, "COLUMNS": "100", "NO_COLOR": "1", "ZG_DB": sqlite_office, **environment}
        return CliRunner().invoke(cli, words, env=said)

    assert run("doctor").exit_code == 0
    with closing(connect(sqlite_office)) as database:
        rectifying(Desk(database, FixedClock(crowd.START)))
    set_clock(sqlite_office, crowd.DUE)
    shown = run("doctor", ZG_FORCE_TTY="1")
    assert shown.exit_code == 1 and "✗" in shown.stdout and "zg sweep" in shown.stdout
    piped = run("doctor")
    assert piped.exit_code == 1 and {line.split("\t")[0] for line in piped.stdout.splitlines()} >= {"well", "needs", "reached"}
    node = json.loads(run("doctor", "--json").stdout)
    assert (node["well"], node["problems"]) == (False, ["alarms-unwatched"]) and node["lag_seconds"] > 0
    assert run("sweep").exit_code == 0
    node = json.loads(run("doctor", "--json").stdout)
    assert node["well"] and node["last_sweep"] and node["heartbeats"][0]["duty"] == "sweep"


def test_an_interrupted_count_of_a_new_calendar_and_files_that_nothing_cites(desk: Desk) -> None:
    change(desk.database, "INSERT INTO setting (name, value) VALUES ('counting', '{}')")
    change(
        desk.database, "INSERT INTO evidence (sha256, bytes, type, stored_at) VALUES (:sha256, 1, 'text/plain', :at)", sha256="a" * 64,
        at=REAL,
    )
    seen = looked(desk.database, datetime.fromisoformat("2026-06-01T04:00:00+00:00"))
    assert codes(seen) == ["counting-unfinished"] and codes(seen, NOTE) == ["files-uncited"]


def test_open_tickets_of_a_unit_with_nobody_to_act_are_one_sign_of_the_doctor(desk: Desk) -> None:
    ids = rectifying(desk, 3)
    assert "nobody-acts" not in codes(looked(desk.database, crowd.START))
    with desk.database.write():
        desk.database.run("UPDATE account SET active = FALSE WHERE unit IS NOT NULL AND role = 'contact'")
    assert "nobody-acts" not in codes(looked(desk.database, crowd.START))  # the heads may still act
    with desk.database.write():
        desk.database.run("UPDATE account SET active = FALSE WHERE unit IS NOT NULL")
    [sign] = [sign for sign in looked(desk.database, crowd.START).signs if sign.code == "nobody-acts"]
    assert sign.level == NEEDS and sign.values["count"] >= len(ids) and len(sign.values["units"]) == len(sign.values["numbers"])


def test_whoever_is_left_in_a_unit_that_ended_acts_for_none_of_its_tickets(desk: Desk) -> None:
    rectifying(desk, 1)
    with desk.database.write():
        desk.database.run("UPDATE unit SET valid_to = :day WHERE code IN (SELECT lead FROM ticket)", day=crowd.START.date())
    [sign] = [sign for sign in looked(desk.database, crowd.START).signs if sign.code == "nobody-acts"]
    assert sign.level == NEEDS and sign.values["units"]


def test_what_rings_and_rings_and_moves_nobody_is_counted_one_line_a_kind(desk: Desk) -> None:
    beat(desk.database, "sweep", 60, {}, FixedClock(REAL))
    rectifying(desk, 2)
    suspended = rectifying(desk, 1)[0]
    at(desk, crowd.START).do(crowd.OFFICE, suspended, Command("suspend", {}, {"reason": "等待省级系统上线"}))
    standing = rectifying(desk, 1)[0]
    at(desk, crowd.START).amend(crowd.OFFICE, standing, Amendment("长期坚持", standing=True))
    at(desk, crowd.START).open(crowd.OFFICE, Opening("企业反映的问题", "visit"))
    day = timedelta(days=1)
    for later, stuck in [
        (20 * day, {}), (33 * day, {"stuck-suspended": 1}),
        (75 * day, {"stuck-suspended": 1, "stuck-office": 3, "stuck-late": 2}),
        (200 * day, {"stuck-suspended": 1, "stuck-office": 3, "stuck-late": 2, "stuck-standing": 1}),
    ]:
        sweep(at(desk, crowd.START + later))
        seen = looked(desk.database, crowd.START + later)
        counted = {sign.code: sign.values["count"] for sign in seen.signs if sign.code.startswith("stuck")}
        assert counted == stuck, later
        assert seen.well is not bool(stuck)
