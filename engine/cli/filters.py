"""The options by which a list or the figures are narrowed: the same for both."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.call import Call
from engine.cli.coded import Coded, several
from engine.cli.complete import complete_actor, complete_state, complete_unit
from engine.cli.frame import option
from engine.desk.wanted import LEVELS, LIGHTS, TURNS, Wanted
from engine.desk.wishes import Wishes, understood
from engine.errors import UsageError
from engine.rules.acts.opening import SOURCES

GRADES = "A|B|C"


def filter_options() -> tuple[click.Parameter, ...]:
    return (
        option("--all", "every", is_flag=True), option("--closed", is_flag=True),
        several("--state", metavar="STATE", shell_complete=complete_state),
        option("--unit", metavar="UNIT", multiple=True, shell_complete=complete_unit),
        option("--lead", metavar="UNIT", multiple=True, shell_complete=complete_unit),
        several("--light", type=Coded(LIGHTS, "light")),
        option("--overdue", is_flag=True), option("--late", is_flag=True), option("--on-time", is_flag=True),
        option("--repeats", is_flag=True),
        several("--source", type=Coded(SOURCES, "source"), metavar="SOURCE"),
        several("--turn", type=Coded(TURNS, "who")),
        several("--measure", metavar="NO"), several("--grade", metavar=GRADES),
        several("--level", type=Coded(LEVELS, "level"), metavar="N"),
        option("--officer", metavar="WHO", multiple=True, shell_complete=complete_actor), option("--mine", is_flag=True),
        several("--batch", metavar="BATCH"), several("--visit", metavar="VISIT"),
        several("--round", metavar="ROUND"),
        option("--portfolio", is_flag=True), option("--text", metavar="WORDS"), option("--opened", metavar="FROM..TO"),
        option("--due", metavar="FROM..TO"), option("--closed-in", metavar="FROM..TO"), option("--changed-since", metavar="WHEN"),
    )


def wanted_by(call: Call, typed: dict[str, Any]) -> Wanted:
    """What the filter options mean. Raises as `understood` does."""
    return understood(call.app.intake, Wishes(**typed))


def named_by_option(error: UsageError, command: str) -> UsageError:
    """The error of the ledger, which does not know by which option it was asked."""
    if error.values.get("reason") == "usage-choice":
        error.values |= {"parameter": f"--{error.values['parameter']}", "command": command}
    return error
