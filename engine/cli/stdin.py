"""Standard input as lines of text, in whatever encoding an office's programs write them: UTF-8, with a mark or without, UTF-16, GBK."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator

ENCODINGS = ("utf-8-sig", "gb18030")
"""What is tried, in this order. Chinese text in GBK is hardly ever UTF-8 by chance."""


def typed_lines() -> Iterator[str]:
    """The lines of standard input. Bytes that are text in no known encoding are read as escapes, so that whoever looks finds them wrong."""
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        yield from sys.stdin
    else:
        yield from decoded(buffer.read()).splitlines()


def decoded(data: bytes) -> str:
    """The text of the bytes."""
    marked = ("utf-16",) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ()
    for encoding in (*marked, *ENCODINGS):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("utf-8", "backslashreplace")
