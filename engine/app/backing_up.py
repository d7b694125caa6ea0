"""Taking a backup and putting it back: who may, that it is noted, and in which order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.app.opening import AppContext, open_app
from engine.app.settings import Settings
from engine.audit.backup import Checked, make, must_be_new
from engine.audit.restoring import Restored, restore
from engine.errors import AccountNotFound, Damaged, NotPermitted
from engine.rules.access import may_administer, must


def back_up(app: AppContext, url: str, target: Path, *, force: bool = False) -> Checked:
    """Writes the whole record into one file and checks it. That it was read is an entry, which is in the backup.

    Raises NotPermitted for whoever does not administer, BackupExists (without `force`), NotPossible, ServerToolError.
    """
    must(may_administer, app.actor)
    must_be_new(target, force)
    app.registry.read_whole(app.actor, "backup")
    return make(app.database, url, target, app.desk.clock.now(), force=force)


def put_back(settings: Settings, source: Path, url: str, *, unverified: bool = False) -> tuple[Restored, bool]:
    """Puts a backup where there is no database, once it verifies; with `unverified` whatever is found, which the entry says. Whether there
    is an entry: whoever has no account in the record that administers leaves none, nor anybody where nothing can be appended, or in a
    record that is to be upgraded.

    Raises as `restore` does.
    """
    made = restore(source, url, unverified=unverified)
    if made.older or not made.stands:
        return made, False
    what, doubt = ("restore-unverified", {"findings": str(len(made.findings))}) if made.findings else ("restore", {})
    try:
        with open_app(replace(settings, db=url)) as app:
            noted = app.registry.read_whole(app.actor, what, made_at=made.page.made_at, place=made.location, **doubt)
    except (AccountNotFound, NotPermitted, Damaged):
        return made, False
    return made, noted
