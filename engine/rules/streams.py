"""Streams: each is one thing's, and its first event says which kind of thing that is. Stream 0 is the administration's."""

from __future__ import annotations

from engine.rules import batch, ticket
from engine.rules.batch import Batch
from engine.rules.loop import feedback, visit
from engine.rules.loop import round as rounds
from engine.rules.loop.feedback import Feedback
from engine.rules.loop.round import Round
from engine.rules.loop.visit import Visit
from engine.rules.ticket import Ticket

FIRST_KINDS: dict[str, type] = {
    **dict.fromkeys(ticket.BEGINNINGS, Ticket), **dict.fromkeys(batch.BEGINNINGS, Batch), **dict.fromkeys(rounds.BEGINNINGS, Round),
    **dict.fromkeys(visit.BEGINNINGS, Visit), **dict.fromkeys(feedback.BEGINNINGS, Feedback),
}
"""What a stream is about, by the kind of its first event; no other kind begins a stream.

`letter-drafted` and `score-begun` are for things to come, and begin none yet.
"""
