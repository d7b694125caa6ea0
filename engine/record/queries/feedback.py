"""Complaints and reviews (诉求评价): one, those of a sender, of a ticket, of a time; beginning and storing them."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders
from engine.rules.loop.feedback import Feedback

FEEDBACK_COLUMNS = ", ".join((*Feedback._fields, "head"))

FEEDBACK_NUMBERED = f"SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE number = :number {{lock}}"
"""One complaint or review by its number, locked: it will be written."""

FEEDBACK_NUMBERED_SEEN = f"SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE number = :number"
"""One complaint or review by its number, only to look at."""

FEEDBACK_NAMED = f"SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE id IN :ids ORDER BY id"
"""Some complaints and reviews by their ids. Not locked."""

FEEDBACK_OF_SENDER = "SELECT number FROM feedback WHERE source = :source AND ref = :ref"
"""The number of what a sender calls so."""

FEEDBACK_OF_LINK = f"SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE token = :token"
"""What an answer link of this hash is for. Not locked."""

REDO_WAITING = f"SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE redo_due_at IS NOT NULL ORDER BY redo_due_at, id LIMIT :limit"
"""What waits for a person to decide whether it is done again, the earliest first."""

FEEDBACK_NEWEST = f"""SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE id < :before AND (:everything OR ticket IS NULL OR EXISTS
(SELECT 1 FROM ticket t WHERE t.number = feedback.ticket AND NOT t.final)) ORDER BY id DESC LIMIT :limit"""
"""Complaints and reviews, newest first, in pieces; those whose ticket is not closed or that have none, or all."""

FEEDBACK_OF_TICKET = f"SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE ticket = :number ORDER BY id"
"""What a ticket was opened for, and what was added to it."""

REFUSAL_COLUMNS = "source, ref, rating, unit, stated_at, file, line, reasons, refused_at"

REFUSALS_OF = f"SELECT {REFUSAL_COLUMNS} FROM feedback_refusal WHERE source = :source ORDER BY stated_at, ref"
"""What could not be taken in of a sender, and stands."""

REFUSALS_STATED = f"""SELECT {REFUSAL_COLUMNS} FROM feedback_refusal
WHERE stated_at >= :since AND stated_at < :stated_before ORDER BY stated_at, source, ref"""
"""What of a time could not be taken in, and stands."""

REVIEWS_STATED = f"""SELECT {FEEDBACK_COLUMNS} FROM feedback
WHERE kind = 'review' AND stated_at >= :since AND stated_at < :stated_before ORDER BY stated_at, id"""
"""The reviews of a time."""

FEEDBACK_FROM = f"SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE source = :source AND id > :after ORDER BY id LIMIT :limit"
"""Everything of one sender, in pieces."""

FEEDBACK_CALLED = f"SELECT {FEEDBACK_COLUMNS} FROM feedback WHERE source = :source AND ref IN :refs"
"""What a sender calls so."""

_TOLD_BESIDE = "SELECT f.id, f.number, f.told, t.state, t.closed_as FROM"

UNTOLD_FEEDBACK = f"""SELECT number FROM ({_TOLD_BESIDE} feedback f JOIN ticket t ON t.number = f.ticket
WHERE f.outcome IS NULL OR f.outcome NOT IN ('rectified', 'rejected', 'closed-as')
UNION {_TOLD_BESIDE} ticket t JOIN feedback f ON f.ticket = t.number WHERE t.changed_at >= :since) AS known
WHERE told <> state || coalesce('/' || closed_as, '') ORDER BY id LIMIT :limit"""
"""What is to be told to senders: their ticket is in another state than they know. Who heard of an end hears again only of a ticket that
goes on since; so it is looked for among what goes on, and among tickets that were changed lately.
"""

INSERT_FEEDBACK = f"INSERT INTO feedback ({FEEDBACK_COLUMNS}) VALUES ({placeholders(FEEDBACK_COLUMNS)})"
"""A complaint or review that comes in."""

STORE_FEEDBACK = "UPDATE feedback SET {changes} {from given} WHERE id = :id AND version = :read_version"
"""A complaint or review that goes on; no row means that somebody else moved it since it was read."""
