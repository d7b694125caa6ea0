"""By which channels people can be reached, as the record knows it: the addresses of accounts, and the channels the office has.

The outbox worker reads the office's channels from its `zg.toml` and says so in the record, since an event is written by processes that
never see that file. Where no outbox worker ever said so, the inbox is the only channel, and queueing costs nothing more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.clock import Clock
from engine.notices.channels.chat_services import SITES, robot_of
from engine.record import journal, queries
from engine.record.cache import RuleCache
from engine.record.database import Database
from engine.record.row_change import new_row
from engine.rules.proof.chain import canonical
from engine.rules.timing.climb import WATCHER
from engine.rules.timing.quiet import AT_ONCE
from engine.rules.worktime import Calendar

INBOX, EMAIL, SMS, WEBHOOK = "inbox", "email", "sms", "webhook"
PERSONAL = (EMAIL, SMS, *SITES)
"""Channels to a person's own address; a webhook belongs to the office."""

SETTING = "notices"
"""The setting that keeps the channels which the outbox worker announced."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The channels an office has, and how often each role is told: what `zg.toml` says, without addresses and secrets."""

    channels: tuple[str, ...] = ()
    webhooks: tuple[str, ...] = ()
    digest: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        return canonical({"channels": sorted(self.channels), "digest": dict(self.digest), "webhooks": sorted(self.webhooks)})

    @classmethod
    def from_json(cls, text: str) -> Policy:
        node = json.loads(text)
        return cls(tuple(node["channels"]), tuple(node["webhooks"]), node["digest"])


@dataclass(frozen=True, slots=True)
class Reach:
    """Who is reached how, at one moment: channels, digest and whose days they keep, by account. Read once for many events."""

    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digest: Mapping[str, str] = field(default_factory=dict)
    webhooks: tuple[str, ...] = ()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)


NOWHERE = Reach()
"""Nothing but the inbox."""


def read_reach(database: Database) -> Reach:
    """How people are reached now."""
    policy = read_policy(database)
    if policy is None or not (policy.channels or policy.webhooks):
        return NOWHERE
    channels: dict[str, tuple[str, ...]] = {}
    digest: dict[str, str] = {}
    calendars: dict[str, Calendar] = {}
    calendar = RuleCache(database).calendar()
    for name, role, unit, *addresses in database.rows(queries.ADDRESSES):
        ways = tuple(way for way in ways_of(*addresses) if way in policy.channels)
        if ways:
            channels[name], digest[name], calendars[name] = ways, policy.digest.get(role, AT_ONCE), calendar.of(unit)
    return Reach(channels, digest, policy.webhooks, calendars)


def read_policy(database: Database) -> Policy | None:
    """The channels that an outbox worker announced last; None if none ever ran."""
    row = database.row(queries.SETTING, name=SETTING)
    return Policy.from_json(row[0]) if row else None


def announce(database: Database, clock: Clock, policy: Policy) -> bool:
    """Says in the record which channels the office has, unless the record says so already. Returns whether anything was written."""
    announced = read_policy(database) or Policy()
    if announced.to_json() == policy.to_json():
        return False
    with database.write():
        kept = new_row("setting", name=SETTING, value=policy.to_json())
        journal.administer(database, "set", clock.now(), WATCHER, {SETTING: json.loads(policy.to_json())}, rows=[kept])
    return True


def ways_of(email: str | None, phone: str | None, chat: str | None) -> tuple[str, ...]:
    """The channels that a person's addresses open."""
    found = [way for way, address in ((EMAIL, email), (SMS, phone)) if address]
    robot = robot_of(chat) if chat else None
    return (*found, robot.service) if robot else tuple(found)


def chat_service_of(chat: str | None) -> str | None:
    """The chat service of a robot's address, to be shown instead of the address, which holds a key and is nobody's to read."""
    return next(iter(ways_of(None, None, chat)), None)
