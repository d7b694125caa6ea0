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

RETIRE_DEFINITIONS = "UPDATE definition SET current = FALSE WHERE name = :name AND current"
"""Before another version of a workflow becomes the current one."""

KEEP_DEFINITION = """INSERT INTO definition (hash, name, json, source, loaded_at, current)
VALUES (:hash, :name, :json, :source, :loaded_at, TRUE) ON CONFLICT (hash) DO UPDATE SET current = TRUE"""
"""A version read from a file becomes the current one; it may have been here before."""

CURRENT_CALENDAR = "SELECT version FROM calendar WHERE current"
"""Which working days we count with; asked at every write, so nothing else is read."""

CURRENT_NOTICES = "SELECT notices FROM calendar WHERE current"
"""The notices that these are made of."""

CALENDAR_LOCKED = "SELECT version FROM calendar WHERE current {lock}"
"""The version in force, where another one will take its place: who comes second finds none."""

CALENDAR = "SELECT json FROM calendar WHERE version = :version"
"""One version of the working days."""

RETIRE_CALENDARS = "UPDATE calendar SET current = FALSE WHERE current"
"""Before another version becomes the current one."""

KEEP_CALENDAR = """INSERT INTO calendar (version, name, json, notices, loaded_at, current)
VALUES (:version, :name, :json, :notices, :loaded_at, TRUE)
ON CONFLICT (version) DO UPDATE SET current = TRUE, notices = excluded.notices"""
"""A version of the working days becomes the current one; it may have been here before."""
