"""Tickets by the API: listed, looked at, opened, acted on one by one and together; what is refused, and why."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response as Answer

from tests.web.conftest import Office

V1 = "/api/v1"
ONE = f"{V1}/tickets/ZG-2020-0001"
PDF = b"%PDF-1.7 proof"
Ask = Callable[..., Answer]


@pytest.fixture
def program(office: Office) -> Callable[..., Ask]:
    """A program with a token of an account: what it asks, and the answer."""

    def of(account: str, *options: str) -> Ask:
        token = office.zg.json("user", "token", account, *(options or ("--scope", "act")))["token"]
        heads = {"authorization": f"Bearer {token}", "accept-language": "zh-CN"}

        def ask(method: str, path: str, status: int = 200, more: dict[str, str] | None = None, **options: Any) -> Answer:
            answer = office.stranger.client.request(method, path, headers=heads | (more or {}), follow_redirects=False, **options)
            assert answer.status_code == status, (path, answer.status_code, answer.text[:600])
            return answer

        return ask

    return of


def test_a_list_is_what_the_command_line_lists_a_page_at_a_time(program: Callable[..., Ask], office: Office) -> None:
    ask = program("office", "--scope", "read")
    assert ask("GET", f"{V1}/tickets").json() == {"tickets": office.zg.lines("list"), "next": None}
    first = ask("GET", f"{V1}/tickets?limit=2&sort=number").json()
    then = ask("GET", f"{V1}/tickets", params={"limit": 2, "sort": "number", "after": first["next"]}).json()
    assert [item["number"][-1] for item in first["tickets"] + then["tickets"]] == ["1", "2", "3"] and then["next"] is None
    found = ask("GET", f"{V1}/tickets?light=red&light=green&source=visit&unit=市市场监管局&mine=false").json()["tickets"]
    assert [item["number"] for item in found] == ["ZG-2020-0001"]
    assert program("gaj", "--scope", "read")("GET", f"{V1}/tickets").json()["tickets"][0]["number"] == "ZG-2020-0003"


@pytest.mark.parametrize("query", [
    "colour=red", "light=pink", "limit=0", "limit=x", "text=a%00b", "mine=perhaps", "opened=never", "after=%00", "sort=x", "source=",
])
def test_a_list_that_cannot_be_understood_is_refused_in_the_language_that_is_asked_for(program: Callable[..., Ask], query: str) -> None:
    ask = program("office", "--scope", "read")
    chinese = ask("GET", f"{V1}/tickets?{query}", 422)
    english = ask("GET", f"{V1}/tickets?{query}", 422, {"accept-language": "en"}).json()
    assert chinese.headers["content-type"] == "application/problem+json"
    assert chinese.json()["code"] == english["code"] and chinese.json()["title"] != english["title"]
    assert re.search("[a-z]", english["title"]) and not re.search("[一-鿿]", english["title"])


def test_a_ticket_is_what_the_command_line_shows_also_as_it_was(program: Callable[..., Ask], office: Office) -> None:
    ask = program("scjgj", "--scope", "read")
    for path, words in ((ONE, ("show", "1")), (f"{ONE}/can", ("can", "1")), (f"{ONE}/why", ("why", "1")),
                        (f"{ONE}?at=2020-09-25T09:00", ("show", "1", "--at", "2020-09-25T09:00"))):
        assert ask("GET", path).json() == office.zg.json("--as", "scjgj", *words)
    assert ask("GET", f"{ONE}/log").json() == {"number": "ZG-2020-0001", "events": office.zg.lines("--as", "scjgj", "log", "1")}
    for path in ("", "/can", "/why", "/log"):
        foreign, absent = (ask("GET", f"{V1}/tickets/ZG-2020-{no}{path}", 404).json() for no in ("0003", "0999"))
        assert str(foreign).replace("0003", "0999") == str(absent)
    ask("GET", f"{ONE}?when=now", 422)


def test_what_is_known_already_is_not_sent_again_and_a_demanded_version_is_held_to(program: Callable[..., Ask], office: Office) -> None:
    ask = program("scjgj")
    tag = ask("GET", ONE).headers["etag"]
    assert tag.startswith('"2.') and ask("GET", ONE, 304, {"if-none-match": tag}).content == b""
    office.zg("comment", "1", "--note", "先等一等", "--to-unit")
    assert ask("GET", ONE, more={"if-none-match": tag}).headers["etag"].startswith('"3.')
    problem = ask("POST", f"{ONE}/accept", 412, {"if-match": tag}, json={}).json()
    assert problem["status"] == 412 and problem["code"] == "conflict" and [event["seq"] for event in problem["events"]] == [3]
    assert "先等一等" in str(problem["events"])
    ask("POST", f"{ONE}/accept", 422, {"if-match": "yesterday's"}, json={})
    done = ask("POST", f"{ONE}/accept", more={"if-match": '"3"'}, json={})
    assert done.json()["ticket"]["state"] == "rectifying" and done.headers["etag"].startswith('"4.')


def test_a_department_submits_with_evidence_and_the_office_takes_it_out_and_verifies(program: Callable[..., Ask], office: Office) -> None:
    department, supervisor = program("scjgj"), program("office")
    event = department("POST", f"{ONE}/accept", json={"note": "收到"}).json()["events"][-1]
    assert event["data"]["trigger"] == "accept" and event["via"].startswith("api:")
    sent = department("POST", f"{ONE}/submit", data={"note": "已改"}, files=[("file", ("记录.pdf", PDF))]).json()
    digest = hashlib.sha256(PDF).hexdigest()
    assert sent["events"][-1]["data"]["evidence"][0]["sha256"] == digest
    taken = supervisor("GET", f"{ONE}/files/{digest}")
    assert taken.content == PDF and taken.headers["content-type"] == "application/octet-stream"
    supervisor("GET", f"{ONE}/files/{'0' * 64}", 404)
    version = sent["ticket"]["version"]
    supervisor("POST", f"{ONE}/verify", 409, json={"note": "晚了一步", "version": version - 1})
    closed = supervisor("POST", f"{ONE}/verify", json={"note": "现场核验通过", "version": version}).json()["ticket"]
    assert closed["closed_as"] == "verified"
    assert office.zg("audit", "verify").exit_code == 0


def test_a_refusal_names_every_reason_and_what_is_needed(program: Callable[..., Ask]) -> None:
    problem = program("office")("POST", f"{V1}/tickets/2/assign", 422, json={}).json()
    assert problem["code"] == "refused" and problem["needs"] == ["lead"] and problem["reasons"][0]["message"]
    foreign = program("gaj")("POST", f"{V1}/tickets/3/verify", 403, json={"note": "x"}).json()
    assert foreign["status"] == 403 and foreign["reasons"]
    program("scjgj")("POST", f"{V1}/tickets/3/accept", 404, json={})
    program("office")("POST", f"{ONE}/dance", 404, json={})
    program("scjgj", "--scope", "read")("POST", f"{ONE}/accept", 403, json={})


@pytest.mark.parametrize("body", [
    b"", b"[]", b'"x"', b"{", b'{"note": {}}', b'{"note": 1.5}', b"\xff", b'{"note": [[["x"]]]}', b"[" * 100_000,
])
def test_what_is_no_object_of_texts_is_refused(program: Callable[..., Ask], body: bytes) -> None:
    ask = program("scjgj")
    answer = ask("POST", f"{ONE}/comment", 400, {"content-type": "application/json"}, content=body)
    assert answer.json()["code"] in ("bad-json", "bad-json-value", "bad-form")


@pytest.mark.parametrize(("body", "field"), [
    (b'{"note": 1.5}', "note"), (b'{"note": "x", "basis": {"a": []}}', "basis"), (b'{"with": ["a", ["b"]]}', "with"),
])
def test_a_value_of_another_type_is_named(program: Callable[..., Ask], body: bytes, field: str) -> None:
    problem = program("scjgj")("POST", f"{ONE}/comment", 400, {"content-type": "application/json"}, content=body).json()
    assert problem["code"] == "bad-json-value" and f"“{field}" in problem["title"]


def test_a_program_is_told_in_words_what_it_overtook_and_never_of_menus(program: Callable[..., Ask], office: Office) -> None:
    ask = program("office")
    ahead = ask("POST", f"{ONE}/comment", 412, {"if-match": '"9"'}, json={"note": "x"}).json()
    assert ahead["title"] == "ZG-2020-0001 还没有第 9 版，现在是第 2 版。" and ahead["code"] == "version-ahead", ahead
    opened = ask("POST", f"{V1}/tickets", 201, json={"title": "窗口排队", "source": "visit"}).json()["ticket"]["number"]
    office.zg("amend", opened, "--detail", "另有一句", "--reason", "补充")
    past = ask("POST", f"{V1}/tickets/{opened}/withdraw", 412, {"if-match": '"1"'}, json={"reason": "x"}).json()
    assert "更正" in past["detail"] and not re.search("“[a-z]+”", past["detail"]), past["detail"]
    for missing in (ask("GET", f"{V1}/nothing", 404).json(), ask("DELETE", ONE, 405).json()):
        assert "接口文档" in missing["hint"] and "菜单" not in str(missing) and "按钮" not in str(missing)


def test_what_a_new_ticket_lacks_is_among_its_needs(program: Callable[..., Ask]) -> None:
    problem = program("office")("POST", f"{V1}/tickets", 422, json={"workflow": "rectification"}).json()
    assert problem["needs"] == ["title", "source"] and "“”" not in str(problem) and "visit" in str(problem["reasons"])


@pytest.mark.parametrize("wanted", [
    {"source": "visit\0"}, {"source": "visit", "grade": "x\0"}, {"source": "visit", "with": ["SCJGJ\0"]}, {"a\0": "x"},
])
def test_a_text_that_no_database_keeps_is_refused_wherever_it_stands(program: Callable[..., Ask], wanted: dict[str, object]) -> None:
    problem = program("office")("POST", f"{V1}/tickets", 422, json={"title": "窗口"} | wanted).json()
    assert problem["code"] == "usage-text-unreadable"


def test_the_office_opens_a_ticket_once_by_its_key(program: Callable[..., Ask], office: Office) -> None:
    ask = program("office")
    wanted = {"title": "窗口排队超过一小时", "source": "visit", "lead": "市税务局", "with": ["市公安局"]}
    wanted |= {"key": "hall-7", "complainant": "李四"}
    first = ask("POST", f"{V1}/tickets", 201, json=wanted)
    assert first.headers["location"] == f"{V1}/tickets/ZG-2020-0004" and first.json()["ticket"]["cooperators"]
    again = ask("POST", f"{V1}/tickets", 200, json=wanted).json()
    assert again["ticket"]["number"] == "ZG-2020-0004" and again["events"] == []
    assert ask("POST", f"{V1}/tickets", 409, json=wanted | {"title": "另一件事"}).json()["code"] == "key-taken"
    ask("POST", f"{V1}/tickets", 422, json={"title": "没有来源"})
    ask("POST", f"{V1}/tickets", 422, json=wanted | {"colour": "red"})
    ask("POST", f"{V1}/tickets", 404, json=wanted | {"lead": "没有这个单位", "key": "x"})
    program("scjgj")("POST", f"{V1}/tickets", 403, json=wanted)
    assert office.zg.json("show", "4")["secret"] == {"complainant": "李四"}


def test_one_act_on_several_tickets_says_of_each_what_became_of_it(program: Callable[..., Ask], office: Office) -> None:
    ask = program("office")
    numbers = ["1", "999", "3", "1", "ZG-2020-0001", "0001"]
    view = ask("POST", f"{V1}/acts", 207, json={"trigger": "comment", "numbers": numbers, "note": "请抓紧"}).json()
    assert [(item["number"], item["status"]) for item in view["results"]] == [("1", 200), ("999", 404), ("3", 200)]
    assert view["results"][1]["problem"]["code"] == "ticket-not-found" and view["results"][0]["done"]["ticket"]["number"] == "ZG-2020-0001"
    ask("POST", f"{V1}/acts", 200, json={"trigger": "comment", "numbers": ["1", "3"], "note": "请抓紧"})
    for wrong in ({}, {"trigger": "comment"}, {"trigger": "comment", "numbers": [str(no) for no in range(1, 60)]}):
        ask("POST", f"{V1}/acts", 422, json=wrong)
    assert "请抓紧" in office.zg("log", "3").stdout


def test_one_act_on_several_tickets_brings_the_same_files_to_each(program: Callable[..., Ask], office: Office) -> None:
    ask = program("office")

    def sent(status: int, **texts: str | list[str]) -> Any:
        return ask("POST", f"{V1}/acts", status, data={"trigger": "comment", **texts}, files=[("file", ("记录.pdf", PDF))]).json()

    each = json.dumps({"3": {"note": "另有一句"}})
    assert [item["status"] for item in sent(200, numbers=["1"], each=each, note="见附件", dry_run="true")["results"]] == [200, 200]
    assert "evidence" not in str(office.zg.lines("log", "1")[-1])
    results = sent(207, numbers=["1", "999"], each=each, note="见附件")["results"]
    assert [item["status"] for item in results] == [200, 404, 200]
    for number, note in (("1", "见附件"), ("3", "另有一句")):
        event = office.zg.lines("log", number)[-1]
        assert (event["data"]["evidence"][0]["sha256"], event["words"]["note"]) == (hashlib.sha256(PDF).hexdigest(), note)
    for wrong in ("{", '{"1": 3}', "[]", '{"1": {"note": {}}}'):
        assert sent(400, each=wrong)["code"] in ("bad-json", "bad-json-value")


def test_a_browser_may_ask_too_and_a_foreign_page_may_not_act_through_it(office: Office) -> None:
    browser = office.browser("scjgj")
    assert browser.client.get(ONE, headers=browser.heads).json()["number"] == "ZG-2020-0001"
    for heads in ({"sec-fetch-site": "cross-site"}, {"origin": "null"}, {}):
        assert browser.client.post(f"{ONE}/accept", json={}, headers=heads).status_code == 403
    assert browser.client.post(f"{ONE}/accept", json={}, headers=browser.heads).status_code == 200


def test_a_stranger_learns_nothing_but_that_a_token_is_asked_for(office: Office) -> None:
    answer = office.stranger.client.get(ONE)
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer" and answer.json()["code"] == "sign-in-first"
    assert office.stranger.client.get(f"{V1}/openapi.json").status_code == 401
    assert office.stranger.client.get(f"{V1}/nothing").json()["status"] == 404
    refused = office.stranger.client.put(ONE)
    assert refused.status_code == 405 and refused.headers["allow"] == "GET" and refused.json()["code"] == "method-not-taken"
