"""`zg backup` and `zg restore`: one file with everything, checked when it is made and when it is put back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.app.backing_up import back_up, put_back
from engine.audit.archive import Page
from engine.cli.call import Call
from engine.cli.finding import finding_node, print_finding
from engine.cli.frame import argument, option, verb
from engine.cli.path import FilePath
from engine.cli.restored import lost_nodes
from engine.cli.table import pairs
from engine.errors import AuditBroken, UsageError
from engine.rules.proof.finding import Finding

MOST_LINES, MOST_NAMED = 50, 10
"""The largest number of findings shown one by one, and of parts that were left out."""


@verb(
    "backup", argument("file", metavar="FILE", type=FilePath(dir_okay=False)), option("--force", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def backup(call: Call, file: str, force: bool, as_json: bool) -> int:
    made = back_up(call.app, call.require_settings().db, Path(file), force=force)
    _print_findings(call, made.findings)
    if made.findings:
        raise AuditBroken(reason="backup-broken", count=len(made.findings), place=made.location)
    _print_done(call, made.page, made.location, "backup")
    return 0


@verb(
    "restore", argument("file", required=False, metavar="[FILE]", type=FilePath(dir_okay=False)), option("--into", metavar="URL"),
    option("--unverified", is_flag=True), option("--live", is_flag=True), option("--basis", metavar="TEXT"),
    option("--known", metavar="PUBLIC"), option("--json", "as_json", is_flag=True),
)
def restore(
    call: Call, file: str | None, into: str | None, unverified: bool, live: bool, basis: str | None, known: str | None, as_json: bool,
) -> int:
    if live and file is None and into is None and basis is not None and not unverified:
        return _go_on(call, basis, known)
    if live or basis is not None or known is not None or file is None or into is None:
        raise UsageError(reason="usage-restore")
    made = put_back(call.require_settings(), Path(file), into, unverified=unverified)
    if not (made.stands and call.json):
        _print_findings(call, made.findings)
    if made.left_out:
        call.warn("restore.left-out", names=made.left_out[:MOST_NAMED], count=len(made.left_out))
    if made.page.findings:
        call.warn("restore.findings", count=made.page.findings)
    if not made.stands:
        if made.older:
            raise AuditBroken(reason="restore-older", schema=made.page.schema)
        raise AuditBroken(reason="restore-broken", count=len(made.findings))
    if made.older:
        call.warn("restore.older", schema=made.page.schema)
    elif made.findings:
        call.warn("restore.unverified", count=len(made.findings))
    if made.unnoted is not None:
        call.warn(made.unnoted)
    found = [finding_node(call, finding) for finding in made.findings[:MOST_LINES]]
    what = "restore-unverified" if made.older or made.findings else "restore"
    _print_done(call, made.page, made.location, what, left_out=made.left_out, found=found)
    return 0


def _go_on(call: Call, basis: str, known: str | None) -> int:
    """Goes on with the copy that lies in the database of this call."""
    from engine.app.going_on import go_on  # a backup goes on with nothing, and asks nobody

    settings = call.require_settings()
    made, silent = go_on(call.app, settings.keys, settings.witnesses_setup(), basis, known)
    said, code = made.said, made.seal.code() if made.seal else None
    if silent:
        call.warn("restore.witness-silent", names=silent)
    if call.json:
        call.dump({"live": True, "events": said.size, **lost_nodes(said.n, made.behind, said.by), "key": str(made.key), "code": code})
        return 0
    call.out(call.say(f"restore.live-{said.by}", events=said.size, known=said.n, count=made.behind))
    call.lines(pairs([(call.say("field.public-key"), str(made.key)), (call.say("field.code-of-seal"), code or "")], call.terminal))
    call.hint("hint.restore-live")
    return 0


def _print_findings(call: Call, findings: Sequence[Finding]) -> None:
    for finding in findings[:MOST_LINES]:
        print_finding(call, finding)


def _print_done(call: Call, page: Page, location: str, what: str, **more: Sequence[object]) -> None:
    """Says what was made or put back, and where it lies."""
    if call.json:
        call.dump({**page.to_json(), "place": location, "verified": not what.endswith("unverified"), **more})
    else:
        call.out(call.say(f"{what}.done", place=location, events=page.events, tickets=page.tickets, files=page.files))
        call.hint(f"hint.{what}-done", place=location)
