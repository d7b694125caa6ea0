"""Commands whose help is read from `engine/words`, in the language in force: a sentence, examples, usage, options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.terminal import display_width, pad
from engine.errors import UsageError
from engine.words import OFFICE_LANGUAGE, has, say
from engine.words.phrase import Phrase

INDENT = "  "


def language_of(ctx: click.Context) -> str:
    call = ctx.find_object(Call)
    return call.language if call else OFFICE_LANGUAGE


class Verb(click.Command):
    """A command that does one thing. `key` is its code in the texts: `show`, `calendar.due`."""

    def __init__(self, key: str, params: Sequence[click.Parameter], callback: Callable[..., Any]) -> None:
        settings = {"help_option_names": ["-h", "--help"], "allow_extra_args": True}
        super().__init__(key.rpartition(".")[2], settings, callback, params=list(params), add_help_option=True)
        self.key = key

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(reason="usage-extra", words=" ".join(map(str, rest)), command=ctx.command_path)
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        call = ctx.find_object(Call)
        if call is None:
            return super().invoke(ctx)
        with presented(call, self.key, ctx.command_path):
            return super().invoke(ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = language_of(ctx)
        formatter.write("\n".join(_help_page(self, ctx, language)) + "\n")


class Noun(click.Group):
    """A command with commands of its own: `zg calendar due`."""

    def __init__(
        self, key: str, verbs: Sequence[click.Command], callback: Callable[..., Any] | None = None,
        params: Sequence[click.Parameter] = (),
    ) -> None:
        super().__init__(
            key, {verb.name or "": verb for verb in verbs}, callback=callback, params=list(params), no_args_is_help=callback is None,
            invoke_without_command=callback is not None, context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.key = key

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = language_of(ctx)
        rows = [(name, say(f"short.{self.key}.{name}", language)) for name in self.commands]
        page = [*_help_page(self, ctx, language), "", heading("help.heading.commands", language), *columns(rows)]
        formatter.write("\n".join(page) + "\n")


def verb(key: str, *params: click.Parameter) -> Callable[[Callable[..., Any]], Verb]:
    """Makes a command of a function that takes the Call and these parameters."""

    def make(function: Callable[..., Any]) -> Verb:
        return Verb(key, params, click.pass_obj(function))

    return make


PAGED = frozenset({
    "list", "show", "log", "why", "can", "plan", "today", "count", "notices", "notices.outbox", "unit.list", "unit.show", "user.list",
    "user.show", "batch.list", "batch.show", "calendar.show", "calendar.due", "workflow.list", "workflow.show", "workflow.draw", "config",
    "view.list",
})
"""Commands that only read: what they say is shown page by page where it is longer than the screen."""


@contextmanager
def presented(call: Call, key: str, path: str) -> Iterator[None]:
    """Runs a command as its output was asked for: with the fields that it must have, and through the pager. Raises UsageError."""
    if call.fields:
        from engine.cli.fields import check_fields  # few want some fields only

        check_fields(key, call.fields, path)
    if key not in PAGED:
        yield
        return
    with call.paged():
        yield


def option(*names: str, **attributes: Any) -> click.Option:
    return click.Option(list(names), **attributes)


def json_option() -> click.Option:
    """What is printed is JSON, for a program."""
    return option("--json", "as_json", is_flag=True)


def argument(name: str, **attributes: Any) -> click.Argument:
    return click.Argument([name], **attributes)


def heading(code: str, language: str) -> str:
    return say(code, language)


def columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    """The lines of two aligned columns."""
    shown = list(rows)
    width = max((display_width(left) for left, _ in shown), default=0)
    return [f"{INDENT}{pad(left, width)}{INDENT}{right}".rstrip() for left, right in shown]


def _help_page(command: Verb | Noun, ctx: click.Context, language: str) -> list[str]:
    page = [say(f"help.{command.key}", language)]
    if has(f"example.{command.key}", language):
        examples = say(f"example.{command.key}", language).splitlines()
        page += ["", heading("help.heading.examples", language), *(INDENT + example for example in examples)]
    page += ["", heading("help.heading.usage", language), INDENT + _usage(command, ctx)]
    options = [option_row(command.key, item, ctx, language) for item in command.get_params(ctx) if isinstance(item, click.Option)]
    if options:
        page += ["", heading("help.heading.options", language), *columns(options)]
    return page


def _usage(command: click.Command, ctx: click.Context) -> str:
    return f"{ctx.command_path} {' '.join(command.collect_usage_pieces(ctx))}".strip()


def option_row(key: str, item: click.Option, ctx: click.Context, language: str) -> tuple[str, str]:
    """How an option of the command of a key is typed, and what it is for; the manual has the same."""
    names = ", ".join((*item.opts, *item.secondary_opts))
    if not item.is_flag:
        metavar = item.make_metavar(ctx=ctx)
        names += f" {metavar}" + ("…" if item.multiple else "")
    name = "help" if "--help" in item.opts else item.name
    own, common = f"option.{key}.{name}", f"option.{name}"
    choices = item.type.named(language) if isinstance(item.type, Coded) else ()
    return names, Phrase(language).say(own if has(own, language) else common, choices=choices)
