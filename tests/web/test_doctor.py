"""The doctor on a page: what needs somebody, and nothing that is typed at a terminal."""

from __future__ import annotations

from tests.web.conftest import Office, shown


def test_the_doctor_says_what_needs_somebody(read_office: Office) -> None:
    text = shown(read_office.browser("office").get("/doctor"))
    assert "运行检查" in text
    assert "zg " not in text, text
    read_office.browser("scjgj").get("/doctor", 403)
