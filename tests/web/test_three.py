"""The administrator's work parted in three, on pages and by the API: each sees its part, and the office administers no more."""

from __future__ import annotations

from engine.app.serving import open_record
from engine.clock import SystemClock
from engine.registry.invitations import accept, invite
from engine.rules.access import Actor
from tests.web.conftest import PASSWORD, Ask, Office, shown


def test_after_the_work_was_parted_each_has_its_part_and_the_office_none(office: Office, ask: Ask) -> None:
    admin = office.browser("admin")
    assert "三员分立" in shown(admin.get("/accounts"))
    assert "三员还不齐" in shown(admin.post("/accounts/separate", 422))
    with open_record(office.settings) as record:
        for name in ("xitong", "anquan", "auditor"):
            made = invite(record.registry, Actor("admin", "admin", None, "test"), name, SystemClock().now())
            accept(record.registry, made.secret, PASSWORD, SystemClock().now())
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
