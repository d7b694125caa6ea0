"""What an office asks of whoever signs in, as `[security]` of its settings says: how long a browser stays signed in and how many may be,
what a password is, who needs a second factor, and from which addresses one may come. Unless told otherwise it is what every office needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from engine.errors import InvalidFile, NotPermitted, Problem
from engine.rules.access import ROLES, WATCH, Actor

EVERYBODY = "everybody"
"""The name under which addresses stand that hold for all accounts of which nothing else is said."""

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Policy:
    """What is asked of whoever signs in.

    `idle` ends a browser that was left alone, and of more than `most_sessions` of one account the oldest is signed out. A password has so
    many characters at least, and is changed after `password_days`, where that is asked for: whoever chooses a good one keeps it. Roles of
    `second_factor` need one. `addresses` are the ranges that an account, else its role, else everybody comes from.
    """

    idle: timedelta = timedelta(hours=2)
    most_sessions: int = 10
    password_length: int = 10
    password_days: int | None = None
    second_factor: frozenset[str] = frozenset()
    addresses: Mapping[str, tuple[Network, ...]] = field(default_factory=dict)

    def must_come_from(self, actor: Actor, address: str | None) -> None:
        """Raises NotPermitted for an address from which the account is not to be used."""
        ranges = next((self.addresses[name] for name in (actor.name, actor.role, EVERYBODY) if name in self.addresses), None)
        if ranges is not None and not _lies_in(ranges, address):
            raise NotPermitted(reason="address-not-allowed")

    def is_over(self, chosen_at: datetime | None, now: datetime) -> bool:
        """Whether a password is to be changed: somebody else gave it, or it is too old."""
        return chosen_at is None or (self.password_days is not None and chosen_at + timedelta(days=self.password_days) <= now)


def _lies_in(ranges: tuple[Network, ...], address: str | None) -> bool:
    try:
        found = ip_address(address or "")
    except ValueError:
        return False
    plain = getattr(found, "ipv4_mapped", None) or found
    return any(plain.version == network.version and plain in network for network in ranges)


def read_policy(table: Any, file: str) -> Policy:
    """The policy of a table of settings. Raises InvalidFile with every key that is not understood."""
    policy, problems = Policy(), list[Problem]()
    for name, value in (table if isinstance(table, dict) else {"": table} if table is not None else {}).items():
        try:
            policy = _KEYS[name](policy, value)
        except (KeyError, ValueError, TypeError, AttributeError):
            problems.append(Problem.at("problem-security", f"[security] {name}"))
    if problems:
        raise InvalidFile(file=file, problems=problems)
    return policy


def _number(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError
    return value


def _roles(value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not set(value) <= set(ROLES) - {WATCH}:
        raise ValueError
    return frozenset(value)


def _ranges(value: Any) -> Mapping[str, tuple[Network, ...]]:
    return {name: tuple(ip_network(text) for text in texts) for name, texts in value.items()}


_KEYS: Mapping[str, Callable[[Policy, Any], Policy]] = {
    "idle-minutes": lambda policy, value: replace(policy, idle=timedelta(minutes=_number(value, 5, 720))),
    "sessions": lambda policy, value: replace(policy, most_sessions=_number(value, 1, 100)),
    "password-characters": lambda policy, value: replace(policy, password_length=_number(value, 8, 64)),
    "password-days": lambda policy, value: replace(policy, password_days=_number(value, 1, 3650)),
    "second-factor": lambda policy, value: replace(policy, second_factor=_roles(value)),
    "addresses": lambda policy, value: replace(policy, addresses=_ranges(value)),
}
