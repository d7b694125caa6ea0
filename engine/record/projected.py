"""The tables that follow from the administration's stream, column by column: what an entry tells of a row, and how.

A value stands in the entry itself, unless it is a *word* (a name, an address: it lies among the words of the entry and may be erased) or
is *named* by its SHA-256 alone, since it is too large for an entry or a secret. Tickets and what they cite follow from their own streams.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from engine.record.settings import PLAN_SETTING
from engine.rules.json_value import Json
from engine.rules.proof.chain import moment, stamp

Value: TypeAlias = str | int | bool | bytes | datetime | date | None
"""What a column holds."""

TEXT, NUMBER, TRUTH, MOMENT, DAY, BYTES = "text", "number", "truth", "moment", "day", "bytes"
"""What kind of value a column holds."""

UNTOLD_SETTINGS = frozenset({"administration", "counting", "upgrading"})
"""Settings that no entry tells: where the administration's stream ends, what is being counted, and an upgrade that no entry says yet."""

NAMED_SETTINGS = frozenset({PLAN_SETTING})
"""Settings whose value is named by its SHA-256."""


@dataclass(frozen=True, slots=True)
class Projected:
    """A table whose rows follow from the entries. `columns` are those that do, each with its kind of value; the key is some of them."""

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, str]
    words: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    def key_of(self, values: Mapping[str, Value]) -> tuple[Value, ...]:
        """The key of a row. Raises KeyError where a column of it is missing."""
        return tuple(values[name] for name in self.key)

    def names(self, column: str, key: tuple[Value, ...]) -> bool:
        """Whether an entry names the value by its SHA-256 instead of telling it."""
        return column in self.named and (self.name != "setting" or key[0] in NAMED_SETTINGS)


def _table(name: str, key: str, other: str = "", *, words: str = "", named: str = "") -> Projected:
    """A table, of columns written as `name` or `name:kind`."""
    columns = {column: kind or TEXT for column, _, kind in (text.partition(":") for text in f"{key} {other}".split())}
    keys = tuple(text.partition(":")[0] for text in key.split())
    return Projected(name, keys, columns, frozenset(words.split()), frozenset(named.split()))


TABLES: Mapping[str, Projected] = {table.name: table for table in (
    _table("unit", "code", "kind relation parent rank_group valid_from:day valid_to:day successor in_source:truth"),
    _table("unit_name", "unit name place:number", "kind valid_from:day valid_to:day"),
    _table("unit_member", "group_code unit", "place:number"),
    _table(
        "account", "name", "title role unit active:truth email phone chat password_hash password_at:moment second_factor identity "
        "valid_from:moment valid_to:moment",
        words="title email phone", named="chat password_hash second_factor identity",
    ),
    _table("account_portfolio", "account unit"),
    _table("account_title", "account since:moment", "title", words="title"),
    _table("stand_in", "account deputy valid_from:moment", "valid_to:moment"),
    _table(
        "token", "id", "account name scope per_minute:number hash:bytes created_at:moment expires_at:moment revoked_at:moment",
        words="name", named="hash",
    ),
    _table("definition", "hash", "name json source loaded_at:moment current:truth", named="json"),
    _table("calendar", "version", "name json notices loaded_at:moment current:truth", named="json notices"),
    _table("measure", "no", "title leads cooperators responsible"),
    _table("indicator", "measure name"),
    _table("target", "id", "measure metric comparator value unit baseline deadline:day scope mandatory:truth words"),
    _table("setting", "name", "value", named="value"),
    _table(
        "ledger_proposal", "ticket field", "was says file sheet line:number version:number told_at:moment", words="was says",
    ),
    _table(
        "feedback_refusal", "source ref", "rating:number unit stated_at:moment file line:number reasons refused_at:moment", words="reasons",
    ),
    _table(
        "seal", "n:number", "upto:number size:number root:bytes frontier:bytes at:moment note",
    ),
)}
"""Every table that is told by the administration's stream, in an order in which their foreign keys allow them to be filled."""


def sha256_of(value: str | bytes) -> str:
    """What names a value that no entry tells."""
    from hashlib import sha256  # three milliseconds, and few entries name anything

    return sha256(value.encode(errors="surrogateescape") if isinstance(value, str) else value).hexdigest()


def json_of(value: Value) -> Json:
    """A value as an entry tells it."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def value_of(kind: str, told: Json) -> Value:
    """The inverse of `json_of` for a column of some kind. Raises ValueError for what no entry of ours tells."""
    if told is None:
        return None
    read, expected = _READERS[kind]
    if type(told) is not expected:
        raise ValueError(f"no {kind}: {told!r}")
    value = read(told)
    if json_of(value) != told:
        raise ValueError(f"no {kind}: {told!r}")
    return value


def _itself(told: Value) -> Value:
    return told


_READERS: Mapping[str, tuple[Callable[..., Value], type]] = {
    TEXT: (_itself, str), NUMBER: (_itself, int), TRUTH: (_itself, bool), MOMENT: (moment, str), DAY: (date.fromisoformat, str),
    BYTES: (bytes.fromhex, str),
}
