from __future__ import annotations

import pytest

from engine.rules.timing.quiet import is_open, may_disturb_at
from tests.rules.conftest import china, local


@pytest.mark.parametrize(("digest", "at", "expected"), [
    ("off", "2020-09-30T10:00", "2020-09-30T10:00"), ("off", "2020-09-30T13:00", "2020-09-30T14:30"),
    ("off", "2020-09-30T18:00", "2020-10-09T08:30"), ("off", "2020-09-26T10:00", "2020-09-27T08:30"),
    ("daily", "2020-09-25T09:00", "2020-09-27T08:30"), ("daily", "2020-09-30T07:00", "2020-10-09T08:30"),
    ("weekly", "2020-09-21T09:00", "2020-09-28T08:30"), ("weekly", "2020-09-27T09:00", "2020-09-28T08:30"),
    ("weekly", "2020-09-29T09:00", "2020-10-09T08:30"),
])
def test_people_are_told_in_working_hours_at_once_or_with_the_next_digest(digest: str, at: str, expected: str) -> None:
    assert may_disturb_at(local(at), digest, china()) == local(expected)


@pytest.mark.parametrize(("at", "expected"), [
    ("2020-09-30T08:29", False), ("2020-09-30T08:30", True), ("2020-09-30T12:00", False), ("2020-09-30T14:30", True),
    ("2020-09-30T18:00", False), ("2020-10-01T10:00", False), ("2020-09-27T10:00", True),
])
def test_the_office_is_open_in_its_hours_on_working_days(at: str, expected: bool) -> None:
    assert is_open(local(at), china()) is expected
