"""What every answer carries, what the look weighs and is made of, and what is said when something goes wrong."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from engine.app.settings import Settings
from engine.errors import Busy, UsageError, ZgError
from engine.web import application as application_module
from engine.web.application import LOG, application
from engine.web.assets import FOREVER, assets
from engine.web.headers import CONTENT
from engine.web.limits import Unexpected
from engine.web.portal import portal_path
from engine.web.problem import Problem, problem_of
from engine.web.routes import PAGES
from engine.web.rule import OPENS, OWN, OWN_FIRST, READS, SEEN, VISITS
from engine.words.phrase import Phrase
from tests.web.conftest import HEAVIEST_PAGE, Office, loaded_by, shown, weight_of
from tests.web.vendor import VENDOR

TOO_NEW = re.compile(r"oklch|color-mix|light-dark\(|@layer|@container|:has\(|accent-color|:is\(|:where\(|\binset:|text-wrap|dvh|@property")
"""What Chromium 86 does not know."""

NEWER_SCRIPT = re.compile(
    r"\.(at|replaceAll|findLast|toSorted|toReversed|groupBy|hasOwn|any)\(|structuredClone|randomUUID|[?|&]{2}=|static\s*\{|#\w+\s*[=(;]|"
    r"\bawait\b|showPopover|startViewTransition|navigator\.clipboard",
)
"""What Chromium 86 does not know of scripts, or only with TLS."""

KNOWN_IN_TABLER = {"light-dark(", ":has(", "inset:", "text-wrap"}
"""What of it Tabler 1.0.0 has in parts that no page uses."""


@pytest.mark.parametrize("path", ["/", "/sign-in", "/ledger", "/nowhere", "/healthz", "/tickets/999", "/static/x/app.css"])
def test_every_answer_says_what_a_page_may_load_and_that_nothing_is_kept(read_office: Office, path: str) -> None:
    browser = read_office.browser("office")
    heads = browser.client.get(path, headers=browser.heads, follow_redirects=False).headers
    assert heads["content-security-policy"] == CONTENT and "unsafe" not in CONTENT
    assert heads["x-content-type-options"] == "nosniff" and heads["referrer-policy"] == "no-referrer"
    assert heads["cache-control"] == "no-store" and "server" not in heads


def test_the_look_is_sent_packed_under_its_hash_and_kept_for_good(read_office: Office) -> None:
    for asset in assets().values():
        answer = read_office.stranger.client.get(asset.path)
        assert answer.content == asset.body and answer.headers["cache-control"] == FOREVER
        assert hashlib.sha256(asset.body).hexdigest().startswith(asset.hash)


LISTS = [row.path for row in PAGES if row.method == "GET" and "{" not in row.path and
         row.rule in (OWN, OWN_FIRST, SEEN, READS, OPENS, VISITS)]


def test_every_page_is_light_with_all_that_it_loads_and_loads_nothing_from_elsewhere(read_office: Office) -> None:
    office, admin, nobody = read_office.browser("office"), read_office.browser("admin"), read_office.browser()
    answers = {path: office.client.get(path, headers=office.heads) for path in LISTS}
    seen = {path: answer.text for path, answer in answers.items() if answer.status_code == 200}  # some ask for more than a path
    seen |= {path: office.get(path) for path in ("/tickets/1", "/tickets/1/comment", "/queues/to-verify", "/units/SCJGJ", "/paper/1")}
    seen |= {"/accounts": admin.get("/accounts"), "/sign-in": nobody.get("/sign-in")}
    assert len(seen) > 20
    for path, html in seen.items():
        assert len(loaded_by(html)) >= 4 and weight_of(html) < HEAVIEST_PAGE, path
        assert re.findall(r'(?:href|src|action)="(?:https?:)?//', html) == [], path


def test_what_is_vendored_is_what_the_list_says_with_its_licence() -> None:
    listed = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["file"]
    assert {entry["file"]: hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() for entry in listed} == {
        entry["file"]: entry["sha256"] for entry in listed
    }
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert there == {entry["file"] for entry in listed} | {"vendor.toml"}
    for entry in listed:
        assert entry["integrity"].startswith("sha512-") and entry["licence"] and entry["version"]
        assert (VENDOR / Path(entry["file"]).parent / "LICENSE").is_file()


@pytest.mark.parametrize("name", [name for name in assets() if name.endswith(".css")])
def test_every_style_is_in_the_words_of_chromium_86(name: str) -> None:
    found = {match[0] for match in TOO_NEW.finditer(assets()[name].body.decode())}
    assert found <= (KNOWN_IN_TABLER if name.startswith("tabler") else set())


@pytest.mark.parametrize("name", [name for name in assets() if name.endswith(".js") and name != "htmx.js"])
def test_every_script_is_in_the_words_of_chromium_86_evaluates_nothing_and_says_nothing(name: str) -> None:
    source = re.sub(r"//.*", "", assets()[name].body.decode())
    assert not NEWER_SCRIPT.search(source), NEWER_SCRIPT.search(source)
    assert not re.search(r"\beval\b|\bFunction\(|innerHTML|insertAdjacentHTML|document\.write|setTimeout\(\s*[\"']", source)
    assert not re.search(r"[\u4e00-\u9fff]", source)


def test_a_page_that_is_not_there_says_so_and_leads_back(read_office: Office) -> None:
    text = shown(read_office.browser("office").get("/nowhere", 404))
    assert "没有这个页面" in text and "回到首页" in text
    assert "There is no such page" in shown(read_office.browser("office", "en").get("/nowhere", 404))


@pytest.mark.parametrize(("seat", "called"), [("office", "今日待办"), ("scjgj", "我的待办"), ("leader", "请您审定")])
def test_the_first_page_is_called_the_same_in_the_menu_and_at_its_head(read_office: Office, seat: str, called: str) -> None:
    html = read_office.browser(seat).get("/")
    assert all(f">{called}" in part for part in (html.partition("<nav")[2].partition("</a>")[0], html.partition("<main")[2])), seat
    assert f"<title>{called}" in html


def test_whoever_looks_after_the_program_is_led_to_what_that_is(read_office: Office) -> None:
    html = read_office.browser("admin").get("/").partition("<main")[2]
    assert 'href="/accounts"' in html and 'href="/doctor"' in html


@pytest.mark.parametrize("path", ["/figures?from=2020-01-01", "/digest?on=2020-09-01"])
def test_what_a_page_does_not_know_of_its_address_is_told(read_office: Office, path: str) -> None:
    read_office.browser("office").get(path, 422)


def test_what_nobody_expected_is_told_without_its_words(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = office.browser("office")
    monkeypatch.setattr("engine.web.endpoints.today.today", lambda *_: 1 / 0)
    html = browser.get("/", 500)
    assert "系统出错" in shown(html) and "ZeroDivision" not in html and "Traceback" not in html


def test_a_problem_that_cannot_be_put_into_words_is_told_as_what_nobody_expected(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """What a refusal repeats is a stranger's: where it breaks the page of the refusal, the answer keeps its heads and the log its line."""
    def breaks(error: ZgError, phrase: Phrase) -> Problem:
        return problem_of(error, phrase) if isinstance(error, Unexpected) else 1 / 0  # type: ignore[return-value]

    monkeypatch.setattr("engine.web.trouble.problem_of", breaks)
    browser = office.browser("office")
    assert "系统出错" in shown(browser.get("/tickets/999", 500))
    assert browser.client.get("/tickets/999").headers["content-security-policy"] == CONTENT
    assert {record.getMessage().partition("(")[0] for record in caplog.records if record.name == LOG.name} == {
        "GET /tickets/{number}: ZeroDivisionError",
    }


