"""`zg redact`: one person asks for the words of an event to be erased, another confirms. Facts stay."""

from __future__ import annotations

from collections.abc import Mapping

import click

from engine.cli.batch import SHAPE as BATCH
from engine.cli.call import Call
from engine.cli.complete import complete_number
from engine.cli.evaluate import redact as redact_round
from engine.cli.failure import refusing
from engine.cli.feedback import redact as redact_feedback
from engine.cli.frame import argument, option, verb
from engine.cli.result import result
from engine.cli.thing import Redactor
from engine.cli.visit import SHAPE as VISIT
from engine.errors import UsageError
from engine.rules.batch import SERIES as BATCHES
from engine.rules.proof.chain import LARGEST_INTEGER
from engine.rules.ticket_number import FEEDBACK, ROUNDS, VISITS, series_typed

REDACTORS: Mapping[str, Redactor] = {BATCHES: BATCH.redact, VISITS: VISIT.redact, FEEDBACK: redact_feedback, ROUNDS: redact_round}
"""How words of other things than tickets are erased, by what their numbers begin with."""


@verb(
    "redact", argument("number", metavar="NO", shell_complete=complete_number),
    option("--seq", required=True, metavar="N", type=click.IntRange(1, LARGEST_INTEGER - 1)), option("--reason", metavar="TEXT"),
    option("--confirm", is_flag=True), option("--dry-run", is_flag=True), option("--json", "as_json", is_flag=True),
)
def redact(call: Call, number: str, seq: int, reason: str | None, confirm: bool, dry_run: bool, as_json: bool) -> int:
    if (reason is None) != confirm:
        raise UsageError(reason="usage-redact")
    app = call.app
    with refusing("redact"):
        redactor = REDACTORS.get(series_typed(number) or "")
        if redactor is not None:
            redactor(call, number, seq, reason, dry_run=dry_run)
        else:
            done = (
                app.desk.ask_erasure(app.actor, number, seq, reason, dry_run=dry_run) if reason is not None
                else app.desk.erase(app.actor, number, seq, dry_run=dry_run)
            )
            number = call.number(done.ticket)
            result(call, done, act="redact", dry_run=dry_run, several=False)
    if not dry_run:
        call.hint("hint.erasure-asked" if reason is not None else "hint.erased", number=number, seq=seq)
    return 0
