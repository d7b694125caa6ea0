"""Every text people read, by code, in each language. One language is loaded at a time, its help only when it is asked for.

A language is a package beside `zh` and `en` (or anywhere else), with the same codes, and one line in LANGUAGES.
In reading order: zh/, en/, vocabulary, phrase, problem, undelivered, light.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache, lru_cache
from importlib import import_module
from string import Formatter
from typing import Any, NamedTuple


class Language(NamedTuple):
    """The package that holds the texts, and how the names of the locales begin that mean this language."""

    package: str
    locales: tuple[str, ...]


LANGUAGES: dict[str, Language] = {
    "zh": Language("engine.words.zh", ("zh",)),
    "en": Language("engine.words.en", ("en",)),
}
"""Every language by its code, in the order of `--lang`. Nothing else in the program lists them."""

OFFICE_LANGUAGE = "zh"
"""The language that is used where somebody names one that is not in LANGUAGES: the office's own."""

FOREIGN_LANGUAGE = "en"
"""The language that is used on a machine whose locale is of no language in LANGUAGES."""

HELP = ("group.", "short.", "help.", "example.", "option.")
"""Codes that begin so are texts of `--help`; they lie in a folder of their own."""


class Dash(str):
    """What shows in place of a value that nobody gave, or of a part of it."""

    def __getattr__(self, name: str) -> Dash:
        return self

    def __format__(self, spec: str) -> str:
        return str(self)


class Values(dict[str, Any]):
    """The values of a text. One that nobody gave shows as a dash: an error message must never fail itself."""

    def __missing__(self, name: str) -> str:
        return Dash("—")


class Counting(Formatter):
    """Formats a text that counts: `{count:ticket|tickets}` is `1 ticket`, `2 tickets`, in a language whose words have two forms."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        if "|" not in format_spec:
            return super().format_field(value, format_spec)
        one, many = format_spec.split("|")
        return f"{value} {one if str(value) == '1' else many}"


AS_THEY_ARE = frozenset({str, int, float})
"""The kinds of values that a text says as they are."""

COUNTING = Counting()
"""What formats every text that has a bar in it; the others are left to `str`, which is faster."""


def language_named(text: str) -> str:
    """The language that a person or a setting names: `en`, `EN`, `en_GB`; the office's where it is none of ours."""
    return _matching(text) or OFFICE_LANGUAGE


def language_of_locale(locale: str) -> str:
    """The language of a machine's locale, such as `zh_CN.UTF-8`."""
    return _matching(locale) or FOREIGN_LANGUAGE


def _matching(text: str) -> str | None:
    return next((code for code, language in LANGUAGES.items() if text.lower().startswith((code, *language.locales))), None)


PAGES = "page."
"""How the codes begin of what only pages say; their texts lie in a folder of their own too."""


def texts(language: str) -> Mapping[str, str]:
    """All texts of a language but those of `--help` and of pages; of the office's language where there is no such one."""
    return _loaded(_package(language))


def help_texts(language: str) -> Mapping[str, str]:
    """The texts of `--help`."""
    return _loaded(f"{_package(language)}.help")


def page_texts(language: str) -> Mapping[str, str]:
    """What only pages say."""
    return _loaded(f"{_package(language)}.pages")


def has(code: str, language: str) -> bool:
    """Whether the code has a text."""
    return code in _table(code, language)


def say(code: str, language: str, /, **values: Any) -> str:
    """The text of a code with its values. Raises KeyError for a code that has no text."""
    if not values and (found := plain(code, language)) is not None:
        return found
    text = _table(code, language)[code]
    if any(type(value) not in AS_THEY_ARE for value in values.values()):
        values = {name: _told(value, language) for name, value in values.items() if value is not None}
    return COUNTING.vformat(text, (), Values(values)) if "|" in text else text.format_map(Values(values))


def _told(value: object, language: str) -> object:
    """A value as people read it: of several each, yes or no as words, what has a name by that. What the program is written in is for
    nobody to read.
    """
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return say("list.comma", language).join(str(_told(item, language)) for item in items)
    if isinstance(value, bool):
        return say(f"flag.{value}".lower(), language)
    return "—" if value is None else value.value if isinstance(value, Enum) else value


@lru_cache(maxsize=4_096)
def plain(code: str, language: str) -> str | None:
    """The text of a code that has no place for a value; None for one that has. A page says hundreds of them."""
    text = _table(code, language)[code]
    return None if {"{", "}", "|"} & set(text) else text


def _table(code: str, language: str) -> Mapping[str, str]:
    if code.startswith(PAGES):
        return page_texts(language)
    return help_texts(language) if code.startswith(HELP) else texts(language)


def _package(language: str) -> str:
    return LANGUAGES.get(language, LANGUAGES[OFFICE_LANGUAGE]).package


@cache
def _loaded(package: str) -> Mapping[str, str]:
    found: Mapping[str, str] = import_module(package).TEXTS
    return found
