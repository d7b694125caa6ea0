"""`zg evidence`: getting files back, and sweeping away what nothing cites."""

from __future__ import annotations

import time
from pathlib import Path

from engine.cli.call import Call
from engine.cli.complete import complete_number
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.path import FilePath
from engine.cli.table import tsv
from engine.desk.evidence import sweep, take_out


@verb(
    "evidence.get", argument("what", metavar="NO|SHA256", shell_complete=complete_number),
    option("--out", metavar="DIR", required=True, type=FilePath(file_okay=False)), option("--json", "as_json", is_flag=True),
)
def get(call: Call, what: str, out: str, as_json: bool) -> int:
    app = call.app
    for file, path in take_out(app.desk, app.actor, what, Path(out)):
        if call.json:
            call.dump({"number": file.ticket, **file.to_json(), "path": str(path)})
        else:
            call.lines(tsv([[str(path), file.ticket, file.seq, file.sha256]]) if not call.terminal.out else [
                call.say("evidence.got", path=str(path), number=file.ticket, seq=file.seq)])
    return 0


@verb("evidence.clean", option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True))
def clean(call: Call, dry_run: bool, as_json: bool) -> int:
    app = call.app
    count = size = 0
    for stray in sweep(app.desk, app.actor, time.time(), dry_run=dry_run):
        count, size = count + 1, size + stray.bytes
        if call.json:
            call.dump({"name": stray.name, "bytes": stray.bytes, "removed": not dry_run})
        else:
            call.lines(tsv([[stray.name, stray.bytes]]))
    call.hint("evidence.would-clean" if dry_run else "evidence.cleaned", count=count, bytes=size)
    return 0


evidence = Noun("evidence", (get, clean))
