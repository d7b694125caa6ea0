"""A table of the settings of notices, read entry by entry with every problem named."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from engine.errors import Problem
from engine.notices.address import web_address
from engine.record.regular import text_of

SECURITIES = {"tls": 465, "starttls": 587, "none": 25}
"""How the line to the mail server is protected, and its usual port."""

FORMATS = ("json", "form")
PLACEHOLDERS = frozenset({"phone", "text", "key", "secret"})
"""What a field of the SMS gateway may name, in braces."""

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SITE = re.compile(r"https?://[a-z0-9.\[\]:-]+")
PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """Where a secret is kept: a file, or an environment variable. Read when it is used, never shown."""

    file: str | None = None
    variable: str | None = None

    def read(self) -> str:
        """The secret without the line break at its end; empty where there is none (any more)."""
        if self.variable is not None:
            return os.environ.get(self.variable, "")
        try:
            return text_of(Path(self.file or "")).strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def __repr__(self) -> str:
        return "***"


class Table:
    """One table of the file: hands out its values by kind and collects what is wrong with them."""

    def __init__(self, path: str, node: Any, problems: list[Problem], file: str) -> None:
        self.path, self.problems, self.settings_file = path, problems, file
        self.node: Mapping[str, Any] = node if isinstance(node, Mapping) else {}
        self.there = node is not None
        self._expected: list[str] = []
        if not isinstance(node, Mapping | None):
            self.wrong("notices-not-a-table")

    def wrong(self, code: str, key: str | None = None, **values: Any) -> None:
        path = f"[{self.path}]" if key is None else f"[{self.path}] {key}"
        shown = {name: ", ".join(value) if isinstance(value, list | tuple) else value for name, value in values.items()}
        self.problems.append(Problem(code, None, {"path": path, **shown}, self.settings_file))

    def take(self, key: str) -> Any:
        self._expected.append(key)
        return self.node.get(key)

    def text(self, key: str, usual: str | None = None) -> str | None:
        """A text of one line."""
        value = self.take(key)
        if value is None:
            return usual
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            self.wrong("notices-not-a-text", key)
            return usual
        return value

    def need(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if value is None and key not in self.node:
            self.wrong("notices-missing", key)
        return value or ""

    def choice(self, key: str, choices: tuple[str, ...], usual: str) -> str:
        value = self.take(key)
        if value is None or value in choices:
            return str(value or usual)
        self.wrong("notices-choice", key, known=choices)
        return usual

    def number(self, key: str, low: int, high: int, usual: int) -> int:
        value = self.take(key)
        if value is None:
            return usual
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.wrong("notices-number", key, low=low, high=high)
            return usual
        return value

    def texts(self, key: str, usual: Mapping[str, str]) -> Mapping[str, str]:
        """Names and texts."""
        value = self.take(key)
        if value is None:
            return usual
        if not isinstance(value, Mapping) or not all(isinstance(item, str) and item.isprintable() for item in value.values()):
            self.wrong("notices-not-texts", key)
            return usual
        return dict(value)

    def secret(self, name: str, *, needed: bool) -> Secret | None:
        """A secret by file or environment variable; the secret itself has no place in a settings file."""
        file, variable = self.text(f"{name}_file"), self.text(f"{name}_env")
        if name in self.node:
            self._expected.append(name)
            self.wrong("notices-secret-in-file", name)
            return None
        if file is None and variable is None:
            if needed:
                self.wrong("notices-secret-missing", f"{name}_file")
            return None
        if file is not None and not self._beside(file):
            self.wrong("notices-secret-outside", f"{name}_file", where=file)
            return None
        secret = Secret(file, variable)
        if not secret.read():
            self.wrong("notices-secret-unread", f"{name}_env" if variable else f"{name}_file", where=variable or file)
        return secret

    def _beside(self, file: str) -> bool:
        """Whether a file lies in the folder of the settings, or below: elsewhere somebody's settings could send out whatever their reader
        may read.
        """
        try:
            return Path(file).resolve().is_relative_to(Path(self.settings_file).resolve().parent)
        except (OSError, RuntimeError):  # links that lead in a circle
            return False

    def address(self, key: str) -> str:
        """An address of the web."""
        value = self.need(key)
        if value and web_address(value) is None:
            self.wrong("notices-url", key)
        return value

    def site(self, key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        """The usual sites where it is true, none where it is false or left out; or the one that is named, without a path."""
        value = self.take(key)
        if isinstance(value, bool | None):
            return usual if value else ()
        site = value.lower().removesuffix("/") if isinstance(value, str) else ""
        if not _SITE.fullmatch(site):
            self.wrong("notices-site", key)
        return (site,)

    def file(self, key: str) -> str | None:
        value = self.text(key)
        if value is not None and not Path(value).is_file():
            self.wrong("notices-no-file", key, where=value)
        return value

    def table(self, key: str) -> Table:
        return Table(f"{self.path}.{key}", self.take(key), self.problems, self.settings_file)

    def tables(self, key: str) -> list[Table]:
        value = self.take(key)
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [Table(f"{self.path}.{key}", item, self.problems, self.settings_file) for item in items]

    def ends(self) -> None:
        """Everything has been taken: what is left is a mistake."""
        for key in self.node:
            if key not in self._expected:
                near = get_close_matches(key, self._expected, 1, 0.5)
                self.wrong("notices-unknown-near" if near else "notices-unknown", key, near=near)
