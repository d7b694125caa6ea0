"""Texts that an office program would take for formulas, when it opens a file of fields with commas or tabs between them."""

from __future__ import annotations

import re

SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""With what a formula begins; some programs take the full width for it, too."""


NUMBER = re.compile(r"[-+]\d+(?:\.\d+)?%?", re.ASCII)
"""A number with its sign is none."""


def harmless(text: str) -> str:
    """A text that no office program takes for a formula; `read_harmless` gives the text back."""
    return f"'{text}" if text.lstrip("'").startswith(SIGNS) and not NUMBER.fullmatch(text) else text


def read_harmless(text: str) -> str:
    """The text of which `harmless` made this."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(SIGNS) else text
