"""Making a record anew from its log: who may, that it is noted, and in which order."""

from __future__ import annotations

from engine.app.opening import AppContext
from engine.audit.audited import Tick
from engine.audit.rebuild import Rebuilt, must_be_free, rebuild
from engine.rules.access import may_administer, must


def rebuild_into(app: AppContext, url: str, tick: Tick = lambda count: None) -> Rebuilt:
    """Makes an equal record at another address. That everything was read is an entry, which is in both.

    Raises NotPermitted for whoever does not administer, NotPossible, Damaged.
    """
    must(may_administer, app.actor)
    must_be_free(url)
    app.registry.read_whole(app.actor, "rebuild")
    return rebuild(app.database, url, tick)
