"""Administration, imports, files of the ledger, kept filters and acts on many by the API: what pages do, by the same calls."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from engine.app import shipped
from tests.web.conftest import V1, Ask, Office


def test_a_unit_is_made_renamed_and_read(ask: Ask, office: Office) -> None:
    unit = {"code": "XQJ", "name": "新区局", "kind": "department", "relation": "subordinate"}
    made = ask("admin", "POST", "/units", 201, json=unit).json()
    assert made["names"][0]["name"] == "新区局" and made["people"] == []
    body = {"name": "新区管理局", "on": "2020-09-25", "basis": "平编〔2020〕1号"}
    ask("admin", "POST", "/units/XQJ/rename", json=body)
    assert "XQJ" in {unit["code"] for unit in ask("scjgj", "GET", "/units").json()["units"]}
    assert ask("scjgj", "GET", "/units?ended=1").json()["units"] == []
    assert [item["name"] for item in ask("scjgj", "GET", "/units/SCJGJ").json()["people"]] == ["scjgj", "scjgj-head"]
    ask("scjgj", "POST", "/units", 403, json=body)
    ask("admin", "POST", "/units", 422, json={"name": "没有代码"})
    ask("admin", "POST", "/units/XQJ/rename", 422, json={"name": "x"})


def test_an_account_is_made_invited_stood_in_for_suspended_and_used_again(ask: Ask, office: Office) -> None:
    made = ask("admin", "POST", "/accounts", 201, json={"name": "xin", "title": "新人", "role": "supervisor"}).json()
    assert made["active"] and made["tokens"] == [] and office.zg.json("user", "show", "xin")["name"] == "xin"
    link = ask("admin", "POST", "/accounts/xin/invite", json={}, more={"idempotency-key": "once"}).json()["link"]
    assert "新人" in office.stranger.get(link.removeprefix("http://testserver"))
    again = ask("admin", "POST", "/accounts/xin/invite", 409, json={}, more={"idempotency-key": "once"})
    assert "invite/" not in again.text, "what opens an account is not kept for whoever asks again"
    ask("admin", "POST", "/accounts/scjgj/stand-in", 422, json={"by": "scjgj-head"})
    standing = ask("admin", "POST", "/accounts/scjgj/stand-in", json={"by": "scjgj-head", "until": "2020-10-31"}).json()
    assert standing["stand_ins"][0]["by"] == "scjgj-head"
    assert not ask("admin", "POST", "/accounts/scjgj/stand-in", json={"by": "scjgj-head", "end": True}).json()["stand_ins"]
    assert not ask("admin", "POST", "/accounts/scjgj/suspend", json={"reason": "调离"}).json()["active"]
    assert ask("admin", "POST", "/accounts/scjgj/enable", json={}).json()["active"]
    assert {item["name"] for item in ask("admin", "GET", "/accounts").json()["accounts"]} >= {"xin", "scjgj"}
    ask("scjgj", "GET", "/accounts", 403)
    ask("scjgj", "POST", "/accounts/scjgj/invite", 403, json={})
    ask("admin", "GET", "/accounts/nobody", 404)


def test_a_token_is_made_works_and_is_revoked(ask: Ask, office: Office) -> None:
    made = ask("admin", "POST", "/accounts/scjgj/tokens", 201, json={"called": "办公系统", "scope": "read"}).json()
    bearer = {"authorization": f"Bearer {made['token']}"}
    assert office.stranger.client.get(f"{V1}/me", headers=bearer).json()["account"] == "scjgj"
    shown = ask("admin", "GET", "/accounts/scjgj").json()["tokens"]
    assert [item["id"] for item in shown] == [made["id"]] and made["token"] not in str(shown)
    assert ask("admin", "POST", "/accounts/scjgj/tokens/revoke", json={"id": made["id"]}).json()["tokens"][0]["revoked_at"]
    assert office.stranger.client.get(f"{V1}/me", headers=bearer).status_code == 401
    ask("admin", "POST", "/accounts/scjgj/tokens", 400, json={"called": 7})


def test_a_token_makes_no_other_key_to_its_own_account(ask: Ask, office: Office) -> None:
    stolen = ask("admin", "POST", "/accounts/admin/tokens", 201, json={"called": "办公系统", "scope": "act"}).json()
    program = office.stranger.client
    for way in ("invite", "tokens"):
        answer = program.post(f"{V1}/accounts/admin/{way}", headers={"authorization": f"Bearer {stolen['token']}"}, json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "account-by-token"), answer.text
    assert [item["id"] for item in ask("admin", "GET", "/accounts/admin").json()["tokens"]] == [stolen["id"]]


def test_a_workflow_is_sent_in_looked_at_and_put_in_force(ask: Ask, office: Office) -> None:
    path = next(path for path in shipped.workflow_files() if path.stem == "rectification")
    text = path.read_text(encoding="utf-8")
    title = text.index("zh: ", text.index("title:"))
    changed = f"{text[:title]}zh: 新的{text[title + 4:]}".encode()
    token = ask("admin", "POST", "/workflows", 201, files={"file": ("新.yaml", changed)}).json()["upload"]
    looked = ask("admin", "GET", f"/workflows/sent/{token}").json()
    assert looked["before"]["name"] == "rectification" and looked["differences"] and not looked["faults"]
    loaded = ask("admin", "POST", f"/workflows/sent/{token}", json={}).json()
    assert loaded["changed"] and ask("scjgj", "GET", "/workflows/rectification").json()["hash"] == loaded["hash"]
    bad = ask("admin", "POST", "/workflows", 201, files={"file": ("坏.yaml", b"name: [")}).json()["upload"]
    assert ask("admin", "GET", f"/workflows/sent/{bad}").json()["faults"]
    ask("admin", "POST", f"/workflows/sent/{bad}", 422, json={})
    ask("admin", "POST", "/workflows", 422, files={"file": ("新.yaml", changed)}, data={"force": "1"})
    ask("scjgj", "POST", "/workflows", 403, files={"file": ("新.yaml", changed)})
    ask("office", "GET", f"/workflows/sent/{token}", 404)


def test_a_ledger_is_sent_in_asked_about_and_entered_once(ask: Ask, office: Office) -> None:
    sheet = "序号,问题,来源部门,备注\n1,大厅窗口无人值守,市税务局,x\n2,办事指南缺失,市公安局,y\n".encode()
    token = ask("office", "POST", "/imports", 201, files={"file": ("台账.csv", sheet)}).json()["upload"]
    wish = {"source": "visit", "map": {"来源部门": "lead", "问题": "title"}}
    looked = ask("office", "POST", f"/imports/{token}/preview", json=wish).json()
    assert looked["dry_run"] and looked["ledger"]["columns"]["来源部门"] == "lead" and len(looked["ledger"]["rows"]) == 2
    assert "大厅窗口无人值守" not in office.zg("list", "--all").stdout
    answers = {item["key"]: item["choices"][0] for item in looked["ledger"]["questions"] if item["choices"]}
    entered = ask("office", "POST", f"/imports/{token}", json=wish | {"answers": answers}).json()
    assert entered["ledger"]["written"] == 2, entered
    assert ask("office", "POST", f"/imports/{token}/annotated", json=wish).content.startswith(b"PK")
    ask("office", "POST", f"/imports/{token}/preview", 422, json={"kind": "fable"})
    ask("office", "POST", f"/imports/{token}/preview", 422, json={"map": {"问题": "fable"}})
    ask("admin", "POST", f"/imports/{token}/preview", 403, json=wish)
    ask("office", "POST", "/imports", 422, files={"x": (None, "y")})


def test_of_results_it_is_said_whom_a_name_means_that_is_like_a_known_one(ask: Ask, office: Office) -> None:
    """A name that is like a known one is nobody's until somebody says so; said to be new it is a subject of its own."""
    for number, meant, known in ((1, "宝丰县人民政府", ["BFX"]), (2, "new", ["宝丰线"])):
        ask("office", "POST", "/rounds", 201, json={"scheme": f"自评{number}", "on": "2020-09-20", "targets": ["3.5-1"]})
        sheet = "指标,对象,数值\n3.5-1,宝丰线,1\n".encode()
        token = ask("office", "POST", "/imports", 201, files={"file": ("r.csv", sheet)}).json()["upload"]
        wish = {"kind": "results", "round": str(number)}
        looked = ask("office", "POST", f"/imports/{token}/preview", json=wish).json()["results"]
        assert looked["unclear_subjects"] == [{"subject": "宝丰线", "near": ["宝丰县人民政府"]}]
        ask("office", "POST", f"/imports/{token}", 422, json=wish)
        entered = ask("office", "POST", f"/imports/{token}", json=wish | {"subjects": {"宝丰线": meant}}).json()
        assert entered["results"]["problems"] == [] and not entered["dry_run"]
        assert [pair["subject"] for pair in office.zg.json("evaluate", "show", str(number))["pairs"]] == known


