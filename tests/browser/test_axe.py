"""What axe says of every page, light and dark: nothing. And what scripts add: files that are chosen, phrases, keys.

axe-core is fetched from npm for this test alone, and its integrity checked; left out where there is no registry.
"""

from __future__ import annotations

import urllib.error
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.app.serving import open_record
from engine.desk.drafts import save_draft
from engine.rules.access import Actor
from engine.views.draft import Draft
from tests.browser.conftest import DESK, PHONE, SCREEN, Site, browsing, enter, fits, picture
from tests.web.vendor import package

pytestmark = browsing

AXE = ("axe-core", "4.10.3", "sha512-Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg==")
PAGES = (
    "/", "/ledger?every=1&column=source&column=grade&column=opened", "/ledger/board", "/tickets/1", "/tickets/2", "/tickets/2/assign",
    "/tickets/new", "/queues/to-assign", "/queues/to-assign/2",
    "/bulk?number=1&number=2", "/bulk?act=assign&number=2", "/paper/1", "/paper/1/sheet", "/account", "/about", "/x",
    "/batches", "/batches/new", "/visits", "/visits/new", "/visits/1", "/visits/1/finding", "/visits/1/assign", "/rounds", "/rounds/new",
    "/imports", "/figures", "/digest", "/due?month=2020-10", "/board", "/amending/1", "/entries/1/accept",
    "/onsite", "/onsite/kept",
    "/units", "/units/SCJGJ", "/accounts", "/accounts/scjgj", "/calendars", "/workflows", "/workflows/rectification", "/notices?every=1",
    "/notices/outbox", "/doctor", "/batches/1", "/rounds/1", "/rounds/1/undo", "/decisions", "/drafts", f"/screen/{SCREEN}",
)
DARK = (
    "/", "/ledger/board", "/ledger?every=1&column=source", "/tickets/1", "/tickets/new", "/queues/to-assign/2", "/bulk?number=1&number=2",
    "/visits/1",
    "/rounds/new", "/figures", "/due?month=2020-10", "/board", "/onsite", "/accounts/scjgj", "/workflows/rectification", "/doctor",
)
"""Pages of every kind: lists, forms, one thing, figures."""

OF_UNITS = (
    ("scjgj", ("/", "/tickets/1", "/tickets/3/progress", "/drafts", "/replies")),
    ("scjgj-head", ("/", "/queues/to-endorse", "/queues/to-endorse/3", "/bulk?act=send-back&number=3")),
)
RESULTS = "results of a round, sent in"
RULES = {"light": '["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]', "dark": '{type: "rule", values: ["color-contrast"]}'}
"""What is asked in each look: all of it in the first, and in the second what colours change."""

ASKED = """async () => (await axe.run({runOnly: RULES})).violations
  .map(item => [item.id, item.nodes.map(node => node.html.slice(0, 160)).slice(0, 3)])"""


@pytest.fixture(scope="module")
def axe() -> str:
    try:
        return package(*AXE)["axe.min.js"].decode()
    except (urllib.error.URLError, TimeoutError):
        pytest.skip("no registry of npm")


