"""Writes tests/facts/schema_0001.sql: a database of schema 0001 with a small office's life in it, as SQL text.

Run it (`python -m tests.facts.schema_0001`) while 0001 may still change; once it is released the text stays as it is for ever, and every
later program must open and migrate it.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from engine.app import shipped
from engine.app.founding import china_notices, first_entries, office_calendar
from engine.clock import FixedClock
from engine.desk.tickets import Desk
from engine.record import schema
from engine.record.connection import connect
from engine.registry.registry import Registry
from engine.registry.workflow_file import load
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.worktime import merge
from engine.watch import sweep
from tests.rows import a_contact, a_unit, tell
from tests.signing import FIRST

PLACE = Path(__file__).with_name("schema_0001.sql")
OFFICE, LEAD = Actor("office", "supervisor", None, "cli"), Actor("scjgj", "contact", "SCJGJ", "cli")


def live(url: str) -> None:
    """Tickets in every kind of state, rungs fired, a date extended, words typed."""
    schema.create(url)
    with closing(connect(url)) as database:
        notices = [notice for notice in china_notices() if notice.year in (2020, 2021)]
        begin = datetime(2020, 9, 25, 1, tzinfo=UTC)
        path = next(path for path in shipped.workflow_files() if path.stem == "rectification")
        first_entries(
            Registry(database, FixedClock(begin), lambda: "salt"),
            office="ZG", sandbox=begin, calendar=merge(notices, office_calendar()), notices=notices, definitions=[(load(path), path.name)],
            plan=None, code=None, key=FIRST.verifier,
        )
        tell(database, a_unit("SCJGJ"), a_contact("SCJGJ", "联络员"), at=begin)
        desk = Desk(database, FixedClock(begin), salt=lambda: "salt")
        for title in ("企业开办材料重复提交", "窗口无人值守", "办事指南与网上不一致", "待交办的一件"):
            desk.open(OFFICE, Opening(title, "visit", detail="明察暗访发现"))
        for number in "123":
            desk.do(OFFICE, number, Command("assign", {"lead": "SCJGJ"}))
        for number in "12":
            desk.do(LEAD, number, Command("accept"))
        desk.do(LEAD, "1", Command("submit", words={"note": "已合并为一张表"}))
        desk.do(OFFICE, "1", Command("verify"))
        desk.do(LEAD, "2", Command(
            "request-extension", {"to": datetime(2020, 10, 13, 10, tzinfo=UTC)}, {"reason": "等待系统改造"},
        ))
        desk.do(OFFICE, "2", Command("grant"))
        desk.clock = FixedClock(datetime(2020, 10, 20, 10, tzinfo=UTC))
        sweep(desk)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zg.db"
        live(f"sqlite:///{path}")
        with closing(sqlite3.connect(path)) as connection:
            PLACE.write_text("\n".join(connection.iterdump()) + "\n", encoding="utf-8")
    sys.stdout.write(f"{PLACE}\n")


if __name__ == "__main__":
    main()