def test_exactly_the_filter_goes_out_as_each_kind_of_file(ask: Ask, office: Office, tmp_path: Path) -> None:
    body = {"lead": ["市市场监管局"], "every": True}
    lines = ask("office", "POST", "/export", json=body | {"format": "jsonl"}).text.splitlines()
    assert len(lines) == 1 and "企业开办材料重复提交" in lines[0]
    assert "企业开办材料重复提交" in ask("office", "POST", "/export", json=body | {"format": "csv"}).content.decode("utf-8-sig")
    (tmp_path / "x.xlsx").write_bytes(ask("office", "POST", "/export", json=body).content)
    assert ZipFile(tmp_path / "x.xlsx").testzip() is None
    assert ask("office", "POST", "/export", json=body | {"format": "ics"}).text.startswith("BEGIN:VCALENDAR")
    assert ask("fgw", "POST", "/export", json={"every": True, "format": "jsonl"}).text == "", "nothing that is not the unit's"
    heads = ask("office", "POST", "/export", json=body | {"format": "csv", "columns": ["title", "number"]}).content.decode("utf-8-sig")
    assert heads.splitlines()[0] == "number,title" and heads.splitlines()[1].startswith("ZG-2020-0001,")
    ask("office", "POST", "/export", 422, json={"format": "csv", "columns": ["colour"]})
    ask("office", "POST", "/export", 422, json={"format": "ics", "columns": ["title"]})
    ask("office", "POST", "/export", 422, json={"format": "exe"})
    ask("office", "POST", "/export", 422, json={"colour": "red"})
    ask("office", "POST", "/export", 400, json={"every": "yes"})


