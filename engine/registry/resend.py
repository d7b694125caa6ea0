"""Sending again what was given up: a person decides that, so it is an entry of the administration."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import NotFound
from engine.record import queries
from engine.registry.entries import Entries
from engine.rules.access import Actor

MOST = 10_000
"""Notices sent again at once."""


class NoticeNotFound(NotFound):
    """There is no such notice that has not arrived."""

    code = "notice-not-found"


class Outbox(Entries):
    """The outbox, for the office."""

    def resend(self, actor: Actor, ids: Sequence[int] | None = None) -> list[int]:
        """Tries some notices again from the beginning, or all that were given up (None), with whatever goes out in the same messages.

        Returns their ids. Raises NotPermitted, and NoticeNotFound for one that is not there or has arrived.
        """
        with self._entry(actor):
            wanted = [row[0] for row in self.database.rows(queries.DEAD_NOTICES, limit=MOST)] if ids is None else list(ids)
            together = [row[0] for row in self.database.rows(queries.NOTICES_TOGETHER, ids=wanted)]
            missing = sorted(set(wanted) - set(together))
            if missing:
                raise NoticeNotFound(id=missing[0])
            if together:
                self.database.run(queries.RESEND, ids=together, now=self.clock.now())
                self._note(actor, "set", {"resent": together})
        return together
