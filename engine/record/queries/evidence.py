"""Evidence: files that prove something, and the events that cite them."""

from __future__ import annotations

KEEP_EVIDENCE = """INSERT INTO evidence (sha256, bytes, type, stored_at) VALUES (:sha256, :bytes, :type, :stored_at)
ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes RETURNING sha256"""
"""A file that proves something; the same file twice is one. What is there already is locked, so that nobody sweeps it away now."""

ALL_EVIDENCE = "SELECT sha256, bytes FROM evidence WHERE sha256 > :last_sha256 ORDER BY sha256 LIMIT :limit"
"""Every file there should be, in pieces."""

EVIDENCE_NAMED = "SELECT sha256, bytes, type, stored_at FROM evidence WHERE sha256 >= :first AND sha256 < :beyond ORDER BY sha256 LIMIT 2"
"""The file whose hash begins with some digits; a second row shows that it is not the only one."""

COUNT_EVIDENCE = "SELECT count(*) FROM evidence"
"""How many files there should be."""

ORPHANS = """SELECT sha256, bytes FROM evidence WHERE sha256 > :last_sha256
AND NOT EXISTS (SELECT 1 FROM citation c WHERE c.sha256 = evidence.sha256) ORDER BY sha256 LIMIT :limit"""
"""Files that have a row and that no event cites."""

COUNT_ORPHANS = "SELECT count(*) FROM evidence WHERE NOT EXISTS (SELECT 1 FROM citation c WHERE c.sha256 = evidence.sha256)"
"""How many files no event cites."""

DROP_ORPHAN = """DELETE FROM evidence WHERE sha256 = :sha256
AND NOT EXISTS (SELECT 1 FROM citation c WHERE c.sha256 = evidence.sha256) RETURNING sha256"""
"""A file that nothing cites; the foreign key stops whoever would cite it from now on."""

CLAIM_EVIDENCE = """INSERT INTO evidence (sha256, bytes, type, stored_at) VALUES (:sha256, 1, 'application/octet-stream', :stored_at)
ON CONFLICT (sha256) DO NOTHING RETURNING sha256"""
"""The row that a file without one would get: none comes back where somebody has given it one, and who is about to waits."""

STORED_SINCE = "SELECT sha256, stored_at FROM evidence WHERE sha256 IN :hashes"
"""Since when some files are kept."""

KEEP_FILE = """INSERT INTO evidence (sha256, bytes, type, stored_at) VALUES (:sha256, :bytes, :type, :stored_at)
ON CONFLICT (sha256) DO NOTHING"""
"""A file that an event of another database cites."""

CITE = "INSERT INTO citation (stream, seq, sha256) VALUES (:stream, :seq, :sha256)"
"""An event cites a file."""

VISITED_WITH = """SELECT DISTINCT t.number FROM citation c JOIN ticket t ON t.id = c.stream
WHERE c.sha256 IN :digests AND t.visit = :visit ORDER BY t.number"""
"""The findings of a visit with which one of some files was handed in."""

CITATIONS = """SELECT {raw}c.sha256, {raw}c.stream, {raw}c.seq, coalesce(t.number, b.number, r.number) FROM citation c
LEFT JOIN ticket t ON t.id = c.stream LEFT JOIN batch b ON b.id = c.stream LEFT JOIN round r ON r.id = c.stream
WHERE c.sha256 IN :hashes ORDER BY c.stream, c.seq"""
"""The events that cite some files, each with the number of what it happened to."""

OF_ROUNDS = """SELECT DISTINCT {raw}c.sha256 FROM citation c JOIN round r ON r.id = c.stream WHERE c.sha256 IN :hashes"""
"""Those of some files that a round cites: its results, and what units objected with."""

FILES = """SELECT e.seq, e.data, e.words FROM event e WHERE e.stream = :ticket AND e.seq IN
(SELECT seq FROM citation WHERE stream = :ticket) ORDER BY e.seq"""
"""The events of a ticket that cite files."""

FILE_NAMES = "SELECT {raw}sha256 AS name FROM evidence UNION SELECT {raw}sha256 FROM citation ORDER BY name"
"""The hash of every file that has a row, or that an event cites."""

FILE_NAMES_OF = "SELECT DISTINCT {raw}sha256 AS name FROM citation WHERE stream = :stream ORDER BY name"
"""The files that the events of a stream cite."""
