"""Complaints and reviews that a program brings: each once, each with what became of it; and what goes back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.web.application import application
from engine.web.routes import ROWS
from engine.web.rule import OPENS, READS, READS_FEEDBACK, SEEN, WATCHES
from tests.web.conftest import ORIGIN, Office

PATH = "/api/v1/feedback/省平台"
BAD = {
    "ref": "R1", "version": 1, "at": "2020-09-24T10:00", "rating": 1, "unit": "市市场监管局", "item": "开办", "text": "跑了三趟",
    "name": "张三",
}


def sent(office: Office, account: str, body: Any, status: int) -> Any:
    browser = office.browser(account)
    answer = browser.client.post(PATH, json=body, headers=browser.heads)
    assert answer.status_code == status, answer.text[:500]
    return answer.json()


def test_a_message_counts_once_and_a_faulty_one_holds_back_no_other(office: Office) -> None:
    wrong = {"ref": "R2", "version": 1, "at": "never", "rating": 9}
    first, second = sent(office, "office", {"messages": [BAD, wrong]}, 207)["results"]
    assert (first["ref"], first["action"], first["faults"]) == ("R1", "opened", []) and first["ticket"].startswith("ZG-2020-")
    assert second["action"] is None and second["faults"] and all(fault["message"] for fault in second["faults"])
    [again] = sent(office, "office", {"messages": [BAD]}, 200)["results"]
    assert again["action"] == "same" and again["ticket"] == first["ticket"]
    [changed] = sent(office, "office", {"messages": [BAD | {"text": "别的话"}]}, 207)["results"]
    assert changed["faults"][0]["code"] == "feedback-differs"
    assert len(office.zg.lines("feedback", "list")) == 1


@pytest.mark.parametrize("body", [{}, {"messages": {}}, {"messages": [1]}, {"messages": [{"ref": {}}]}, {"messages": [BAD], "more": 1}])
def test_what_is_no_list_of_messages_is_refused_whole(office: Office, body: Any) -> None:
    assert sent(office, "office", body, 400)["code"] in ("bad-messages", "bad-json", "bad-json-value")


def test_no_message_and_too_many_are_refused(office: Office) -> None:
    sent(office, "office", {"messages": []}, 422)
    sent(office, "office", {"messages": [{}] * 201}, 422)


def test_only_who_enters_what_platforms_send_may(office: Office) -> None:
    for account in ("scjgj", "leader", "auditor"):
        sent(office, account, {"messages": [BAD]}, 403)


def test_a_platform_s_program_brings_its_own_and_reads_nothing(office: Office) -> None:
    office.zg("user", "add", "hotline", "--role", "intake", "--title", "12345热线")
    assert office.zg.error("user", "token", "hotline", "--scope", "act", code=5)["code"] == "token-brings-only"
    token = office.zg.json("user", "token", "hotline")
    assert token["scope"] == "intake"
    client, heads = office.browser().client, {"authorization": f"Bearer {token['token']}"}

    def brought(source: str, *messages: dict[str, Any]) -> Any:
        return client.post(f"/api/v1/feedback/{source}", json={"messages": messages}, headers=heads)

    first, second = brought("hotline", BAD, BAD | {"ref": "R2", "text": "又跑了一趟"}).json()["results"]
    assert (first["action"], second["action"]) == ("opened", "added") and first["ticket"] == second["ticket"]
    assert brought("hotline", BAD | {"version": 2, "text": "还没办好"}).json()["results"][0]["action"] == "updated"
    assert brought("省平台", BAD).status_code == 403
    assert "又跑了一趟" in office.zg("--as", "scjgj", "log", first["ticket"]).output, "its unit is told"
    office.zg("audit", "verify")


def test_a_program_that_signs_in_as_a_person_reads_nothing_either(office: Office) -> None:
    office.zg("user", "add", "hotline", "--role", "intake", "--title", "12345热线")
    browser = office.browser("hotline")
    for row in ROWS:
        if row.method == "GET" and row.rule in (SEEN, WATCHES, OPENS, READS, READS_FEEDBACK):
            path = re.sub(r"{\w+}", "ZG-2020-0001", row.path)
            assert browser.client.get(path, headers=browser.heads, follow_redirects=False).status_code in (403, 404, 422), path
    assert office.zg.error("--as", "hotline", "open", "题", "--source", "complaint", code=4)["code"] == "refused"
    for command in ("list", "count", "plan", "unit list", "user list", "notices", "feedback list", "show 1"):
        assert office.zg("--as", "hotline", *command.split(), code=None).exit_code in (3, 4), command


def test_a_sender_is_told_the_outcomes_of_its_own(office: Office) -> None:
    taken = sent(office, "office", {"messages": [BAD, *(BAD | {"ref": f"R{no}", "item": f"事项{no}"} for no in (2, 3))]}, 200)["results"]
    for item in taken:
        office.zg("--as", "scjgj", "do", "call-back", item["ticket"], "--set", "note=已电话回访")
    office.zg("sweep")
    browser = office.browser("office")
    lines = office.zg.lines("feedback", "outcomes", "--source", "省平台")
    told = browser.client.get(f"{PATH}/outcomes", headers=browser.heads).json()
    assert told == {"outcomes": lines, "next": None} and len(lines) == 3
    first = browser.client.get(f"{PATH}/outcomes?limit=2", headers=browser.heads).json()
    second = browser.client.get(f"{PATH}/outcomes?limit=2&after={first['next']}", headers=browser.heads).json()
    assert (first["outcomes"], second) == (lines[:2], {"outcomes": lines[2:], "next": None})
    for wrong in ("limit=0", "after=-1", "after=x", "limit=1e3"):
        assert browser.client.get(f"{PATH}/outcomes?{wrong}", headers=browser.heads).status_code == 422
    assert office.browser("scjgj").client.get(f"{PATH}/outcomes").status_code == 403


def test_a_monitoring_point_brings_what_it_found_signed_or_not_as_its_office_says(office: Office) -> None:
    office.zg("user", "add", "hall", "--role", "intake", "--title", "政务大厅监测点")
    heads = {"authorization": f"Bearer {office.zg.json('user', 'token', 'hall')['token']}"}
    found = {"ref": "J-7", "title": "叫号机停用", "unit": "市市场监管局", "phone": "13800000000"}

    def brought(status: int, source: str, *messages: dict[str, Any]) -> Any:
        answer = office.stranger.client.post(f"/api/v1/monitoring/{source}", json={"messages": messages}, headers=heads)
        assert answer.status_code == status, answer.text[:500]
        return answer.json()

    first, second, wrong = brought(207, "hall", found, found, {"ref": "J-8", "title": "x", "unit": "没有这个单位"})["results"]
    assert (first["action"], second["action"], first["ticket"]) == ("opened", "same", second["ticket"])
    assert wrong["action"] is None and wrong["faults"][0]["code"] == "unit-not-found"
    assert brought(207, "hall", found | {"title": "另一件事"})["results"][0]["faults"][0]["code"] == "key-taken"
    brought(403, "hotline", found)
    assert office.zg.json("show", first["ticket"])["source"] == "monitor"
    office.zg("audit", "verify")
    signed = replace(office.settings, senders={"hall": {"secret_env": "HALL"}})
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HALL", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        client = TestClient(application(signed), base_url=ORIGIN)
        unsigned = client.post("/api/v1/monitoring/hall", json={"messages": [found]}, headers=heads)
    assert unsigned.status_code == 401 and unsigned.json()["code"] == "signature-missing"
