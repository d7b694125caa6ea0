"""The calendar of a year on a page."""

from __future__ import annotations

from tests.web.conftest import Office, shown


def test_holidays_and_make_up_days_of_a_year_are_shown(read_office: Office) -> None:
    text = shown(read_office.browser("scjgj").get("/calendars?year=2020"))
    assert "2020-10-01" in text and "国庆" in text and "补班" in text
    read_office.browser("scjgj").get("/calendars?year=zwanzig", 422)