def test_what_nobody_expected_is_one_line_of_the_log_whatever_it_says(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """An error may repeat what somebody typed: no line of the log is theirs, and no escape sequence reaches a terminal."""
    def breaks(*_: object) -> None:
        try:
            raise LookupError("first\x1b[31m")
        except LookupError:
            raise ValueError("x" * 300 + "\nforged GET /sign-in: all is well")  # noqa: B904 - its context is told

    monkeypatch.setattr("engine.web.endpoints.today.today", breaks)
    office.browser("office").get("/", 500)
    [line] = [record.getMessage() for record in caplog.records if record.name == LOG.name]
    assert line.startswith("GET /: ValueError('xxx") and " <- LookupError('first\\x1b[31m')" in line and "test_frame.py:" in line
    assert line.isprintable() and "forged" not in line and len(line) < 4_000


def test_a_record_that_cannot_be_read_is_told_on_a_bare_page(tmp_path: Path) -> None:
    client = TestClient(application(Settings(f"sqlite:///{tmp_path}/none.db", "office", "zh")))
    answer = client.get("/", headers={"accept-language": "zh"})
    assert answer.status_code >= 500 and "<nav" not in answer.text and str(tmp_path) not in answer.text
    assert answer.headers["content-security-policy"] == CONTENT
    assert client.get("/healthz").status_code >= 500


def test_a_busy_record_says_when_to_try_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = office.browser("office")

    def busy(_settings: Settings) -> None:
        raise Busy

    monkeypatch.setattr(application_module, "open_record", busy)
    answer = browser.client.get("/", headers=browser.heads)
    assert answer.status_code == 503 and answer.headers["retry-after"]


def test_a_portal_may_serve_it_under_a_path(office: Office) -> None:
    client = TestClient(application(office.settings, root="/zg"), base_url="http://testserver")
    for before in ("/zg", ""):  # whether the proxy leaves the path or takes it off
        html = client.get(f"{before}/sign-in", headers={"accept-language": "zh"}).text
        assert set(re.findall(r'(?:href|action)="(/[^"]*)"', html)) >= {"/zg/", "/zg/sign-in"}
        assert re.findall(r'(?:href|action)="(/(?!zg/)[^"]*)"', html) == []
        assert client.get(f"{before}/", follow_redirects=False).headers["location"] == "/zg/sign-in"
        assert client.get(f"{before}/ledger?q=zg", follow_redirects=False).headers["location"] == "/zg/sign-in?next=%2Fledger%3Fq%3Dzg"
        assert client.get(f"{before}/zgx").status_code == 404
    assert client.get("/zg", follow_redirects=False).headers["location"] == "/zg/sign-in"


@pytest.mark.parametrize(("typed", "path"), [("", ""), ("/", ""), ("zg", "/zg"), ("/zg/", "/zg"), ("/portal/zg.1", "/portal/zg.1")])
def test_the_path_of_a_portal_is_understood_however_it_is_typed(typed: str, path: str) -> None:
    assert portal_path(typed) == path


@pytest.mark.parametrize("typed", ["/z g", "/zg?x", "//zg//x", "/..", "/整改", "/ledger", "/api/zg"])
def test_a_path_that_is_none_or_begins_as_a_page_of_ours_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        portal_path(typed)
