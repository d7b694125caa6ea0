"""What was typed wrongly, as click tells it, as an error of ours."""

from __future__ import annotations

import click

from engine.cli.coded import Coded
from engine.errors import UsageError, ZgError
from engine.words import has, say


def from_click(error: click.ClickException, language: str) -> ZgError:
    """A usage error of click as one of ours. An error of a kind we have no text for keeps click's own text."""
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx else "zg"
    if isinstance(error, click.NoSuchOption):
        near = " ".join(error.possibilities or ())
        return UsageError(reason="usage-option-near" if near else "usage-option", option=error.option_name, near=near, command=command)
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = " ".join(error.possibilities or ())
        return UsageError(reason="usage-command-near" if near else "usage-command", name=error.command_name, near=near, command=command)
    if isinstance(error, click.MissingParameter):
        return UsageError(reason="usage-missing", parameter=_missing(error, language), command=command)
    if isinstance(error, click.BadOptionUsage):
        return UsageError(reason="usage-option-value", option=error.option_name, command=command)
    if isinstance(error, click.BadParameter):
        kind = getattr(error.param, "type", None)
        if isinstance(kind, click.Choice):
            choices = kind.named(language) if isinstance(kind, Coded) else list(kind.choices)
            return UsageError(reason="usage-choice", parameter=_parameter(error, language), choices=choices, command=command)
        return _from_bad_value(error, command, language)
    return UsageError(reason="usage-other", message=error.format_message(), command=command)


def _from_bad_value(error: click.BadParameter, command: str, language: str) -> UsageError:
    """The usage error for a value that is no number, is out of range, or names a folder where a file is meant."""
    kind, parameter = getattr(error.param, "type", None), _parameter(error, language)
    if isinstance(kind, click.IntRange | click.FloatRange):
        whole = "usage-whole-number" if isinstance(kind, click.IntRange) else "usage-number"
        reason = f"{whole}-from" if kind.max is None else whole
        return UsageError(reason=reason, parameter=parameter, low=kind.min, high=kind.max, command=command)
    if isinstance(kind, click.Path):
        return UsageError(reason="usage-file" if kind.file_okay else "usage-folder", parameter=parameter, command=command)
    return UsageError(reason="usage-value", parameter=parameter, message=error.message, command=command)


def _missing(error: click.MissingParameter, language: str) -> str:
    """What is missing: the name of an argument; of an option its name and how it is typed."""
    if not isinstance(error.param, click.Option):
        return _parameter(error, language)
    option, label = error.param.opts[0], _called("input", error, language)
    return say("option-missing", language, label=label, option=option) if label else option


def _parameter(error: click.BadParameter, language: str) -> str:
    """An option as it is typed; an argument by its name, in words."""
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "")
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return _called("argument", error, language) or str(parameter.name)


def _called(group: str, error: click.BadParameter, language: str) -> str:
    """What the parameter is called in this command (`user.show`), in those of its noun, or anywhere; empty where it has no name."""
    key, name = getattr(error.ctx and error.ctx.command, "key", ""), error.param.name if error.param else ""
    codes = (f"{group}.{key}.{name}", f"{group}.{key.partition('.')[0]}.{name}", f"{group}.{name}")
    return next((say(code, language) for code in codes if has(code, language)), "")
