"""Who keeps the codes of seals outside of the record, and the telling: what was sent to people nobody puts back with the database."""

from __future__ import annotations

from dataclasses import dataclass

from engine.audit.seals import last_seal
from engine.errors import AccountNotFound, NotPossible
from engine.notices.queue import addressed
from engine.notices.reach import WEBHOOK, read_reach
from engine.record import event_rows, journal, queries
from engine.record.people import KEEPERS_SETTING, read_accounts
from engine.record.row_change import new_row
from engine.registry.entries import Entries
from engine.rules.access import WATCH, Actor
from engine.rules.proof.chain import canonical


@dataclass(frozen=True, slots=True)
class SealCodes(Entries):
    """The writer of who is told the code of each seal."""

    def keep(self, actor: Actor, name: str, *, keeps: bool) -> None:
        """An account is told the code of each seal from now on, or no more. Raises NotPermitted, AccountNotFound, NotPossible."""
        with self._entry(actor):
            accounts = read_accounts(self.database)
            account = next((one for one in accounts if one.name == name), None)
            if account is None:
                raise AccountNotFound(name=name, nearest=[one.name for one in accounts if name in one.name][:3])
            if account.role == WATCH:
                raise NotPossible(reason="account-built-in", name=name)
            before = {one.name for one in accounts if one.keeps_codes}
            after = sorted(before | {name} if keeps else before - {name})
            if after == sorted(before):
                return
            keepers = new_row("setting", name=KEEPERS_SETTING, value=canonical(after))
            self._note(actor, "set", {"what": "account.codes", "account": name, "keepers": after}, rows=[keepers])

    def tell(self) -> int:
        """Tells the code of the last seal to whoever keeps codes and was not told of it, by all their channels. Returns how many."""
        now = self.clock.now()
        keepers = [one.name for one in read_accounts(self.database) if one.keeps_codes and one.may_act(now)]
        if not keepers:
            return 0
        with self.database.write():
            journal.administration_head(self.database, lock=True)  # so that two watches tell one after the other
            seal, row = last_seal(self.database), self.database.row(queries.LAST_SEALED_EVENT)
            if seal is None or row is None:
                return 0
            event = event_rows.event_of(row)
            told = {recipient for (recipient,) in self.database.rows(queries.TOLD_OF_ENTRY, seq=event.seq)}
            names = [name for name in keepers if name not in told]
            body = canonical({"say": "notice.seal-code", "n": seal.n, "code": seal.code(), "count": seal.size})
            notices = [notice for notice in addressed(event, names, read_reach(self.database)) if notice.channel != WEBHOOK]
            journal.notify(self.database, journal.ADMINISTRATION, [notice._replace(body=body) for notice in notices])
        return len(names)
