"""Filters of the ledger that were saved under a name."""

from __future__ import annotations

SAVED_VIEWS = """
    SELECT audience, name, wishes, saved_by FROM saved_view
    WHERE (audience = 'own' AND owner = :account) OR (audience = 'unit' AND owner = :unit) OR audience = 'all'
    ORDER BY name
"""
"""Those that an account may use: its own, its unit's, everybody's."""

SAVE_VIEW = """
    INSERT INTO saved_view (audience, owner, name, wishes, saved_by, saved_at)
    VALUES (:audience, :owner, :name, :wishes, :account, :now)
    ON CONFLICT (audience, owner, name) DO UPDATE SET wishes = excluded.wishes, saved_at = excluded.saved_at
    WHERE saved_view.saved_by = excluded.saved_by
"""
"""A filter under a name; in the place of the one that the same account saved under it, and of nobody else's."""

REMOVE_VIEW = "DELETE FROM saved_view WHERE audience = :audience AND owner = :owner AND name = :name"
"""The name stands for no filter any more."""
