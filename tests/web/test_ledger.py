"""The ledger by its address: every filter of `zg list`, what is mistyped told, pages that go on, and the same list as a file."""

from __future__ import annotations

import re
from dataclasses import fields
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest

from engine.desk.wishes import Wishes
from tests.web.conftest import Browser, Office, shown


def numbers(html: str) -> list[str]:
    """The numbers of the tickets in the table of a page, in its order."""
    return list(dict.fromkeys(re.findall(r"ZG-2020-\d{4}", html.partition("<table")[2].partition("</table>")[0])))


@pytest.mark.parametrize("wanted", [
    {}, {"every": "1"}, {"state": "found"}, {"state": "待交办"}, {"unit": "市税务局"}, {"light": "green"}, {"source": "visit"},
    {"text": "评价器"}, {"turn": "office"}, {"measure": "3.1"}, {"overdue": "1"}, {"closed": "1"}, {"opened": "2020-09-01..2020-09-30"},
    {"sort": "number"}, {"mine": "1"}, {"changed_since": "2020-09-01"},
])
def test_the_address_and_the_command_line_find_the_same(read_office: Office, wanted: dict[str, str]) -> None:
    options = [
        word for name, text in wanted.items()
        for word in ([f"--{'all' if name == 'every' else name.replace('_', '-')}"] + ([] if text == "1" else [text]))
    ]
    listed = [node["number"] for node in read_office.zg.lines("list", *options)]
    html = read_office.browser("office").get(f"/ledger?{urlencode(wanted)}")
    assert numbers(html) == listed


def test_every_filter_of_the_list_has_a_field_that_keeps_what_was_chosen(read_office: Office) -> None:
    html = read_office.browser("office").get("/ledger")
    given = set(re.findall(r'name="(\w+)"', html))
    assert {item.name for item in fields(Wishes)} - given == {"portfolio"}
    assert 'name="portfolio"' in read_office.browser("leader").get("/ledger")
    html = read_office.browser("office").get("/ledger?text=评价器&state=found&overdue=1")
    assert 'value="评价器"' in html and '<option value="found" selected>' in html and 'name="overdue" value="1" checked' in html


@pytest.mark.parametrize(("query", "code", "told"), [
    ("unit=没有这个单位", 404, "没有这个单位"), ("state=nonsense", 422, "nonsense"), ("opened=昨天的昨天", 422, "昨天的昨天"),
    ("filter=all", 422, "filter"), ("light=purple", 422, "红"), ("after=nonsense", 422, ""),
])
def test_what_cannot_be_understood_is_told_and_shows_nothing(read_office: Office, query: str, code: int, told: str) -> None:
    answer = read_office.browser("office").client.get(f"/ledger?{query}", headers={"accept-language": "zh"})
    assert answer.status_code in (code, 404, 422) and 'role="alert"' in answer.text and "<table" not in answer.text
    assert told in shown(answer.text) + answer.text


def test_pages_go_on_where_the_last_one_ended(read_office: Office) -> None:
    browser = read_office.browser("office")
    first = browser.get("/ledger?every=1&sort=number&limit=2")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = browser.get(following[1].replace("&amp;", "&"))
    found = [numbers(html) for html in (first, second)]
    assert sorted(found[0] + found[1]) == ["ZG-2020-0001", "ZG-2020-0002", "ZG-2020-0003"] and len(found[0]) == 2


def test_what_a_ledger_says_otherwise_stands_on_the_page_of_its_ticket_in_words(office: Office, tmp_path: Path) -> None:
    sheet = tmp_path / "台账.csv"
    sheet.write_text("编号,问题,状态,牵头单位,销号日期\nZG-2020-0001,企业开办材料重复提交,已销号,市税务局,2020-09-24\n", encoding="utf-8")
    office.zg("import", str(sheet), "--source", "visit", "--commit")
    text = shown(office.browser("office").get("/tickets/1"))
    assert "牵头单位：市市场监管局 → 市税务局" in text and "待签收 → 已销号" in text
    assert "台账写得不同" not in shown(office.browser("scjgj").get("/tickets/1"))


def exported(browser: Browser, **texts: str) -> bytes:
    answer = browser.client.post("/ledger/export", data=texts, headers=browser.heads)
    assert answer.status_code == 200, shown(answer.text)
    return bytes(answer.content)


def test_exactly_this_list_goes_out_as_a_file_and_an_entry_says_who_took_it(office: Office) -> None:
    browser = office.browser("office")
    book = openpyxl.load_workbook(BytesIO(exported(browser, text="评价器", format="xlsx")))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert any("ZG-2020-0002" in cell for cell in cells) and not any("ZG-2020-0001" in cell for cell in cells)
    assert "ZG-2020-0001" in exported(browser, format="csv").decode("utf-8-sig")
    taken = [node for node in office.zg.lines("log", "--admin") if node["data"].get("name") == "ledger"]
    assert [(node["actor"], node["via"], node["data"]["count"]) for node in taken] == [("office", "web", 1), ("office", "web", 3)]


def test_a_unit_takes_its_own_tickets_away_and_no_others(office: Office) -> None:
    text = exported(office.browser("scjgj"), every="1", format="csv").decode("utf-8-sig")
    assert "ZG-2020-0001" in text and "ZG-2020-0003" not in text


