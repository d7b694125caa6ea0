"""Taking a backup and putting it back: who may, that it is noted, and in which order."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from engine.app.opening import AppContext, app_over
from engine.app.settings import Settings
from engine.audit.backup import Checked, make, must_be_new
from engine.audit.restoring import Restored, restore
from engine.errors import AccountNotFound, AmbiguousAccount, Damaged, NoDatabase, NotPermitted
from engine.record.database import Database
from engine.rules.access import may_administer, must


def back_up(app: AppContext, url: str, target: Path, *, force: bool = False) -> Checked:
    """Writes the whole record into one file and checks it. That it was read is an entry, which is in the backup, or `database.unnoted`
    says why it is not.

    Raises NotPermitted for whoever does not administer, BackupExists (without `force`), NotPossible, ServerToolError.
    """
    must(may_administer, app.actor)
    must_be_new(target, force)
    app.registry.read_whole(app.actor, "backup")
    return make(app.database, url, target, app.desk.clock.now(), force=force)


def put_back(settings: Settings, source: Path, url: str, *, unverified: bool = False) -> Restored:
    """Puts a backup where there is no database, once it verifies; with `unverified` whatever is found, which the entry says. The entry is
    in it before it takes its place, so that nothing stands there that does not say where it comes from. Whoever has no account in the
    record that administers leaves none, nor anybody where nothing can be appended, or in a record that is to be upgraded: then
    `unnoted` says which it is.

    Raises as `restore` does.
    """
    return restore(source, url, unverified=unverified, note=partial(_note, settings))


def _note(settings: Settings, database: Database, made: Restored) -> str | None:
    """Writes the entry. Where that cannot be, the code of why."""
    what, doubt = ("restore-unverified", {"findings": str(len(made.findings))}) if made.findings else ("restore", {})
    try:
        app = app_over(database, settings)
        noted = app.registry.read_whole(app.actor, what, made_at=made.page.made_at, place=made.location, **doubt)
    except (AccountNotFound, AmbiguousAccount, NotPermitted):
        return "restore.unnoted"
    except (Damaged, NoDatabase):
        noted = False
    return None if noted else "restore.unnoted-damaged"
