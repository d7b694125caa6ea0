"""Who a person is to another service that signs people in: the service's name in our settings, and what it calls the person.

Another service opens accounts that there are, and makes none: which of them is whose, somebody says who may appoint to their role
(`zg user identity`). A government app that gives tickets in place of OpenID Connect is a `TicketExchange`.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Protocol

from engine.errors import NotPossible, NotSignedIn
from engine.record import queries
from engine.record.database import Database
from engine.record.directory import acting_account
from engine.rules.access import Actor

PROVIDER = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
LONGEST_SUBJECT = 255


class TicketExchange(Protocol):
    """The seam for the sign-in of a government app: such an app opens our page with a ticket, which its server changes for a person."""

    name: str
    """How the service is called in our settings and in `zg user identity`."""

    def person_of(self, ticket: str) -> str | None:
        """The subject that a ticket stands for, asked of the app's server; None for a ticket that is good for nothing. That a ticket counts
        once is the server's to hold to. Raises OSError where the server cannot be reached.
        """


def identity_of(provider: str, subject: str) -> str:
    """The identity as an account holds it. Raises NotPossible for what cannot be one."""
    if not PROVIDER.fullmatch(provider) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise NotPossible(reason="identity-wrong", provider=provider, most=LONGEST_SUBJECT)
    return f"{provider}:{subject}"


def person(database: Database, provider: str, subject: str, now: datetime, via: str = "web") -> Actor:
    """The account of a person that another service names, with its role and unit of now. Raises NotSignedIn where none is that one."""
    try:
        found = database.row(queries.ACCOUNT_OF_IDENTITY, identity=identity_of(provider, subject))
    except NotPossible:
        raise NotSignedIn(reason="identity-unknown") from None
    active = database.row(queries.ACTIVE_ACCOUNT, name=found[0], now=now) if found is not None else None
    if active is None:
        raise NotSignedIn(reason="identity-unknown")
    return acting_account(database, active[0], active[2], active[3], via)
