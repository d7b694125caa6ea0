"""Addresses of people and programs: what can be one. A name with a line break in it would become a header of a letter."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_SENDER = re.compile(r"[^<>\r\n\x00-\x1f]*<([^<>]+)>")
_PHONE = re.compile(r"\+?[0-9]{5,20}")
LONGEST_MAILBOX = 254


def is_mailbox(text: str) -> bool:
    """`zg@example.gov.cn`, or `督办单位 <zg@example.gov.cn>` for a sender."""
    named = _SENDER.fullmatch(text)
    return is_email(named[1] if named else text)


def is_email(text: str) -> bool:
    """One plain address, nothing else."""
    return len(text) <= LONGEST_MAILBOX and _MAILBOX.fullmatch(text) is not None


def phone_of(text: str) -> str | None:
    """The digits of a phone number, without spaces and dashes; None if it is none."""
    plain = re.sub(r"[ ()\-]", "", text)
    return plain if _PHONE.fullmatch(plain) else None


def web_address(text: str) -> SplitResult | None:
    """The parts of an address of the web, http or https; None if it is none, or holds a user."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not parts.username
    except ValueError:
        return None
    return parts if good else None
