"""What opens an account: passwords, one-time links, tokens of programs, second factors, who the person is to other services.

The entry names the SHA-256 of each secret alone. Everybody may change their own, and who may appoint to a role those of its accounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.errors import Conflict, NotPossible
from engine.record import queries
from engine.record.row_change import RowPut, new_row
from engine.registry.account_entries import AccountEntries, must_appoint, must_open, must_own_or_appoint
from engine.registry.account_fields import check_word
from engine.rules.access import BRING, INTAKE, READ, Actor
from engine.rules.proof.chain import stamp, stamp_or_none


@dataclass(frozen=True, slots=True)
class Credentials(AccountEntries):
    """The writer of what opens accounts."""

    def keep_password(self, actor: Actor, name: str, password_hash: str, spared: bytes = b"") -> None:
        """Another password; the entry names the SHA-256 of its hash alone. Everybody may change their own, and who may appoint to a role
        those of its accounts: such a one the person has to change. Every browser of the account is signed out but the one whose hash is
        `spared`.
        """
        with self._changing(actor, name, own=True) as account:
            must_open(actor, account)
            chosen_at = self.clock.now() if actor.owns(name) else None
            kept = RowPut("account", {"name": name, "password_hash": password_hash, "password_at": chosen_at})
            self._note(actor, "set", {"what": "account.password", "account": name}, rows=[kept])
            self.database.run(queries.END_SESSIONS, account=name, spared=spared)

    def keep_invited_password(self, actor: Actor, password_hash: str, invitation: bytes, now: datetime) -> None:
        """The password of the actor's own account by a link, which is used up in the same transaction. Raises Conflict where the link
        is gone.
        """
        with self._changing(actor, actor.name, own=True):
            self.database.run(queries.USE_INVITATION, hash=invitation, account=actor.name, now=now, expect=1)
            kept = RowPut("account", {"name": actor.name, "password_hash": password_hash, "password_at": self.clock.now()})
            self._note(actor, "set", {"what": "account.password", "account": actor.name}, rows=[kept])
            self.database.run(queries.END_SESSIONS, account=actor.name, spared=b"")

    def keep_invitation(self, actor: Actor, name: str, digest: bytes, now: datetime, expires_at: datetime) -> None:
        """A link to an account, by its hash; those of before go. Who may appoint to a role makes one for its accounts. `now` is real time,
        also over a sandbox.
        """
        with self._changing(actor, name) as account:
            must_appoint(actor, name, account.role)
            must_open(actor, account)
            if not account.may_act(self.clock.now()):
                raise NotPossible(reason="account-not-active", name=name)
            self._note(actor, "set", {"what": "account.invited", "account": name, "until": stamp(expires_at)})
            self.database.run(queries.DROP_INVITATIONS, account=name, now=now)
            self.database.run(queries.KEEP_INVITATION, hash=digest, account=name, now=now, expires_at=expires_at)

    def keep_token(
        self, actor: Actor, name: str, token: str, called: str, digest: bytes, expires_at: datetime | None, *, scope: str | None,
        per_minute: int,
    ) -> str:
        """A program's key for an account, by its hash: to what, and how often a minute; what with it may be done is returned. Everybody may
        make one for themselves, and who may appoint to a role for its accounts. Unless told otherwise it reads; that of a platform's
        program brings what the platform sends, and can be for nothing else. Raises NotPossible.
        """
        with self._changing(actor, name, own=True) as account:
            must_open(actor, account)
            scope = scope or (BRING if account.role == INTAKE else READ)
            if account.role == INTAKE and scope != BRING:
                raise NotPossible(reason="token-brings-only", name=name)
            check_word("token", called)
            if expires_at is not None and expires_at <= self.clock.now():
                raise NotPossible(reason="token-past", date=expires_at)
            data = {
                "what": "account.token", "account": name, "token": token, "until": stamp_or_none(expires_at), "scope": scope,
                "per_minute": per_minute,
            }
            row = new_row(
                "token", id=token, account=name, name=called, scope=scope, per_minute=per_minute, hash=digest,
                created_at=self.clock.now(), expires_at=expires_at,
            )
            self._note(actor, "set", data, {"token": called}, [row])
        return scope

    def revoke_token(self, actor: Actor, name: str, token: str) -> None:
        """The token of an account opens nothing any more. Raises NotPossible where the account has none such, or it was revoked before;
        NotPermitted as `keep_token` does.
        """
        with self._entry(actor, own=name):
            must_own_or_appoint(actor, self._account_named(name))
            if not any(row[:2] == (token, name) and row[7] is None for row in self.database.rows(queries.TOKENS)):
                raise NotPossible(reason="token-none", token=token)
            revoked = RowPut("token", {"id": token, "revoked_at": self.clock.now()})
            self._note(actor, "set", {"what": "account.token-revoked", "account": name, "token": token}, rows=[revoked])

    def keep_second_factor(self, actor: Actor, kept: str, spared: bytes = b"") -> None:
        """The actor's own account asks for a second factor from now on: its secret and the hashes of its recovery codes. Every browser of
        the account is signed out but the one whose hash is `spared`. Raises NotPossible where it has one, and NotPermitted for a program.
        """
        with self._changing(actor, actor.name, own=True) as account:
            must_open(actor, account)
            if account.has_second_factor:
                raise NotPossible(reason="second-factor-before", name=actor.name)
            self._note(actor, "set", {"what": "account.second-factor", "account": actor.name}, rows=[_factor(actor.name, kept)])
            self.database.run(queries.END_SESSIONS, account=actor.name, spared=spared)

    def spend_recovery_code(self, actor: Actor, before: str, after: str) -> None:
        """One of the recovery codes of the actor's own account is used up. Raises Conflict where another was meanwhile."""
        with self._changing(actor, actor.name, own=True):
            row = self.database.row(queries.SECOND_FACTOR, name=actor.name)
            if row is None or row[0] != before:
                raise Conflict(reason="second-factor-changed")
            self._note(actor, "set", {"what": "account.recovery-code", "account": actor.name}, rows=[_factor(actor.name, after)])

    def end_second_factor(self, actor: Actor, name: str) -> None:
        """An account asks for no second factor any more; its browsers are signed out. Raises NotPossible where it has none, and
        NotPermitted.
        """
        with self._changing(actor, name, own=True) as account:
            must_open(actor, account)
            if not account.has_second_factor:
                raise NotPossible(reason="second-factor-none", name=name)
            self._note(actor, "set", {"what": "account.second-factor-ended", "account": name}, rows=[_factor(name, None)])
            self.database.run(queries.END_SESSIONS, account=name, spared=b"")

    def keep_identity(self, actor: Actor, name: str, provider: str | None, identity: str | None) -> None:
        """Who the person of an account is to another service that signs people in; None: to none. Whoever may appoint to its role says so.
        Raises NotPossible where that is the person of another account.
        """
        with self._changing(actor, name) as account:
            must_appoint(actor, name, account.role)
            if identity is not None and (row := self.database.row(queries.ACCOUNT_OF_IDENTITY, identity=identity)) is not None:
                raise NotPossible(reason="identity-taken", name=row[0])
            kept = RowPut("account", {"name": name, "identity": identity})
            self._note(actor, "set", {"what": "account.identity", "account": name, "provider": provider}, rows=[kept])
            self.database.run(queries.END_SESSIONS, account=name, spared=b"")


def _factor(name: str, kept: str | None) -> RowPut:
    return RowPut("account", {"name": name, "second_factor": kept})
