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
