"""Signing in and out, one-time links, the own account: as a person does it, with what is said when it does not work."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from engine.app.serving import Entry, demo_entries, first_link, open_record
from engine.app.settings import Settings
from engine.errors import RealClock
from engine.registry.invitations import invite
from engine.registry.sign_in import FREE_FAILURES, set_password
from engine.rules.access import Actor
from engine.web.application import application
from tests.cli.conftest import Zg
from tests.web.conftest import ORIGIN, PASSWORD, Browser, Office, served, shown

ADMIN = Actor("admin", "admin", None, "test")
OTHER, WRONG, WEAK = "八月的雨 落在 旧车站的屋顶", "不是这个密码吧", "1111111111"


@pytest.fixture
def known(office: Office) -> Office:
    """An office in which one contact has a password."""
    with open_record(office.settings) as record:
        set_password(record.registry, Actor("scjgj", "contact", "SCJGJ", "test"), "scjgj", PASSWORD)
    return office


def test_a_person_signs_in_goes_where_they_wanted_and_signs_out(known: Office) -> None:
    browser = known.browser()
    way = browser.get("/tickets/1?done=2", 303)
    assert way == "/sign-in?next=%2Ftickets%2F1%3Fdone%3D2"
    assert "/tickets/1?done=2" in browser.get(way)
    assert browser.post("/sign-in", account="scjgj", password=PASSWORD, next="/tickets/1?done=2") == "/tickets/1?done=2"
    cookie = next(item for item in browser.client.cookies.jar if item.name == "zg_session")
    assert cookie.has_nonstandard_attr("HttpOnly") and not cookie.secure
    assert "企业开办材料重复提交" in browser.get("/tickets/1")
    secret = cookie.value
    assert browser.post("/sign-out") == "/sign-in"
    browser.client.cookies.set("zg_session", str(secret))
    assert browser.get("/", 303) == "/sign-in", "the record ended it, whatever the browser keeps"


def test_over_tls_the_cookie_is_bound_to_the_host(known: Office) -> None:
    answer = known.browser().client.post(
        "https://testserver/sign-in", data={"account": "scjgj", "password": PASSWORD}, headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-zg_session=") and "Secure" in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie


def test_over_tls_no_neighbour_under_the_same_domain_sets_a_cookie_of_ours(known: Office) -> None:
    """What a neighbour can set, for the whole domain, has no `__Host-`: by the token of a form that hangs on such a one nobody signs in."""
    client = known.browser().client
    visited = client.get("https://testserver/sign-in")
    chosen = client.post("https://testserver/account/look", data={"theme": "dark"}, headers={"sec-fetch-site": "same-origin"})
    for answer, name in ((visited, "zg_visitor"), (chosen.history[0], "zg_theme")):
        assert answer.headers["set-cookie"].startswith(f"__Host-{name}=")
    client.cookies.clear()
    client.cookies.set("zg_visitor", "known")
    forged = {"form_token": hmac.new(b"known", b"form", hashlib.sha256).hexdigest(), "account": "scjgj", "password": PASSWORD}
    assert client.post("https://testserver/sign-in", data=forged).status_code == 403


@pytest.mark.parametrize("account", ["scjgj", "nobody", ""])
def test_a_wrong_password_says_not_what_was_wrong_and_keeps_the_name(known: Office, account: str) -> None:
    html = known.browser().post("/sign-in", 401, account=account, password=WRONG)
    assert "账号或密码不对" in shown(html) and f'value="{account}"' in html and "不是这个密码吧" not in html
    assert "zg user" not in shown(html), "what is typed at a terminal is no help here"


def test_whoever_fails_too_often_waits(known: Office) -> None:
    browser = known.browser()
    for _ in range(FREE_FAILURES):
        browser.post("/sign-in", 401, account="scjgj", password=WRONG)
    assert "秒" in shown(browser.post("/sign-in", 429, account="scjgj", password=PASSWORD))


def test_a_link_gives_a_password_and_looking_at_it_uses_nothing_up(office: Office) -> None:
    with open_record(office.settings) as record:
        secret = invite(record.registry, ADMIN, "leader", datetime.now(UTC)).secret
    browser = office.browser()
    for _ in range(3):
        assert "leader" in shown(browser.get(f"/invite/{secret}"))
    assert "两次输入的新密码不一样" in shown(browser.post(f"/invite/{secret}", 422, password=PASSWORD, again=OTHER))
    assert 'role="alert"' in browser.post(f"/invite/{secret}", 422, password=WEAK, again=WEAK)
    assert browser.post(f"/invite/{secret}", password=PASSWORD, again=PASSWORD) == "/"
    assert "今日待办" in shown(browser.get("/"))
    assert "已经失效" in shown(office.browser().get(f"/invite/{secret}", 410))
    assert office.browser().post("/sign-in", account="leader", password=PASSWORD) == "/"


def test_the_first_administrator_gets_a_link_until_somebody_can_sign_in(office: Office) -> None:
    made = first_link(office.settings)
    assert made is not None
    assert office.browser().post(f"/invite/{made.secret}", password=PASSWORD, again=PASSWORD) == "/"
    assert first_link(office.settings) is None


def test_another_password_needs_the_old_one_and_signs_the_others_out(known: Office) -> None:
    browser, other = known.browser("scjgj"), known.browser("scjgj")
    html = browser.post("/account/password", 422, old="不是这个密码吧", password=OTHER, again=OTHER)
    assert "现在的密码不对" in shown(html)
    assert browser.post("/account/password", old=PASSWORD, password=OTHER, again=OTHER) == "/account?done=password"
    assert "密码已更换" in shown(browser.get("/account?done=password"))
    assert other.get("/", 303) == "/sign-in"


def test_the_own_browsers_are_listed_and_each_can_be_signed_out(office: Office) -> None:
    browser, other, third = (office.browser("scjgj") for _ in range(3))
    html = browser.get("/account")
    ids = re.findall(r'name="session" value="(\w+)"', html)
    assert len(ids) == 2 and shown(html).count("当前") == 1
    browser.post("/account/sessions", session=ids[0])
    assert [item.client.get("/", headers=item.heads, follow_redirects=False).status_code for item in (other, third)].count(303) == 1
    browser.post("/account/sessions")
    assert [item.get("/", 303) for item in (other, third)] == ["/sign-in"] * 2
    assert "已登录的浏览器" in shown(browser.get("/account"))


def test_language_and_look_are_the_browsers(office: Office) -> None:
    browser = office.browser("office")
    assert '<html lang="zh-CN">' in browser.get("/")
    browser.post("/account/look", language="en", next="/ledger?overdue=1")
    browser.post("/account/look", theme="dark")
    html = browser.get("/")
    assert '<html lang="en" data-bs-theme="dark">' in html and "Today" in shown(html)
    assert '<html lang="en">' in office.browser(language="en-GB,en;q=0.9").get("/sign-in")
    assert '<html lang="zh-CN">' in office.browser(language="zh-TW").get("/sign-in")


def test_an_ended_account_is_signed_out_at_once(office: Office) -> None:
    browser = office.browser("scjgj")
    browser.get("/")
    office.zg("user", "disable", "scjgj")
    assert browser.get("/", 303) == "/sign-in"


def bearer(office: Office, account: str, *options: str) -> dict[str, str]:
    return {"authorization": f"Bearer {office.zg.json('user', 'token', account, *options)['token']}"}


def test_a_token_for_reading_does_nothing_and_one_for_acting_needs_no_token_of_a_form(office: Office) -> None:
    client = office.browser().client
    answer = client.post("/tickets/1/accept", headers=bearer(office, "scjgj"))
    assert answer.status_code == 403 and "只能用来读" in shown(answer.text)
    assert office.zg.json("show", "1")["state"] == "assigned"
    answer = client.post("/tickets/1/accept", headers=bearer(office, "scjgj", "--scope", "act"), follow_redirects=False)
    assert answer.status_code == 303 and office.zg.json("show", "1")["state"] == "rectifying"
    assert re.fullmatch(r"api:[0-9a-f]{8}", office.zg.lines("log", "1")[-1]["via"])


def test_a_token_that_asks_too_often_waits_and_another_does_not(office: Office) -> None:
    client, heads = office.browser().client, bearer(office, "scjgj", "--per-minute", "2")
    seen = [client.get("/tickets/1", headers=heads) for _ in range(6)]  # a minute may end between two of them
    refused = [answer for answer in seen if answer.status_code == 429]
    assert 1 <= len(refused) <= 4 and {answer.status_code for answer in seen} == {200, 429}
    assert 1 <= int(refused[0].headers["retry-after"]) <= 60
    assert client.get("/tickets/1", headers=bearer(office, "scjgj")).status_code == 200


def test_no_token_is_in_an_answer_or_in_a_log_line(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    client, heads = office.browser().client, bearer(office, "scjgj")
    secret = heads["authorization"].removeprefix("Bearer ")
    for path in ("/", "/tickets/1", "/tickets/3", "/nowhere", "/account"):
        answer = client.get(path, headers=heads, follow_redirects=False)
        assert secret not in answer.text + repr(answer.headers)
    assert secret not in caplog.text


def test_a_token_of_a_program_opens_the_pages_of_its_account_and_a_wrong_one_none(office: Office) -> None:
    token = office.zg.json("user", "token", "scjgj")["token"]
    client = office.browser().client
    assert client.get("/tickets/1", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert client.get("/tickets/1", headers={"authorization": "Bearer zgt_00000000_" + "0" * 64}, follow_redirects=False).status_code != 200


def test_the_link_of_a_demo_signs_in_and_only_over_a_sandbox(office: Office, tmp_path: Path) -> None:
    [entry] = demo_entries(office.settings, ["scjgj"], "zh")
    assert (entry.account, entry.person) == ("scjgj", "市市场监管局联络员")
    browser = demo_of(office.settings, entry)
    assert browser.get(f"/sign-in/{entry.secret}", 303) == "/"
    assert "企业开办材料重复提交" in browser.get("/")
    browser.get("/sign-in/nobody", 404)
    zg = Zg(f"sqlite:///{tmp_path / 'real.db'}")
    zg("init", "--seed", "pingdingshan-2020")
    with served(f"sqlite:///{tmp_path / 'real.db'}") as real:
        with pytest.raises(RealClock):
            demo_entries(real.settings, ["scjgj"], "zh")
        demo_of(real.settings, entry).get(f"/sign-in/{entry.secret}", 404)


def test_the_link_of_a_demo_opens_it_again_for_who_signed_out_and_the_secret_of_a_browser_is_no_link(office: Office) -> None:
    [entry] = demo_entries(office.settings, ["scjgj"], "zh")
    browser = demo_of(office.settings, entry)
    for _ in range(2):
        assert browser.get(f"/sign-in/{entry.secret}", 303) == "/"
        kept = str(browser.client.cookies.get("zg_session"))
        assert kept != entry.secret
        browser.get(f"/sign-in/{kept}", 404)
        assert browser.post("/sign-out") == "/sign-in"


def demo_of(settings: Settings, entry: Entry) -> Browser:
    """A browser before the pages of a demo with one link."""
    app = application(settings, entries={entry.secret: entry.account})
    return Browser(TestClient(app, base_url=ORIGIN, raise_server_exceptions=False))
