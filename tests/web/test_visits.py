"""Where the office went, on a page: what was found, and the way to it; no unit learns of it."""

from __future__ import annotations

from tests.web.conftest import Office, shown


def test_visits_are_listed_with_what_was_found(office: Office) -> None:
    office.zg("visit", "new", "--on", "2020-09-24", "--place", "乙区政务大厅", "--unannounced", "--team", "office")
    office.zg("visit", "finding", "1", "综合窗口工作时间无人")
    text = shown(office.browser("office").get("/visits"))
    assert "乙区政务大厅" in text and "2020-09-24" in text and "V-2020-0001" in text
    for seat in ("scjgj", "admin"):
        assert "乙区政务大厅" not in office.browser(seat).get("/visits", 403)
