"""The ledger goes out of both databases alike: one snapshot, one entry, nothing where it is not permitted."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.desk.wanted import Wanted
from engine.errors import NotPermitted
from engine.office.ledger.ticket_row import Speech
from engine.office.ledger.writer import KINDS, Writer
from engine.office.sheets.reader import read
from engine.record import journal
from engine.rules.access import Actor
from engine.rules.acts.opening import Opening
from engine.views.names import Naming
from engine.words.phrase import Phrase
from tests.registry.conftest import OFFICE, Town


def writer(town: Town, actor: Actor = OFFICE) -> Writer:
    return Writer(town.desk, actor, Speech("zh", lambda definition: Phrase("zh", definition=definition), Naming(town.database)))


def test_every_kind_goes_out_and_each_is_an_entry(town: Town, tmp_path: Path) -> None:
    number = town.desk.open(OFFICE, Opening("企业开办材料重复提交", "visit")).ticket.number
    made = [writer(town).write(Wanted(limit=None), tmp_path / f"a.{kind}", kind) for kind in KINDS]
    assert [(each.format, each.tickets) for each in made] == [("xlsx", 1), ("csv", 1), ("jsonl", 1), ("ics", 0)], "none has a date yet"
    assert [read(tmp_path / f"a.{kind}").sheets[0].rows[-1].cells[0].text for kind in ("xlsx", "csv")] == [number, number]
    noted = [event.data for event in journal.read_events(town.database, journal.ADMINISTRATION) if event.kind == "read"]
    assert [(data["format"], data["sha256"]) for data in noted] == [(each.format, each.sha256) for each in made]


def test_whoever_has_no_role_and_the_watch_take_nothing_away(town: Town, tmp_path: Path) -> None:
    for actor in (Actor("watch", "watch", None, "test"), Actor("x", "stranger", None, "test")):
        with pytest.raises(NotPermitted):
            writer(town, actor).write(Wanted(limit=None), tmp_path / "a.csv", "csv")
    assert list(tmp_path.glob("*.csv")) == []
