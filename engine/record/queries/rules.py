"""Workflows and calendars."""

from __future__ import annotations

DEFINITION = "SELECT json FROM definition WHERE hash = :hash"
"""The rules a ticket is pinned to."""

CURRENT_DEFINITION = "SELECT hash, json FROM definition WHERE name = :name AND current"
"""The rules that new tickets of a workflow get."""

CURRENT_DEFINITIONS = "SELECT name, hash, json, source, loaded_at FROM definition WHERE current ORDER BY name"
"""Every workflow that is in use."""

DEFINITION_HASHES = "SELECT hash FROM definition ORDER BY hash"
"""Every version of every workflow."""

CURRENT_CALENDAR = "SELECT version FROM calendar WHERE current"
"""Which working days we count with; asked at every write, so nothing else is read."""

CURRENT_NOTICES = "SELECT notices FROM calendar WHERE current"
"""The notices that these are made of."""

CALENDAR_LOCKED = "SELECT version FROM calendar WHERE current {lock}"
"""The version in force, where another one will take its place: who comes second finds none."""

CALENDAR = "SELECT json FROM calendar WHERE version = :version"
"""One version of the working days."""
