"""代录: what a unit did on paper is typed in by the office, with the date of its sheet, by the page and by the API."""

from __future__ import annotations

import re

from tests.web.conftest import Office, shown

PDF = b"%PDF-1.7 signed and sealed"


def test_the_office_types_in_what_a_unit_did_on_paper(office: Office) -> None:
    office.zg("clock", "set", "2020-09-28T15:00")
    browser = office.browser("office")
    links = set(re.findall(r"/entries/ZG-2020-0001/([\w-]+)", browser.get("/tickets/1")))
    assert {"accept", "decline"} <= links and not {"verify", "comment"} & links
    assert "市市场监管局" in shown(browser.get("/entries/1/accept"))
    again = browser.post("/entries/1/accept", 422, basis="收文〔2020〕18号", on="2020-09-30")
    assert "还没有到" in shown(again) and "收文〔2020〕18号" in again
    done = browser.post("/entries/1/accept", files=[("回执.pdf", PDF)], basis="收文〔2020〕18号", on="2020-09-26")
    assert done.startswith("/tickets/ZG-2020-0001?done=")
    assert "补录：市市场监管局的纸质件，实际办理时间 2020-09-26" in shown(browser.get(done.partition("#")[0]))
    last = office.zg.lines("log", "1")[-1]
    assert (last["actor"], last["data"]["for_unit"], last["to"]) == ("office", "SCJGJ", "rectifying")
    browser.get("/entries/1/accept", 404)


def test_a_program_says_whose_sheet_it_is_and_when_it_was_signed(office: Office) -> None:
    office.zg("clock", "set", "2020-09-28T15:00")
    browser = office.browser("office")
    assert "市公安局" in shown(browser.get("/entries/3/sign-off"))
    sent = {"on": "2020-09-27", "basis": "收文19号", "for": "市公安局"}
    path = "/api/v1/tickets/3/sign-off/entry"
    assert browser.client.post(path, json={**sent, "on": ""}, headers=browser.heads).status_code == 422
    assert [office.browser(seat).client.post(path, json=sent, headers=browser.heads).status_code for seat in ("gaj", "scjgj")] == [403, 404]
    answer = browser.client.post(path, json=sent, headers=browser.heads)
    assert answer.status_code == 200 and answer.json()["events"][0]["data"]["for_unit"] == "GAJ", answer.text
