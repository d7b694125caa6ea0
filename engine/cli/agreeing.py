"""A question to a person before much is done at once: asked at a terminal, answered by `--yes` anywhere else."""

from __future__ import annotations

import click

from engine.cli.call import Call
from engine.cli.frame import option
from engine.errors import UsageError


def yes_option() -> click.Option:
    return option("--yes", is_flag=True)


def agrees(call: Call, question: str, *, yes: bool) -> bool:
    """Whether a person agrees. Raises UsageError where nobody can be asked and `--yes` does not answer: what a pipe brings is no answer,
    nothing is waited for, and nothing assumed.
    """
    if yes:
        return True
    if not call.terminal.ask or call.json:
        raise UsageError(reason="usage-unanswered", question=question)
    return click.confirm(question, default=False, err=True)
