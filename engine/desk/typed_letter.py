"""A letter that came in, as somebody types it: for every door."""

from __future__ import annotations

from engine.desk.intake import Intake
from engine.desk.understood import Understood, must_be_filled_in
from engine.rules.acts.batch import ASSIGN_LIMIT, Letter
from engine.rules.worktime import Side


def typed_letter(intake: Intake, title: str, number: str, dated: str, sender: str, limit: str | None) -> Understood[Letter]:
    """The letter that came in. Raises UsageError."""
    for name, text in (("title", title), ("letter", number), ("sender", sender)):
        must_be_filled_in(name, text)
    day = intake.day(dated, Side.PAST)
    amount = intake.amount(limit) if limit is not None else ASSIGN_LIMIT
    return Understood(Letter(title.strip(), number.strip(), day.value, sender.strip(), amount), day.warnings)
