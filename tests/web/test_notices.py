"""Notices on pages: one's own inbox; the outbox is for whoever administers."""

from __future__ import annotations

from tests.web.conftest import Office, shown


def test_a_unit_reads_what_it_was_told_and_nothing_of_others(office: Office) -> None:
    assert "企业开办材料重复提交" in shown(office.browser("scjgj").get("/notices"))
    assert "企业开办材料重复提交" not in office.browser("gaj").get("/notices?every=1")
    office.browser("gaj").get("/notices/outbox", 403)
    assert "发件" in shown(office.browser("admin").get("/notices/outbox"))
