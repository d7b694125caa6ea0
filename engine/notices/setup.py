"""`[notices]` of `zg.toml`: which channels the office has, and how often each role is told. Every mistake is told at once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from engine.errors import InvalidFile, Problem
from engine.notices.address import is_mailbox, web_address
from engine.notices.channels.chat_services import SITES
from engine.notices.reach import EMAIL, SMS, Policy
from engine.record.regular import text_of
from engine.rules.access import LEADER, ROLES, WATCH
from engine.rules.timing.quiet import DIGESTS, WEEKLY
from engine.words import LANGUAGES, OFFICE_LANGUAGE

USUAL_DIGEST = {LEADER: WEEKLY}
"""A leader is not written to about every ticket."""

SECURITIES = {"tls": 465, "starttls": 587, "none": 25}
"""How the line to the mail server is protected, and its usual port."""

FORMATS = ("json", "form")
PLACEHOLDERS = frozenset({"phone", "text", "key", "secret"})
"""What a field of the SMS gateway may name, in braces."""

USUAL_FIELDS = {"phone": "{phone}", "text": "{text}", "key": "{key}"}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SITE = re.compile(r"https?://[a-z0-9.\[\]:-]+")
_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


class InvalidNotices(InvalidFile):
    """The settings for notices have mistakes."""

    code = "invalid-notices"

    def __init__(self, file: str, found: list[Problem]) -> None:
        super().__init__(found, file=file)


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


@dataclass(frozen=True, slots=True)
class EmailSetup:
    """The office's mail server."""

    host: str
    port: int
    security: str
    sender: str
    user: str | None = None
    password: Secret | None = None
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class SmsSetup:
    """A gateway that takes an SMS as an HTTP POST. `expect`: words of the answer that mean it was taken."""

    url: str
    format: str
    fields: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    signature: str = ""
    expect: str | None = None
    secret: Secret | None = None
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class ChatSetup:
    """A chat service, and the sites (scheme and host) to whose robots messages go."""

    service: str
    sites: tuple[str, ...]
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class WebhookSetup:
    """A program that is told of everything people are told of, facts only."""

    name: str
    url: str
    secret: Secret
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """How notices leave the office: the whole table `[notices]`. `link` names the page of a ticket, with `{number}` in it."""

    language: str = OFFICE_LANGUAGE
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    link: str | None = None
    digest: Mapping[str, str] = field(default_factory=lambda: dict(USUAL_DIGEST))
    email: EmailSetup | None = None
    sms: SmsSetup | None = None
    chats: Mapping[str, ChatSetup] = field(default_factory=dict)
    webhooks: tuple[WebhookSetup, ...] = ()

    def policy(self) -> Policy:
        """What the record is told of this setup: channels and digests, no address and no secret."""
        personal = [name for name, there in ((EMAIL, self.email), (SMS, self.sms)) if there]
        return Policy((*personal, *self.chats), tuple(hook.name for hook in self.webhooks), self.digest)


def read_setup(table: object, language: str, labels: Mapping[str, Mapping[str, str]], file: str) -> Setup:
    """The setup that the table `notices` of the settings file describes; None is an empty table.

    `language` is spoken where the table names none. Raises InvalidNotices with every mistake and the name of the file.
    """
    problems: list[Problem] = []
    top = _Table("notices", table, problems, file)
    setup = Setup(
        language=top.choice("language", tuple(LANGUAGES), language), labels=labels, link=_link(top),
        digest=_digest(top.table("digest")), email=_email(top.table("email")), sms=_sms(top.table("sms")),
        chats=_chats(top.table("chat")), webhooks=_webhooks(top.tables("webhook")),
    )
    top.ends()
    if problems:
        raise InvalidNotices(file, problems)
    return setup


class _Table:
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

    def table(self, key: str) -> _Table:
        return _Table(f"{self.path}.{key}", self.take(key), self.problems, self.settings_file)

    def tables(self, key: str) -> list[_Table]:
        value = self.take(key)
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [_Table(f"{self.path}.{key}", item, self.problems, self.settings_file) for item in items]

    def ends(self) -> None:
        """Everything has been taken: what is left is a mistake."""
        for key in self.node:
            if key not in self._expected:
                near = get_close_matches(key, self._expected, 1, 0.5)
                self.wrong("notices-unknown-near" if near else "notices-unknown", key, near=near)


def _link(table: _Table) -> str | None:
    link = table.text("link")
    if link is not None and ("{number}" not in link or not link.startswith(("http://", "https://"))):
        table.wrong("notices-link", "link")
    return link


def _digest(table: _Table) -> Mapping[str, str]:
    roles = [role for role in ROLES if role != WATCH]
    chosen = {role: table.choice(role, DIGESTS, USUAL_DIGEST.get(role, DIGESTS[0])) for role in roles}
    table.ends()
    return {role: digest for role, digest in chosen.items() if digest != DIGESTS[0]}


def _email(table: _Table) -> EmailSetup | None:
    if not table.there:
        return None
    security = table.choice("security", tuple(SECURITIES), "tls")
    setup = EmailSetup(
        host=table.need("host"), port=table.number("port", 1, 65535, SECURITIES[security]), security=security,
        sender=table.need("from"), user=table.text("user"), password=table.secret("password", needed="user" in table.node),
        ca_file=table.file("ca_file"),
    )
    if setup.sender and not is_mailbox(setup.sender):
        table.wrong("notices-sender", "from")
    table.ends()
    return setup


def _sms(table: _Table) -> SmsSetup | None:
    if not table.there:
        return None
    setup = SmsSetup(
        url=table.address("url"), format=table.choice("format", FORMATS, FORMATS[0]), fields=table.texts("fields", USUAL_FIELDS),
        headers=table.texts("headers", {}), signature=table.text("signature") or "", expect=table.text("expect"),
        secret=table.secret("secret", needed=False), ca_file=table.file("ca_file"),
    )
    named = {placeholder for text in (*setup.fields.values(), *setup.headers.values()) for placeholder in _PLACEHOLDER.findall(text)}
    if named - PLACEHOLDERS:
        table.wrong("notices-places", "fields", named=sorted(named - PLACEHOLDERS), known=sorted(PLACEHOLDERS))
    for placeholder in ("phone", "text"):
        if not any(f"{{{placeholder}}}" in text for text in setup.fields.values()):
            table.wrong("notices-place-missing", "fields", place=placeholder)
    if "secret" in named and setup.secret is None:
        table.wrong("notices-secret-missing", "secret_file")
    table.ends()
    return setup


def _chats(table: _Table) -> Mapping[str, ChatSetup]:
    sites = {service: table.site(service, usual) for service, usual in SITES.items()}
    ca_file = table.file("ca_file")
    table.ends()
    return {service: ChatSetup(service, found, ca_file) for service, found in sites.items() if found}


def _webhooks(tables: list[_Table]) -> tuple[WebhookSetup, ...]:
    hooks: list[WebhookSetup] = []
    for table in tables:
        name, url, secret = table.need("name"), table.address("url"), table.secret("secret", needed=True)
        if name and not _NAME.fullmatch(name):
            table.wrong("notices-name", "name")
        elif any(hook.name == name for hook in hooks):
            table.wrong("notices-twice", "name", name=name)
        hooks.append(WebhookSetup(name, url, secret or Secret(), table.file("ca_file")))
        table.ends()
    return tuple(hooks)
