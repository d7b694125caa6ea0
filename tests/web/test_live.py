"""That something changed, at once: a hint without content for those who may see it, taken up where it broke off, over with the session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from engine.app.serving import open_record
from engine.errors import InvalidFile
from engine.rules.access import Actor
from engine.web.application import application
from engine.web.endpoints import live
from engine.web.limits import NoPlace
from engine.web.server import Wanted, serve
from tests.served import served
from tests.web.conftest import Office

SECONDS = 20.0


@pytest.fixture
def address(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The pages on a real server, which looks often."""
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.05)
    with served(application(replace(office.settings, pages={"live": True}))) as address:
        yield address


class Ear:
    """A browser that listens: its lines, as they come."""

    def __init__(self, office: Office, address: str, account: str, heard: str | None = None) -> None:
        self.browser = office.browser(account)
        heads = {"cookie": f"zg_session={self.browser.client.cookies.get('zg_session')}"} | ({"last-event-id": heard} if heard else {})
        self._stream = httpx.stream("GET", f"{address}/live", headers=heads, timeout=SECONDS)
        self.answer = self._stream.__enter__()
        self._lines = self.answer.iter_lines()

    def next(self, begin: str) -> str:
        """The rest of the next line that begins so."""
        return next(line for line in self._lines if line.startswith(begin)).removeprefix(begin)

    def close(self) -> None:
        self._stream.__exit__(None, None, None)


def test_who_may_see_it_hears_that_something_changed_and_nothing_of_what(office: Office, address: str) -> None:
    ear, foreign = Ear(office, address, "scjgj"), Ear(office, address, "shuiwj")
    assert ear.answer.headers["content-type"].startswith("text/event-stream")
    ear.next("id: "), foreign.next("id: ")
    office.zg("comment", "1", "--note", "督办单位自己的话")
    office.zg("comment", "1", "--note", "告诉承办单位", "--to-unit")
    assert (ear.next("event: "), ear.next("data: ")) == ("changed", "1")
    office.zg("--as", "gaj", "comment", "3", "--note", "另一件")
    assert foreign.next("event: ") == "changed"  # and of nothing before: tests/desk/test_changes.py
    ear.close(), foreign.close()


def test_a_browser_that_comes_back_hears_what_it_missed(office: Office, address: str) -> None:
    ear = Ear(office, address, "scjgj")
    heard = ear.next("id: ")
    ear.close()
    again = Ear(office, address, "scjgj", heard)
    assert again.next("id: ") and live.PLACES._held == {"scjgj": 1}
    again.close()
    office.zg("clock", "set", "2020-09-25T09:30")
    office.zg("comment", "1", "--note", "督办单位自己的话")
    with open_record(office.settings) as record:  # a unit that comes back hears nothing of what was said meanwhile within the office
        since = record.desk.clock.now() - timedelta(minutes=10)
        seats = (Actor("scjgj", "contact", "SCJGJ", "web"), Actor("office", "supervisor", None, "web"))
        assert [live._changed(record.desk, actor, since) for actor in seats] == [False, True]
    office.zg("clock", "set", "2020-09-25T10:00")
    office.zg("--as", "scjgj", "accept", "1")
    again = Ear(office, address, "scjgj", heard)
    assert again.next("event: ") == "changed"
    again.close()


def test_it_ends_with_the_session(office: Office, address: str) -> None:
    ear = Ear(office, address, "scjgj")
    ear.next("id: ")
    ear.browser.post("/sign-out")
    assert ear.next("event: ") == "end"
    assert list(ear._lines)[-1:] in ([], [""]), "and nothing follows"


def test_places_are_few_and_each_is_given_back() -> None:
    places = live.Places()
    for _ in range(live.MOST_OWN):
        places.take("one")
    with pytest.raises(NoPlace):
        places.take("one")
    places.take("other")
    for _ in range(live.MOST_OWN):
        places.leave("one")
    places.take("one")
    assert places._held == {"one": 1, "other": 1}


def test_where_it_is_not_switched_on_there_is_none_and_pages_ask_once_a_minute(office: Office) -> None:
    browser = office.browser("office")
    browser.get("/live", 404)
    html = browser.get("/")
    assert 'hx-trigger="every 60s, hint"' in html and "data-live" not in html and "live.js" not in html
    with pytest.raises(InvalidFile):  # before anything is served, and not on each page
        serve(replace(office.settings, pages={"live": "yes"}), Wanted("127.0.0.1", 0), pytest.fail, pytest.fail)
    office.stranger.get("/live", 303)
