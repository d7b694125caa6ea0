"""`[notices]` of `zg.toml`: which channels the office has, and how often each role is told. Every mistake is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import InvalidFile, Problem
from engine.notices.address import is_mailbox
from engine.notices.channels.chat_services import SITES
from engine.notices.reach import EMAIL, SMS, Policy
from engine.notices.setup_table import FORMATS, NAME, PLACEHOLDER, PLACEHOLDERS, SECURITIES, Secret, Table
from engine.rules.access import LEADER, ROLES, WATCH
from engine.rules.timing.quiet import DIGESTS, WEEKLY
from engine.words import LANGUAGES, OFFICE_LANGUAGE

USUAL_DIGEST = {LEADER: WEEKLY}
"""A leader is not written to about every ticket."""


USUAL_FIELDS = {"phone": "{phone}", "text": "{text}", "key": "{key}"}


class InvalidNotices(InvalidFile):
    """The settings for notices have mistakes."""

    code = "invalid-notices"

    def __init__(self, file: str, found: list[Problem]) -> None:
        super().__init__(found, file=file)


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
    top = Table("notices", table, problems, file)
    setup = Setup(
        language=top.choice("language", tuple(LANGUAGES), language), labels=labels, link=_link(top),
        digest=_digest(top.table("digest")), email=_email(top.table("email")), sms=_sms(top.table("sms")),
        chats=_chats(top.table("chat")), webhooks=_webhooks(top.tables("webhook")),
    )
    top.ends()
    if problems:
        raise InvalidNotices(file, problems)
    return setup


def _link(table: Table) -> str | None:
    link = table.text("link")
    if link is not None and ("{number}" not in link or not link.startswith(("http://", "https://"))):
        table.wrong("notices-link", "link")
    return link


def _digest(table: Table) -> Mapping[str, str]:
    roles = [role for role in ROLES if role != WATCH]
    chosen = {role: table.choice(role, DIGESTS, USUAL_DIGEST.get(role, DIGESTS[0])) for role in roles}
    table.ends()
    return {role: digest for role, digest in chosen.items() if digest != DIGESTS[0]}


def _email(table: Table) -> EmailSetup | None:
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


def _sms(table: Table) -> SmsSetup | None:
    if not table.there:
        return None
    setup = SmsSetup(
        url=table.address("url"), format=table.choice("format", FORMATS, FORMATS[0]), fields=table.texts("fields", USUAL_FIELDS),
        headers=table.texts("headers", {}), signature=table.text("signature") or "", expect=table.text("expect"),
        secret=table.secret("secret", needed=False), ca_file=table.file("ca_file"),
    )
    named = {placeholder for text in (*setup.fields.values(), *setup.headers.values()) for placeholder in PLACEHOLDER.findall(text)}
    if named - PLACEHOLDERS:
        table.wrong("notices-places", "fields", named=sorted(named - PLACEHOLDERS), known=sorted(PLACEHOLDERS))
    for placeholder in ("phone", "text"):
        if not any(f"{{{placeholder}}}" in text for text in setup.fields.values()):
            table.wrong("notices-place-missing", "fields", place=placeholder)
    if "secret" in named and setup.secret is None:
        table.wrong("notices-secret-missing", "secret_file")
    table.ends()
    return setup


def _chats(table: Table) -> Mapping[str, ChatSetup]:
    sites = {service: table.site(service, usual) for service, usual in SITES.items()}
    ca_file = table.file("ca_file")
    table.ends()
    return {service: ChatSetup(service, found, ca_file) for service, found in sites.items() if found}


def _webhooks(tables: list[Table]) -> tuple[WebhookSetup, ...]:
    hooks: list[WebhookSetup] = []
    for table in tables:
        name, url, secret = table.need("name"), table.address("url"), table.secret("secret", needed=True)
        if name and not NAME.fullmatch(name):
            table.wrong("notices-name", "name")
        elif any(hook.name == name for hook in hooks):
            table.wrong("notices-twice", "name", name=name)
        hooks.append(WebhookSetup(name, url, secret or Secret(), table.file("ca_file")))
        table.ends()
    return tuple(hooks)
