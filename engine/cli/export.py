"""`zg export`: the ledger as a file, by the filters of `zg list`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.audit.outfile import replacing
from engine.cli.call import Call
from engine.cli.coded import Coded, several
from engine.cli.filters import filter_options, named_by_option, wanted_by
from engine.cli.frame import argument, option, verb
from engine.cli.path import FilePath
from engine.cli.progress import Progress
from engine.desk.lists import count_by_light
from engine.errors import NotPossible, UsageError
from engine.office.ledger.ticket_row import WIDTHS, Speech
from engine.office.ledger.writer import Writer, kind_of
from engine.views.names import Naming


@verb(
    "export", argument("file", metavar="FILE", type=FilePath(dir_okay=False)), *filter_options(),
    several("--columns", type=Coded(WIDTHS, "export.head")), option("--force", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def export(call: Call, file: str, columns: tuple[str, ...], force: bool, as_json: bool, **typed: Any) -> int:
    kind, path, app = kind_of(file), Path(file), call.app
    if path.exists() and not force:
        raise NotPossible(reason="export-exists", file=file)
    try:
        wanted = replace(wanted_by(call, typed), limit=None)
        progress = Progress(call, count_by_light(app.desk, app.actor, wanted).total)
        speech = Speech(call.language, call.phrase, Naming(app.database))
        with replacing(path) as scratch:
            done = Writer(app.desk, app.actor, speech, app.sandbox, progress.advance, columns).write(wanted, scratch, kind)
    except UsageError as error:
        raise named_by_option(error, "zg export") from None
    progress.clear()
    if call.json:
        call.dump({"file": file, **done._asdict()})
        return 0
    call.out(call.say("export.done", count=done.tickets, file=file))
    if not done.tickets:
        call.hint("hint.export-none")
    return 0
