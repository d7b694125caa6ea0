"""One call of `zg`: who asks, in which language, of which database, and how to answer."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from engine.app.settings import Settings, load
from engine.cli.pager import Page, pager_of
from engine.cli.terminal import Terminal, clean, detect_terminal
from engine.words import plain, say
from engine.words.phrase import Phrase, TypedOptions

if TYPE_CHECKING:
    from datetime import datetime

    from engine.app.opening import AppContext
    from engine.desk.understood import Understood
    from engine.rules.definition import Definition
    from engine.rules.ticket import Ticket
    from engine.views.names import Naming

T = TypeVar("T")

WARNINGS = "warnings"
"""The member of a command's JSON that holds what it warns of; without a warning there is none."""


@cache
def _unsafe_characters() -> re.Pattern[str]:
    """Characters that a terminal would obey or not show. Compiled when needed, because the large class is slow to build."""
    return re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(slots=True)
class _OpenDatabase:
    """The opened database with what has to be closed after the call."""

    app: AppContext | None = None
    stack: ExitStack = field(default_factory=ExitStack)


@dataclass
class Call:
    """One run of a command. The database is opened when it is first needed, so that `--help` never touches it.

    `typed` says how this command is given an input of a trigger, for messages. `fields` are those that the JSON is to have; all where
    there are none. `page` holds back what is said while a command is paged. `warnings` are those that the next JSON will have.
    """

    language: str
    terminal: Terminal = field(default_factory=detect_terminal)
    settings: Settings | None = None
    debug: bool = False
    json: bool = False
    color: str = "auto"
    typed: str = "--{name}"
    fields: tuple[str, ...] = ()
    no_pager: bool = False
    page: Page | None = None
    warnings: list[dict[str, str]] = field(default_factory=list)
    flags: Mapping[str, str | None] = field(default_factory=dict)
    _open: _OpenDatabase = field(default_factory=_OpenDatabase)

    @property
    def app(self) -> AppContext:
        """The open application context. Raises NoDatabase, WrongSchema, AccountNotFound, Busy, Damaged."""
        if self._open.app is None:
            from engine.app.opening import open_app  # `--help` and `--version` open nothing

            self._open.app = self._open.stack.enter_context(open_app(self.require_settings()))
        return self._open.app

    @property
    def app_as_it_is(self) -> AppContext:
        """As `app`, also of a record that does not say which schema it has: for the audit, which names that."""
        if self._open.app is None:
            from engine.app.opening import open_as_it_is  # as in `app`

            self._open.app = self._open.stack.enter_context(open_as_it_is(self.require_settings()))
        return self._open.app

    @property
    def opened(self) -> AppContext | None:
        """The application context, if it is open."""
        return self._open.app

    def require_settings(self) -> Settings:
        """The settings in force. Raises InvalidFile for a `zg.toml` that cannot be read."""
        if self.settings is None:
            self.settings = load(self.flags.get("db"), self.flags.get("as"), self.flags.get("lang"))
        return self.settings

    def close(self) -> None:
        self._open.stack.close()

    # speaking --------------------------------------------------------------------------------------------------------

    def say(self, code: str, /, **values: Any) -> str:
        if not values and (found := plain(code, self.language)) is not None:
            return found
        return say(code, self.language, **{"typed": TypedOptions(Phrase(self.language, typed=self.typed)), **values})

    def phrase(self, definition: Definition | None = None, at: datetime | None = None) -> Phrase:
        """How to say values, with the names and the zone of the open database, if it is open; with `at`, the names of that time."""
        labels = self.settings.labels if self.settings else {}
        if self._open.app is None:
            return Phrase(self.language, labels, definition, typed=self.typed)
        unit = self.unit_name if at is None else partial(self._names.unit_on, day=at.astimezone(self._zone).date())
        return Phrase(self.language, labels, definition, unit, self._zone, partial(self.person, at=at), self.typed)

    def unit_name(self, code: str) -> str:
        """The name of a unit: its last name if the unit ended, its code if it never had a name."""
        return self._names.unit(code)

    def title(self, account: str) -> str:
        """What an account is called now; its own name where it never had a title."""
        return self._names.title(account, self.app.desk.clock.now())

    def person(self, account: str, at: datetime | None = None) -> str:
        """The name and post of an account, as it was called at a moment or is now: `李志远（分管市领导）`."""
        return self._names.person(account, at or self.app.desk.clock.now(), self._zone, self.language)

    def called(self, account: str, role: str, unit: str | None, at: datetime | None = None) -> str:
        """The name of an account with this role and unit. Whoever is called by the post alone has no other name: `市税务局联络员`."""
        return self._names.called(account, role, unit, at or self.app.desk.clock.now(), self._zone, self.language)

    def number(self, ticket: Ticket) -> str:
        """The number of a ticket as it may be typed: its serial if it is this year's, else all of it."""
        from engine.rules.ticket_number import short_number  # what names no ticket does without

        return short_number(ticket.number, self.app.desk.clock.now().astimezone(self._zone).year)

    @cached_property
    def _names(self) -> Naming:
        from engine.views.names import Naming  # `--help` and what shows no name do without

        return Naming(self.app.database)

    @cached_property
    def _zone(self) -> Any:
        return self.app.desk.rules.zone()

    def out(self, *lines: str) -> None:
        """Prints data, on standard output."""
        text = "".join(f"{line}\n" for line in lines)
        if self.page is not None:
            self.page.data.append(text)
        else:
            sys.stdout.write(text)

    def lines(self, lines: Iterable[str]) -> None:
        self.out(*lines)

    def hint(self, code: str, **values: Any) -> None:
        """Prints what to do next, on standard error, for people only."""
        if not self.terminal.err or self.json:
            return
        text = clean(self.say(code, **values)) + "\n"
        if self.page is not None:
            self.page.hints.append(text)
        else:
            sys.stdout.flush()
            sys.stderr.write(text)

    @contextmanager
    def paged(self) -> Iterator[None]:
        """While it lasts, what is said is held back, and then shown page by page; only where a person reads it on a terminal."""
        pager = () if self.no_pager or not sys.stdout.isatty() else pager_of(os.environ)
        if not pager:
            yield
            return
        self.page = Page()
        try:
            yield
        finally:
            self.end_page(pager)

    def end_page(self, pager: Sequence[str] = ()) -> None:
        """Shows what was held back, with this pager or, before an error or a question, at once."""
        if self.page is not None:
            page, self.page = self.page, None
            page.show(pager)

    def remark(self, code: str, **values: Any) -> None:
        """Prints on standard error what whoever asked must know, a person or a program: that the data is not all there is."""
        if self.json:
            self.warnings.append(self._warning(code, values))
            self.tell_warnings()
            return
        sys.stdout.flush()
        sys.stderr.write(clean(self.say(code, **values)) + "\n")

    def warn(self, code: str, **values: Any) -> None:
        """Tells what whoever typed it may want to look at again: on standard error, to a pipe as to a terminal; with `--json` as one of
        the `warnings` of the JSON, or of the error.
        """
        if self.json:
            self.warnings.append(self._warning(code, values))
        elif self.terminal.err:
            self.hint(code, **values)
        else:
            self.remark(code, **values)

    def _warning(self, code: str, values: Mapping[str, Any]) -> dict[str, str]:
        return {"code": code.removeprefix("hint."), "message": clean(self.say(code, **values))}

    def taken_warnings(self) -> dict[str, list[dict[str, str]]]:
        """The warnings that no JSON had yet, as a member of one; nothing where there are none."""
        taken, self.warnings = self.warnings, []
        return {WARNINGS: taken} if taken else {}

    def tell_warnings(self) -> None:
        """Prints on standard error, a line of JSON each, the warnings that no JSON had room for."""
        sys.stdout.flush()
        for warning in self.taken_warnings().get(WARNINGS, ()):
            sys.stderr.write(dumped({"warning": warning}) + "\n")

    def value_of(self, understood: Understood[T]) -> T:
        """The value that a typed text was parsed to; prints the warnings that came with it."""
        for warning in understood.warnings:
            self.warn(warning.code, **warning.values)
        return understood.value

    def dump(self, value: object) -> None:
        """Prints one JSON value on one line. Keys and codes are never translated; what could command a terminal is escaped."""
        if isinstance(value, Mapping):
            if not self.fields or WARNINGS in self.fields:
                value = {**value, **self.taken_warnings()}
            value = {name: value.get(name) for name in self.fields} if self.fields else value
        self.out(dumped(value, ascii_only="utf" not in (sys.stdout.encoding or "").lower()))


def dumped(value: object, *, ascii_only: bool = False) -> str:
    """JSON on one line, readable, but without anything a terminal would obey."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    return text if text.isascii() and "\x7f" not in text else _unsafe_characters().sub(lambda found: f"\\u{ord(found[0]):04x}", text)
