"""A week's digest: of a leader's own units, with figures that lead to their tickets."""

from __future__ import annotations

import re
from html import unescape

from tests.web.conftest import Office, shown
from tests.web.test_figures import listed
from tests.web.test_ledger import numbers


def test_a_leader_reads_the_week_of_the_own_units_and_others_what_they_see(office: Office) -> None:
    office.zg("--as", "admin", "user", "portfolio", "leader", "--unit", "市市场监管局")
    text = shown(office.browser("leader").get("/digest"))
    assert "分管单位" in text and "市市场监管局" in text and "市税务局" not in text and "新立 1 件" in text
    assert "新立 3 件" in shown(office.browser("office").get("/digest"))
    assert "尖括号" not in shown(office.browser("scjgj").get("/digest"))
    office.zg("clock", "set", "2020-12-20T09:00")
    assert "企业开办材料重复提交" in shown(office.browser("leader").get("/digest"))
    led = re.search(r'href="([^"]+late=1[^"]*)">1</a>', office.browser("leader").get("/digest"))
    assert led is not None and numbers(office.browser("leader").get(unescape(led[1]))) == ["ZG-2020-0001"]
    assert "一周情况" in shown(office.browser("leader").get("/"))


def test_every_figure_of_the_week_leads_to_as_many_tickets_without_what_was_no_problem(office: Office) -> None:
    office.zg("open", "不是问题", "--source", "visit", "--lead", "市市场监管局")
    office.zg("withdraw", "4", "--as", "not-a-problem", "--reason", "记错了")
    browser = office.browser("office")
    links = re.findall(r'href="(/ledger\?[^"]*lead=[^"]*)">(\d+)', browser.get("/digest"))
    assert links and all(listed(browser.get(unescape(address))) == int(count) for address, count in links)
