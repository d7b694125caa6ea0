"""The manual page `zg(1)` in each language, made of the command tree and its texts: `man zg` has every command, like `zg --help` each one.

click-man would ask every command for `help` and each group for `commands`. Here the texts lie apart, a language at a time, and commands
are imported when they are called, so its pages would be empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import click

from engine import __version__
from engine.cli import CONTENTS, GLOBAL_OPTIONS, cli
from engine.cli.frame import option_row
from engine.words import say

TITLES = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "ENVIRONMENT", "EXAMPLES"),
    "zh": ("名称", "概要", "说明", "选项", "命令", "环境变量", "示例"),
}
VARIABLES = ("ZG_DB", "ZG_AS", "ZG_LANG", "ZG_KEY", "PAGER", "NO_COLOR")
LEADING = re.compile(r"^(?=[.'])", re.MULTILINE)


def page(language: str) -> str:
    """The source of the page, for `man`."""
    name, synopsis, description, options, commands, variables, examples = TITLES[language]
    sentence, _, rest = say("help.zg", language).partition("：" if language == "zh" else ": ")
    lines = [
        f'.TH ZG 1 "" "zg {__version__}" "{_text(sentence)}"', ".ad l", f".SH {name}", f"zg \\- {_text(rest or sentence)}",
        f".SH {synopsis}", _text("zg [--db URL] [--as ACTOR] [--lang zh|en] COMMAND [ARGUMENT]…"),
        f".SH {description}", *_paragraphs(say("help.zg.more", language)),
        f".SH {options}", *(line for names, code in GLOBAL_OPTIONS for line in _item(names, say(f"option.zg.{code}", language))),
        f".SH {commands}",
    ]
    for group, names in CONTENTS.items():
        lines += [f'.SS "{_text(say(f"group.{group}", language))}"']
        for command in names:
            lines += [*_item(f"zg {command}", say(f"short.{command}", language))]
    for words, found in every_command():
        lines += _command_lines(words, found, language)
    lines += [f".SH {variables}", _text(", ".join(VARIABLES)), f".SH {examples}", *_verbatim(say("example.zg", language))]
    return "\n".join(lines) + "\n"


def _command_lines(words: tuple[str, ...], command: click.Command, language: str) -> Iterator[str]:
    """The section of one command: what it does, how it is called, its options and examples."""
    key, path = ".".join(words), " ".join(("zg", *words))
    ctx = click.Context(command, info_name=path, **command.context_settings)  # a command keeps its help option as first asked for
    yield f'.SH "{_text(path)}"'
    yield from _paragraphs(say(f"help.{key}", language))
    yield from _verbatim(" ".join((path, *command.collect_usage_pieces(ctx))))
    for item in command.params:
        if isinstance(item, click.Option):
            yield from _item(*option_row(key, item, ctx, language))
    yield ".PP"
    yield from _verbatim(say(f"example.{key}", language))


def every_command() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it, in the order of `zg --help`."""
    ctx = click.Context(cli, info_name="zg")
    for group in CONTENTS.values():
        for name in group:
            command: Any = cli.get_command(ctx, name)
            if command is None:
                continue
            yield (name,), command
            yield from (((name, inner), found) for inner, found in getattr(command, "commands", {}).items())


def _item(name: str, text: str) -> Iterator[str]:
    yield from (".TP", f".B {_text(name)}", *_paragraphs(text))


def _paragraphs(text: str) -> Iterator[str]:
    for index, line in enumerate(text.splitlines()):
        if index:
            yield ".br"
        yield _text(line)


def _verbatim(text: str) -> list[str]:
    """Lines that stay as they are."""
    return [".RS", ".nf", *map(_text, text.splitlines()), ".fi", ".RE"]


def _text(text: str) -> str:
    """The text as roff prints it: nothing in it is an order, and a hyphen is the one that is typed."""
    return LEADING.sub(r"\\&", text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq"))
