"""What figures are about unless told: this year, by the office's days."""

from __future__ import annotations

from datetime import datetime

import pytest

from engine.desk.figures import this_year
from tests.registry.conftest import BEGIN, Town


@pytest.mark.usefixtures("machine_in_new_york")
@pytest.mark.parametrize(("now", "since", "before"), [
    ("2021-01-01T01:00", "2021-01-01T00:00", "2021-01-02T00:00"), ("2020-12-31T23:00", "2020-01-01T00:00", "2021-01-01T00:00"),
])
def test_the_year_of_the_figures_is_the_office_s_wherever_the_machine_stands(town: Town, now: str, since: str, before: str) -> None:
    span = this_year(town.at(now).desk)
    assert [span.since, span.before] == [datetime.fromisoformat(text).replace(tzinfo=BEGIN.tzinfo) for text in (since, before)]
