"""One act on many tickets: the acts to choose from, what would become of each, and what became of it."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import Office, shown


@pytest.fixture
def found(office: Office) -> Office:
    """Three tickets that wait to be assigned."""
    office.zg("open", "不动产登记窗口排队过长", "--source", "visit")
    office.zg("open", "招标文件设置门槛", "--source", "visit")
    return office


def numbers(*serials: int) -> list[str]:
    return [f"ZG-2020-{serial:04}" for serial in serials]


def form_of(html: str) -> list[tuple[str, str]]:
    """The texts of the form of a page as a browser would send them untouched."""
    names = re.findall(r'<input type="hidden" name="(version\.[^"]+|act)" value="([^"]+)"', html)
    ticked = re.findall(r'<input type="checkbox" name="(number)" value="([^"]+)" checked', html)
    return [*names, *ticked]


def send(office: Office, path: str, pairs: list[tuple[str, str]], account: str = "office") -> str:
    browser = office.browser(account)
    given: dict[str, list[str]] = {}
    for name, text in pairs:
        given.setdefault(name, []).append(text)
    answer = browser.client.post(path, data=given, headers=browser.heads, follow_redirects=False)
    assert answer.status_code == 200, shown(answer.text)[:500]
    return answer.text


def test_what_may_be_chosen_is_what_is_possible_for_some_of_them(found: Office) -> None:
    html = found.browser("office").get("/bulk?number=1&number=2&number=4")
    offered = dict(re.findall(r'name="act" value="([\w-]+)">[^<]*<span class="count">(\d)', html))
    assert offered["assign"] == "2" and offered["comment"] == "3" and "accept" not in offered


def test_assigning_many_is_previewed_by_unit_and_then_done_each_by_its_own_line(found: Office) -> None:
    browser = found.browser("office")
    chosen = "&".join(f"number={number}" for number in numbers(2, 4, 5))
    form = form_of(browser.get(f"/bulk?act=assign&{chosen}"))
    leads = [("lead.ZG-2020-0002", "市市场监管局"), ("lead.ZG-2020-0004", "市市场监管局"), ("lead.ZG-2020-0005", "没有这个单位")]
    html = send(found, "/bulk/preview", [*form, *leads])
    text = shown(html)
    assert re.search(r"市市场监管局 2 ", text) and "没有这个单位" in html
    assert {found.zg.json("show", number)["stage"] for number in ("2", "4", "5")} == {"found"}, "a preview does nothing"
    assert "能办 2 件，不能办 1 件" in text and "办后：待签收" in text
    previewed = form_of(html)
    assert previewed == form, "of the versions that were looked at"
    html = send(found, "/bulk", [*previewed, *leads])
    assert "办成 2 件，未办 1 件" in shown(html)
    assert [found.zg.json("show", number)["lead"] for number in ("2", "4")] == ["SCJGJ", "SCJGJ"]
    again = form_of(html)
    assert ("number", "ZG-2020-0005") in again and ("number", "ZG-2020-0002") not in again, "what is done is not sent again"


def test_what_was_typed_wrong_stays_ticked_and_a_form_with_nothing_ticked_comes_back(found: Office) -> None:
    form = form_of(found.browser("office").get("/bulk?act=assign&number=1&number=2"))
    assert [text for name, text in form if name == "number"] == ["ZG-2020-0002"], "the other one is assigned already"
    html = send(found, "/bulk/preview", [*form, ("number", "ZG-2020-0001"), ("lead.ZG-2020-0002", "没有这个单位")])
    assert [text for name, text in form_of(html) if name == "number"] == ["ZG-2020-0002"], "what typing mends is meant again"
    browser, given = found.browser("office"), {name: text for name, text in form_of(html) if name != "number"}
    text = browser.post("/bulk/preview", 422, **given, **{"lead.ZG-2020-0002": "市市场监管局", "due": "2020-12-31"})
    assert "没有选事项" in shown(text) and 'value="市市场监管局"' in text and 'value="2020-12-31"' in text
    assert "ZG-2020-0002" in shown(text) and form_of(text)[0] == ("act", "assign")


def test_what_is_sent_twice_is_done_once(found: Office) -> None:
    form = form_of(found.browser("office").get("/bulk?act=comment&number=2&number=4"))
    assert "办成 2 件" in shown(send(found, "/bulk", [*form, ("note", "一并核查")]))
    html = send(found, "/bulk", [*form, ("note", "一并核查")])
    assert "办成 0 件，未办 2 件" in shown(html) and set(form_of(html)) - set(form), "whoever sends it now has seen that it was done"
    assert [line["words"] for line in found.zg.lines("log", "2")].count({"note": "一并核查"}) == 1


def test_one_reply_answers_several_tickets_with_one_file(found: Office) -> None:
    found.zg("assign", "2", "4", "--lead", "市市场监管局")
    found.zg("--as", "scjgj", "accept", "2", "4")
    browser = found.browser("scjgj")
    form = form_of(browser.get("/bulk?act=submit&number=2&number=4"))
    given: dict[str, list[str]] = {}
    for name, text in [*form, ("note", "两件一并答复")]:
        given.setdefault(name, []).append(text)
    answer = browser.client.post("/bulk", data=given, files=[("file", ("答复.pdf", b"%PDF-1.7 one"))], headers=browser.heads)
    assert "办成 2 件，未办 0 件" in shown(answer.text)
    files = [found.zg.json("show", number)["files"][0]["name"] for number in ("2", "4")]
    assert files == ["答复.pdf", "答复.pdf"] and found.zg("audit", "verify").exit_code == 0


def test_nobody_does_to_many_what_is_not_theirs(found: Office) -> None:
    unit = found.browser("scjgj")
    unit.get("/bulk?act=assign&number=2", 404)
    text = shown(unit.get("/bulk?act=verify&number=1"))
    assert "验收销号" in text
    send(found, "/bulk", [("act", "verify"), ("number", "ZG-2020-0001"), ("note", "x")], "scjgj")
    assert found.zg.json("show", "1")["stage"] == "assigned"


@pytest.mark.parametrize("query", ["", "act=assign", "act=assign&" + "&".join(f"number={n}" for n in range(1, 60))])
def test_none_and_too_many_are_refused_in_words(read_office: Office, query: str) -> None:
    text = shown(read_office.browser("office").get(f"/bulk?{query}", 422))
    assert "没有选事项" in text or "一次最多办 50 件" in text


def test_an_act_that_nobody_knows_is_not_found(read_office: Office) -> None:
    read_office.browser("office").get("/bulk?act=explode&number=1", 404)
