"""An act writes over nothing that somebody else changed since it was looked at; what is only added to a ticket throws nothing back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine.rules.acts.overtaken import writes_over
from engine.rules.ticket import Ticket
from tests.rules.conftest import Matter

Change = Callable[[Ticket], dict[str, Any]]


def moved(ticket: Ticket) -> dict[str, Any]:
    return {"lead": f"{ticket.lead}-OTHER"}


def extended(ticket: Ticket) -> dict[str, Any]:
    assert ticket.promised_at is not None
    return {"promised_at": ticket.promised_at + timedelta(days=1)}


def submitted(ticket: Ticket) -> dict[str, Any]:
    return {"state": f"{ticket.state}-next", "version": ticket.version + 1}


def commented(ticket: Ticket) -> dict[str, Any]:
    return {"urged": ticket.urged + 1, "version": ticket.version + 1}


@pytest.mark.parametrize(("theirs", "mine", "over"), [
    (moved, moved, True), (extended, extended, True), (submitted, submitted, True),
    (commented, moved, False), (moved, commented, False), (extended, submitted, False), (commented, commented, False),
])
def test_an_act_is_overtaken_by_what_it_would_change_again_and_by_nothing_else(
    rectifying: Matter, theirs: Change, mine: Change, over: bool,
) -> None:
    seen = rectifying.ticket
    before = seen._replace(**theirs(seen))
    assert writes_over(seen, before, before._replace(**mine(before))) is over
