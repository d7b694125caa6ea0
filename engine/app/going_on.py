"""Going on with a copy that was put back, as somebody asks for it: witnesses are asked first what they saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.app.opening import AppContext
from engine.app.witnessing import said_by
from engine.audit import cosigning, seals
from engine.audit.cosigning import WitnessSetup
from engine.audit.key_folder import folder_of
from engine.audit.live import Live, Seen, go_live
from engine.notices.channels.message import Undelivered
from engine.rules.access import may_administer, must
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.note import Note


class WentOn(NamedTuple):
    """A copy that goes on, and the witnesses that were not heard."""

    live: Live
    silent: list[str]


def go_on(app: AppContext, folder: str | None, witnesses: Sequence[WitnessSetup], basis: str, known: str | None = None) -> WentOn:
    """Goes on with the copy that lies in the database of this call. Every witness is asked under each name that the record had. Raises
    as `audit.live.go_live` does.
    """
    must(may_administer, app.actor)  # before anybody is asked
    seen, silent = _heard(app, folder, witnesses)
    return WentOn(go_live(app.database, app.desk.clock, app.actor, folder, basis, known, seen), silent)


def _heard(app: AppContext, folder: str | None, witnesses: Sequence[WitnessSetup]) -> tuple[list[Seen], list[str]]:
    """What witnesses saw last under each name, by what was kept of their answers and by what they say; and who of them was not heard."""
    names, key_folder = seals.names(app.database), folder_of(app.database, folder)
    seen: list[Seen] = []
    silent: list[str] = []
    kept = [note for name in names for note in cosigning.kept(key_folder, name).notes]
    for setup in witnesses:
        said: list[Note] = []
        try:
            if setup.address is None:  # requests are carried to it
                silent.append(setup.name)
            else:
                said += [note for name in names for note in said_by(setup.address, name)]
        except (Undelivered, ValueError):
            silent.append(setup.name)
        seen += [Seen(setup.name, Checkpoint.parse(note.text)) for note in cosigning.signed_by([*kept, *said], setup)]
    return seen, silent
