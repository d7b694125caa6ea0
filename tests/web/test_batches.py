"""What came with which letter, on a page: how much is to be assigned, and the way to its tickets."""

from __future__ import annotations

from tests.web.conftest import Office, shown


def test_batches_are_listed_with_what_is_to_be_assigned_and_closed_ones_on_demand(office: Office) -> None:
    browser = office.browser("office")
    assert "没有来文批次" in shown(browser.get("/batches"))
    office.zg("batch", "new", "国务院大督查反馈", "--letter", "国办〔2020〕1号", "--date", "2020-09-20", "--sender", "国办")
    office.zg("open", "乱收费问题", "--source", "superior", "--batch", "1")
    html = browser.get("/batches")
    assert "国办〔2020〕1号" in html and "/ledger?state=found&amp;batch=B-2020-0001" in html
    assert "国务院大督查反馈" in shown(browser.get("/batches?every=1"))
    office.browser("scjgj").get("/batches", 403)


def test_a_letter_is_received_its_tickets_assigned_together_and_the_batch_closed(office: Office) -> None:
    browser = office.browser("office")
    letter = {"title": "国务院大督查反馈", "letter": "国办〔2020〕1号", "date": "2020-02-20", "sender": "国办"}
    assert "来文日期" in shown(browser.post("/batches/new", 422, **{**letter, "date": "2030-01-01"}))
    assert browser.post("/batches/new", files=[("来文.pdf", b"%PDF-1.7 x")], **letter) == "/batches/B-2020-0001?done=received"
    office.zg("open", "乱收费问题", "--source", "superior", "--batch", "1", "--grade", "C", "--lead", "市市场监管局")
    page = browser.get("/batches/1?done=received")
    assert "已办理" in shown(page) and "国办〔2020〕1号" in shown(page) and 'name="act" value="assign"' in page
    assert "待交办" in shown(browser.post("/batches/1/close", 422))
    office.zg("assign", "4")
    assert browser.post("/batches/1/close") == "/batches/B-2020-0001?done=closed"
    office.browser("auditor").post("/batches/1/close", 403)
    office.browser("scjgj").get("/batches/1", 403)
