"""Canonical JSON and the hash links between events.

Canonical form: ASCII keys, sorted, compact, no floats, integers below 2**53, no lone surrogates, no U+0000. On these types that is
RFC 8785 (JSON Canonicalization Scheme), so any other program can recompute every hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

GENESIS = bytes(32)
"""What the first event of every stream links to."""

BODY_VERSION = 1
LARGEST_INTEGER = 2**53

REMEMBERED = 4_096
"""Moments and their texts that are remembered: the dates of one batch of tickets are few, and each is needed many times."""


class NotCanonical(ValueError):
    """A value that has no canonical form: a float, a huge integer, a lone surrogate, U+0000, a key that is not ASCII."""


def canonical(value: object) -> str:
    """The one text of a JSON value. Raises NotCanonical; never guesses."""
    _check(value)
    return spelled(value)


def spelled(value: object) -> str:
    """The same for a value that was read from a canonical text, and need not be checked again."""
    return _dump(value)


def parse(text: str) -> Any:
    """The value of a canonical text. Raises NotCanonical for any other text, ValueError for what is no JSON at all.

    The same as `canonical(json.loads(text)) == text`, in a third of the time: what ASCII text can hide are only numbers and U+0000.
    """
    value = _load(text)
    if not text.isascii() or "\\u0000" in text:
        _check(value)
    if _dump(value) != text:
        raise NotCanonical("the text is not canonical")
    return value


@lru_cache(maxsize=REMEMBERED)
def stamp(at: datetime) -> str:
    """A moment as text of fixed width in UTC, so that the order of texts is the order of times. Naive times are refused."""
    if at.tzinfo is None:
        raise NotCanonical(f"a time without zone: {at.isoformat()}")
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")[:26] + "Z"


@lru_cache(maxsize=REMEMBERED)
def moment(text: str) -> datetime:
    """The inverse of `stamp`."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is UTC else found.replace(tzinfo=UTC)


def body(
    *, ticket: int, seq: int, at: datetime, actor: str, role: str, unit: str | None, via: str, kind: str,
    from_state: str | None, to_state: str | None, data: str,
) -> str:
    """The text that is hashed: exactly the twelve keys of an event, `data` being canonical JSON already.

    Written out by hand because `data` is the stored text itself: what was hashed is what lies in the record.
    """
    return (
        f'{{"actor":{_quote(actor)},"at":"{stamp(at)}","data":{data},"from":{_quote(from_state)},"kind":{_quote(kind)},'
        f'"role":{_quote(role)},"seq":{seq},"ticket":{ticket},"to":{_quote(to_state)},"unit":{_quote(unit)},'
        f'"v":{BODY_VERSION},"via":{_quote(via)}}}'
    )


def link(previous: bytes, text: str) -> bytes:
    """SHA-256 over the previous hash of the stream and the body."""
    return hashlib.sha256(previous + text.encode()).digest()


def digest_words(words: Mapping[str, str], salt: str) -> str:
    """What stands in the chain for words that may be erased: a digest nobody can guess the words from, thanks to the salt."""
    return hashlib.sha256((salt + canonical(dict(words))).encode()).hexdigest()


_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False).encode
_encode = json.encoder.encode_basestring


def _quote(text: str | None) -> str:
    return "null" if text is None else _encode(text)


def _no_number(text: str) -> Any:
    raise NotCanonical(f"a number that has no canonical form: {text}")


def _integer(text: str) -> int:
    value = int(text)
    return value if -LARGEST_INTEGER < value < LARGEST_INTEGER else _no_number(text)


_load = json.JSONDecoder(parse_int=_integer, parse_float=_no_number, parse_constant=_no_number).decode


def _check(value: Any) -> None:
    kind = type(value)
    if kind is str:
        if not value.isascii():
            _check_text(value)
        elif "\0" in value:
            raise NotCanonical("text with U+0000")
    elif value is None or kind is bool:
        return
    elif kind is int:
        if not -LARGEST_INTEGER < value < LARGEST_INTEGER:
            raise NotCanonical(f"an integer beyond 2**53: {value}")
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii() or "\0" in key:
                raise NotCanonical(f"a key that is not ASCII text: {key!r}")
            if type(item) is not str or not item.isascii() or "\0" in item:  # most are plain texts, and a call costs more
                _check(item)
    elif kind is list or kind is tuple:
        for item in value:
            _check(item)
    else:
        raise NotCanonical(f"a {kind.__name__} has no canonical form")


def _check_text(text: str) -> None:
    if "\0" in text:
        raise NotCanonical("text with U+0000")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("text with a lone surrogate") from None
