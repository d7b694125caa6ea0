"""Events: appending and reading."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders

EVENT_COLUMNS = "stream, seq, at, actor, role, unit, via, kind, from_state, to_state, data, words"

APPEND = f"INSERT INTO event ({EVENT_COLUMNS}, hash) SELECT {placeholders(EVENT_COLUMNS)}, :hash {{from given}}"
"""One event. UNIQUE (stream, seq) refuses a second one in its place."""

STORED_EVENTS = f"SELECT {EVENT_COLUMNS}, hash FROM event WHERE stream = :stream ORDER BY seq"
"""The history of a ticket with its hashes."""

FIRST_EVENTS = f"SELECT {EVENT_COLUMNS} FROM event WHERE stream IN :streams AND seq = 1"
"""What some things began with."""

ACTS = f"SELECT {EVENT_COLUMNS} FROM event WHERE stream IN :streams AND kind = 'did' ORDER BY stream, seq"
"""What people did to some things, each in order."""

LAST_OF_WATCH = """SELECT kind, data FROM event WHERE stream = :stream AND kind IN ('escalated', 'set-aside')
ORDER BY seq DESC LIMIT 1"""
"""How the sweep last fared with a ticket."""

EVENT_ID = "SELECT id FROM event WHERE stream = :stream AND seq = :seq"
"""Where an event stands among those of all streams."""

ENTRIES = f"SELECT id, {EVENT_COLUMNS} FROM event WHERE stream = 0 ORDER BY seq"
"""The entries of the administration with their ids."""

APPOINTMENTS = """SELECT id, actor, data FROM event WHERE stream = 0 AND kind = 'set'
AND (data LIKE '%"account.added"%' OR data LIKE '%"account.set"%') ORDER BY seq"""
"""What the administration said of accounts that were made and changed."""

ASKED_AS_LOST = f"""SELECT {EVENT_COLUMNS} FROM event WHERE stream = 0 AND kind = 'set'
AND data LIKE '%"key.lost-asked"%' ORDER BY seq DESC"""
"""The entries by which somebody asked for the key of the seals to be replaced as lost, the last one first, among which may be others."""

WITNESS = "SELECT 1 FROM event WHERE stream = :stream AND seq = :seq AND hash = :hash"
"""Whether exactly this event was kept."""

TYPED_WORDS = "SELECT seq, words FROM event WHERE stream = :stream AND seq IN :seqs"
"""What was typed with some events of a ticket."""

ERASE_WORDS = "UPDATE event SET words = NULL WHERE stream = :stream AND seq = :seq AND words IS NOT NULL"
"""The only change an event ever sees: its words and their salt go."""

EVENT_IDS = "SELECT id FROM event WHERE stream = :stream"
"""The ids of the events of a ticket: their places among the leaves of the tree."""

EVENTS_AFTER = f"""SELECT id, {EVENT_COLUMNS} FROM event WHERE id > :after AND stream > 0 ORDER BY id LIMIT :limit"""
"""What was written since an event, but for the administration's entries."""

LAST_EVENT = "SELECT max(id) FROM event"
"""How far the events go, all streams together."""

EVERY_EVENT = f"""SELECT id, {EVENT_COLUMNS}, hash FROM event WHERE (stream, seq) > (:stream, :seq)
ORDER BY stream, seq LIMIT :limit"""
"""Every event, stream by stream, in pieces."""

KEEP_EVENT = f"INSERT INTO event (id, {EVENT_COLUMNS}, hash) SELECT :id, {placeholders(EVENT_COLUMNS)}, :hash {{from given}}"
"""An event of another database, under the id that it has there."""

ANYTHING_AT_ALL = "SELECT 1 FROM event UNION ALL SELECT 1 FROM setting LIMIT 1"
"""Whether a record was begun."""

SET_COUNTER = "INSERT INTO counter (office, year, last) VALUES (:office, :year, :last)"
"""How many numbers were given, counted anew."""

LAST_STREAM = "SELECT max(stream) FROM event"
"""The highest id that the events give to anything."""

COUNTED_STREAMS = "SELECT last FROM counter WHERE office = '' AND year = 0"
"""The last id that was given to anything."""

EVENTS_SINCE = f"SELECT {EVENT_COLUMNS}, id FROM event WHERE id > :after ORDER BY id LIMIT :limit"
"""What happened after an event, in pieces."""

EVENT_COUNT = "SELECT count(*) FROM event"
"""How many events there are."""

ERASE_NOTICES = "UPDATE notice SET body = NULL WHERE stream = :stream AND body IS NOT NULL"
"""What was written for notices may repeat words that are erased; their text is made from the event then."""

EXPORT_EVENTS = f"SELECT id, {EVENT_COLUMNS}, hash FROM event WHERE id > :after ORDER BY id LIMIT :limit"
"""Every event in the order in which it was written, in pieces."""

EXPORT_TICKET = f"SELECT id, {EVENT_COLUMNS}, hash FROM event WHERE stream = :stream ORDER BY seq"
"""The history of a ticket with the ids of its events."""

EXPORT_ENTRIES = f"""SELECT id, {EVENT_COLUMNS}, hash, (
    SELECT before.hash FROM event AS before WHERE before.stream = 0 AND before.seq = event.seq - 1
) FROM event WHERE stream = 0 AND kind IN ('set', 'sealed', 'restored', 'read') ORDER BY seq"""
"""The administration's entries among which those about keys, seals and lengths of tickets are, each with the hash of the one before it."""

FIRST_KIND = "SELECT kind FROM event WHERE stream = :stream AND seq = 1"
"""The kind of the first event of a stream, which says what it is about."""
