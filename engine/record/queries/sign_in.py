"""Passwords, tokens, browsers that are signed in, invitations, and failures to sign in."""

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

FORGET_FAILURES_FROM = "DELETE FROM sign_in_failure WHERE who LIKE :who"
"""Forgets the failures of a name from every network."""

FORGET_OLD_FAILURES = "DELETE FROM sign_in_failure WHERE last_at < :old_at"
"""Forgets failures of long ago, so that names nobody has do not fill the table."""

TOKEN = "SELECT account, hash, expires_at, revoked_at, used_at, scope, per_minute FROM token WHERE id = :token"
"""A token of an id, with the hash that its secret is compared with."""

TOKENS = "SELECT id, account, name, scope, per_minute, created_at, expires_at, revoked_at, used_at FROM token ORDER BY created_at, id"
"""Every token, without its secret."""

TOKEN_USED = "UPDATE token SET used_at = :now WHERE id = :token"
"""When a token was last used."""

SECOND_FACTOR = "SELECT second_factor FROM account WHERE name = :name"
"""What an account's second factor is: its secret, and the hashes of its recovery codes."""

ACCOUNT_OF_IDENTITY = "SELECT name FROM account WHERE identity = :identity"
"""The account of a person that another service names."""

BEGIN_SESSION = """
    INSERT INTO web_session (hash, account, begun_at, seen_at, address, agent, halfway)
    VALUES (:hash, :account, :now, :now, :address, :agent, :halfway)
"""
"""A browser is signed in from now on, or halfway."""

SIGNED_IN = f"""
    SELECT name, role, unit, begun_at, seen_at, halfway, password_hash IS NOT NULL, password_at, second_factor IS NOT NULL
    FROM web_session JOIN account ON account.name = web_session.account WHERE hash = :hash AND {_VALID}
"""
"""Who is signed in with a secret, by its hash, if the account may act now, and what opens the account."""

MEET_ACCOUNT = "INSERT INTO last_sign_in (account, step) VALUES (:account, 0) ON CONFLICT (account) DO NOTHING"
"""Makes the row of an account that says when it signed in last, if there is none yet."""

NOTE_SIGN_IN = """
    UPDATE last_sign_in SET before_at = signed_at, before_address = address, signed_at = :now, address = :address WHERE account = :account
"""
"""An account signed in now, and what was the last time is the one before."""

SIGN_IN_BEFORE = "SELECT before_at, before_address FROM last_sign_in WHERE account = :account"
"""When and from where an account signed in the time before the last."""

SIGNED_IN_FROM = "SELECT address, before_address FROM last_sign_in WHERE account = :account"
"""From where an account signed in the last two times."""

SPEND_STEP = "UPDATE last_sign_in SET step = :step WHERE account = :account AND step < :step"
"""The codes of a second factor up to a moment are used up."""

SESSION_SEEN = "UPDATE web_session SET seen_at = :now WHERE hash = :hash"
"""When a browser last asked for something."""

SESSIONS = """
    SELECT hash, begun_at, seen_at, address, agent FROM web_session WHERE account = :account AND NOT halfway ORDER BY begun_at, hash
"""
"""The browsers that are signed in as an account."""

END_SESSION = "DELETE FROM web_session WHERE hash = :hash"
"""A browser is signed out."""

END_SESSIONS = "DELETE FROM web_session WHERE account = :account AND hash <> :spared"
"""Every browser of an account is signed out but one."""

END_OLD_SESSIONS = """
    DELETE FROM web_session WHERE seen_at < :idle_since OR begun_at < :begun_before OR (halfway AND begun_at < :halfway_before)
"""
"""Browsers that were left alone, or that are signed in for too long, are signed out."""

KEEP_INVITATION = "INSERT INTO invitation (hash, account, created_at, expires_at) VALUES (:hash, :account, :now, :expires_at)"
"""A link that opens an account once."""

INVITATION = "SELECT account, expires_at FROM invitation WHERE hash = :hash"
"""The account that a link opens."""

USE_INVITATION = "DELETE FROM invitation WHERE hash = :hash AND account = :account AND expires_at > :now"
"""A link is used up."""

DROP_INVITATIONS = "DELETE FROM invitation WHERE account = :account OR expires_at <= :now"
"""The links to an account open nothing any more, nor do those of any account whose time is over."""

ANY_PASSWORD = "SELECT 1 FROM account WHERE active AND password_hash IS NOT NULL LIMIT 1"
"""Whether anybody can sign in."""
