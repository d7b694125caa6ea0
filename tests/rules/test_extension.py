"""From which date an amount of more time counts."""

from __future__ import annotations

import pytest

from engine.rules.acts.extension import extended_date
from tests.rules.conftest import Matter


@pytest.mark.parametrize("trigger", ["request-extension", "grant"])
def test_more_time_counts_from_the_date_that_is_promised(rectifying: Matter, trigger: str) -> None:
    promised = rectifying.ticket.promised_at
    assert promised is not None and extended_date(rectifying.definition.triggers[trigger], rectifying.ticket) == promised


def test_any_other_amount_counts_from_now(rectifying: Matter) -> None:
    assert extended_date(rectifying.definition.triggers["assign"], rectifying.ticket) is None
    assert extended_date(None, rectifying.ticket) is None
