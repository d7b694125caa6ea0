"""Standard input as lines of text, in whatever encoding an office's programs write them: UTF-8, with a mark or without, UTF-16, GBK."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import InvalidInput, os_reason

ENCODINGS = ("utf-8-sig", "gb18030")
"""What is tried, in this order. Chinese text in GBK is hardly ever UTF-8 by chance."""


LARGEST_INPUT = 64 << 20
"""Bytes of standard input. A device without an end is not read into memory."""

LONGEST_LINE = 10_000
"""Characters of a line that is asked for by itself: a password, an address."""


def typed_lines() -> Iterator[str]:
    """The lines of standard input. Bytes that are text in no known encoding are read as escapes, so that whoever looks finds them wrong.

    Raises InvalidInput where there is no end to it.
    """
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        yield from sys.stdin
        return
    with _told():
        data = buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise InvalidInput(reason="input-too-large", limit=LARGEST_INPUT >> 20)
    yield from decoded(data).splitlines()


def typed_line() -> str:
    """One line of standard input, without its end. Raises InvalidInput where it has none for long."""
    with _told():
        line = sys.stdin.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise InvalidInput(reason="line-too-long", limit=LONGEST_LINE)
    return line.rstrip("\r\n")


@contextmanager
def _told() -> Iterator[None]:
    """Tells that standard input cannot be read: it was closed, most often."""
    try:
        yield
    except OSError as error:
        raise InvalidInput(reason="input-unreadable", message=os_reason(error)) from error


def decoded(data: bytes) -> str:
    """The text of the bytes."""
    marked = ("utf-16",) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ()
    for encoding in (*marked, *ENCODINGS):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("utf-8", "backslashreplace")
