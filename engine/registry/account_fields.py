"""What an account may be: its name and title, its role and unit, its addresses; and which of it are words and which are facts."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from engine.errors import NotPossible, Refused
from engine.notices.address import is_email, phone_of
from engine.notices.reach import ways_of
from engine.record.people import StoredAccount
from engine.rules.access import ROLES, UNIT_ROLES, WATCH
from engine.rules.proof.chain import stamp
from engine.rules.unit_names import normalized
from engine.rules.wording import LONGEST, name_problem, word_problem

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
LONGEST_TITLE = 60
WORDS = {"title": "called", "email": "email", "phone": "phone", "chat": "chat"}
"""Fields that are words, and what they are called in the entry: of a chat address, which holds a key, only the chat service."""

ADDRESSES = frozenset({"email", "phone", "chat"})
"""Fields that everybody may change of their own account."""

LONGEST_CHAT = 500


def must_fit(account: StoredAccount) -> None:
    """Raises NotPossible or Refused for an account that cannot be. The schema refuses most of it too, without saying why."""
    problem = name_problem("called", account.title, LONGEST_TITLE)
    if problem is not None:
        raise Refused([problem])
    if account.role not in ROLES or account.role == WATCH:
        raise NotPossible(reason="account-role", role=account.role)
    if (account.role in UNIT_ROLES) != (account.unit is not None):
        raise NotPossible(reason="account-needs-unit" if account.role in UNIT_ROLES else "account-without-unit", name=account.name)
    if account.email is not None and not is_email(account.email):
        raise NotPossible(reason="account-email", email=account.email)
    if account.phone is not None and phone_of(account.phone) is None:
        raise NotPossible(reason="account-phone", phone=account.phone)
    if account.chat is not None and not (_one_word(account.chat) and ways_of(None, None, account.chat)):
        raise NotPossible(reason="account-chat")
    if account.valid_from and account.valid_to and account.valid_from >= account.valid_to:
        raise NotPossible(reason="stand-in-time", since=account.valid_from, until=account.valid_to)


def must_be_unlike(account: StoredAccount, other: StoredAccount, now: datetime) -> None:
    """Raises NotPossible for a title that is the name of another account, or the title of one of another role: in a log it would be that
    one who acted. Two of one role may be called alike, as people are.
    """
    if other.name == account.name or not other.active or (other.valid_to is not None and other.valid_to <= now):
        return
    if normalized(account.title) in (normalized(other.name), normalized(other.title) if other.role != account.role else None):
        raise NotPossible(reason="account-title-taken", title=account.title, other=other.name)


def check_word(field: str, text: str | None) -> None:
    """Raises Refused for a text that cannot be kept."""
    problem = word_problem(field, text, LONGEST, one_line=True) if text is not None else None
    if problem is not None:
        raise Refused([problem])


def pair(before: StoredAccount, after: StoredAccount, field: str) -> Any:
    """The old and the new value of a field that is a fact; None for a field of words, whose values are not part of the facts."""
    if field in WORDS:
        return None
    return [_fact(getattr(account, field)) for account in (before, after)]


def word(account: StoredAccount, field: str) -> str | None:
    """What an entry says of a field that is a word."""
    if field == "chat":
        return ", ".join(ways_of(None, None, account.chat)) or None
    text: str | None = getattr(account, field)
    return text


def _one_word(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text and len(text) <= LONGEST_CHAT


def _fact(value: Any) -> Any:
    return stamp(value) if isinstance(value, datetime) else value
