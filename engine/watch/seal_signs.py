"""What the doctor sees of seals: whether they are taken, whether their key is here, and who speaks for them outside of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from engine.app.opening import AppContext
from engine.audit import noted
from engine.audit.cosigning import WitnessSetup, behind
from engine.audit.guard import hold
from engine.audit.held import Held
from engine.audit.key import KeyMissing, is_open
from engine.audit.key_folder import folder_of, list_of
from engine.audit.sealing import key_location
from engine.audit.seals import all_seals, last_seal
from engine.audit.unnoted import unnoted
from engine.errors import ZgError
from engine.record import queries
from engine.record.people import read_accounts
from engine.watch.sign import NEEDS, NOTE, WELL, Sign

LATE_SEAL = timedelta(days=3)
"""An event that no seal covers after this time is not sealed daily."""

UNSEEN_SEALS = 3
"""A witness that did not cosign so many seals, or one for as long as that, is behind."""


def seal_signs(
    app: AppContext, now: datetime, keys: str | None, silent: Sequence[str], witnesses: Sequence[WitnessSetup],
) -> Iterator[Sign]:
    """Everything about seals. `keys` is the folder of their keys, `witnesses` are those that the settings name, `silent` those of them that
    did not answer the watch.
    """
    yield from _held(app, keys)
    yield from _sealed(app, now)
    yield from _key(app, now, keys)
    yield from _listed(app, keys)
    yield from _vouched(app, now)
    if silent:
        yield Sign("witness-silent", NEEDS, {"names": list(silent)})
    yield from _unseen(app, now, keys, [setup for setup in witnesses if setup.name not in silent])


def _held(app: AppContext, keys: str | None) -> Iterator[Sign]:
    """Whether the record is a copy that was put back, in which nothing happens."""
    try:
        hold(app.database, keys)
    except Held as error:
        yield Sign("copy-held", NEEDS, error.values)


def _sealed(app: AppContext, now: datetime) -> Iterator[Sign]:
    """Whether a seal covers what happened days ago. Whoever has the key takes one daily; in a sandbox nobody has to."""
    last = last_seal(app.database)
    row = app.database.row(queries.UNSEALED_SINCE, after=last.upto if last else 0)
    if row is not None and now - row[0] > LATE_SEAL:
        yield Sign("seal-late", NOTE if app.sandbox else NEEDS, {"since": row[0], "date": last.at if last else None})
    elif last is not None:
        yield Sign("sealed", WELL, {"date": last.at, "count": last.size})


def _key(app: AppContext, now: datetime, folder: str | None) -> Iterator[Sign]:
    """Whether this machine has the key that signs seals. Where another one seals, it need not; a restored copy must get it back."""
    try:
        kept = key_location(app.database, folder)
    except KeyMissing:
        yield Sign("key-never", NEEDS)
        return
    last = last_seal(app.database)
    if kept.here and is_open(kept.path):
        yield Sign("key-open", NOTE if app.sandbox else NEEDS, {"path": str(kept.path)})
    if kept.withheld:
        yield Sign("key-withheld", NOTE, {"path": str(kept.path.parent)})
    elif not kept.here:
        elsewhere = last is not None and now - last.at <= LATE_SEAL
        values = {"path": str(kept.path), "date": last.at if last else None}
        yield Sign("key-missing", NOTE if elsewhere or app.sandbox else NEEDS, values)


def _listed(app: AppContext, folder: str | None) -> Iterator[Sign]:
    """Whether the list that lies beside the key can be read, and holds the last seal."""
    try:
        kept, key_folder = key_location(app.database, folder), folder_of(app.database, folder)
        listed = noted.read_lines(key_folder, kept.public.name)
    except ZgError:  # who may not read it is told so, and `verify` names one that is none
        return
    if listed.unread:
        yield Sign("list-damaged", NEEDS, {"path": str(list_of(key_folder, kept.public.name)), "count": len(listed.unread)})
    for seal in unnoted(app.database, listed.points, [kept.public]) if kept.here else ():
        yield Sign("seal-unnoted", NOTE, {"n": seal.n})


def _unseen(app: AppContext, now: datetime, folder: str | None, witnesses: Sequence[WitnessSetup]) -> Iterator[Sign]:
    """Witnesses that have not cosigned for long, those too to whom requests are carried. Their answers lie beside the key: where that is
    not, nobody knows.
    """
    if not witnesses or not key_location(app.database, folder).here:
        return
    for found in behind(all_seals(app.database), folder_of(app.database, folder), witnesses):
        if found.seals >= UNSEEN_SEALS or now - found.since > LATE_SEAL:
            values = {"name": found.name, "count": found.seals, "since": found.since}
            yield Sign("witness-behind", NOTE if app.sandbox else NEEDS, values)


def _vouched(app: AppContext, now: datetime) -> Iterator[Sign]:
    """Whether somebody keeps the codes of seals, where the office named somebody."""
    keepers = [account for account in read_accounts(app.database) if account.keeps_codes]
    gone = [account.name for account in keepers if not account.may_act(now)]
    if gone:
        yield Sign("code-keeper-gone", NOTE, {"names": gone})
    if len(gone) < len(keepers):
        yield Sign("codes-kept", WELL, {"count": len(keepers) - len(gone)})
