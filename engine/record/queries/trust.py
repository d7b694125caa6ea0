"""Seals, settings."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.events import EVENT_COLUMNS

SEAL_COLUMNS = "n, upto, size, root, frontier, at, note"

LAST_SEAL = f"SELECT {SEAL_COLUMNS} FROM seal ORDER BY n DESC LIMIT 1"
"""The newest seal."""

SEALS = f"SELECT {SEAL_COLUMNS} FROM seal ORDER BY n"
"""Every seal."""

SEAL_NUMBER = f"SELECT {SEAL_COLUMNS} FROM seal WHERE n = :n"
"""One seal."""

SEAL_OF_SIZE = f"SELECT {SEAL_COLUMNS} FROM seal WHERE size = :size"
"""The seal over so many events."""

LAST_SEALED = "SELECT at, data FROM event WHERE stream = 0 AND kind = 'sealed' ORDER BY seq DESC LIMIT 1"
"""What was told last of a seal."""

LAST_SEALED_EVENT = f"SELECT {EVENT_COLUMNS} FROM event WHERE stream = 0 AND kind = 'sealed' ORDER BY seq DESC LIMIT 1"
"""The entry that tells of the last seal."""

TOLD_OF_ENTRY = "SELECT DISTINCT recipient FROM notice WHERE stream = 0 AND seq = :seq ORDER BY recipient"
"""Who was told of an entry of the administration, by whichever channel."""

HASHES = "SELECT id, hash FROM event WHERE id > :after AND id <= :upto ORDER BY id LIMIT :limit"
"""The leaves of the tree, in pieces."""

HIGHEST_EVENT = "SELECT coalesce(max(id), 0) FROM event"
"""The last event there is."""

ANYTHING_SINCE = "SELECT 1 FROM event WHERE id > :after AND kind <> 'sealed' LIMIT 1"
"""Whether there is something to seal: that a seal was taken is no reason for another one."""

SEALING_EVENTS = "SELECT seq, kind, data FROM event WHERE stream = 0 AND kind IN ('set', 'sealed', 'restored') ORDER BY seq"
"""The administration's events among which those about keys and seals are."""

RESTORED = "SELECT seq, id, at FROM event WHERE stream = 0 AND kind = 'restored' ORDER BY seq"
"""When a copy that was put back was gone on with, and after which events."""

SETTING = "SELECT value FROM setting WHERE name = :name"
"""One setting."""

STANDING_SETTINGS = "SELECT '', version_num FROM alembic_version UNION ALL SELECT name, value FROM setting WHERE name IN :names"
"""The version of the schema, under no name, and some settings."""

SETTING_LOCKED = "SELECT value FROM setting WHERE name = :name {lock}"
"""One setting that will be written: who comes second waits, and reads what the first wrote."""

SET_SETTING = "INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
"""A setting as it is from now on."""

DROP_SETTING = "DELETE FROM setting WHERE name = :name"
"""A setting that is no more."""
