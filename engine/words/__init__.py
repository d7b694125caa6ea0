"""Every text people read, by code, in Chinese and English. One language is loaded at a time, its help only when it is asked for. In reading
order: zh/, en/, phrase, light.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

LANGUAGES = ("zh", "en")
HELP = ("group.", "short.", "help.", "example.", "option.")
"""Codes that begin so are texts of `--help`; they lie in a folder of their own."""


class Said(dict[str, Any]):
    """Values for a text. What nobody gave shows as a dash: an error message must never fail itself."""

    def __missing__(self, name: str) -> str:
        return "—"


@cache
def texts(language: str) -> Mapping[str, str]:
    """All texts of a language but those of `--help`."""
    found: Mapping[str, str] = import_module(f"engine.words.{_known(language)}").TEXTS
    return found


@cache
def help_texts(language: str) -> Mapping[str, str]:
    """The texts of `--help`."""
    found: Mapping[str, str] = import_module(f"engine.words.{_known(language)}.help").TEXTS
    return found


def has(code: str, language: str) -> bool:
    return code in _home(code, language)


def say(code: str, language: str, /, **values: Any) -> str:
    """The text of a code with its values. Raises KeyError for a code that has no text."""
    return _home(code, language)[code].format_map(Said(values))


def _home(code: str, language: str) -> Mapping[str, str]:
    return help_texts(language) if code.startswith(HELP) else texts(language)


def _known(language: str) -> str:
    return language if language in LANGUAGES else "zh"
