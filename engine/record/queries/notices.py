"""Notices: the outbox and the inbox."""

from __future__ import annotations

NOTIFY = """INSERT INTO notice (event, stream, recipient, channel, not_before, created_at, tries, next_try_at, dead, body)
SELECT id, stream, :recipient, :channel, :not_before, at, 0, :not_before, FALSE, :body
FROM event WHERE stream = :stream AND seq = :seq"""
"""Queues a message about an event of this transaction."""

NOTICES_WAITING = """SELECT id, stream, recipient, channel, tries, body FROM notice
WHERE sent_at IS NULL AND NOT dead AND next_try_at <= :now ORDER BY next_try_at, id LIMIT :limit"""
"""What may go out now."""

NOTICE_SENT = "UPDATE notice SET sent_at = :now, tries = tries + 1, error = NULL WHERE id = :id AND sent_at IS NULL AND NOT dead"
"""It went out."""

NOTICE_FAILED = """UPDATE notice SET tries = tries + 1, next_try_at = :next_try_at, error = :error, dead = :dead
WHERE id = :id AND sent_at IS NULL AND NOT dead"""
"""It did not go out: later again, or never."""

INBOX = """SELECT id, stream, created_at, not_before, sent_at, body FROM notice
WHERE recipient = :recipient AND channel = :channel AND id < :before ORDER BY id DESC LIMIT :limit"""
"""What a person was told, newest first."""
