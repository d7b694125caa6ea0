"""What was typed with the events that a ticket refers to: reasons, clauses, instructions. Erased words are missing."""

from __future__ import annotations

from collections.abc import Mapping

WordsBySeq = Mapping[int, Mapping[str, str]]
"""The words of events of one ticket, by the event's seq (`engine.desk.reading.ReadingDesk.referred_words`)."""

NO_WORDS: WordsBySeq = {}
