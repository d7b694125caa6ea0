"""Units on pages: a list, whom to turn to, a new one, another name; a unit sees no telephone of another."""

from __future__ import annotations

from tests.web.conftest import Browser, Office, shown


def test_units_are_listed_with_whom_to_turn_to_added_and_renamed(office: Office) -> None:
    office.zg("--as", "admin", "user", "set", "scjgj", "--phone", "0375-1234567")
    browser = office.browser("office")
    assert "市市场监管局" in shown(browser.get("/units")) and "0375-1234567" in browser.get("/units/SCJGJ")
    assert 'href="tel:0375-1234567"' in browser.get("/units"), "the list is the address book"
    assert [office.browser(seat).get("/units").count("0375-1234567") > 0 for seat in ("scjgj", "gaj", "auditor")] == [True, False, False]
    assert "0375-1234567" in office.browser("scjgj").get("/units/SCJGJ")
    assert "0375-1234567" not in office.browser("gaj").get("/units/SCJGJ")
    new = {"code": "XINJU", "name": "市新局", "kind": "bureau", "relation": "subordinate"}
    assert added(browser, **new) == (303, "/units/XINJU?done=added")
    code, again = added(browser, **{**new, "code": "XIN2"})
    assert code == 422 and "XIN2" in again and "市新局" in again
    assert browser.post("/units/XINJU/rename", name="市新新局", on="2020-09-25", basis="编委会文件") == "/units/XINJU?done=renamed"
    assert "市新新局" in browser.get("/units/XINJU")
    assert added(office.browser("gaj"), **new)[0] == 403


def added(browser: Browser, **texts: str) -> tuple[int, str]:
    answer = browser.client.post("/units", data=texts, headers=browser.heads, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", answer.text)