def test_a_kind_of_file_that_is_not_there_is_told(office: Office) -> None:
    office.browser("office").post("/ledger/export", 422, format="exe")


def test_what_waits_today_is_what_the_command_says(read_office: Office) -> None:
    for account in ("office", "scjgj", "shuiwj", "leader"):
        html = read_office.browser(account).get("/")
        for section in read_office.zg.json("--as", account, "today")["sections"]:
            assert (f'id="{section["section"]}"' in html) == bool(section["count"]), section["section"]
            assert all(item["number"] in html for item in section["tickets"])


def test_columns_are_chosen_in_the_address_and_lines_are_ticked_for_one_act(read_office: Office) -> None:
    browser = read_office.browser("office")
    html = browser.get("/ledger?column=source&column=urged")
    heads = re.findall(r'<th scope="col">([^<]+)</th>', html)
    assert heads[-2:] == ["来源", "人工催办"] and "明察暗访" in html
    ticked = re.findall(r'<input type="checkbox" name="number" value="([^"]+)"', html)
    assert set(ticked) == {f"ZG-2020-000{serial}" for serial in (1, 2, 3)}
    assert 'action="/bulk"' in html


def test_facets_count_the_list_and_lead_to_as_many(read_office: Office) -> None:
    browser = read_office.browser("office")
    html = browser.get("/ledger?every=1")
    facets = re.findall(r'<a class="tag" href="(/ledger[^"]+)"[^>]*>[^<]*?(\d+)</a>', html)
    assert len(facets) >= 5
    for address, count in facets:
        assert len(numbers(browser.get(unescape(address)))) == int(count), address
    chosen = browser.get("/ledger?every=1&lead=SCJGJ")
    assert numbers(chosen) == ["ZG-2020-0001"] and 'aria-current="true">市市场监管局 1' in chosen
    assert "牵头单位" not in re.findall(r'<nav class="facets" aria-label="([^"]+)"', read_office.browser("scjgj").get("/ledger"))


def test_a_state_of_several_workflows_is_called_as_the_usual_one_calls_it(read_office: Office) -> None:
    html = read_office.browser("office").get("/ledger")
    assert '<option value="verified">已销号</option>' in html


def test_a_filter_is_saved_under_a_name_and_found_again_by_those_it_is_for(office: Office) -> None:
    browser, unit = office.browser("office"), office.browser("scjgj")
    address = browser.post("/ledger/views", 303, text="企业", every="1", column="source", name="企业的", audience="all")
    assert address == f"/ledger?{urlencode(sorted((('column', 'source'), ('every', '1'), ('text', '企业'))))}"
    assert unescape(re.search(r'class="tag" href="([^"]+)">企业的', unit.get("/ledger"))[1]) == address  # type: ignore[index]
    assert office.zg.lines("--as", "scjgj", "list", "@企业的")[0]["number"] == "ZG-2020-0001"
    assert office.zg.lines("--as", "shuiwj", "list", "@企业的") == []
    assert office.zg("list", "@企业的").stdout.split("\t")[3] == "明察暗访", "with the columns of the page"
    unit.post("/ledger/views", 303, light="green", name="本单位绿灯", audience="unit")
    assert "本单位绿灯" in office.browser("scjgj-head").get("/ledger")
    for other in ("shuiwj", "office", "leader"):
        assert "本单位绿灯" not in office.browser(other).get("/ledger")
    browser.post("/ledger/views/remove", 303, name="企业的", audience="all")
    assert "企业的" not in unit.get("/ledger")


def test_a_filter_that_cannot_be_saved_is_told_with_what_was_typed(office: Office) -> None:
    unit = office.browser("scjgj")
    assert "督办单位" in unit.post("/ledger/views", 403, name="全体", audience="all")
    assert 'value="甲/乙"' in unit.post("/ledger/views", 422, text="x", name="甲/乙", audience="own")
    assert "没有这个单位" in shown(unit.post("/ledger/views", 404, unit="没有这个单位", name="甲", audience="own"))
    unit.post("/ledger/views", 422, name="甲", audience="nobody")
    unit.post("/ledger/views/remove", 404, name="甲", audience="own")
    unit.post("/ledger/views", 422, filter="all", name="甲", audience="own")
    assert "甲" not in shown(unit.get("/ledger"))


def test_a_file_has_the_columns_that_were_ticked(read_office: Office) -> None:
    browser = read_office.browser("office")
    assert 'name="columns" value="title"' in browser.get("/ledger")
    given = {"format": "csv", "columns": ["title", "state"]}
    answer = browser.client.post("/ledger/export", data=given, headers=browser.heads)
    assert answer.content.decode("utf-8-sig").splitlines()[0] == "标题,状态"


@pytest.mark.parametrize(("query", "told"), [
    ("light=pink", "“红黄绿灯 light” 的值不在可选范围内"),
    ("turn=x", "督办单位 office"), ("state=x", "待验收 submitted"), ("level=x", "级"),
])
def test_a_filter_is_called_as_the_page_calls_it_where_its_value_is_none(read_office: Office, query: str, told: str) -> None:
    text = shown(read_office.browser("office").get(f"/ledger?{query}", 422))
    assert told in text, text[:400]
