"""One entry of the administration's stream: who may write it, in which transaction, and what it says."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.clock import Clock
from engine.record import journal, queries
from engine.record.database import Database
from engine.record.directory import begin_administering
from engine.record.row_change import RowChange, RowDropped, RowPut, holds_words, readable
from engine.rules.access import Actor, may_administer, not_permitted
from engine.rules.event import Event

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Entries:
    """What every part of the registry writes with: one journal, one clock. Facts are hashed; words may be erased later."""

    database: Database
    clock: Clock
    salt: Callable[[], str] = lambda: secrets.token_hex(SALT_BYTES)

    @contextmanager
    def _entry(self, actor: Actor, *, dry_run: bool = False, own: str | None = None) -> Iterator[None]:
        """The transaction of an entry; a rehearsal comes to nothing. Raises NotPermitted, unless it is the actor's `own` account."""
        self._require_permission(actor, own=own)
        with self._writing(actor, dry_run=dry_run):
            yield

    @contextmanager
    def _writing(self, actor: Actor, *, dry_run: bool = False) -> Iterator[None]:
        """The same for whoever was found to be permitted. Writers of the registry wait here for each other, so that what is read inside is
        still true when it is written. Raises NotPermitted where the actor's account changed meanwhile.
        """
        with self.database.transaction(rehearsed=dry_run):
            begin_administering(self.database, actor, self.clock.now())
            yield

    def _require_permission(self, actor: Actor, *, own: str | None = None) -> None:
        """Asked before anything else is looked at. Raises NotPermitted, unless it is the actor's `own` account."""
        if not may_administer(actor) and not actor.owns(own):
            raise not_permitted(may_administer, actor)

    def _note(
        self, actor: Actor, kind: str, data: Mapping[str, Any], words: Mapping[str, str | None] | None = None,
        rows: Sequence[RowChange] = (),
    ) -> Event:
        """Appends the entry and writes the rows that it tells. Returns its event as people read it."""
        given_words = {name: text for name, text in (words or {}).items() if text is not None}
        facts = {name: value for name, value in data.items() if value is not None}
        salt = self.salt() if given_words or holds_words(rows) else None
        return readable(journal.administer(self.database, kind, self.clock.now(), actor, facts, given_words or None, salt, rows))

    def _end_stand_ins(self, actor: Actor, account: str) -> None:
        """Ends every stand-in of and for an account whose role or unit changed: the ground for it is gone. An entry for each."""
        now = self.clock.now()
        rows = self.database.rows(queries.STAND_INS)
        pairs = dict.fromkeys((absent, by) for absent, by, _, until in rows if account in (absent, by) and until > now)
        for absent, by in pairs:
            self._end_stand_in(actor, absent, by)

    def _end_stand_in(self, actor: Actor, absent: str, by: str) -> None:
        """What has begun ends now, and what has not does not begin."""
        now = self.clock.now()
        rows: list[RowChange] = []
        for account, deputy, since, until in self.database.rows(queries.STAND_INS):
            if (account, deputy) == (absent, by) and until > now:
                key = {"account": absent, "deputy": by, "valid_from": since}
                rows.append(RowPut("stand_in", {**key, "valid_to": now}) if since < now else RowDropped("stand_in", key))
        self._note(actor, "set", {"what": "account.stand-in-ended", "account": absent, "deputy": by}, rows=rows)
