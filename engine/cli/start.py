"""`zg init` and `zg upgrade`: making a database, and bringing an older one up to this program."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from engine.app import shipped
from engine.app.founding import china
from engine.app.founding import init as found_office
from engine.app.opening import upgrade as upgrade_database
from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.path import FilePath
from engine.clock import SystemClock
from engine.desk.times import sandbox_begin
from engine.views.moments import moment_text


def _seeds(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in shipped.seed_names() if name.startswith(incomplete)]


@verb(
    "init", option("--seed", metavar="NAME", shell_complete=_seeds), option("--sandbox", metavar="WHEN"),
    option("--json", "as_json", is_flag=True),
)
def init(call: Call, seed: str | None, sandbox: str | None, as_json: bool) -> int:
    settings = call.require_settings()
    clock = SystemClock()
    sandbox_at = None
    if sandbox:
        sandbox_at = sandbox_begin(sandbox, clock.now(), china())
    made = found_office(settings.db, seed=seed, sandbox=sandbox_at, clock=clock, keys=settings.keys)
    if call.json:
        call.dump({
            "url": made.url, "workflows": list(made.workflows), "units": made.units, "accounts": made.accounts,
            "covered_until": made.covered_until, "sandbox": moment_text(made.sandbox), "key": made.key,
        })
        return 0
    call.out(call.say("init.done", url=made.url))
    call.out(call.say(
        "init.holds", workflows=call.say("list.comma").join(made.workflows), units=made.units, accounts=made.accounts,
        date=made.covered_until,
    ))
    call.out(call.say("init.key", key=made.key, path=str(made.key_file)))
    if made.sandbox is not None:
        call.out(call.say("init.sandbox", date=call.phrase().moment(made.sandbox)))
    call.hint("hint.init-next")
    return 0


@verb(
    "upgrade", option("--backup", metavar="FILE", type=FilePath(dir_okay=False)), option("--yes", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def upgrade(call: Call, backup: str | None, yes: bool, as_json: bool) -> int:
    made = upgrade_database(call.require_settings().db, backup=Path(backup) if backup else None, yes=yes)
    kept = str(made.kept) if made.kept else None
    if call.json:
        call.dump({"schema": made.new, "from": made.old, "kept": kept})
        return 0
    call.out(call.say("upgrade.done", schema=made.new))
    if kept:
        call.out(call.say("upgrade.kept", schema=made.old, path=kept))
    return 0
