"""What a guard or an effect needs from the workflow that names it. Declared beside each in the registry, asked by `rules/check`."""

from __future__ import annotations

from typing import NamedTuple


class Requirement(NamedTuple):
    """Without these a guard would never refuse, or an effect could not be computed, and nobody would see it.

    Of the trigger: inputs it takes (`file` is evidence, which every trigger takes), inputs it requires of every grade, guards that stand
    beside. Of the workflow: clocks by what they run with, effects that some trigger has. `limit`: a clock of the lead beside the promise
    runs in every state the trigger leaves. `extensions`: the table of extensions has a row for every grade. `proposes`: some rung
    proposes an act. `returns`: some trigger goes back to the state that was remembered.
    """

    takes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    limit: bool = False
    extensions: bool = False
    proposes: bool = False
    returns: bool = False


NOTHING_NEEDED = Requirement()

EVIDENCE = "file"
"""How evidence is named among what an act needs."""
