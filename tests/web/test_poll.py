"""Whether anything changed since a page was made: what its reader may see alone, by one read, and no sign that anybody is there."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from engine.app.serving import open_record
from engine.web import gate
from tests.web.conftest import Browser, Office, shown


def asked(html: str) -> str:
    """What scripts ask, by the page that they are on."""
    found = re.search(r'hx-get="([^"]+)"', html)
    assert found is not None
    return unescape(found[1])


def told(browser: Browser, path: str) -> str:
    answer = browser.client.get(path, headers=browser.heads)
    assert answer.status_code in (200, 204)
    return shown(answer.text)


def test_what_changed_is_counted_for_whoever_may_see_it(office: Office) -> None:
    office_, unit, other = (office.browser(seat) for seat in ("office", "scjgj", "fgw"))
    paths = [asked(browser.get("/ledger?every=1")) for browser in (office_, unit, other)]
    assert [told(browser, path) for browser, path in zip((office_, unit, other), paths, strict=True)] == ["", "", ""]
    office.zg("clock", "advance", "1h")
    office.zg("--as", "scjgj", "accept", "1")
    assert [told(browser, path) for browser, path in zip((office_, unit, other), paths, strict=True)] == [
        "有 1 件有变化 刷新", "有 1 件有变化 刷新", "",
    ]
    assert 'href="/ledger?every=1"' in unescape(office_.client.get(paths[0], headers=office_.heads).text)


def test_what_the_office_says_among_itself_tells_a_unit_nothing(office: Office) -> None:
    unit = office.browser("scjgj")
    path = asked(unit.get("/"))
    office.zg("clock", "advance", "1h")
    office.zg("comment", "1", "--note", "内部意见")
    assert told(unit, path) == ""


def test_asking_does_not_keep_a_session_from_ending(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = office.browser("office")
    path, now = asked(browser.get("/")), gate.real_now()
    monkeypatch.setattr(gate, "real_now", lambda: now + timedelta(hours=1))
    with open_record(office.settings) as record:
        before = record.database.rows("SELECT seen_at FROM web_session")
    told(browser, path)
    with open_record(office.settings) as record:
        assert record.database.rows("SELECT seen_at FROM web_session") == before
    monkeypatch.setattr(gate, "real_now", lambda: now + timedelta(hours=3))
    assert browser.client.get(path, headers=browser.heads, follow_redirects=False).status_code == 303


def test_no_address_leads_elsewhere(read_office: Office) -> None:
    browser = read_office.browser("office")
    asks = {"since": "2019-01-01T00:00:00Z", "here": "https://evil.example/"}
    html = browser.client.get("/poll", params=asks, headers=browser.heads).text
    assert "evil" not in html and 'href="/"' in html
