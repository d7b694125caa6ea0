"""What people said of columns and answered to questions is kept: the same is asked once, and not again; so is what a file proposes.

What a text means – a unit, a source, a grade, a state – holds for every ledger, what is said of lists for the batch, all of it for the
very same file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from engine.errors import Damaged
from engine.office.ledger.columns import JOINED
from engine.office.ledger.kept import pieces
from engine.office.ledger.outcome import CARRIED, PROPOSED, SAME, Reading
from engine.office.ledger.questions import ABOUT, ABOUT_LISTS, ABOUT_TEXTS
from engine.office.sheets.cells import folded
from engine.record import queries
from engine.record.database import Database
from engine.record.directory import begin_administering
from engine.record.row_change import RowChange, RowDropped, RowPut, new_row
from engine.record.settings import setting
from engine.registry.entries import Entries
from engine.rules.access import Actor, may_administer, may_open, must
from engine.rules.proof.chain import canonical
from engine.views.ledger_proposal import Change

COLUMNS_SETTING = "ledger-columns"
"""The fields of columns by their heads, as people named them."""

PROPOSALS = "ledger_proposal"
"""The table of what ledgers say otherwise than tickets."""

TAKEN_BEFORE = frozenset({SAME, PROPOSED, CARRIED})
"""Rows whose items are in the record."""

ANSWERS_SETTING, BETWEEN = "ledger-answers", "/"
"""The answers that hold for every ledger; with a batch or the SHA-256 of a file behind it, those for that batch or file."""


def remembered(database: Database) -> dict[str, tuple[str, ...]]:
    """What people said of columns before, by folded head. Raises Damaged."""
    kept = setting(database, COLUMNS_SETTING)
    if kept is None:
        return {}
    try:
        return {str(head): tuple(str(fields).split(JOINED)) for head, fields in json.loads(kept)}
    except (ValueError, TypeError) as error:
        raise Damaged(detail=COLUMNS_SETTING) from error


def answered(database: Database, batch: str | None, sha256: str) -> dict[str, str]:
    """What people answered before, by the keys of the questions: for every ledger, for the batch, for the file. Raises Damaged."""
    return {key: answer for of in _scopes(batch, sha256) for key, answer in _answers(database, of).items()}


def _scopes(batch: str | None, sha256: str) -> list[str]:
    """For what answers are kept, the widest first: for all ledgers, for a batch, for a file."""
    return ["", *([batch] if batch is not None else []), sha256]


def _answers(database: Database, of: str) -> dict[str, str]:
    kept = setting(database, answers_setting(of))
    try:
        return {str(key): str(answer) for key, answer in json.loads(kept or "[]")}
    except (ValueError, TypeError) as error:
        raise Damaged(detail=answers_setting(of)) from error


def answers_setting(of: str) -> str:
    """The name of the setting that has the answers for all ledgers, a batch or a file."""
    return f"{ANSWERS_SETTING}{BETWEEN}{of}" if of else ANSWERS_SETTING


class Memory(Entries):
    """The writer of what was said: whoever takes ledgers over says it, and whoever administers."""

    def _require_permission(self, actor: Actor, *, own: str | None = None) -> None:
        must(_may_say, actor)

    def remember(self, actor: Actor, named: Mapping[str, tuple[str, ...]]) -> None:
        """Keeps what was said of columns beside what was said before, inside the transaction of the rows that were read by it. What is kept
        already makes no entry. Raises NotPermitted.
        """
        self._require_permission(actor)
        begin_administering(self.database, actor, self.clock.now())
        before = remembered(self.database)
        after = {**before, **{folded(head): tuple(fields) for head, fields in named.items()}}
        if after == before:
            return
        columns = sorted([head, JOINED.join(fields)] for head, fields in after.items())
        kept = RowPut("setting", {"name": COLUMNS_SETTING, "value": canonical(columns)})
        self._note(actor, "set", {"what": "ledger-columns", "columns": columns}, rows=[kept])

    def keep_answers(self, actor: Actor, given: Mapping[str, str], batch: str | None, sha256: str) -> None:
        """Keeps answers that were given for a ledger, inside the transaction of the rows that were read by them. What is kept already
        makes no entry. Raises NotPermitted.
        """
        self._require_permission(actor)
        begin_administering(self.database, actor, self.clock.now())
        for of in _scopes(batch, sha256):
            codes = ABOUT_LISTS if of == batch else None if of else ABOUT_TEXTS
            before = _answers(self.database, of)
            after = {**before, **{key: given[key] for key in given if codes is None or key.partition(ABOUT)[0] in codes}}
            if after != before:
                answers = sorted([key, answer] for key, answer in after.items())
                kept = RowPut("setting", {"name": answers_setting(of), "value": canonical(answers)})
                self._note(actor, "set", {"what": "ledger-answers", "of": of, "answers": answers}, rows=[kept])

    def keep_proposals(self, actor: Actor, readings: Sequence[Reading], sha256: str) -> None:
        """Keeps what the rows of a ledger say otherwise than their tickets, and forgets what they said so before and say no more, so that
        it waits where people look. What is kept already makes no entry. Raises NotPermitted.
        """
        self._require_permission(actor)
        told = {reading.ticket: reading for reading in readings if reading.ticket is not None and reading.action in TAKEN_BEFORE}
        if not any(self._changed_proposals(told)):
            return
        with self._entry(actor):
            new, over = self._changed_proposals(told)  # another import may have been here meanwhile
            rows: list[RowChange] = [self._proposal(told[number], each, sha256) for number, each in new]
            rows += [RowDropped(PROPOSALS, {"ticket": number, "field": field}) for number, field in over]
            if rows:
                self._note(actor, "set", {"what": "ledger-proposals", "sha256": sha256, "count": len(new), "over": len(over)}, rows=rows)

    def _changed_proposals(self, told: Mapping[str, Reading]) -> tuple[list[tuple[str, Change]], list[tuple[str, str]]]:
        """By the number of its ticket what is not kept yet, or otherwise; and number and field of what is kept and no more said."""
        before = {
            (ticket, field): (was, says) for piece in pieces(sorted(told))
            for ticket, field, was, says in self.database.rows(queries.LEDGER_PROPOSALS_OF_TICKETS, numbers=piece)
        }
        now = {(number, each.field): each for number, reading in told.items() for each in reading.proposals}
        new = [(number, each) for (number, field), each in now.items() if before.get((number, field)) != (each.was, each.says)]
        return new, [key for key in before if key not in now]

    def _proposal(self, reading: Reading, change: Change, sha256: str) -> RowPut:
        return new_row(
            PROPOSALS, ticket=reading.ticket, field=change.field, was=change.was, says=change.says, file=sha256, sheet=reading.sheet,
            line=reading.row, version=reading.version, told_at=self.clock.now(),
        )


def _may_say(actor: Actor) -> bool:
    return may_open(actor) or may_administer(actor)
