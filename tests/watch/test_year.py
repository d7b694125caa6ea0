"""The year 2020 of a small office, by real commands: swept every day, or only when somebody acts and once at the end."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.crowd import OFFICE
from engine.audit.verify import verify
from engine.clock import FixedClock
from engine.desk.filing import inspect
from engine.desk.tickets import Desk
from engine.record.database import Database
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.watch import sweep
from tests.rebuilt import anew, content

ZONE = ZoneInfo("Asia/Shanghai")
CONTACT, HEAD = Actor("scjgj", "contact", "SCJGJ", "test"), Actor("scjgj-head", "head", "SCJGJ", "test")
TAX = Actor("shuiwj", "contact", "SHUIWJ", "test")
WORDS = {"reason": "等待省级系统上线"}
ASKED = {**WORDS, "approved_by": "单位负责人"}
NOTE = {"note": "已整改"}
Rung = tuple[int, str, int, str, str]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


ASSIGN: dict[str, Any] = {"lead": "SCJGJ"}
Act = tuple[str, Actor, str, dict[str, Any], dict[str, str]]
LIVES: list[tuple[str, list[Act]]] = [
    ("C", []),
    ("C", [("02-03T09:00", OFFICE, "assign", ASSIGN, {})]),
    *((grade, [("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-03T10:00", CONTACT, "accept", {}, {})]) for grade in "ABC"),
    ("C", [("02-03T09:00", OFFICE, "assign", {**ASSIGN, "with": ("SHUIWJ",)}, {}), ("02-04T10:00", CONTACT, "accept", {}, {})]),
    ("C", [("02-04T09:00", OFFICE, "assign", ASSIGN, {}), ("02-04T10:00", CONTACT, "decline", {}, WORDS)]),
    ("B", [  # a pause in February that named its end, another over the summer that did not
        ("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-03T10:00", CONTACT, "accept", {}, {}),
        ("02-06T11:17", OFFICE, "suspend", {"until": at("2020-03-02T18:00")}, WORDS), ("03-04T15:41", OFFICE, "resume", {}, {}),
        ("03-09T10:00", OFFICE, "suspend", {}, WORDS), ("09-01T09:30", OFFICE, "resume", {}, {}),
    ]),
    ("C", [  # asked in time and granted
        ("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-03T10:00", CONTACT, "accept", {}, {}),
        ("02-10T09:00", CONTACT, "request-extension", {"to": at("2020-02-14T18:00")}, WORDS), ("02-11T09:00", OFFICE, "grant", {}, {}),
    ]),
    ("C", [  # asked in time, answered late, refused; then issued and waived
        ("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-03T10:00", CONTACT, "accept", {}, {}),
        ("02-10T09:00", CONTACT, "request-extension", {"to": at("2020-02-14T18:00")}, WORDS),
        ("02-14T09:00", OFFICE, "refuse", {}, WORDS), ("02-17T09:00", OFFICE, "issue", {"by": "督查室主任"}, {}),
        ("03-02T09:00", OFFICE, "waive", {}, WORDS),
    ]),
    ("C", [  # asked in time and never answered
        ("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-03T10:00", CONTACT, "accept", {}, {}),
        ("02-10T09:00", CONTACT, "request-extension", {"to": at("2020-02-14T18:00")}, WORDS),
    ]),
    ("A", [  # rejected, done again, verified, relapsed
        ("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-03T10:00", CONTACT, "accept", {}, {}), ("03-02T09:00", HEAD, "endorse", {}, {}),
        ("03-02T10:00", CONTACT, "submit", {}, NOTE), ("03-04T10:00", OFFICE, "reject", {}, WORDS),
        ("03-09T09:00", HEAD, "endorse", {}, {}), ("03-09T10:00", CONTACT, "submit", {}, NOTE), ("03-10T10:00", OFFICE, "verify", {}, NOTE),
        ("09-29T10:00", OFFICE, "reopen", {"as": "relapse"}, WORDS),
    ]),
    ("B", [  # to another unit in April
        ("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-03T10:00", CONTACT, "accept", {}, {}),
        ("04-07T10:00", OFFICE, "reassign", {"lead": "SHUIWJ"}, WORDS), ("04-08T10:00", TAX, "accept", {}, {}),
    ]),
    ("C", [("02-03T09:00", OFFICE, "assign", {**ASSIGN, "due": at("2020-02-29T12:00")}, {}), ("02-03T10:00", CONTACT, "accept", {}, {})]),
    ("C", [("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-05T09:00", OFFICE, "withdraw", {"as": "mistake"}, WORDS)]),
]
"""Grade, then what is done to the ticket when. The office opens all of them on 3 February 2020 at half past eight."""


def live(desk: Desk, moments: list[datetime], lives: list[tuple[str, list[Act]]] = LIVES, *, watched: bool = True) -> None:
    """The year. The watch sweeps at the moments given, and before anybody acts unless nobody watches."""
    desk.clock = FixedClock(at("2020-02-03T08:30"))
    schedule: dict[datetime, list[tuple[str, Act]]] = {}
    for place, (grade, acts) in enumerate(lives):
        number = desk.open(OFFICE, Opening(f"问题 {place}", "visit", grade=grade)).ticket.number
        for act in acts:
            schedule.setdefault(at(f"2020-{act[0]}"), []).append((number, act))
    for moment in sorted({*schedule, *moments}):
        desk.clock = FixedClock(moment)
        if watched or moment in moments:
            sweep(desk, breathe=lambda seconds: None)
        for number, (_, actor, trigger, given, words) in schedule.get(moment, []):
            files = [inspect(Path(__file__))] if (trigger, words) == ("verify", NOTE) else []
            desk.do(actor, number, Command(trigger, given, words), files=files)


def fired(database: Database) -> list[Rung]:
    """Every (ticket, clock, epoch, rung, scheduled_for) as it stands in the record; repetitions aside, of which a late sweep fires one."""
    rows = database.rows("SELECT stream, data FROM event WHERE kind = 'escalated' ORDER BY stream, seq")
    facts = [(row[0], json.loads(row[1])) for row in rows]
    return [(stream, data["clock"], data["epoch"], data["rung"], data["scheduled_for"]) for stream, data in facts if "n" not in data]


def test_the_year_2020_day_by_day_and_in_one_leap_is_the_same_and_its_log_tells_it(desk: Desk, twin: Desk, tmp_path: Path) -> None:
    days = [datetime(2020, 2, 3, 16, tzinfo=UTC) + timedelta(days=day) for day in range(333)]
    assert days[-1].date() == date(2020, 12, 31)
    live(desk, days)
    live(twin, days[-1:])
    daily, leap = fired(desk.database), fired(twin.database)
    assert len(daily) == len(set(daily)) > 70
    assert sorted(daily) == sorted(leap)
    assert list(verify(desk.database)) == list(verify(twin.database)) == []
    for place in range(len(LIVES)):
        one, two = (each.ticket(OFFICE, f"ZG-2020-{place + 1:04d}") for each in (desk, twin))
        assert (one.state, one.level, one.acted_level, one.promised_at, one.wake_at, [item.at for item in one.proposals]) == (
            two.state, two.level, two.acted_level, two.promised_at, two.wake_at, [item.at for item in two.proposals],
        )
        assert one.deadlines == two.deadlines  # also how often their last rungs came round
    assert anew(desk.database, f"sqlite:///{tmp_path / 'anew.db'}") == content(desk.database)


def test_whoever_acts_before_a_sweep_takes_no_rung_away_that_measures_a_unit(desk: Desk, twin: Desk) -> None:
    end = [datetime(2020, 12, 31, 16, tzinfo=UTC)]
    lives = [(grade, acts) for grade, acts in LIVES if not {"issue", "waive"} & {act[2] for act in acts}]  # these answer a sweep
    lives += [
        ("C", [  # six working days late, lead and cooperator
            ("02-03T09:00", OFFICE, "assign", {**ASSIGN, "with": ("SHUIWJ",)}, {}), ("02-03T10:00", CONTACT, "accept", {}, {}),
            ("02-18T10:00", TAX, "sign-off", {}, {}), ("02-18T11:00", CONTACT, "submit", {}, NOTE),
        ]),
        ("C", [  # the same, then rejected, and late again
            ("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-03T10:00", CONTACT, "accept", {}, {}),
            ("02-18T11:00", CONTACT, "submit", {}, NOTE), ("02-19T10:00", OFFICE, "reject", {}, WORDS),
            ("03-02T10:00", CONTACT, "submit", {}, NOTE), ("03-03T09:00", OFFICE, "verify", {}, {}),
        ]),
        ("C", [("02-03T09:00", OFFICE, "assign", ASSIGN, {}), ("02-28T09:00", CONTACT, "comment", {}, NOTE)]),
    ]
    live(desk, end, lives)
    live(twin, end, lives, watched=False)

    def measuring(database: Database) -> list[Rung]:
        return sorted(rung for rung in fired(database) if rung[1].startswith(("rectify", "part")))

    watched, unwatched = measuring(desk.database), measuring(twin.database)
    assert len(unwatched) == len(set(unwatched)) > 60
    assert watched == unwatched
    assert list(verify(twin.database)) == []
    for place in range(len(lives)):
        one, two = (each.ticket(OFFICE, f"ZG-2020-{place + 1:04d}") for each in (desk, twin))
        assert (one.state, one.level, one.promised_at) == (two.state, two.level, two.promised_at)
