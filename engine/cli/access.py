"""`zg audit access`: who came by the pages, was refused, viewed, searched and exported (访问日志)."""

from __future__ import annotations

import click

from engine.app.access_log import WHAT, read_lines
from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.complete import complete_actor
from engine.cli.frame import option, verb
from engine.cli.table import tsv
from engine.rules.proof.chain import moment


@verb(
    "audit.access", option("--account", metavar="NAME", shell_complete=complete_actor), option("--what", type=Coded(WHAT, "access")),
    option("--since", metavar="WHEN"), option("--limit", type=click.IntRange(min=1), metavar="N"),
    option("--json", "as_json", is_flag=True),
)
def access(call: Call, account: str | None, what: str | None, since: str | None, limit: int | None, as_json: bool) -> int:
    begin = call.value_of(call.app.intake.begin(since)) if since is not None else None
    found = [
        line for line in read_lines(call.require_settings(), call.app.actor)
        if account in (None, line.get("account")) and what in (None, line.get("what")) and (begin is None or moment(line["at"]) >= begin)
    ][-(limit or 0):]
    if call.json:
        for line in found:
            call.dump(line)
        return 0
    phrase = call.phrase()
    call.lines(tsv([
        [
            phrase.moment(moment(line["at"])), phrase.label("access", line["what"]), line.get("account") or "", line.get("address") or "",
            line.get("path") or line.get("way") or "", line.get("query") or line.get("code") or "",
        ] for line in found
    ]))
    return 0
