"""Passwords, tokens, and failures to sign in."""

# ruff: noqa: S105, S608 – these texts are statements, not secrets, made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.people import _VALID

PASSWORD = f"SELECT name, title, role, unit, password_hash FROM account WHERE name = :name AND {_VALID}"
"""The account of a name, with the hash that its password is compared with."""

FAILURES = "SELECT count, last_at FROM sign_in_failure WHERE who = :who {lock}"
"""How often in a row somebody failed to sign in."""

MEET_FAILURES = "INSERT INTO sign_in_failure (who, count, last_at) VALUES (:who, 0, :now) ON CONFLICT (who) DO NOTHING"
"""Makes the row that counts the failures of a name, if there is none yet."""

COUNT_FAILURE = "UPDATE sign_in_failure SET count = :count, last_at = :now WHERE who = :who"
"""Counts one more failure to sign in."""

FORGET_FAILURES = "DELETE FROM sign_in_failure WHERE who = :who"
"""Forgets the failures of a name, since somebody signed in with it."""

FORGET_OLD_FAILURES = "DELETE FROM sign_in_failure WHERE last_at < :old_at"
"""Forgets failures of long ago, so that names nobody has do not fill the table."""

TOKEN = "SELECT account, hash, expires_at, revoked_at, used_at FROM token WHERE id = :token"
"""A token of an id, with the hash that its secret is compared with."""

TOKENS = "SELECT id, account, name, created_at, expires_at, revoked_at, used_at FROM token ORDER BY created_at, id"
"""Every token, without its secret."""

TOKEN_USED = "UPDATE token SET used_at = :now WHERE id = :token"
"""When a token was last used."""
