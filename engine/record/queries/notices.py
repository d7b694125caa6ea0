"""Notices: the outbox and the inbox."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.events import EVENT_COLUMNS

NOTIFY = """INSERT INTO notice
(event, stream, recipient, channel, not_before, created_at, sent_at, tries, next_try_at, dead, body)
SELECT id, stream, :recipient, :channel, :not_before, at, :sent_at, 0, :not_before, FALSE, :body
FROM event {and given} WHERE stream = :stream AND seq = :seq"""
"""Queues a message about an event of this transaction."""

NOTICES_WAITING = """SELECT channel, recipient, message FROM notice
WHERE sent_at IS NULL AND NOT dead AND next_try_at <= :now AND channel IN :channels
GROUP BY channel, recipient, message ORDER BY MIN(next_try_at), MIN(id) LIMIT :limit"""
"""For whom something may go out now, by which channel: what is new (message NULL), and each message that is tried again."""

NEW_NOTICES = """SELECT id FROM notice WHERE channel = :channel AND recipient = :recipient AND message IS NULL
AND sent_at IS NULL AND NOT dead AND next_try_at <= :now ORDER BY id LIMIT :limit {lock}"""
"""Everything new for one person by one channel: it goes out as one message. Another courier that came first has taken it away."""

MAKE_MESSAGE = """UPDATE notice SET message = :message, tries = tries + 1, next_try_at = :next_try_at, error = NULL
WHERE id IN :ids"""
"""These go out together; nobody else tries before `next_try_at`."""

CLAIM_MESSAGE = """UPDATE notice SET tries = tries + 1, next_try_at = :next_try_at
WHERE channel = :channel AND recipient = :recipient AND message = :message AND sent_at IS NULL AND NOT dead AND next_try_at <= :now
RETURNING id, tries"""
"""The notices of a message that is tried again. Empty where another courier came first."""

NOTICES_SENT = "UPDATE notice SET sent_at = :now, error = NULL WHERE id IN :ids AND sent_at IS NULL AND NOT dead"
"""They went out."""

NOTICES_FAILED = """UPDATE notice SET next_try_at = :next_try_at, error = :error, dead = :dead
WHERE id IN :ids AND sent_at IS NULL AND NOT dead"""
"""They did not go out: later again, or never."""

NOTICE_EVENTS = f"""SELECT n.id, n.body, {", ".join(f"e.{name}" for name in EVENT_COLUMNS.split(", "))}, e.hash
FROM notice n JOIN event e ON e.id = n.event WHERE n.id IN :ids ORDER BY n.id"""
"""What notices tell of."""

NOTICES_OLD = """SELECT id FROM notice WHERE sent_at IS NULL AND NOT dead AND not_before < :not_before ORDER BY id LIMIT :limit"""
"""What has waited too long."""

NOTICES_UNSENT = "SELECT COUNT(*) FROM notice WHERE sent_at IS NULL AND NOT dead"
"""How many wait."""

WITHDRAW_NOTICES = """DELETE FROM notice WHERE stream = :stream AND channel NOT IN ('inbox', 'webhook')
AND message IS NULL AND sent_at IS NULL AND NOT dead
AND event IN (SELECT id FROM event WHERE stream = :stream AND seq IN :seqs)"""
"""What no courier has taken yet of what some events were to tell."""

INBOX = """SELECT id, created_at, read_at FROM notice
WHERE recipient = :recipient AND channel = :channel AND id < :before AND (:everything OR read_at IS NULL)
ORDER BY id DESC LIMIT :limit"""
"""What a person was told, newest first."""

MARK_READ = """UPDATE notice SET read_at = :now
WHERE recipient = :recipient AND channel = :channel AND id IN :ids AND read_at IS NULL"""
"""A person has read these."""

_OUTBOX = """SELECT n.id, n.channel, n.recipient, t.number, n.created_at, n.not_before, n.sent_at, n.tries, n.next_try_at, n.dead,
n.error, n.message FROM notice n LEFT JOIN ticket t ON t.id = n.stream"""

OUTBOX = f"{_OUTBOX} WHERE n.channel <> 'inbox' AND n.id < :before ORDER BY n.id DESC LIMIT :limit"
"""What left the program or should, newest first."""

OUTBOX_DEAD = f"{_OUTBOX} WHERE n.dead AND n.id < :before ORDER BY n.id DESC LIMIT :limit"
"""What was given up, newest first."""

DEAD_NOTICES = "SELECT id FROM notice WHERE dead ORDER BY id LIMIT :limit"
"""Everything that was given up."""

NOTICES_TOGETHER = """SELECT id FROM notice WHERE sent_at IS NULL
AND (id IN :ids OR message IN (SELECT message FROM notice WHERE id IN :ids)) ORDER BY id"""
"""These, and whatever goes out in the same messages."""

RESEND = "UPDATE notice SET dead = FALSE, tries = 0, next_try_at = :now, error = NULL WHERE id IN :ids AND sent_at IS NULL"
"""They are tried again from the beginning, in the same messages under the same keys."""
