"""`zg audit verify`: every hash and every ticket computed anew. What does not verify is named."""

from __future__ import annotations

from typing import Any

from engine.cli.call import Call
from engine.cli.frame import Noun, option, verb
from engine.cli.table import tsv
from engine.cli.terminal import clean

BROKEN = 9


@verb("audit.verify", option("--json", "as_json", is_flag=True))
def verify(call: Call, as_json: bool) -> int:
    from engine.record.verify import Audited
    from engine.record.verify import verify as findings

    audited = Audited()
    for finding in findings(call.house.database, audited):
        place = _place(call, finding)
        if call.json:
            call.dump({
                "code": finding.code, "stream": finding.stream, "number": finding.number, "seq": finding.seq, "field": finding.field,
            })
        elif call.terminal.out:
            text = clean(f"{place}  {call.say(f'finding.{finding.code}', field=finding.field or '')}")
            call.out(call.terminal.paint(f"✗ {text}", "red"))
        else:
            call.lines(tsv([[finding.number or finding.stream, finding.seq, finding.code, finding.field]]))
    if audited.findings:
        from engine.errors import AuditBroken

        raise AuditBroken(count=audited.findings)
    if call.json:
        call.dump({"verified": True, "events": audited.events, "tickets": audited.tickets, "redacted": audited.redacted})
    else:
        call.out(call.say("audit.sound", events=audited.events, tickets=audited.tickets))
        if audited.redacted:
            call.out(call.say("audit.redacted", count=audited.redacted))
    return 0


def _place(call: Call, finding: Any) -> str:
    """`ZG-2026-0001 #7`, or the administration."""
    name = finding.number or (call.say("audit.administration") if finding.stream == 0 else f"[{finding.stream}]")
    return f"{name} #{finding.seq}" if finding.seq else str(name)


audit = Noun("audit", (verify,))
