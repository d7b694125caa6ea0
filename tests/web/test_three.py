"""The administrator's work parted in three, on pages and by the API: each sees its part, and the office administers no more."""

from __future__ import annotations

import json
from pathlib import Path

from engine.app.serving import open_record
from engine.clock import SystemClock
from engine.registry.invitations import accept, invite
from engine.rules.access import Actor
from tests.web.conftest import PASSWORD, Ask, Office, shown


def choose_passwords(office: Office) -> None:
    """Each of the three follows a link and chooses a password."""
    with open_record(office.settings) as record:
        for name in ("xitong", "anquan", "auditor"):
            made = invite(record.registry, Actor("admin", "admin", None, "test"), name, SystemClock().now())
            accept(record.registry, made.secret, PASSWORD, SystemClock().now())


def test_after_the_work_was_parted_each_has_its_part_and_the_office_none(office: Office, ask: Ask) -> None:
    admin = office.browser("admin")
    assert "三员分立" in shown(admin.get("/accounts"))
    assert "三员还不齐" in shown(admin.post("/accounts/separate", 422))
    choose_passwords(office)
    office.browser("office").post("/accounts/separate", 403)
    assert admin.post("/accounts/separate") == "/sign-in"
    admin.get("/accounts", 303)

    supervisor, system, security, auditor = (office.browser(name) for name in ("office", "xitong", "anquan", "auditor"))
    supervisor.get("/accounts", 403)
    unit = {"code": "XQJ", "name": "新区局", "kind": "bureau", "relation": "subordinate"}
    ask("office", "POST", "/units", 403, json=unit)
    assert system.post("/accounts", name="xin", title="新人", role="contact", unit="市税务局") == "/accounts/xin?done=added"
    system.post("/accounts/xin/enable", 403)
    system.post("/accounts/xin/invite", 403)
    security.post("/accounts", 403, name="xin2", title="新人二", role="contact", unit="市税务局")
    assert security.post("/accounts/xin/enable").endswith("done=enabled")
    security.get("/doctor", 403)
    ask("anquan", "POST", "/units", 403, json=unit)
    assert "新区局" in ask("xitong", "POST", "/units", 201, json=unit).text
    auditor.get("/accounts", 403)
    for browser in (system, security):
        browser.get("/ledger", 403)
        browser.get("/tickets/1", 404)
        assert 'href="/ledger"' not in browser.get("/")
    office.zg("audit", "verify")


def test_the_offices_own_work_goes_on_as_before_once_the_administrators_was_parted(office: Office, tmp_path: Path) -> None:
    choose_passwords(office)
    zg = office.zg
    zg("--as", "admin", "user", "separate", "--yes")
    reviews, results, ledger = tmp_path / "reviews.jsonl", tmp_path / "results.csv", tmp_path / "ledger.csv"
    reviews.write_text(json.dumps({"ref": "R1", "kind": "review", "rating": 9, "at": "2020-09-24T10:00"}), encoding="utf-8")
    results.write_text("目标,被评对象,结果\n3.5-1,全市,达标\n", encoding="utf-8")
    ledger.write_text("序号,问题描述,责任单位,整改时限,整改情况\n1,窗口无人,市场局,2020年11月30日,整改中\n", encoding="utf-8")
    batch = zg.json("batch", "new", "省里交办的问题", "--letter", "2020-12", "--date", "2020-09-20", "--sender", "省营商办")["number"]
    visit = zg.json("visit", "new", "--on", "2020-09-24", "--place", "政务大厅")["number"]
    zg("visit", "finding", visit, "窗口无人", "--unit", "市税务局")
    scope = ("--targets", "3.5-1", "--subjects", "全市")
    round_ = zg.json("evaluate", "start", "--scheme", "市自评2020", "--on", "2020-06-30", *scope)["round"]
    zg("evaluate", "import", round_, str(results), "--commit")
    zg("evaluate", "successor", "--scheme", "市自评2020", "市自评2021")
    zg("feedback", "receive", str(reviews), "--source", "省平台", "--commit", code=7)
    said = ("--source", "superior", "--batch", batch, "--answer", "unit:市场局=SCJGJ", "--map", "问题描述=title")
    zg("import", str(ledger), *said, "--commit")
    zg("export", str(tmp_path / "out.csv"))
    zg("backup", str(tmp_path / "backup.zip"), code=4)
    assert zg.json("audit", "verify")["verified"] is True
