"""Passwords, tokens, and failures to sign in."""

# ruff: noqa: S105, S608 – these texts are statements, not secrets, made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.people import _VALID

PASSWORD = f"SELECT name, title, role, unit, password_hash FROM account WHERE name = :name AND {_VALID}"
"""What a password is compared with."""

SET_PASSWORD = "UPDATE account SET password_hash = :password_hash WHERE name = :name"
"""Another password; only its hash is kept."""

REHASH = "UPDATE account SET password_hash = :password_hash WHERE name = :name AND password_hash = :old_hash"
"""The same password, hashed with the parameters of today."""

FAILURES = "SELECT count, last_at FROM sign_in_failure WHERE who = :who {lock}"
"""How often in a row somebody failed to sign in."""

MEET_FAILURES = "INSERT INTO sign_in_failure (who, count, last_at) VALUES (:who, 0, :now) ON CONFLICT (who) DO NOTHING"
"""A row for whoever tries for the first time."""

COUNT_FAILURE = "UPDATE sign_in_failure SET count = :count, last_at = :now WHERE who = :who"
"""One more failure."""

FORGET_FAILURES = "DELETE FROM sign_in_failure WHERE who = :who"
"""Somebody signed in."""

FORGET_OLD_FAILURES = "DELETE FROM sign_in_failure WHERE last_at < :old_at"
"""What failed long ago counts no more; names that nobody has must not fill the table."""

ADD_TOKEN = """INSERT INTO token (id, account, name, hash, created_at, expires_at)
VALUES (:token, :account, :name, :hash, :created_at, :expires_at)"""
"""A key of a program."""

TOKEN = "SELECT account, hash, expires_at, revoked_at, used_at FROM token WHERE id = :token"
"""What a token is compared with."""

TOKENS = "SELECT id, account, name, created_at, expires_at, revoked_at, used_at FROM token ORDER BY created_at, id"
"""Every token, without its secret."""

REVOKE_TOKEN = "UPDATE token SET revoked_at = :now WHERE id = :token AND revoked_at IS NULL"
"""A token opens nothing any more."""

TOKEN_USED = "UPDATE token SET used_at = :now WHERE id = :token"
"""When a token was last used."""
