"""Taking a backup and putting it back: who may, that it is noted, and in which order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.app.opening import AppContext, open_app
from engine.app.settings import Settings
from engine.audit.backup import Checked, make, must_be_new, restore
from engine.errors import AccountNotFound, NotPermitted
from engine.rules.access import may_administer, must


def back_up(app: AppContext, url: str, target: Path, *, force: bool = False) -> Checked:
    """Writes the whole record into one file and checks it. That it was read is an entry, which is in the backup.

    Raises NotPermitted for whoever does not administer, BackupExists (without `force`), NotPossible, ServerToolError.
    """
    must(may_administer, app.actor)
    must_be_new(target, force)
    app.registry.read_whole(app.actor, "backup")
    return make(app.database, url, target, app.desk.clock.now(), force=force)


def put_back(settings: Settings, source: Path, url: str) -> tuple[Checked, bool]:
    """Puts a backup where there is no database, and checks it. Whether that is an entry of the record: whoever has no account in it that
    administers leaves none, nor anybody in a record that does not verify or is to be upgraded.

    Raises as `restore` does.
    """
    made = restore(source, url)
    if made.older or made.findings:
        return made, False
    try:
        with open_app(replace(settings, db=url)) as app:
            app.registry.read_whole(app.actor, "restore", made_at=made.page.made_at, place=made.location)
    except (AccountNotFound, NotPermitted):
        return made, False
    return made, True