def test_a_filter_is_kept_under_a_name_used_and_removed(ask: Ask, office: Office) -> None:
    body = {"name": "红灯", "audience": "all", "light": ["red"], "every": True}
    kept = ask("office", "POST", "/views", json=body).json()["views"]
    assert kept == [
        {"name": "红灯", "audience": "all", "wishes": {"light": ["red"], "every": ["1"]}, "saved_by": "office", "removable": True},
    ]
    assert [item["removable"] for item in ask("scjgj", "GET", "/views").json()["views"]] == [False]
    ask("scjgj", "POST", "/views", 403, json=body)
    ask("scjgj", "POST", "/views/remove", 403, json={"name": "红灯", "audience": "all"})
    assert ask("office", "POST", "/views/remove", json={"name": "红灯", "audience": "all"}).json()["views"] == []
    ask("office", "POST", "/views/remove", 404, json={"name": "红灯", "audience": "all"})


def test_several_are_assigned_each_to_its_own_unit_after_a_dry_run(ask: Ask, office: Office) -> None:
    office.zg("open", "不动产登记窗口排队过长", "--source", "visit")
    each = {"2": {"lead": "市税务局"}, "4": {"lead": "市公安局", "with": ["市税务局"]}, "1": {"lead": "市税务局"}}
    body = {"trigger": "assign", "each": each}
    would = ask("office", "POST", "/acts", 207, json=body | {"dry_run": True}).json()["results"]
    assert [item["status"] for item in would] == [200, 200, 422] and office.zg.json("show", "2")["state"] == "found"
    done = ask("office", "POST", "/acts", 207, json=body).json()["results"]
    assert [item["done"]["ticket"]["lead"] for item in done if "done" in item] == ["SHUIWJ", "GAJ"]
    assert done[2]["problem"]["reasons"] and office.zg.json("show", "4")["cooperators"] == ["SHUIWJ"]
    ask("office", "POST", "/acts", 422, json={"trigger": "assign"})
    ask("office", "POST", "/acts", 400, json={"trigger": "assign", "each": {"2": "市税务局"}})


