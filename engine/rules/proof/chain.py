"""Canonical JSON and the hash links between events.

Canonical form: ASCII keys, sorted, compact, no floats, integers below 2**53, no lone surrogates, no U+0000. On these types that is
RFC 8785 (JSON Canonicalization Scheme), so any other program can recompute every hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Annotated, Any

GENESIS = bytes(32)
"""What the first event of every stream links to."""

BODY_VERSION = 1
LARGEST_INTEGER = 2**53

CACHE_SIZE = 4_096
"""How many moments and texts are cached: the dates of one batch of tickets are few, and each is needed many times."""


class NotCanonical(ValueError):
    """A value that has no canonical form: a float, a huge integer, a lone surrogate, U+0000, a key that is not ASCII."""


def canonical(value: object) -> str:
    """The one text of a JSON value. Raises NotCanonical; never guesses."""
    _check(value)
    try:
        text = spelled(value)
    except UnicodeEncodeError:
        raise NotCanonical("text with a lone surrogate") from None
    if "\\u0000" in text and _NUL.search(text):
        raise NotCanonical("text with U+0000")
    return text


def spelled(value: object) -> str:
    """The canonical text of a value that was read from a canonical text, and that need not be checked again."""
    return _encoder()(value).decode()


def parse(text: str) -> Any:
    """The value of a canonical text. Raises NotCanonical for any other text, ValueError for what is no JSON at all."""
    value = _decoder()(text)
    if value is not _DOUBTFUL:
        return value
    value = json.loads(text)
    if canonical(value) != text:
        raise NotCanonical("the text is not canonical")
    return value


@lru_cache(maxsize=CACHE_SIZE)
def stamp(at: datetime) -> str:
    """A moment as text of fixed width in UTC, so that the order of texts is the order of times. Naive times are refused."""
    if at.tzinfo is None:
        raise NotCanonical(f"a time without zone: {at.isoformat()}")
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")[:26] + "Z"


def stamp_or_none(at: datetime | None) -> str | None:
    """The text of a moment, None where there is none."""
    return stamp(at) if at else None


@lru_cache(maxsize=CACHE_SIZE)
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
        f'{{"actor":{_encode(actor)},"at":"{stamp(at)}","data":{data},"from":{_quote(from_state)},"kind":{_encode(kind)},'
        f'"role":{_encode(role)},"seq":{seq},"ticket":{ticket},"to":{_quote(to_state)},"unit":{_quote(unit)},'
        f'"v":{BODY_VERSION},"via":{_encode(via)}}}'
    )


def link(previous: bytes, text: str) -> bytes:
    """SHA-256 over the previous hash of the stream and the body."""
    hashed: bytes = _sha256()(previous + text.encode()).digest()
    return hashed


def digest_words(words: Mapping[str, str], salt: str) -> str:
    """What stands in the chain for words that may be erased: a digest nobody can guess the words from, thanks to the salt."""
    return digest_text(canonical(dict(words)), salt)


def digest_text(text: str, salt: str) -> str:
    """The same for words of which the canonical text is made already."""
    digest: str = _sha256()((salt + text).encode()).hexdigest()
    return digest


def loaded(text: str) -> Any:
    """The value of a text that need not be canonical. Raises ValueError for what is no JSON."""
    value = _plain_decoder()(text)
    return json.loads(text) if value is _DOUBTFUL else value


@cache
def _sha256() -> Callable[[bytes], Any]:
    """The hash function of the chain."""
    from hashlib import sha256  # three milliseconds, and a command that only shows a ticket hashes nothing

    return sha256


@cache
def _encoder() -> Callable[[object], bytes]:
    """What makes the text: of the values that `_check` lets through it makes what `json` makes, in a tenth of the time."""
    from msgspec.json import Encoder  # a command that only reads encodes no event

    return Encoder(order="sorted").encode


_DOUBTFUL = object()
"""What the quick decoder says of a text that it cannot vouch for."""

DEEPEST = 7
"""How many objects and lists lie in each other in what the quick decoder reads; no fact of an event nests deeper."""


@cache
def _decoder() -> Callable[[str], Any]:
    """What reads a canonical text in a fifth of the time that `json` and `_check` take, and tells of any other that it is doubtful."""
    from msgspec import Meta, MsgspecError  # a command that only reads parses no canonical text
    from msgspec.json import Decoder  # as above

    kinds: Any = None | bool | Annotated[int, Meta(gt=-LARGEST_INTEGER, lt=LARGEST_INTEGER)] | str
    for _ in range(DEEPEST):
        kinds = None | bool | Annotated[int, Meta(gt=-LARGEST_INTEGER, lt=LARGEST_INTEGER)] | str | list[kinds] | dict[str, kinds]
    decode, encode = Decoder(kinds).decode, _encoder()

    def read(text: str) -> Any:
        try:
            value = decode(text)
            plain = text.isascii() and "\\u0000" not in text  # else a key may be what no key is
            return value if plain and encode(value) == text.encode() else _DOUBTFUL
        except (MsgspecError, ValueError, TypeError, AttributeError):
            return _DOUBTFUL

    return read


@cache
def _plain_decoder() -> Callable[[str], Any]:
    """What reads a text in a fifth of the time that `json` takes, and tells of one that it cannot read that it is doubtful."""
    from msgspec import MsgspecError  # as above
    from msgspec.json import Decoder  # as above

    decode = Decoder().decode

    def read(text: str) -> Any:
        try:
            return decode(text)
        except (MsgspecError, ValueError):
            return _DOUBTFUL

    return read


_encode = json.encoder.encode_basestring


def _quote(text: str | None) -> str:
    return "null" if text is None else _encode(text)


_KEYS: set[str] = set()
"""Keys that were checked before, `CACHE_SIZE` at most: a record has few keys, and every event has twenty."""

_PLAIN = frozenset({str, bool, type(None)})
"""Kinds of values of which nothing has to be asked."""

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def _check(value: Any) -> None:
    """Raises NotCanonical for what can be seen before the text is made: kinds of values, keys, the size of integers."""
    kind = type(value)
    if kind is dict:
        if not _KEYS.issuperset(value):
            _check_keys(value)
        for item in value.values():
            if type(item) not in _PLAIN:  # most are, and a call costs more
                _check(item)
    elif kind is list or kind is tuple:
        for item in value:
            if type(item) not in _PLAIN:
                _check(item)
    elif kind is int:
        if not -LARGEST_INTEGER < value < LARGEST_INTEGER:
            raise NotCanonical(f"an integer beyond 2**53: {value}")
    elif not (kind is str or kind is bool or value is None):
        raise NotCanonical(f"a {kind.__name__} has no canonical form")


def _check_keys(value: dict[Any, Any]) -> None:
    for key in value:
        if type(key) is not str or not key.isascii() or "\0" in key:
            raise NotCanonical(f"a key that is not ASCII text: {key!r}")
        if len(_KEYS) < CACHE_SIZE:
            _KEYS.add(key)
