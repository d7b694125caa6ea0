"""`zg evaluate successor` and `zg evaluate rekey`: what goes on as what, and which open tickets have no counterpart any more."""

from __future__ import annotations

from collections.abc import Sequence

from engine.cli.call import Call
from engine.cli.frame import json_option, option, verb
from engine.cli.table import tsv
from engine.errors import UsageError
from engine.office.rounds.going_over import Said, Succession, going_over, rekeyed
from engine.rules.loop.going_over import SCHEME, TARGET
from engine.views.going_over import going_over_view, move_view, orphan_view


@verb(
    "evaluate.successor", option("--target", nargs=2, metavar="ID…"), option("--scheme", nargs=2, metavar="ID…"), json_option(),
)
def successor(call: Call, target: tuple[str, str] | None, scheme: tuple[str, str] | None, as_json: bool) -> int:
    app, named = call.app, [(kind, pair) for kind, pair in ((TARGET, target), (SCHEME, scheme)) if pair]
    if len(named) > 1:
        raise UsageError(reason="usage-successor")
    for kind, (old, new) in named:
        Succession(app.desk.database, app.desk.clock).enter(app.actor, kind, old.strip(), new.strip(), app.desk)
    view = going_over_view(going_over(app.desk, app.actor))
    if call.json:
        call.dump(view)
        return 0
    rows = [(kind, old, new) for kind, pairs in ((SCHEME, view["schemes"]), (TARGET, view["targets"])) for old, new in pairs.items()]
    call.lines(tsv([[call.say(f"successor.{kind}"), old, new] for kind, old, new in rows]))
    call.hint("successor.count" if rows else "successor.none", count=len(rows))
    return 0


@verb(
    "evaluate.rekey", option("--dry-run", is_flag=True), option("--target", nargs=2, multiple=True, metavar="ID…"),
    option("--scheme", nargs=2, multiple=True, metavar="ID…"), json_option(),
)
def rekey(call: Call, dry_run: bool, target: Sequence[tuple[str, str]], scheme: Sequence[tuple[str, str]], as_json: bool) -> int:
    if not dry_run:
        raise UsageError(reason="usage-rekey")
    proposed = [Said(kind, old.strip(), new.strip()) for kind, pairs in ((SCHEME, scheme), (TARGET, target)) for old, new in pairs]
    found = rekeyed(call.app.desk, call.app.actor, proposed)
    moves, lost = [move_view(item) for item in found.moves], [orphan_view(item) for item in found.lost]
    if call.json:
        for view in (*moves, *lost):
            call.dump(view)
        return 0
    gone = [
        call.say("rekey.target", name=view["target_gone"]) if view["target_gone"] is not None else call.say("rekey.unit") for view in lost
    ]
    onward = [call.say("rekey.after", scheme=view["scheme_after"], target=view["target_after"]) for view in moves]
    call.lines(tsv([
        [view["number"], view["scheme"], view["target"], call.unit_name(view["subject"]), text]
        for view, text in zip((*moves, *lost), (*onward, *gone), strict=True)
    ]))
    if moves:
        call.hint("rekey.moves", count=len(moves))
    call.hint("rekey.count" if lost else "rekey.none", count=len(lost))
    return 0
