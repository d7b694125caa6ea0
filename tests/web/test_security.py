"""What an office asks of whoever signs in: a second factor, a password of one's own, networks, few browsers; and the log of who came."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from starlette.testclient import TestClient

from engine.app.access_log import LEAST_DAYS, AccessLog, read_access_log
from engine.app.serving import open_record
from engine.clock import SystemClock
from engine.errors import InvalidFile, NotPermitted
from engine.registry import second_factor
from engine.registry.policy import read_policy
from engine.registry.sign_in import FREE_FAILURES, set_password
from engine.rules.access import Actor
from engine.web.application import application
from engine.web.scanner import read_scanner
from tests.web.conftest import ORIGIN, PASSWORD, Browser, Office, shown

ADMIN = Actor("admin", "admin", None, "test")
SCJGJ = Actor("scjgj", "contact", "SCJGJ", "test")
SHORT = "十二个字的密码也不够长"
OTHER = "八月的雨 落在 旧车站的屋顶"


def asking(office: Office, security: Any) -> Office:
    """The office with these settings of security."""
    settings = replace(office.settings, security=security)
    client = TestClient(application(settings), base_url=ORIGIN, raise_server_exceptions=False)
    return replace(office, settings=settings, stranger=Browser(client))


def told(office: Office) -> list[dict[str, Any]]:
    """The lines of the access log."""
    return list(read_access_log(None, "zg.toml", office.settings.db).lines())


@pytest.fixture
def known(office: Office) -> Office:
    """An office in which one contact has a password of the own choice."""
    with open_record(office.settings) as record:
        set_password(record.registry, SCJGJ, "scjgj", PASSWORD)
    return office


def earlier(seconds: int = 60) -> datetime:
    return SystemClock().now() - timedelta(seconds=seconds)


def enrolled(office: Office) -> tuple[str, tuple[str, ...]]:
    """The secret and the recovery codes of the contact, set up a minute ago: the code of now was not used."""
    secret = second_factor.new_secret()
    with open_record(office.settings) as record:
        return secret, second_factor.enrol(record.registry, SCJGJ, secret, pyotp.TOTP(secret).at(earlier()), earlier())


def code_of(secret: str) -> str:
    return pyotp.TOTP(secret).at(SystemClock().now())


def test_after_the_password_the_code_is_asked_for_and_until_then_nothing_is_shown(known: Office) -> None:
    secret, codes = enrolled(known)
    browser = known.browser()
    way = browser.post("/sign-in", account="scjgj", password=PASSWORD, next="/tickets/1")
    assert way == "/sign-in/second?next=%2Ftickets%2F1"
    assert browser.get("/tickets/1", 303).startswith("/sign-in")
    assert "验证码" in shown(browser.get(way))
    halfway = browser.client.cookies["zg_session"]
    assert "验证码不对" in shown(browser.post("/sign-in/second", 422, otp="000000", next="/tickets/1"))
    assert browser.post("/sign-in/second", otp=code_of(secret), next="/tickets/1") == "/tickets/1"
    assert "企业开办材料重复提交" in browser.get("/tickets/1")
    other = known.browser()
    other.client.cookies.set("zg_session", halfway)
    assert other.get("/", 303) == "/sign-in", "the secret of before the code opens nothing afterwards"
    other = known.browser()
    other.post("/sign-in", account="scjgj", password=PASSWORD)
    assert other.post("/sign-in/second", otp=codes[0], next="https://evil.example") == "/"
    ways = [line.get("way") for line in told(known) if line["what"] in ("signed-in", "refused")]
    assert ways == ["second-factor", "second-factor", "recovery-code"]


def test_codes_are_guessed_no_faster_than_passwords(known: Office) -> None:
    secret, _ = enrolled(known)
    browser = known.browser()
    browser.post("/sign-in", account="scjgj", password=PASSWORD)
    for _ in range(FREE_FAILURES):
        browser.post("/sign-in/second", 422, otp="000000")
    assert "秒" in shown(browser.post("/sign-in/second", 429, otp=code_of(secret)))


def test_who_is_not_halfway_in_is_sent_to_the_password(known: Office) -> None:
    assert known.stranger.get("/sign-in/second", 303).startswith("/sign-in")
    assert "请先登录" in shown(known.stranger.post("/sign-in/second", 401, otp="123456"))


def test_a_person_sets_it_up_with_a_picture_and_is_shown_the_recovery_codes_once(office: Office) -> None:
    browser = office.browser("leader")
    html = browser.get("/account/second")
    assert 'src="data:image/svg+xml' in html
    found = re.search(r'name="secret" value="(\w+)"', html)
    assert found is not None
    assert found[1] in browser.post("/account/second", 422, secret=found[1], otp="000000"), "the phone need not read another"
    html = browser.post("/account/second", 200, secret=found[1], otp=code_of(found[1]))
    assert len(re.findall(r"<li><code>(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}</code>", html)) == second_factor.RECOVERY_CODES
    assert found[1] not in html and found[1] not in browser.get("/account/second")
    codes = re.findall(r"<code>([A-Z2-7-]{29})</code>", html)
    browser.post("/account/second/end", 422, otp="000000")
    assert browser.post("/account/second/end", otp=codes[5]) == "/sign-in"
    assert browser.get("/", 303) == "/sign-in"
    assert office.zg.json("user", "show", "leader")["has_second_factor"] is False
    assert office.zg("audit", "verify").exit_code == 0


def test_whoever_found_a_browser_signed_in_sets_none_up_and_it_signs_the_others_out(known: Office) -> None:
    browser, other = known.browser("scjgj"), known.browser("scjgj")
    found = re.search(r'name="secret" value="(\w+)"', browser.get("/account/second"))
    assert found is not None
    for wrong in ({"password": PASSWORD[1:]}, {"password": SHORT}, {}):
        browser.post("/account/second", 422, secret=found[1], otp=code_of(found[1]), **wrong)
    assert known.zg.json("user", "show", "scjgj")["has_second_factor"] is False and other.get("/")
    browser.post("/account/second", 200, secret=found[1], otp=code_of(found[1]), password=PASSWORD)
    assert browser.get("/") and other.get("/", 303) == "/sign-in"
    assert [(line["what"], line.get("way")) for line in told(known)] == [
        ("refused", "own-password"), ("refused", "own-password"), ("changed", "second-factor"),
    ]


def test_a_role_of_which_one_is_asked_sets_it_up_before_anything_else(office: Office) -> None:
    strict = asking(office, {"second-factor": ["admin"]})
    admin, other = strict.browser("admin"), strict.browser("office")
    assert admin.get("/ledger", 303) == "/account/second" and admin.get("/account") and other.get("/ledger")
    assert "请先启用两步验证" in shown(admin.post("/tickets/1/comment", 403, note="x"))
    answer = admin.client.get("/api/v1/tickets", headers=admin.heads)
    assert answer.status_code == 403 and answer.json()["code"] == "first-second"
    admin.post("/sign-out")


def test_a_password_that_somebody_else_gave_or_that_is_too_old_is_changed_first(office: Office) -> None:
    with open_record(office.settings) as record:
        set_password(record.registry, ADMIN, "scjgj", PASSWORD)
    browser = office.browser()
    browser.post("/sign-in", account="scjgj", password=PASSWORD)
    way = browser.get("/", 303)
    assert way == "/account?first=password" and "别人设置的" in shown(browser.get(way))
    browser.post("/account/password", old=PASSWORD, password=OTHER, again=OTHER)
    assert browser.get("/")
    office.zg("clock", "advance", "40d")
    assert asking(office, {"password-days": 60}).browser("scjgj").get("/")
    assert asking(office, {"password-days": 30}).browser("scjgj").get("/", 303) == "/account?first=password"


def test_the_office_says_how_long_a_password_is(known: Office) -> None:
    strict = asking(known, {"password-characters": 16})
    browser = strict.browser("scjgj")
    assert "16" in shown(browser.get("/account"))
    assert "16" in shown(browser.post("/account/password", 422, old=PASSWORD, password=SHORT, again=SHORT))


def test_an_account_comes_from_the_networks_that_the_office_allows(known: Office) -> None:
    strict = asking(known, {"addresses": {"admin": ["10.1.0.0/16"], "scjgj": ["10.9.0.0/16"]}})
    for account, code in (("admin", 403), ("scjgj", 403), ("office", 200)):
        strict.browser(account).get("/ledger", code)
    assert "网络地址" in shown(strict.browser().post("/sign-in", 403, account="scjgj", password=PASSWORD))
    assert "网络地址" in shown(strict.browser("admin").get("/ledger", 403))
    token = strict.zg("--as", "admin", "user", "token", "admin").stdout.split()[0]
    answer = strict.stranger.client.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 403 and answer.json()["code"] == "address-not-allowed"


def test_of_too_many_browsers_of_one_account_the_oldest_is_signed_out(known: Office) -> None:
    strict = asking(known, {"sessions": 2})
    browsers = [strict.browser() for _ in range(3)]
    for browser in browsers:
        browser.post("/sign-in", account="scjgj", password=PASSWORD)
    assert browsers[0].get("/", 303) == "/sign-in" and browsers[1].get("/") and browsers[2].get("/")


def test_a_person_sees_when_and_from_where_the_account_signed_in_before(known: Office) -> None:
    browser = known.browser()
    browser.post("/sign-in", account="scjgj", password=PASSWORD)
    assert "上次登录" not in shown(browser.get("/account"))
    browser.post("/sign-in", account="scjgj", password=PASSWORD)
    assert "上次登录" in shown(browser.get("/account")) and "testclient" in shown(browser.get("/account"))


def test_the_log_says_who_came_and_what_they_looked_at_and_no_secret(known: Office) -> None:
    browser = known.browser()
    browser.post("/sign-in", 401, account="scjgj", password=f"{SHORT}\n伪造的一行")
    browser.post("/sign-in", 401, account="七月的伞 误输在这里", password=SHORT)
    browser.post("/sign-in", account="scjgj", password=PASSWORD)
    browser.get("/tickets/1")
    browser.get("/ledger?text=%0A%1b%5b31m伪造")
    browser.get("/tickets/2", 404)
    browser.get("/visits", 403)
    browser.post("/ledger/export", 200, format="csv")
    browser.post("/sign-out")
    lines = told(known)
    assert [(line["what"], line["account"]) for line in lines] == [
        ("refused", "scjgj"), ("refused", None), *((what, "scjgj") for what in (
            "signed-in", "viewed", "searched", "denied", "exported", "signed-out",
        )),
    ]
    assert {line["address"] for line in lines} == {"testclient"} and lines[3]["path"] == "/tickets/1"
    raw = "".join(path.read_text() for path in Path(known.settings.db.removeprefix("sqlite:///") + ".access").iterdir())
    assert raw.isascii() and raw.count("\n") == len(lines) and "\x1b" not in raw
    assert not any(secret in json.dumps(lines, ensure_ascii=False) for secret in (PASSWORD, "误输在这里", SHORT))


def test_the_log_says_what_programs_were_refused_and_when_one_guesses(known: Office) -> None:
    """A wrong token, one from where it may not come from, and one that is for less."""
    token = known.zg("user", "token", "scjgj").stdout.split()[0]
    client = asking(known, {"addresses": {"fgw": ["10.1.0.0/16"]}}).stranger.client
    elsewhere = known.zg("user", "token", "fgw").stdout.split()[0]
    for given, method, path in (
        (f"{token[:-4]}0000", "GET", "/api/v1/me"), ("zgt_00000000", "GET", "/ledger"), (token, "POST", "/api/v1/tickets/1/comment"),
        (elsewhere, "GET", "/api/v1/me"),
    ):
        answer = client.request(method, path, headers={"authorization": f"Bearer {given}"}, json={} if method == "POST" else None)
        assert answer.status_code in (401, 403), answer.text
    lines = told(known)
    assert [(line["what"], line["account"], line.get("way"), line["code"]) for line in lines] == [
        ("refused", None, "token", "not-signed-in"), ("refused", None, "token", "not-signed-in"),
        ("denied", "scjgj", None, "token-reads"), ("denied", "fgw", None, "not-permitted"),
    ]
    assert token[-20:] not in json.dumps(lines)


def test_months_are_kept_as_long_as_is_asked_for_and_never_less_than_a_year(tmp_path: Path) -> None:
    log, begin = AccessLog(tmp_path, LEAST_DAYS), datetime(2024, 1, 15, tzinfo=UTC)
    for month in range(30):
        log.write("signed-in", begin + timedelta(days=30 * month), None, "office", {})
    kept = [datetime.fromisoformat(line["at"]) for line in log.lines()]
    last = begin + timedelta(days=30 * 29)
    assert min(kept) <= last - timedelta(days=LEAST_DAYS) and len(kept) < 20
    with pytest.raises(InvalidFile):
        read_access_log({"days": 30}, "zg.toml", "sqlite:///x")


def test_lines_go_to_syslog_too_and_a_log_that_cannot_be_written_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    import socket

    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    with receiver:
        receiver.bind(str(tmp_path / "log"))
        AccessLog(tmp_path / "kept", syslog=str(tmp_path / "log")).write("denied", earlier(), "10.0.0.1", "gaj", {"path": "/x\nforged"})
        line = receiver.recv(4096)
    assert line.startswith(b"<86>zhenggai: {") and b"\\n" in line and b"\n" not in line
    (tmp_path / "file").write_text("")
    AccessLog(tmp_path / "file" / "x", syslog=str(tmp_path / "none")).write("denied", earlier(), None, None, {})
    assert str(tmp_path / "file" / "x") in caplog.text and "syslog" in caplog.text


@pytest.mark.parametrize("table", [
    {"idle-minutes": 1}, {"idle-minutes": "60"}, {"sessions": 0}, {"second-factor": ["watch"]}, {"second-factor": "admin"},
    {"addresses": {"admin": ["10.0.0.1/8"]}}, {"addresses": {"admin": "x"}}, {"unknown": 1}, "strict", {"password-characters": True},
])
def test_a_setting_that_is_not_understood_is_refused_by_name(table: Any) -> None:
    with pytest.raises(InvalidFile):
        read_policy(table, "zg.toml")


def test_addresses_of_both_kinds_are_understood() -> None:
    policy = read_policy({"addresses": {"everybody": ["10.0.0.0/8", "fd00::/8"]}, "idle-minutes": 30}, "zg.toml")
    for address in ("10.2.3.4", "fd00::1", "::ffff:10.2.3.4"):
        policy.must_come_from(ADMIN, address)
    for address in ("11.0.0.1", "fe80::1", None, "unix"):
        with pytest.raises(NotPermitted):
            policy.must_come_from(ADMIN, address)
    assert policy.idle == timedelta(minutes=30)


def scanning(office: Office, folder: Path, script: str, **more: Any) -> Office:
    """The office with a scanner that is this script."""
    table = {"command": ["/bin/sh", "-c", script, "scanner"], **more}
    client = TestClient(application(replace(office.settings, scanner=table)), base_url=ORIGIN, raise_server_exceptions=False)
    return replace(office, stranger=Browser(client))


def test_a_file_that_the_scanner_does_not_like_is_put_aside_and_nothing_is_kept(office: Office, tmp_path: Path) -> None:
    aside = tmp_path / "quarantine"
    scanned = scanning(office, tmp_path, 'grep -q EICAR "$1" && exit 1; exit 0', quarantine=str(aside))
    browser, before = scanned.browser("office"), office.zg.json("show", "3")["version"]
    assert "没有通过病毒扫描" in shown(browser.post("/tickets/3/comment", 422, [("x.txt", b"EICAR here")], note="附件"))
    assert office.zg.json("show", "3")["version"] == before
    assert [path.read_bytes() for path in aside.iterdir()] == [b"EICAR here"]
    browser.post("/tickets/3/comment", files=[("x.txt", b"clean")], note="附件")


@pytest.mark.parametrize("script", ["exit 2", "exec sleep 9", "kill $$"])
def test_what_the_scanner_gives_no_answer_about_is_not_taken(office: Office, tmp_path: Path, script: str) -> None:
    browser = scanning(office, tmp_path, script, seconds=1).browser("office")
    assert "不能扫描" in shown(browser.post("/tickets/3/comment", 503, [("x.txt", b"x")], note="附件"))
    browser.post("/tickets/3/comment", note="没有附件")


@pytest.mark.parametrize("table", [
    {}, {"command": "clamscan"}, {"command": []}, {"command": ["x"], "seconds": 0}, {"command": ["x"], "y": 1}, 5,
])
def test_a_scanner_that_is_not_understood_is_refused(table: Any) -> None:
    with pytest.raises(InvalidFile):
        read_scanner(table, "zg.toml")
