"""Making a record anew from its log: who may, that it is noted, and in which order."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from engine.app.opening import AppContext
from engine.audit.audited import Tick
from engine.audit.key import KeyMissing
from engine.audit.rebuild import Rebuilt, must_be_free, rebuild
from engine.audit.sealing import key_location
from engine.record.address import file_path, is_server
from engine.record.connection import connect
from engine.rules.access import may_administer, must


def rebuild_into(app: AppContext, url: str, tick: Tick = lambda count: None) -> Rebuilt:
    """Makes an equal record at another address. That everything was read is an entry, which is in both.

    Raises NotPermitted for whoever does not administer, NotPossible, Damaged.
    """
    must(may_administer, app.actor)
    must_be_free(url)
    app.registry.read_whole(app.actor, "rebuild")
    return rebuild(app.database, url, tick)


def folder_to_make(url: str) -> Path | None:
    """The folder that making a record at an address makes with it; None where it is there, or the address is a server's."""
    if is_server(url):
        return None
    folder = file_path(url).parent
    return None if folder.is_dir() else folder


def missing_key(url: str, folder: str | None) -> Path | None:
    """Where the key should lie that signs seals of the record at an address; None where it does, or none ever was."""
    with closing(connect(url)) as made:
        try:
            kept = key_location(made, folder)
        except KeyMissing:
            return None
    return None if kept.here else kept.path
