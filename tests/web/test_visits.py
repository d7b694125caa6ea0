"""Where the office went, on a page: what was found, and the way to it; no unit learns of it."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from tests.web.conftest import Office, shown


def test_visits_are_listed_with_what_was_found(office: Office) -> None:
    office.zg("visit", "new", "--on", "2020-09-24", "--place", "乙区政务大厅", "--unannounced", "--team", "office")
    office.zg("visit", "finding", "1", "综合窗口工作时间无人")
    text = shown(office.browser("office").get("/visits"))
    assert "乙区政务大厅" in text and "2020-09-24" in text and "V-2020-0001" in text
    for seat in ("scjgj", "admin"):
        assert "乙区政务大厅" not in office.browser(seat).get("/visits", 403)


def test_a_finding_is_entered_with_a_photo_consented_to_and_assigned_as_suggested(office: Office) -> None:
    browser, leader = office.browser("office"), office.browser("leader")
    assert "地点" in shown(browser.post("/visits/new", 422, on="2020-09-20"))
    visit = browser.post("/visits/new", on="2020-09-20", place="乙区政务大厅", unannounced="1").partition("?")[0]
    assert visit == "/visits/V-2020-0001"
    given = {"title": "综合窗口无人", "unit": "市市场监管局", "grade": "C"}
    again = browser.post(f"{visit}/finding", 404, **{**given, "unit": "没有的局"})
    assert "综合窗口无人" in again and "没有的局" in again, "what was typed is kept"
    buffer = BytesIO()
    Image.new("RGB", (60, 40)).save(buffer, "JPEG")
    photos = [("窗口.jpg", buffer.getvalue())]
    assert browser.post(f"{visit}/finding", files=photos, another="1", **given).startswith(f"{visit}/finding?done=")
    assert office.zg.json("show", "4")["files"][0]["name"] == "窗口.jpg"
    assert "领导还没有审定" in shown(browser.get(f"{visit}/assign"))
    browser.post(f"{visit}/consent", 403)
    assert "同意交办 1 个问题" in shown(leader.get(visit))
    assert leader.post(f"{visit}/consent") == f"{visit}?done=consented"
    assert 'placeholder="市市场监管局"' in browser.get("/tickets/4/assign"), "whom the visit suggests"
    assert "待签收" in shown(browser.post(f"{visit}/assign", 200))
    assert browser.post(f"{visit}/close") == f"{visit}?done=closed"
    office.browser("scjgj").get(visit, 403)


def test_a_finding_without_a_unit_leads_to_where_one_is_suggested_and_then_to_the_leader(office: Office) -> None:
    office.zg("visit", "new", "--on", "2020-09-24", "--place", "乙区政务大厅", "--team", "office")
    office.zg("visit", "finding", "1", "综合窗口工作时间无人")
    [number] = [item["number"] for item in office.zg.json("visit", "show", "1")["members"]]
    browser, way = office.browser("office"), f'href="/amending/{number}"'
    for path in ("/", f"/queues/to-assign/{number}", "/visits/1/assign"):
        assert way in browser.get(path), path
    assert f'href="/tickets/{number}/assign"' not in browser.get("/"), "which could not be sent"
    assert "在事项的“更正”里填写牵头单位" in shown(browser.get(f"/tickets/{number}/assign"))
    assert "V-2020-0001" not in browser.get("/decisions")
    office.zg("amend", number, "--lead", "市市场监管局", "--reason", "拟定")
    assert "在“请您审定”里同意督查检查 V-2020-0001" in shown(browser.get(f"/tickets/{number}/assign"))
    assert 'href="/visits/V-2020-0001"' in browser.get("/decisions"), "the visit waits for a leader"
    assert 'class="btn btn-primary" href="/tickets/' in browser.get("/")


def test_what_was_drawn_to_be_looked_at_again_is_rated(office: Office) -> None:
    office.zg("--as", "scjgj", "accept", "1")
    office.zg("--as", "scjgj", "submit", "1", "--note", "已整改")
    office.zg("--as", "admin", "user", "add", "second", "--role", "supervisor", "--title", "另一人")
    office.zg("--as", "second", "verify", "1", "--note", "属实")
    office.zg("clock", "set", "2020-10-12T09:00")
    browser = office.browser("office")
    visit = browser.post("/visits/new", recheck="1", sample="1", months="3").partition("?")[0]
    assert "ZG-2020-0001" in shown(browser.get(visit))
    browser.post(f"{visit}/recheck", 422, ticket="ZG-2020-0001", rating="70")
    assert browser.post(f"{visit}/recheck", ticket="ZG-2020-0001", rating="100", adequate="yes", note="仍合格") == f"{visit}?done=rated"
    assert "100 整改到位" in shown(browser.get(visit))


def test_a_visit_without_a_day_or_a_place_is_refused_in_words_of_the_page(office: Office) -> None:
    text = shown(office.browser("office").post("/visits/new", 422, place="大厅"))
    assert "督查检查要写日期和地点" in text and "--" not in text
