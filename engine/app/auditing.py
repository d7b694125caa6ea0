"""The audit as somebody asks for it: who may, of what, and with which key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from time import monotonic

from engine.app.opening import AppContext
from engine.app.witnessing import seen
from engine.audit.audited import Audited, Tick
from engine.audit.cosigning import WitnessSetup
from engine.audit.key_folder import folder_of
from engine.audit.sealing import anchor, check_code
from engine.audit.seals import all_seals
from engine.audit.verify import event_count, verify
from engine.audit.witnessed import witness_findings
from engine.desk.evidence import broken
from engine.errors import AuditBroken, Damaged, ZgError
from engine.record.damage import UNREADABLE
from engine.rules.access import must, sees_everything
from engine.rules.proof.anchor import LOST_IS_SAID
from engine.rules.proof.finding import Finding
from engine.rules.proof.note import Verifier

PATIENCE = 10
"""For how many seconds the audit is asked what an error comes from."""


def audit(
    app: AppContext, audited: Audited, number: str | None = None, *, key: str | None = None, code: str | None = None,
    keys: str | None = None, accept_lost: Collection[Verifier] = (), witnesses: Sequence[WitnessSetup] = (), demanded: int = 0,
    evidence: bool = False, tick: Tick = lambda count: None,
) -> Iterator[Finding]:
    """Everything that does not verify, of the record or of one ticket, and of the files they cite; `audited` counts along.

    `key` is a public key from elsewhere; without one, that of the files on this machine, which lie where `keys` says. `code` is the
    short form of a seal from a letter. `accept_lost` are keys that follow lost ones, which were looked into. `witnesses` are those
    that the settings name, of whom so many as `demanded` must have signed its last seal; where one saw another, that is found.

    Raises NotPermitted for a unit that asks for everything: findings name tickets that are not its to see; TicketNotFound; UsageError
    for a key that is none; AuditBroken where the code is of another seal.
    """
    ticket = _permitted(app, number)
    known = anchor(app.database, keys, key=key, accept_lost=accept_lost)
    audited.anchored, audited.sought = known.key is not None, folder_of(app.database, keys)
    if code is not None:
        check_code(all_seals(app.database), code)
    found = verify(app.database, audited, ticket=ticket, anchor=known, tick=tick)
    return chain(
        found, broken(app.database, audited, ticket) if evidence else (),
        _witnessed(app, audited, keys, witnesses, demanded) if witnesses or demanded else (),
    )


def _witnessed(
    app: AppContext, audited: Audited, keys: str | None, witnesses: Sequence[WitnessSetup], demanded: int,
) -> Iterator[Finding]:
    """What witnesses saw that is not this record, and which of them are missing. They are asked where some are demanded."""
    try:
        found, made = seen(app.database, keys, witnesses, ask=demanded > 0), all_seals(app.database)
    except AuditBroken:  # a seal or the key that cannot be read was named, and nobody can have signed that
        return

    def told() -> Iterator[Finding]:
        audited.witnessed = yield from witness_findings(made, found, demanded)

    for finding in told():
        audited.findings += 1
        yield finding


def damage(app: AppContext, error: BaseException) -> Damaged | None:
    """What an error of reading comes from, where the record does not verify: it names the first `finding`, if the actor may read those.
    None where the record verifies, or is too large to ask while somebody waits: then it is an error of the program.
    """
    known = error if isinstance(error, Damaged) else None
    if known is None and not isinstance(error, UNREADABLE):
        return None
    finding = _first_finding(app)
    if finding is None:
        return known
    found = known or Damaged(detail=type(error).__name__)
    return Damaged(**found.values, finding=finding) if sees_everything(app.actor) else found


class _TooLong(Exception):
    """Nobody waits for it any longer."""


def _first_finding(app: AppContext) -> Finding | None:
    """The first row or event that does not verify; a part of the schema only where every one does."""
    until = monotonic() + PATIENCE

    def tick(count: int) -> None:
        if monotonic() > until:
            raise _TooLong

    first: Finding | None = None
    try:
        for finding in verify(app.database, anchor=LOST_IS_SAID, tick=tick):
            first = first or finding
            if not finding.code.startswith("schema"):
                return finding
    except (ZgError, _TooLong, *UNREADABLE):
        return first
    return first


def work_ahead(app: AppContext, number: str | None = None) -> int:
    """How much `tick` will count in the end: each event is read for its chain, and for the seals; of one ticket nothing is counted.
    Raises NotPermitted, TicketNotFound.
    """
    return event_count(app.database) * 2 if _permitted(app, number) is None else 0


def _permitted(app: AppContext, number: str | None) -> int | None:
    """The id of the ticket that is to be verified; None for the whole record. Raises NotPermitted, TicketNotFound."""
    if number is not None:
        return app.desk.ticket(app.actor, number).id
    must(sees_everything, app.actor)
    return None