@pytest.fixture(scope="module")
def full(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has something of everything; and a sheet of results that is still to be entered."""
    site.zg("batch", "new", "国务院大督查反馈", "--letter", "国办〔2020〕1号", "--date", "2020-09-20", "--sender", "国办")
    site.zg("open", "办理施工许可超过承诺时限", "--source", "superior", "--batch", "1", "--grade", "A", "--lead", "市市场监管局")
    site.zg("assign", "3")
    site.zg("--as", "scjgj", "accept", "3")
    with open_record(site.settings) as record:
        typed = Draft("3", "progress", 0, {"note": ("窗口已增设",)}, datetime.now(UTC))
        save_draft(record.desk, Actor("scjgj", "contact", "SCJGJ", "web"), typed)
    site.zg("unit", "add", "JIA", "甲县", "--kind", "county", "--relation", "county")
    site.zg("evaluate", "start", "--scheme", "市自评", "--on", "2020-09-20", "--subjects", "甲县", "--targets", "3.5-1,3.1-1")
    first, second = (tmp_path_factory.mktemp("sheets") / name for name in ("r.csv", "再报.csv"))
    first.write_text("指标,对象,数值,备注\n3.5-1,甲县,7.2,线上率低\n", encoding="utf-8")
    second.write_text("指标,对象,数值,备注\n3.1-1,甲县,1,\n3.1-1,丙县,1,没有这个县\n", encoding="utf-8")
    site.zg("evaluate", "import", "1", str(first), "--commit")
    return second


@pytest.mark.parametrize(("look", "pages"), [
    ("light", PAGES), ("dark", DARK), pytest.param("dark", PAGES, marks=pytest.mark.torture),
], ids=["light", "dark", "dark-every-page"])
def test_nothing_stands_in_the_way_of_anybody(site: Site, full: Path, axe: str, look: str, pages: tuple[str, ...]) -> None:
    found = {}
    with site.browser(DESK, look=look, scripts=True) as page:
        for account, paths in ((None, ("/sign-in",)), ("office", (*pages, RESULTS)), ("leader", ("/",)), *OF_UNITS):
            if account is not None:
                enter(page, site, account)
            for path in paths:
                if path == RESULTS:
                    send_in(page, site, full)
                else:
                    page.goto(f"{site.address}{path}")
                page.evaluate(axe)
                if problems := page.evaluate(ASKED.replace("RULES", RULES[look])):
                    found[account, path] = problems
    assert not found, found


def send_in(page: Any, site: Site, sheet: Path) -> None:
    """Sends a sheet of results in, and looks at what would be entered."""
    page.goto(f"{site.address}/imports")
    page.locator("[name=kind]").select_option("results")
    page.locator("[name=round]").fill("1")
    page.locator("[name=file]").set_input_files([str(sheet)])
    page.locator("main form button[type=submit]").click()
    page.get_by_text(sheet.name).first.wait_for()


def test_forms_fit_a_phone_in_english_whose_words_are_longer(site: Site) -> None:
    with site.browser(PHONE, language="en-US") as page:
        enter(page, site, "office")
        for path in ("/accounts/scjgj", "/tickets/2/assign", "/tickets/new", "/rounds/new", "/visits/new", "/imports"):
            page.goto(site.address + path)
            assert fits(page), path


def test_files_are_dropped_shown_and_left_out_again_and_sent_by_the_plain_form(site: Site, tmp_path: Path) -> None:
    photo = tmp_path / "窗口.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with site.browser(PHONE, scripts=True) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}/tickets/2/comment")
        page.locator("input[name=file]").set_input_files([str(photo)])
        page.evaluate("""() => {
          const field = document.querySelector("input[name=file]").closest(".field"), held = new DataTransfer();
          held.items.add(new File(["%PDF-1.7 x"], "说明.pdf", {type: "application/pdf"}));
          held.items.add(new File(["x"], "多余.txt", {type: "text/plain"}));
          field.dispatchEvent(new DragEvent("drop", {dataTransfer: held, bubbles: true, cancelable: true}));
        }""")
        assert page.locator(".chosen li").count() == 3 and page.locator(".chosen img").count() == 1
        page.get_by_role("button", name="去掉 多余.txt").click()
        picture(page, "upload-phone")
        assert fits(page)
        page.get_by_role("textbox", name="说明").fill("现场照片")
        page.get_by_role("button", name="备注").click()
        assert page.locator("#files").inner_text().count("kB") == 2
    assert [item["name"] for item in site.zg.json("show", "2")["files"]] == ["窗口.png", "说明.pdf"]


def test_a_card_of_the_board_moves_by_its_menu_and_by_dragging_and_both_open_the_form(site: Site) -> None:
    site.zg("open", "拖动的一件", "--source", "visit", "--lead", "市市场监管局")
    with site.browser(DESK, scripts=True) as page:
        enter(page, site, "office")
        page.goto(f"{site.address}/ledger/board")
        card = page.locator(".ticket-card", has_text="拖动的一件")
        card.locator("summary").click()
        menu = card.get_by_role("link", name="交办", exact=True).get_attribute("href")
        card.drag_to(page.locator("[data-state=found]"), target_position={"x": 5, "y": 5})
        assert page.url.endswith("/ledger/board"), "nothing leads where it is"
        card.drag_to(page.locator("[data-state=assigned]"))
        page.wait_for_url(f"**{menu}")
        assert fits(page)


def test_keys_rest_while_a_character_is_composed(site: Site) -> None:
    """An IME gives its keys to the page too: Chromium says that they compose, or by code 229."""
    with site.browser(DESK, scripts=True) as page:
        enter(page, site, "office")
        for composing in ("isComposing: true", "keyCode: 229"):
            page.evaluate(f"""() => document.body.dispatchEvent(new KeyboardEvent("keydown", {{key: "?", bubbles: true, {composing}}}))""")
            assert not page.get_by_role("dialog").is_visible()
        page.evaluate("""() => document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "?", bubbles: true}))""")
        assert page.get_by_role("dialog").is_visible()


def test_keys_lead_from_page_to_page_and_rest_while_somebody_types(site: Site) -> None:
    with site.browser(DESK, scripts=True) as page:
        enter(page, site, "office")
        page.keyboard.press("g")
        page.keyboard.press("l")
        page.wait_for_url("**/ledger")
        page.keyboard.press("/")
        page.keyboard.type("gt?")
        assert page.url.endswith("/ledger") and page.locator("#in-text").input_value() == "gt?"
        page.locator("h1").click()
        page.keyboard.press("?")
        assert page.get_by_role("dialog").is_visible()