def test_what_a_ticket_takes_otherwise_is_its_own_whichever_of_its_numbers_is_typed(ask: Ask, office: Office) -> None:
    body = {"trigger": "comment", "numbers": ["1", "3"], "note": "各件都说", "each": {"ZG-2020-0001": {"note": "这一件另说"}}}
    done = ask("office", "POST", "/acts", json=body).json()["results"]
    assert [(item["number"], item["done"]["events"][-1]["words"]["note"]) for item in done] == [("1", "这一件另说"), ("3", "各件都说")]
    both = {"trigger": "comment", "each": {"3": {"note": "甲"}, "0001": {"note": "乙"}, "1": {"note": "丙"}}}
    assert ask("office", "POST", "/acts", 422, json=both).json()["code"] == "act-each-twice"
    assert "甲" not in office.zg("log", "3").stdout, "nothing is done where one of them is not clear"


def test_a_visit_draws_again_and_is_assigned_as_suggested(ask: Ask, office: Office) -> None:
    number = ask("office", "POST", "/visits", 201, json={"on": "2020-09-24", "place": "市政务服务大厅"}).json()["number"]
    found = ask("office", "POST", f"/visits/{number}/findings", 201, json={"title": "窗口无人", "unit": "市税务局"}).json()
    waits = ask("office", "GET", f"/visits/{number}/assign").json()["groups"]
    assert [(item["unit"], item["tickets"]) for item in waits] == [("SHUIWJ", [found["ticket"]["number"]])] and waits[0]["against"]
    refused = ask("office", "POST", f"/visits/{number}/assign", 207, json={}).json()["results"]
    assert refused[0]["problem"]["reasons"]
    ask("leader", "POST", f"/visits/{number}/consent", json={})
    done = ask("office", "POST", f"/visits/{number}/assign", json={}).json()["results"]
    assert done[0]["done"]["ticket"]["lead"] == "SHUIWJ"
    ask("scjgj", "POST", f"/visits/{number}/assign", 403, json={})
    ask("office", "POST", "/visits", 422, json={"recheck": True, "months": 12, "lot": "x"})  # nothing was closed yet


def test_a_rounds_tasks_and_its_bulk_acts_answer_item_by_item(ask: Ask, office: Office) -> None:
    number = ask("office", "POST", "/rounds", 201, json={"scheme": "国评", "on": "2020-09-24"}).json()["round"]
    assert ask("office", "GET", f"/rounds/{number}/tasks").content.startswith(b"PK")
    assert ask("office", "POST", f"/rounds/{number}/verify", json={}).json() == {"results": []}
    assert ask("office", "POST", f"/rounds/{number}/reopen", json={"unit": "市税务局"}).json() == {"results": []}
    ask("scjgj", "GET", f"/rounds/{number}/tasks", 403)
    ask("leader", "POST", f"/rounds/{number}/verify", 403, json={})


def test_queues_notices_the_outbox_the_calendar_and_the_doctor_are_read(ask: Ask, office: Office) -> None:
    queue = ask("office", "GET", "/queues/to-assign").json()
    assert queue["acts"][0] == "assign" and "ZG-2020-0002" in [item["number"] for item in queue["tickets"]]
    ask("scjgj", "GET", "/queues/to-assign", 404)
    told = ask("scjgj", "GET", "/notices").json()["notices"]
    assert told and told[0]["number"] == "ZG-2020-0001" and told == ask("scjgj", "GET", "/notices?every=1").json()["notices"]
    assert {item["state"] for item in ask("admin", "GET", "/notices/outbox").json()["outbox"]} <= {"held", "quiet", "waiting", "sent"}
    ask("admin", "POST", "/notices/outbox", 422, json={})
    assert ask("admin", "POST", "/notices/outbox", json={"dead": True}).json() == {"resent": []}
    ask("scjgj", "GET", "/notices/outbox", 403)
    calendar = ask("scjgj", "GET", "/calendars?year=2020").json()
    assert next(item for item in calendar["days"] if item["day"] == "2020-10-01")["kind"] == "holiday" and not calendar["provisional"]
    assert {sign["level"] for sign in ask("office", "GET", "/doctor").json()["signs"]} <= {"well", "note", "needs"}
    ask("scjgj", "GET", "/doctor", 403)
