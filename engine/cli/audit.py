"""`zg audit`: seals and their key, and the audit itself. What does not verify is named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from engine.cli.call import Call
from engine.cli.complete import complete_number
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.progress import Progress
from engine.cli.table import pairs, tsv
from engine.cli.terminal import clean
from engine.errors import NotPossible, UsageError

if TYPE_CHECKING:
    from engine.record.verify import Audited, Finding

BROKEN = 9


@verb(
    "audit.verify", argument("number", required=False, metavar="[NO]", shell_complete=complete_number),
    option("--key", metavar="PUBLIC"), option("--code", metavar="CODE"), option("--evidence", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def verify(call: Call, number: str | None, key: str | None, code: str | None, evidence: bool, as_json: bool) -> int:
    from engine.record.verify import Audited, event_count
    from engine.record.verify import verify as check
    from engine.sealing import check_code, known_key

    house, audited = call.house, Audited()
    ticket = house.desk.ticket(house.actor, number).id if number else None
    trusted = key.lower() if key else known_key(house.database, call.require_settings().keys)
    progress = Progress(call, event_count(house.database) * 2)
    if code:
        check_code(house.database, code)
    found = check(house.database, audited, ticket=ticket, trusted=trusted, tick=progress.more)
    for finding in chain(found, _files(call, audited, ticket) if evidence else ()):
        progress.clear()
        place = _place(call, finding)
        if call.json:
            call.dump({
                "code": finding.code, "stream": finding.stream, "number": finding.number, "seq": finding.seq, "field": finding.field,
                "seal": finding.seal,
            })
        elif call.terminal.out:
            text = clean(f"{place}  {call.say(f'finding.{finding.code}', field=finding.field or '', seal=finding.seal)}")
            call.out(call.terminal.paint(f"✗ {text}", "red"))
        else:
            call.lines(tsv([[finding.number or finding.stream, finding.seq, finding.code, finding.field, finding.seal]]))
    progress.clear()
    if audited.findings:
        from engine.errors import AuditBroken

        raise AuditBroken(count=audited.findings)
    if call.json:
        call.dump({"verified": True, "events": audited.events, "tickets": audited.tickets, "redacted": audited.redacted,
                   "seals": audited.seals, "keys_lost": audited.lost, **({"files": audited.files} if evidence else {})})
    else:
        call.out(call.say("audit.sound", events=audited.events, tickets=audited.tickets))
        call.out(call.say("audit.seals", count=audited.seals) if audited.seals else call.say("audit.no-seals"))
        if audited.lost:
            call.out(call.say("audit.lost", count=audited.lost))
        if audited.redacted:
            call.out(call.say("audit.redacted", count=audited.redacted))
        if evidence:
            call.out(call.say("audit.evidence", count=audited.files))
    return 0


def _files(call: Call, audited: Audited, ticket: int | None) -> Iterator[Finding]:
    """Every file that is missing or altered, at each event that cites it; of one ticket those it cites."""
    from engine.files import broken
    from engine.record.verify import Finding

    for code, sha256, number, ident, seq in broken(call.house.database, audited, ticket):
        audited.findings += 1
        yield Finding(code, ident, number, seq, sha256)


def _place(call: Call, finding: Any) -> str:
    """`ZG-2026-0001 #7`, or the administration."""
    if finding.code.startswith("evidence-") and finding.number is None:
        return call.say("audit.uncited")
    if finding.stream is None and finding.number is None:
        return call.say("audit.seal", seal=finding.seal) if finding.seal else call.say("field.public-key")
    name = finding.number or (call.say("audit.administration") if finding.stream == 0 else f"[{finding.stream}]")
    return f"{name} #{finding.seq}" if finding.seq else str(name)


@verb("audit.seal", option("--json", "as_json", is_flag=True))
def seal(call: Call, as_json: bool) -> int:
    from engine.record.seals import last_seal
    from engine.sealing import seal as take

    house = call.house
    made = take(house.database, house.desk.clock, house.actor, call.require_settings().keys)
    shown = made or last_seal(house.database)
    if shown is None:
        raise NotPossible(reason="nothing-to-seal")
    if call.json:
        call.dump({**shown.to_json(), "code": shown.code(), "new": made is not None})
        return 0
    if made is None:
        call.hint("hint.nothing-new")
    phrase = call.phrase()
    call.lines(pairs([
        (call.say("field.seal"), str(shown.n)), (call.say("field.code-of-seal"), shown.code()),
        (call.say("field.covers"), str(shown.size)), (call.say("field.root"), shown.root.hex()),
        (call.say("field.sealed"), phrase.moment(shown.at)),
    ], call.terminal))
    return 0


@verb(
    "audit.key", option("--rotate", is_flag=True), option("--lost", is_flag=True), option("--json", "as_json", is_flag=True),
)
def key(call: Call, rotate: bool, lost: bool, as_json: bool) -> int:
    from engine.sealing import key_kept
    from engine.sealing import rotate as replace_key

    house, folder = call.house, call.require_settings().keys
    if lost and not rotate:
        raise UsageError(reason="usage-lost")
    kept = (
        replace_key(house.database, house.desk.clock, house.actor, folder, lost=lost) if rotate else key_kept(house.database, folder)
    )
    if call.json:
        call.dump({"key": kept.public, "file": str(kept.path), "here": kept.here})
        return 0
    call.lines(pairs([
        (call.say("field.public-key"), kept.public),
        (call.say("field.key-file"), str(kept.path) if kept.here else call.say("audit.key-away", path=str(kept.path))),
    ], call.terminal))
    if rotate:
        call.hint("hint.key-rotated")
    return 0


audit = Noun("audit", (verify, seal, key))
