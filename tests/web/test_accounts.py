"""Accounts on pages: added, invited, stood in for, suspended; links and tokens are shown once, and to whoever administers alone."""

from __future__ import annotations

import re

from tests.web.conftest import Office, shown


def test_an_account_is_added_invited_and_signs_in_by_the_link(office: Office) -> None:
    browser = office.browser("admin")
    assert browser.post("/accounts", name="xin", title="新人", role="supervisor") == "/accounts/xin?done=added"
    html = browser.post("/accounts/xin/invite", 200)
    link = re.search(r'value="(http://testserver/invite/[^"]+)"', html)
    assert link is not None and "只显示这一次" in shown(html) and link[1] not in browser.get("/accounts/xin")
    assert "新人" in office.stranger.get(link[1].removeprefix("http://testserver"))
    assert "xin" in shown(browser.get("/accounts"))


def test_somebody_stands_in_and_an_account_is_suspended_and_used_again(office: Office) -> None:
    browser = office.browser("admin")
    browser.post("/accounts/scjgj/stand-in", 422, by="scjgj-head")
    assert browser.post("/accounts/scjgj/stand-in", by="scjgj-head", until="2020-10-31").endswith("done=stand-in")
    assert "2020-10-31" in browser.get("/accounts/scjgj") or "2020-11-01" in browser.get("/accounts/scjgj")
    assert browser.post("/accounts/scjgj/stand-in", by="scjgj-head", end="1").endswith("done=ended")
    assert browser.post("/accounts/scjgj/suspend", reason="调离").endswith("done=suspended")
    assert "停用" in shown(browser.get("/accounts/scjgj"))
    assert browser.post("/accounts/scjgj/enable").endswith("done=enabled")
    office.browser("gaj").get("/accounts", 403)
    office.browser("gaj").post("/accounts/gaj/invite", 403)


def test_a_token_is_shown_once_and_revoked(office: Office) -> None:
    browser = office.browser("admin")
    html = browser.post("/accounts/scjgj/tokens", 200, called="办公系统", scope="read")
    secret = re.search(r'value="(zgt_[^"]+)"', html)
    assert secret is not None and secret[1] not in browser.get("/accounts/scjgj")
    token = re.search(r'name="id" value="(\w+)"', browser.get("/accounts/scjgj"))
    assert token is not None
    assert browser.post("/accounts/scjgj/tokens/revoke", id=token[1]).endswith("done=revoked")
    assert "作废" not in shown(browser.get("/accounts/scjgj"))
