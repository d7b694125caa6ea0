"""Who may look at passwords at once: a stranger's network has few of the places, and the last ones are kept for whom we know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from threading import Lock

from engine.errors import SignInsBusy

IPV6_NETWORK_BITS = 64
"""Of an address of IPv6: whoever has one has all of its network."""


def network_of(address: str | None) -> str:
    """From where somebody comes, as it is counted: an address, of IPv6 its network; "" where it is not known."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> IPV6_NETWORK_BITS << IPV6_NETWORK_BITS))


@dataclass(slots=True)
class Places:
    """The places of one process: how many there are, how many of them strangers may have together, and how many one network."""

    all: int
    strangers: int
    one_network: int
    _taken: Counter[str] = field(default_factory=Counter)
    _strangers: int = 0
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def taken(self, network: str, *, known: bool) -> Iterator[None]:
        """A place while it lasts; `known` is a network from which the account signed in before. Raises SignInsBusy."""
        with self._lock:
            full = self._taken.total() >= self.all or (network != "" and self._taken[network] >= self.one_network)
            if full or (not known and self._strangers >= self.strangers):
                raise SignInsBusy
            self._taken[network] += 1
            self._strangers += not known
        try:
            yield
        finally:
            with self._lock:
                self._taken[network] -= 1
                self._taken += Counter()  # forgets the networks that have none
                self._strangers -= not known
