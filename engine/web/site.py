"""What one process serves with, frozen: the settings, and what they say of security."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from engine.app.access_log import AccessLog, read_access_log
from engine.app.settings import SETTINGS_FILE, Settings
from engine.registry.policy import Policy, read_policy
from engine.web.asked import Asked
from engine.web.limits import Turns
from engine.web.oidc import Provider, read_provider
from engine.web.scanner import Scanner, read_scanner
from engine.web.signed import Senders, read_senders


@dataclass(frozen=True, slots=True)
class Site:
    """The settings, what is asked of whoever signs in, where it is told who came, what looks at files, which other service signs people in,
    which senders sign, whether pages hear at once of what changed, how many requests each token made, and, of a demo, whom each link signs
    in, by its secret.
    """

    settings: Settings
    policy: Policy
    log: AccessLog
    scanner: Scanner
    provider: Provider | None
    senders: Senders
    live: bool = False
    turns: Turns = field(default_factory=Turns)
    entries: Mapping[str, str] = field(default_factory=dict)

    def tell(self, what: str, asked: Asked, account: str | None, now: datetime, **about: str | int | None) -> None:
        """A line of the access log, about a request."""
        self.log.write(what, now, asked.address, account, about)


def site_of(settings: Settings, entries: Mapping[str, str] = MappingProxyType({})) -> Site:
    """The site of some settings. Raises InvalidFile."""
    log = read_access_log(settings.access_log, SETTINGS_FILE, settings.db)
    return Site(
        settings, read_policy(settings.security, SETTINGS_FILE), log, read_scanner(settings.scanner, SETTINGS_FILE),
        read_provider(settings.oidc, SETTINGS_FILE),
        read_senders(settings.senders, SETTINGS_FILE), settings.is_live(), entries=entries,
    )
