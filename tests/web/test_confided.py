"""Telephone numbers and who complained: whole for whoever has to call, masked for the others, and each view of them in the access log."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from engine.app.access_log import CONFIDED, EXPORTED, read_access_log
from engine.views.people import masked
from tests.web.conftest import Ask, Office, shown

PHONE = "13800138000"


@pytest.mark.parametrize(("phone", "told"), [
    ("13800138000", "138****8000"), ("+8613800138000", "+86****8000"), ("0375-2660000", "037****0000"), ("12345", "****45"), (None, None),
])
def test_of_a_masked_number_so_much_is_told_that_people_know_it_again(phone: str | None, told: str | None) -> None:
    assert masked(phone) == told


def told_of(office: Office) -> list[tuple[str, str, str]]:
    lines = read_access_log(None, "zg.toml", office.settings.db).lines()
    return [(line["account"], line["path"], line["fields"]) for line in lines if line["what"] == CONFIDED]


def test_a_number_is_whole_for_whoever_calls_and_masked_for_who_keeps_or_audits_accounts(office: Office, ask: Ask) -> None:
    office.zg("--as", "admin", "user", "set", "scjgj", "--phone", PHONE)
    for name, whole in (("office", True), ("leader", True), ("scjgj-head", True), ("auditor", False), ("admin", False), ("anquan", False)):
        html = shown(office.browser(name).get("/units/SCJGJ"))
        assert (PHONE in html, "138****8000" in html) == (whole, not whole), name
    assert "138" not in shown(office.browser("gaj").get("/units/SCJGJ"))
    assert PHONE not in shown(office.browser("admin").get("/accounts/scjgj"))
    assert ask("anquan", "GET", "/units/SCJGJ").json()["people"][0]["phone"] == "138****8000"
    assert ask("office", "GET", "/units/SCJGJ").json()["people"][0]["phone"] == PHONE
    assert told_of(office) == [
        ("office", "/units/SCJGJ", "phone"), ("leader", "/units/SCJGJ", "phone"), ("scjgj-head", "/units/SCJGJ", "phone"),
        ("office", "/api/v1/units/SCJGJ", "phone"),
    ]


def test_each_page_and_call_that_shows_a_number_whole_says_so(office: Office, ask: Ask) -> None:
    office.zg("--as", "admin", "user", "set", "scjgj", "--phone", PHONE)
    for path in ("/units", "/accounts/scjgj", "/tickets/1", "/paper/1", "/paper/1/sheet"):
        assert PHONE in office.browser("office").get(path), path
    for path in ("/accounts", "/accounts/scjgj", "/tickets/1"):
        assert PHONE in ask("office", "GET", path).text, path
    ask("auditor", "GET", "/tickets/1")
    ask("admin", "GET", "/accounts")
    assert told_of(office) == [
        ("office", path, "phone") for path in (
            "/units", "/accounts/scjgj", "/tickets/1", "/paper/1", "/paper/1/sheet",
            "/api/v1/accounts", "/api/v1/accounts/scjgj", "/api/v1/tickets/1",
        )
    ]


def test_who_complained_is_shown_to_the_office_and_the_log_says_so_without_the_words(office: Office, ask: Ask) -> None:
    for name in ("office", "leader", "shuiwj"):
        office.browser(name).get("/tickets/3")
        office.browser(name).get("/tickets/1", 404 if name == "shuiwj" else 200)
    office.browser("office").get("/paper/3")
    ask("office", "GET", "/tickets/3")
    assert [(account, path) for account, path, _ in told_of(office)] == [
        ("office", "/tickets/3"), ("office", "/paper/3"), ("office", "/api/v1/tickets/3"),
    ]
    assert {fields for _, _, fields in told_of(office)} == {"complainant"}
    folder = read_access_log(None, "zg.toml", office.settings.db).folder
    assert "张三丰" not in "".join(path.read_text() for path in folder.iterdir())
    assert "看到保密内容" in office.zg("audit", "access").stdout


def test_a_ledger_that_goes_out_says_who_took_it_and_when_and_the_log_which_filter_it_was(office: Office, ask: Ask) -> None:
    answer = ask("auditor", "POST", "/export", json={"every": True, "lead": ["市税务局"]}, more={"accept-language": "zh"})
    told = [line for line in read_access_log(None, "zg.toml", office.settings.db).lines() if line["what"] == EXPORTED]
    assert [(line["account"], line["query"]) for line in told] == [("auditor", "every=1&lead=市税务局")]
    with ZipFile(BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    made = "导出：审计员（auditor） 2020-09-25 09:00"
    assert f"\n{made}</t>" in sheet and f"<oddHeader>&amp;C&amp;14&amp;KA6A6A6{made}</oddHeader>" in sheet
