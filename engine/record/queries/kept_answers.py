"""What requests were answered that named themselves by a key, so that sending one again does nothing twice."""

from __future__ import annotations

CLAIM_KEY = """
    INSERT INTO kept_answer (account, hash, asked, claim, begun_at, written)
    VALUES (:account, :hash, :asked, :claim, :now, FALSE) ON CONFLICT (account, hash) DO NOTHING
"""
"""A request begins under a key, unless there is one of that key."""

KEPT_ANSWER = """
    SELECT asked, claim, begun_at, written, status, heads, body FROM kept_answer WHERE account = :account AND hash = :hash
"""
"""The request of a key, and what it was answered."""

CLAIM_AGAIN = """
    UPDATE kept_answer SET claim = :claim, begun_at = :now WHERE account = :account AND hash = :hash AND claim = :broken AND NOT written
"""
"""A request begins anew whose first attempt broke off before it wrote anything."""

KEY_WRITES = "UPDATE kept_answer SET written = TRUE WHERE account = :account AND hash = :hash AND claim = :claim"
"""The request of a key has written something: told in the same transaction."""

KEEP_ANSWER = """
    UPDATE kept_answer SET status = :answered, heads = :heads, body = :packed
    WHERE account = :account AND hash = :hash AND claim = :claim
"""
"""What the request of a key was answered."""

RELEASE_KEY = "DELETE FROM kept_answer WHERE account = :account AND hash = :hash AND claim = :claim AND NOT written"
"""The request of a key came to nothing, and may be sent again."""

DROP_OLD_ANSWERS = "DELETE FROM kept_answer WHERE begun_at <= :old_at"
"""The answers of long ago are kept no more."""

MANY_ANSWERS = "SELECT 1 FROM kept_answer WHERE account = :account LIMIT 1 OFFSET :most"
"""Whether an account has more than so many keys."""

LARGE_ANSWERS = "SELECT COALESCE(SUM(LENGTH(body)), 0) FROM kept_answer WHERE account = :account AND LENGTH(body) > :large"
"""How many bytes the large answers of an account take together."""

ERASE_ANSWERS = "UPDATE kept_answer SET body = NULL WHERE body IS NOT NULL"
"""Answers may hold words that are erased now: what was answered is forgotten, that it was done is not."""
