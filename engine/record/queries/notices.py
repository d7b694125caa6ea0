"""Notices: the outbox and the inbox."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.events import EVENT_COLUMNS

NOTIFY = """INSERT INTO notice
(stream, seq, recipient, channel, not_before, created_at, sent_at, tries, next_try_at, dead, body)
SELECT stream, seq, :recipient, :channel, :not_before, at, :sent_at, 0, :not_before, FALSE, :body
FROM event {and given} WHERE stream = :stream AND seq = :seq"""
"""Queues a message about an event of this transaction."""

NOTICES_WAITING = """SELECT channel, recipient, message FROM notice
WHERE sent_at IS NULL AND NOT dead AND next_try_at <= :now AND channel IN :channels
GROUP BY channel, recipient, message ORDER BY MIN(next_try_at), MIN(id) LIMIT :limit"""
"""For whom something may go out now, by which channel: what is new (message NULL), and each message that is tried again."""

NEW_NOTICES = """SELECT id FROM notice WHERE channel = :channel AND recipient = :recipient AND message IS NULL
AND sent_at IS NULL AND NOT dead AND next_try_at <= :now ORDER BY id LIMIT :limit {lock}"""
"""Everything new for one person by one channel, which goes out as one message; empty where another outbox worker came first."""

MAKE_MESSAGE = """UPDATE notice SET message = :message, tries = tries + 1, next_try_at = :next_try_at, error = NULL
WHERE id IN :ids"""
"""Makes one message of some notices, which go out together; no other outbox worker tries before `next_try_at`."""

CLAIM_MESSAGE = """UPDATE notice SET tries = tries + 1, next_try_at = :next_try_at
WHERE channel = :channel AND recipient = :recipient AND message = :message AND sent_at IS NULL AND NOT dead AND next_try_at <= :now
RETURNING id, tries"""
"""The notices of a message that is tried again; empty where another outbox worker came first."""

NOTICES_SENT = "UPDATE notice SET sent_at = :now, error = NULL WHERE id IN :ids AND sent_at IS NULL AND NOT dead"
"""Notes that some notices went out."""

NOTICES_FAILED = """UPDATE notice SET next_try_at = :next_try_at, error = :error, dead = :dead
WHERE id IN :ids AND sent_at IS NULL AND NOT dead"""
"""Notes that some notices did not go out: they are tried again later, or given up (`dead`)."""

NOTICE_EVENTS = f"""SELECT n.id, n.body, {", ".join(f"e.{name}" for name in EVENT_COLUMNS.split(", "))}, e.hash
FROM notice n JOIN event e ON e.stream = n.stream AND e.seq = n.seq WHERE n.id IN :ids ORDER BY n.id"""
"""Some notices, each with the event it tells of."""

NOTICES_OLD = """SELECT id FROM notice WHERE sent_at IS NULL AND NOT dead AND next_try_at < :since ORDER BY id LIMIT :limit"""
"""The notices that could have gone out since then, and did not: new ones, tried ones, and those that somebody sent again."""

NOTICES_UNSENT = "SELECT COUNT(*) FROM notice WHERE sent_at IS NULL AND NOT dead"
"""How many notices wait to be sent."""

WITHDRAW_NOTICES = """DELETE FROM notice WHERE stream = :stream AND seq IN :seqs AND channel NOT IN ('inbox', 'webhook')
AND message IS NULL AND sent_at IS NULL AND NOT dead"""
"""Withdraws the notices of some events, as far as no outbox worker has claimed them yet."""

INBOX = """SELECT id, created_at, read_at FROM notice
WHERE recipient = :recipient AND channel = :channel AND id < :before AND (:everything OR read_at IS NULL)
ORDER BY id DESC LIMIT :limit"""
"""What a person was told, newest first."""

INBOX_COUNT = """SELECT count(*) FROM notice WHERE recipient = :recipient AND channel = :channel AND (:everything OR read_at IS NULL)"""
"""How many notices a person has in the inbox."""

MARK_READ = """UPDATE notice SET read_at = :now
WHERE recipient = :recipient AND channel = :channel AND id IN :ids AND read_at IS NULL"""
"""Notes that a person has read some notices of the inbox."""

_OUTBOX = """SELECT n.id, n.channel, n.recipient, coalesce(t.number, b.number, r.number), n.created_at, n.not_before, n.sent_at, n.tries,
n.next_try_at, n.dead, n.error, n.message FROM notice n LEFT JOIN ticket t ON t.id = n.stream LEFT JOIN batch b ON b.id = n.stream
LEFT JOIN round r ON r.id = n.stream"""

OUTBOX = f"{_OUTBOX} WHERE n.channel <> 'inbox' AND n.id < :before ORDER BY n.id DESC LIMIT :limit"
"""The notices that left the program or should leave it, newest first."""

OUTBOX_DEAD = f"{_OUTBOX} WHERE n.dead AND n.id < :before ORDER BY n.id DESC LIMIT :limit"
"""The notices that were given up, newest first."""

DEAD_NOTICES = "SELECT id FROM notice WHERE dead AND coalesce(error, '') <> 'expired' ORDER BY id LIMIT :limit"
"""The ids of all notices that were given up; not of those that were no news any more, which are sent again by id only."""

NOTICES_TOGETHER = """SELECT id FROM notice WHERE sent_at IS NULL
AND (id IN :ids OR message IN (SELECT message FROM notice WHERE id IN :ids)) ORDER BY id"""
"""Some notices, and whatever goes out in the same messages."""

RESEND = "UPDATE notice SET dead = FALSE, tries = 0, next_try_at = :now, error = NULL WHERE id IN :ids AND sent_at IS NULL"
"""Some notices are tried again from the beginning, in the same messages under the same keys."""
