"""The one way through the pages, over a file and over a server: signing in, what waits, the ledger, an act with evidence, a conflict, a
program's act; and what is answered while the server of the database is away.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import psycopg

from engine.app.serving import open_record
from engine.registry.sign_in import set_password
from tests.web.conftest import PASSWORD, Office, actor_of, shown

PDF = b"%PDF-1.7 proof"


def test_a_person_signs_in_finds_what_waits_and_hands_in_evidence(any_office: Office) -> None:
    with open_record(any_office.settings) as record:
        set_password(record.registry, replace(actor_of("scjgj"), role="contact", unit="SCJGJ"), "scjgj", PASSWORD)
    browser = any_office.stranger
    assert browser.post("/sign-in", account="scjgj", password=PASSWORD) == "/"
    assert "企业开办材料重复提交" in shown(browser.get("/"))
    assert "企业开办材料重复提交" in shown(browser.get("/ledger?state=assigned&text=企业"))
    assert "尖括号" not in browser.get("/ledger?every=1")
    assert browser.post("/tickets/1/accept").startswith("/tickets/")
    assert browser.post("/tickets/1/submit", files=[("证明.pdf", PDF)], note="已改").startswith("/tickets/")
    (file,) = any_office.zg.json("show", "1")["files"]
    assert file["name"] == "证明.pdf" and file["sha256"] in browser.get("/tickets/1")
    assert browser.client.get(f"/files/1/{file['sha256']}", headers=browser.heads).content == PDF


def test_whoever_judges_what_somebody_changed_meanwhile_is_shown_the_change_and_keeps_every_word(any_office: Office) -> None:
    any_office.zg("--as", "市市场监管局", "accept", "1")
    any_office.zg("--as", "市市场监管局", "submit", "1", "--note", "已改")
    browser = any_office.browser("office")
    version = str(any_office.zg.json("show", "1")["version"])
    any_office.zg("comment", "1", "--note", "刚来了电话")
    page = browser.post("/tickets/1/verify", 409, note="现场看过了", version=version)
    assert "刚来了电话" in shown(page) and "现场看过了" in page
    assert any_office.zg.json("show", "1")["state"] == "submitted"


def test_a_program_acts_once_under_its_key(any_office: Office) -> None:
    browser = any_office.browser("office")
    heads = {**browser.heads, "idempotency-key": "one"}
    first, again = (browser.client.post("/api/v1/tickets/1/comment", json={"note": "来自程序"}, headers=heads) for _ in range(2))
    assert (first.status_code, again.status_code, again.headers["idempotency-replayed"]) == (200, 200, "true")
    assert first.content == again.content
    assert [event["words"]["note"] for event in any_office.zg.lines("log", "1") if "note" in (event["words"] or {})] == ["来自程序"]


def test_while_the_server_of_the_database_is_away_everybody_is_told_when_to_come_again(server_office: Office, server: str) -> None:
    name = server_office.settings.db.rpartition("/")[2]
    browser = server_office.browser("office")
    with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as administrator:
        administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        administrator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        for path, kind in (("/ledger", "text/html"), ("/api/v1/tickets", "application/problem+json")):
            answer = browser.client.get(path, headers=browser.heads)
            assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (503, kind)
            assert int(answer.headers["retry-after"]) > 0 and answer.headers["content-security-policy"]
        sent = browser.client.post("/api/v1/tickets/1/comment", json={"note": "断开时"}, headers=browser.heads)
        assert (sent.status_code, sent.json()["code"]) == (503, "busy")
        assert browser.client.get("/readyz").status_code == 503
        administrator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert "企业开办材料重复提交" in shown(browser.get("/ledger"))
    assert len(server_office.zg.lines("log", "1")) == 2
    assert browser.client.post("/api/v1/tickets/1/comment", json={"note": "又好了"}, headers=browser.heads).status_code == 200
