"""现场记录 by its form: once by its key, kept where it is refused, the office's alone; and the page that a phone keeps is for nobody."""

from __future__ import annotations

from tests.web.conftest import Office, shown


def visit(office: Office) -> str:
    number = office.zg.json("visit", "new", "--on", "2020-09-24", "--place", "乙区政务大厅", "--unannounced", "--team", "office")["number"]
    return str(number)


def test_what_is_sent_twice_is_one_ticket_with_its_file(office: Office) -> None:
    browser, number = office.browser("office"), visit(office)
    sent = {"title": "评价器停用", "visit": number, "place": "三楼", "key": "0a1b", "account": "office"}
    places = {browser.post("/onsite", files=[("说明.amr", b"#!AMR\n" + bytes(9))], **sent) for _ in range(2)}
    [place] = places
    assert place.startswith("/onsite?done=ZG-") and place.endswith(f"visit={number}")
    assert "已登记为" in shown(browser.get(place))
    assert "已经用过" in shown(browser.post("/onsite", 409, **{**sent, "title": "别的"}))
    [found] = office.zg.json("visit", "show", number)["members"]
    assert [file["name"] for file in office.zg.json("show", found["number"])["files"]] == ["说明.amr"]


def test_where_no_visit_goes_on_the_page_leads_to_where_one_is_begun(office: Office) -> None:
    assert 'href="/visits/new"' in office.browser("office").get("/onsite").partition("<form")[2]
    visit(office)
    assert 'href="/visits/new"' not in office.browser("office").get("/onsite")


def test_what_is_refused_keeps_what_was_typed(office: Office) -> None:
    browser = office.browser("office")
    visit(office)
    html = browser.post("/onsite", 422, title="窗口无人值守", place="二楼")
    assert "还没有选督查检查" in shown(html) and 'value="窗口无人值守"' in html and 'value="二楼"' in html


def test_another_account_s_finding_is_not_taken_and_no_unit_enters_any(office: Office) -> None:
    number = visit(office)
    refused = office.browser("office").post("/onsite", 403, title="评价器停用", visit=number, account="zhang")
    assert "另一个账号" in shown(refused)
    assert "乙区" not in office.browser("scjgj").get("/onsite", 403)
    office.browser("scjgj").post("/onsite", 403, title="评价器停用", visit=number)
    assert office.zg.json("visit", "show", number)["findings"] == 0


def test_the_page_that_a_phone_keeps_names_nobody_and_holds_no_token(office: Office) -> None:
    number = visit(office)
    html = office.browser("office").get("/onsite/kept")
    assert "督办单位" not in html and number not in html and "乙区" not in html and "form_token" not in html
    worker = office.stranger.client.get("/onsite/worker.js")
    assert worker.headers["service-worker-allowed"] == "/onsite"
    assert worker.headers["content-type"].partition(";")[0].endswith("/javascript")
