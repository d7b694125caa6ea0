"""Connections that wait for the next request: they lead to the record that is there, show what is so now, and end by themselves."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from engine.app import idle
from engine.app.serving import open_record
from engine.errors import NoDatabase
from tests.web.conftest import Office, shown


@pytest.fixture(autouse=True)
def none_open() -> None:
    idle.close_all()


def path_of(office: Office) -> Path:
    return Path(office.settings.db.removeprefix("sqlite:///"))


def test_the_next_request_has_the_connection_of_the_one_before(office: Office) -> None:
    with open_record(office.settings) as first:
        pass
    with open_record(office.settings) as then, open_record(office.settings) as beside:
        assert then.database is first.database is not beside.database


def test_what_was_asked_of_a_connection_is_not_asked_of_the_next(office: Office) -> None:
    with open_record(office.settings) as record:
        database = record.database
        database.mark = ("no statement", {})
    assert database.mark is database.guard is database.administered is None


def test_a_record_that_was_taken_away_or_put_back_is_the_one_that_is_seen(office: Office, tmp_path: Path) -> None:
    browser, path = office.browser("office"), path_of(office)
    office.zg("open", "只在后来的台账里", "--source", "visit")
    assert "只在后来的台账里" in browser.get("/ledger")
    idle.close_all()
    shutil.copyfile(path, tmp_path / "copy.db")
    assert browser.get("/ledger")
    path.rename(tmp_path / "away.db")
    with pytest.raises(NoDatabase), open_record(office.settings):
        pass
    shutil.copyfile(tmp_path / "copy.db", path)
    assert "只在后来的台账里" in browser.get("/ledger")


def test_a_name_that_was_changed_elsewhere_is_shown_at_once(office: Office) -> None:
    browser = office.browser("office")
    assert "市税务局" in shown(browser.get("/tickets/3"))
    office.zg("--as", "admin", "unit", "rename", "SHUIWJ", "--to", "市税务总局", "--from", "2020-03-02", "--basis", "更名")
    assert "市税务总局" in shown(browser.get("/tickets/3"))


def test_what_nobody_takes_for_a_while_is_closed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "IDLE_SECONDS", 0.0)
    closed = threading.Event()
    with open_record(office.settings) as record:
        monkeypatch.setattr(record.database, "close", closed.set)
    assert closed.wait(30)
    assert idle.take(office.settings.db) is None


def test_of_many_connections_some_are_closed_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idle, "MOST_IDLE", 1)
    with open_record(office.settings) as first, open_record(office.settings):
        pass
    assert idle.take(office.settings.db) is not first.database
    assert idle.take(office.settings.db) is None


def test_a_connection_on_which_something_broke_is_not_kept(office: Office) -> None:
    with pytest.raises(RuntimeError), open_record(office.settings):
        raise RuntimeError("a bug")
    assert idle.take(office.settings.db) is None
