"""The board of the rounds, on a page: a line a target and subject, a unit its own lines alone."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import Office, shown


def test_the_board_shows_misses_with_their_tickets_and_a_unit_its_own(office: Office, tmp_path: Path) -> None:
    assert "还没有评价结果" in shown(office.browser("office").get("/board"))
    for code, name in (("JIA", "甲县"), ("YI", "乙区")):
        office.zg("unit", "add", code, name, "--kind", "county", "--relation", "county")
    office.zg("clock", "set", "2020-10-12T09:00")
    sheet = Path("seeds/demo/round-1.csv").resolve()
    office.zg("evaluate", "start", "--scheme", "市自评", "--on", "2020-09-30", "--subjects", "甲县,乙区", "--targets", "3.1-1,3.5-1")
    office.zg("evaluate", "import", "1", str(sheet), "--commit")
    html = office.browser("office").get("/board")
    assert "市自评" in html and "✗" in html and "/tickets/ZG-2020-0004" in html
    assert "乙区" not in shown(office.browser("scjgj").get("/board"))
