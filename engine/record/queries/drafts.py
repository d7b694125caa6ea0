"""What people began to type and did not send yet."""

from __future__ import annotations

DRAFTS = "SELECT about, version, words, saved_at FROM draft WHERE account = :account AND saved_at > :old_at ORDER BY saved_at DESC"
"""Those of an account that are not too old, the newest first."""

DRAFT = "SELECT about, version, words, saved_at FROM draft WHERE account = :account AND about = :about AND saved_at > :old_at"
"""The one of an account about something, where it is not too old."""

SAVE_DRAFT = """
    INSERT INTO draft (account, about, version, words, saved_at) VALUES (:account, :about, :version, :words, :now)
    ON CONFLICT (account, about) DO UPDATE SET version = excluded.version, words = excluded.words, saved_at = excluded.saved_at
"""
"""In the place of what the account typed about it before."""

DROP_DRAFT = "DELETE FROM draft WHERE account = :account AND about = :about"
"""It was sent, or is not wanted any more."""

DROP_OLD_DRAFTS = "DELETE FROM draft WHERE saved_at <= :old_at"
"""Whosever they are."""
