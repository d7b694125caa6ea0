"""更正: what the office itself entered wrongly, how tickets belong together, and what a ledger says otherwise, on the page."""

from __future__ import annotations

import re
from html import unescape

from tests.office.ledgers import Row, csv, row
from tests.web.conftest import Office, shown


def test_the_office_corrects_a_ticket_and_what_is_left_empty_stays(office: Office) -> None:
    browser = office.browser("office")
    assert 'href="/amending/ZG-2020-0001"' in browser.get("/tickets/1") and "amending" not in office.browser("scjgj").get("/tickets/1")
    form = browser.get("/amending/1")
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version is not None and 'placeholder="企业开办材料重复提交"' in form
    again = browser.post("/amending/1", 422, title="企业开办重复交材料", version=version[1])
    assert "更正理由" in shown(again) and "企业开办重复交材料" in again
    assert "没有" in shown(browser.post("/amending/1", 422, reason="写错了"))
    done = browser.post("/amending/1", title="企业开办重复交材料", grade="B", reason="写错了", version=version[1])
    assert "已办：更正" in shown(browser.get(done.partition("#")[0]))
    after = office.zg.json("show", "1")
    assert (after["title"], after["grade"], after["source"]) == ("企业开办重复交材料", "B", "visit")
    assert "企业开办重复交材料" in browser.post("/amending/1", 409, title="又一个", reason="错", version=version[1]), "others were faster"
    office.browser("scjgj").post("/amending/1", 403, title="x", reason="y")
    office.browser("fgw").post("/amending/1", 404, title="x", reason="y")


def test_tickets_are_linked_and_that_is_taken_back(office: Office) -> None:
    browser = office.browser("office")
    assert browser.post("/amending/2/link", relation="duplicate-of", other="1").startswith("/tickets/ZG-2020-0002")
    assert office.zg.json("show", "2")["links"] == [{"relation": "duplicate-of", "number": "ZG-2020-0001"}]
    assert 'value="999"' in browser.post("/amending/2/link", 404, other="999"), "what was typed is kept"
    browser.post("/amending/2/unlink", reason="不是一回事")
    assert office.zg.json("show", "2")["links"] == []


def test_what_a_ledger_says_otherwise_is_taken_over_by_a_form_that_is_filled_in(office: Office) -> None:
    browser = office.browser("office")

    def entered(*rows: Row) -> None:
        here = browser.post("/imports", files=[("台账.csv", csv(*rows))], kind="ledger", source="superior").partition("?")[0]
        browser.post(here, 200, kind="ledger", source="superior")

    entered(row("1", "办电慢", due="2030-11-30"))
    [number] = [ticket["number"] for ticket in office.zg.lines("list", "--all") if ticket["title"] == "办电慢"]
    entered(row(number, "办电很慢", due="2030-11-30"))
    page = browser.get(f"/tickets/{number}")
    link = re.search(r'href="(/amending/[^"]+)">照此更正', page)
    assert link is not None and "zg amend" not in page
    form = browser.get(unescape(link[1]))
    assert 'name="title" type="text" value="办电很慢"' in form
    browser.post(f"/amending/{number}", title="办电很慢", reason="按台账更正")
    assert office.zg.json("show", number)["title"] == "办电很慢" and "照此更正" not in browser.get(f"/tickets/{number}")
