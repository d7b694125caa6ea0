"""`zg backup` and `zg restore`: one file with everything, checked when it is made and when it is put back."""

from __future__ import annotations

from pathlib import Path

from engine.app.backing_up import back_up, put_back
from engine.audit.backup import Checked
from engine.cli.call import Call
from engine.cli.finding import print_finding
from engine.cli.frame import argument, option, verb
from engine.cli.path import FilePath
from engine.cli.table import pairs
from engine.errors import AuditBroken, UsageError

MOST_LINES = 50
"""The largest number of findings shown one by one."""


@verb(
    "backup", argument("file", metavar="FILE", type=FilePath(dir_okay=False)), option("--force", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def backup(call: Call, file: str, force: bool, as_json: bool) -> int:
    return _report(call, back_up(call.app, call.require_settings().db, Path(file), force=force), "backup")


@verb(
    "restore", argument("file", required=False, metavar="[FILE]", type=FilePath(dir_okay=False)), option("--into", metavar="URL"),
    option("--live", is_flag=True), option("--basis", metavar="TEXT"), option("--json", "as_json", is_flag=True),
)
def restore(call: Call, file: str | None, into: str | None, live: bool, basis: str | None, as_json: bool) -> int:
    if live and file is None and into is None and basis is not None:
        return _go_on(call, basis)
    if live or basis is not None or file is None or into is None:
        raise UsageError(reason="usage-restore")
    made, noted = put_back(call.require_settings(), Path(file), into)
    if made.older:
        call.hint("restore.older", schema=made.page.schema)
    if made.page.findings:
        call.hint("restore.findings", count=made.page.findings)
    if not (noted or made.older or made.findings):
        call.warn("restore.unnoted")
    return _report(call, made, "restore")


def _go_on(call: Call, basis: str) -> int:
    """Goes on with the copy that lies in the database of this call."""
    from engine.audit.live import go_live  # a backup goes on with nothing

    app = call.app
    made = go_live(app.database, app.desk.clock, app.actor, call.require_settings().keys, basis)
    code = made.seal.code() if made.seal else None
    if call.json:
        call.dump({"live": True, "events": made.said.size, "known_seal": made.said.n, "events_not_in_it": made.behind,
                   "key": str(made.key), "code": code})
        return 0
    call.out(call.say("restore.live", events=made.said.size, known=made.said.n, count=made.behind))
    call.lines(pairs([(call.say("field.public-key"), str(made.key)), (call.say("field.code-of-seal"), code or "")], call.terminal))
    call.hint("hint.restore-live")
    return 0


def _report(call: Call, made: Checked, what: str) -> int:
    """Prints what checking a copy found. Raises AuditBroken for any finding, though the file or the database is there."""
    for finding in made.findings[:MOST_LINES]:
        print_finding(call, finding)
    if made.findings:
        raise AuditBroken(reason=f"{what}-broken", count=len(made.findings), place=made.location)
    if call.json:
        call.dump({**made.page.to_json(), "place": made.location, "verified": True})
    else:
        call.out(call.say(f"{what}.done", place=made.location, events=made.page.events, tickets=made.page.tickets, files=made.page.files))
        call.hint(f"hint.{what}-done", place=made.location)
    return 0
