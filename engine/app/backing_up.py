"""Taking a backup: who may, that it is noted, and in which order."""

from __future__ import annotations

from pathlib import Path

from engine.app.opening import AppContext
from engine.audit.backup import Checked, make, must_be_new
from engine.rules.access import may_administer, must


def back_up(app: AppContext, url: str, target: Path, *, force: bool = False) -> Checked:
    """Writes the whole record into one file and checks it. That it was read is an entry, which is in the backup.

    Raises NotPermitted for whoever does not administer, BackupExists (without `force`), NotPossible, ServerToolError.
    """
    must(may_administer, app.actor)
    must_be_new(target, force)
    app.registry.read_whole(app.actor, "backup")
    return make(app.database, url, target, app.desk.clock.now(), force=force)
