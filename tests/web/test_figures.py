"""Figures and due dates on pages: what is shown is what the command line counts, and each figure leads to exactly its tickets."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.web.conftest import Office, shown


def listed(html: str) -> int:
    """How many tickets a page of the ledger says that it has."""
    found = re.search(r'<span class="count">(\d+)', html)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize("seat", ["office", "scjgj"])
def test_every_figure_leads_to_as_many_tickets(office: Office, seat: str) -> None:
    office.zg("--as", "scjgj", "accept", "1")
    office.zg("open", "不是问题", "--source", "visit")
    office.zg("withdraw", "4", "--as", "not-a-problem", "--reason", "记错了")
    office.zg("clock", "set", "2020-12-20T09:00")
    browser = office.browser(seat)
    html = browser.get("/figures")
    links = [(unescape(address), int(count)) for address, count in re.findall(r'href="(/ledger\?[^"]*)">(?:<strong>)?(\d+)', html)]
    assert len(links) > 10
    for head in ("办理进度", "督办级别"):
        assert re.search(rf"<h2>{head}</h2>(?s:.*?)<td><a href", html), head
    for address, count in links:
        assert listed(browser.get(address)) == count, address
    total = office.zg.json("--as", seat, "count")["total"]
    assert re.search(rf"<strong>{total['open']}</strong>", html) and re.search(rf"<strong>{total['late']}</strong>", html)


def test_due_dates_stand_on_their_day_and_rest_days_are_marked(office: Office) -> None:
    office.zg("open", "十月到期", "--source", "visit", "--due", "2020-10-13", "--lead", "市市场监管局")
    office.zg("assign", "4")
    browser = office.browser("office")
    html = browser.get("/due?month=2020-10")
    assert "/ledger?due=2020-10-13..2020-10-13" in html and "十月到期" in html
    assert listed(browser.get("/ledger?due=2020-10-13..2020-10-13")) == 1
    assert re.search(r'class="rest[^"]*">\s*<p class="day"><time datetime="2020-10-01"', html)
    assert "2020-09" in shown(html) and "2020-11" in shown(html)
    assert "月份" in shown(browser.get("/due?month=2020-13", 422))
    assert "十月到期" not in office.browser("gaj").get("/due?month=2020-10")
