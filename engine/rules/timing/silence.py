"""The clock of last resort: what rings where a workflow of before would leave an open ticket without an alarm.

`zg workflow check` proves of every workflow that is loaded now that each of its open states runs a clock that repeats. A ticket stays
pinned to the definition it began with, though, and one that was loaded before may have a state in which no clock runs, or a ladder
without a rung for some grade. There the office's own clock `silence` begins, and ends as soon as another one rings.
"""

from __future__ import annotations

from engine.rules.deadline import OFFICE
from engine.rules.definition import ANY_GRADE, Clock, Ladder, Rung, Text

LONGEST_PAUSE = "30 days"
"""How long a suspension that names no end lasts where a workflow of before gives its clock no amount."""

_NAME = "silence"
_TITLE = Text(_NAME, _NAME)
"""No definition has it, so that its title lies among the words of the program: `clock.silence`."""

SILENCE = Clock(_NAME, _TITLE, OFFICE, {ANY_GRADE: "30 days"}, _NAME)

SILENCE_LADDER = Ladder(_NAME, (Rung(_NAME, _TITLE, {ANY_GRADE: 0}, "notify", 0, (OFFICE,)),))
