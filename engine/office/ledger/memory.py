"""What people said of columns is kept for the next time: the same heads are asked about once, and never again."""

from __future__ import annotations

import json
from collections.abc import Mapping

from engine.errors import Damaged
from engine.office.ledger.columns import JOINED
from engine.office.sheets.cells import folded
from engine.record.database import Database
from engine.record.directory import begin_administering
from engine.record.row_change import RowPut
from engine.record.settings import setting
from engine.registry.entries import Entries
from engine.rules.access import Actor
from engine.rules.proof.chain import canonical

COLUMNS_SETTING = "ledger-columns"
"""The fields of columns by their heads, as people named them."""


def remembered(database: Database) -> dict[str, tuple[str, ...]]:
    """What people said of columns before, by folded head. Raises Damaged."""
    kept = setting(database, COLUMNS_SETTING)
    if kept is None:
        return {}
    try:
        return {str(head): tuple(str(fields).split(JOINED)) for head, fields in json.loads(kept)}
    except (ValueError, TypeError) as error:
        raise Damaged(detail=COLUMNS_SETTING) from error


class Memory(Entries):
    """The writer of what was said."""

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
