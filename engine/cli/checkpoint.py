"""`zg audit checkpoint` and `zg audit cosign`: a seal as others read it, and what witnesses say of it that are asked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.app.witnessing import carried, cosigned_note, request_to_carry
from engine.audit.key_folder import withheld
from engine.cli.call import Call
from engine.cli.frame import argument, option, verb
from engine.cli.path import FilePath

if TYPE_CHECKING:
    from engine.app.opening import AppContext  # a file is verified without any database driver


def warn_of_withheld(call: Call, app: AppContext, code: str) -> None:
    """Says that whoever types the command may not read what lies beside the key, and what is done without it."""
    if (folder := withheld(app.database, call.require_settings().keys)) is not None:
        call.warn(code, path=str(folder))


@verb(
    "audit.checkpoint", argument("n", required=False, metavar="[N]", type=int),
    option("--since", "since", type=click.IntRange(min=0), metavar="SIZE"), option("--json", "as_json", is_flag=True),
)
def checkpoint(call: Call, n: int | None, since: int | None, as_json: bool) -> int:
    """A note, with what witnesses signed of it; with `--since` what is carried to a witness that saw so many events last."""
    app, folder = call.app, call.require_settings().keys
    if since is not None:
        asked = str(request_to_carry(app.database, n, since))
        if call.json:
            call.dump({"request": asked})
        else:
            call.lines(asked.splitlines())
        return 0
    warn_of_withheld(call, app, "audit.unsigned")
    seal, note = cosigned_note(app.database, folder, n)
    if call.json:
        call.dump({"n": seal.n, "note": str(note), "code": seal.code()})
    else:
        call.lines(str(note).splitlines())
    return 0


@verb("audit.cosign", argument("file", type=FilePath(dir_okay=False)), option("--json", "as_json", is_flag=True))
def cosign(call: Call, file: str, as_json: bool) -> int:
    """Keeps what a witness signed of the last seal that was carried to it."""
    settings = call.require_settings()
    n, names = carried(call.app, settings.keys, settings.witnesses_setup(), Path(file))
    if call.json:
        call.dump({"n": n, "witnesses": names})
    else:
        call.out(call.say("audit.cosigned", n=n, names=call.phrase().several(names)))
    return 0
