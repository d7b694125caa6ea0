"""Rounds, visits, batches and corrections by the API: the same acts and the same views as on the command line."""

from __future__ import annotations

from tests.web.conftest import Ask, Office


def test_a_ticket_is_amended_at_the_version_that_was_looked_at(ask: Ask, office: Office) -> None:
    version = office.zg.json("show", "1")["version"]
    body = {"reason": "写错了", "title": "改过的标题", "grade": "B"}
    assert ask("office", "POST", "/tickets/1/amend", 412, json=body, more={"if-match": f'"{version - 1}"'}).json()["events"]
    done = ask("office", "POST", "/tickets/1/amend", json=body, more={"if-match": f'"{version}"'}).json()
    assert done["ticket"]["title"] == "改过的标题" and done["ticket"]["grade"] == "B" and done["events"][0]["kind"] == "amended"
    ask("office", "POST", "/tickets/1/amend", 422, json={"title": "没有理由"})
    ask("office", "POST", "/tickets/1/amend", 422, json=body | {"colour": "red"})
    ask("scjgj", "POST", "/tickets/1/amend", 403, json=body)
    ask("fgw", "POST", "/tickets/1/amend", 404, json=body)


def test_tickets_are_linked_and_parted_again(ask: Ask, office: Office) -> None:
    ask("office", "POST", "/tickets/2/link", 422, json={})
    ask("office", "POST", "/tickets/2/link", 422, json={"duplicate_of": "1", "repeats": "1"})
    ask("office", "POST", "/tickets/2/link", json={"repeats": "1"})
    assert "ZG-2020-0001" in str(office.zg.json("show", "2")["links"])
    ask("office", "POST", "/tickets/2/unlink", json={"repeats": "1", "reason": "不是同一问题"})
    assert "ZG-2020-0001" not in str(office.zg.json("show", "2")["links"])
    ask("office", "POST", "/tickets/2/link", json={"duplicate_of": "1"})
    ask("office", "POST", "/tickets/2/unlink", json={"reason": "看错了"})
    ask("fgw", "POST", "/tickets/1/link", 404, json={"repeats": "2"})


def test_a_batch_is_received_looked_at_and_closed(ask: Ask, office: Office) -> None:
    letter = {"title": "省督查反馈问题", "letter": "豫督〔2020〕3号", "date": "2020-09-18", "sender": "省政府督查室"}
    made = ask("office", "POST", "/batches", 201, json=letter).json()
    shown = ask("leader", "GET", f"/batches/{made['number']}").json()
    assert made | {"members": []} == office.zg.json("batch", "show", made["number"]) == shown
    assert ask("office", "GET", "/batches").json() == {"batches": [made], "more": False}
    ask("scjgj", "GET", "/batches", 403)
    ask("scjgj", "POST", "/batches", 403, json=letter)
    ask("office", "GET", "/batches/B-2020-0009", 404)
    assert ask("office", "POST", f"/batches/{made['number']}/close", json={}).json()["closed_by"] == "office"
    assert ask("office", "GET", "/batches").json()["batches"] == []
    assert len(ask("office", "GET", "/batches?every=1").json()["batches"]) == 1


def test_a_visit_begins_finds_something_and_is_consented_to(ask: Ask, office: Office) -> None:
    ask("office", "POST", "/visits", 422, json={"place": "市政务服务大厅"})
    made = ask("office", "POST", "/visits", 201, json={"on": "2020-09-24", "place": "市政务服务大厅"}).json()
    number = made["number"]
    assert office.zg.json("visit", "show", number) == ask("leader", "GET", f"/visits/{number}").json()
    found = ask(
        "office", "POST", f"/visits/{number}/findings", 201, data={"title": "窗口无人", "unit": "市税务局"},
        files={"file": ("窗口.pdf", b"%PDF-1.7 x")},
    ).json()
    assert found["ticket"]["visit"] == number and office.zg.json("show", found["ticket"]["number"])["files"]
    ask("scjgj", "POST", f"/visits/{number}/findings", 403, json={"title": "x"})
    ask("office", "POST", f"/visits/{number}/consent", 403, json={})
    assert ask("leader", "POST", f"/visits/{number}/consent", json={}).json()["number"] == number
    ask("office", "POST", f"/visits/{number}/recheck", 422, json={"ticket": "1", "rating": 7})
    assert ask("office", "GET", "/visits").json()["visits"][0]["number"] == number
    ask("office", "POST", f"/visits/{number}/close", 422, json={})


def test_a_round_begins_is_objected_to_closed_and_taken_back(ask: Ask, office: Office) -> None:
    made = ask("office", "POST", "/rounds", 201, json={"scheme": "国评", "on": "2020-09-24"}).json()
    number = made["round"]
    assert made == office.zg.json("evaluate", "list") and ask("leader", "GET", f"/rounds/{number}").json()["round"] == made
    assert ask("office", "GET", "/rounds").json()["rounds"] == [made]
    ask("scjgj", "GET", "/rounds", 403)
    ask("scjgj", "POST", "/rounds", 403, json={"scheme": "国评"})
    refused = ask("office", "POST", f"/rounds/{number}/object", 422, json={"unit": "无此县", "target": "x", "reason": "y"}).json()
    assert refused["needs"] == ["file"]
    ask("office", "POST", f"/rounds/{number}/decide", 422, json={"unit": "无此县", "target": "x", "accept": True, "reason": "y"})
    assert ask("office", "GET", "/board").json() == office.zg.json("evaluate", "board")
    would = ask("office", "POST", f"/rounds/{number}/undo", json={"reason": "建错了", "dry_run": True}).json()
    assert would["dry_run"] and ask("office", "GET", f"/rounds/{number}").json()["round"]["undone_at"] is None
    assert ask("office", "POST", f"/rounds/{number}/close", json={}).json()["closed_by"] == "office"
    ask("office", "POST", f"/rounds/{number}/undo", json={"reason": "建错了"})
    assert ask("office", "GET", f"/rounds/{number}").json()["round"]["undone_at"] is not None
