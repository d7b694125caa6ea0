"""One ticket or many: each its own transaction, one bad one does not stop the rest, the exit code tells about all."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import click

from engine.cli.call import Call
from engine.cli.complete import complete_number
from engine.cli.failure import report
from engine.cli.frame import argument
from engine.cli.stdin import typed_lines
from engine.errors import InvalidInput, UsageError, ZgError
from engine.rules.ticket_number import read_number, separated

SOME_FAILED = 7


def numbers_argument(*, required: bool = True) -> click.Argument:
    return argument("numbers", nargs=-1, required=required, metavar="NO…", shell_complete=complete_number)


class Numbers(NamedTuple):
    """The tickets that the command line names. `several` decides between a JSON object and JSON lines."""

    names: tuple[str, ...]
    several: bool


def named_tickets(arguments: Sequence[str]) -> Numbers:
    """The tickets that the arguments name; `-` reads numbers from standard input. Raises UsageError, InvalidInput."""
    names: list[str] = []
    for word in arguments:
        names += _from_input() if word == "-" else separated(word)
    return Numbers(tuple(dict.fromkeys(names)), len(names) > 1 or len(arguments) > 1 or "-" in arguments)


def _from_input() -> Iterable[str]:
    """The numbers on standard input: one a line, the first field of a tab-separated line, or JSON with `number` or `tickets`."""
    if sys.stdin.isatty():
        raise UsageError(reason="usage-stdin")
    for line_number, line in enumerate(typed_lines(), 1):
        text = line.strip()
        if text:
            yield from _numbers_of_line(text, line_number)


def _numbers_of_line(line: str, line_number: int) -> list[str]:
    """The ticket numbers of one line; a letter that waits for a signature (`list --proposals`) has several. Raises InvalidInput."""
    fields: list[Any] = separated(line.split("\t")[0].strip())
    if line.startswith("{"):
        try:
            node = json.loads(line)
            fields = [node["number"]] if "number" in node else list(node["tickets"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise InvalidInput(reason="line-without-number", line=line_number) from None
    found = [str(item).strip() for item in fields if type(item) in (str, int)]
    if len(found) != len(fields) or not found or None in map(read_number, found):
        raise InvalidInput(reason="line-without-number", line=line_number)
    return found


def each(call: Call, numbers: Numbers, one: Callable[[str], int | None], *, dry_run: bool = False) -> int:
    """Calls `one` for every number. The exit code is the one they all have, or 7 if they differ."""
    if not numbers.several:
        return one(numbers.names[0]) or 0
    codes = []
    for name in numbers.names:
        try:
            codes.append(one(name) or 0)
        except ZgError as error:
            error.values.setdefault("number", name)
            codes.append(report(error, call))
    if len(codes) > 1:
        done = codes.count(0)
        call.hint("hint.several-possible" if dry_run else "hint.several", done=done, failed=len(codes) - done)
    return codes[0] if codes and len(set(codes)) == 1 else SOME_FAILED if codes else 0
