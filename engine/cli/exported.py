"""`zg audit verify --file`: an exported file by itself, and what from outside of it speaks for how much of it."""

from __future__ import annotations

from pathlib import Path

from engine.audit.exported import verify_exported
from engine.audit.sealed_events import restored
from engine.cli.call import Call
from engine.cli.finding import print_finding
from engine.cli.restored import restored_line, restored_nodes
from engine.errors import AuditBroken
from engine.rules.proof.anchor import Anchor
from engine.rules.proof.chain import stamp
from engine.rules.proof.checked import Checked
from engine.rules.proof.length import Whole


def verify_file(call: Call, path: Path, anchor: Anchor, code: str | None, accept_tail: bool) -> int:
    """Verifies an exported file by itself: no database is opened. Raises AuditBroken, InvalidFile."""
    checked, codes = Checked(), []
    for finding in verify_exported(path, checked, anchor=anchor, code=code, accept_tail=accept_tail):
        codes.append(finding.code)
        print_finding(call, finding)
    if codes in (["tail"], ["unvouched"]):
        raise AuditBroken(reason=f"file-{codes[0]}", vouched=checked.vouched(), events=checked.events)
    if codes:
        raise AuditBroken(count=len(codes))
    last = str(checked.keys.in_force[-1]) if checked.keys.in_force else None
    sealed = checked.seals[-1].code() if checked.seals else None
    gone_on = restored(checked.keys, checked.seals, checked.restored)
    whole = checked.whole()
    anchored = anchor.key is not None or code is not None or bool(checked.cosigned)
    if call.json:
        call.dump({"verified": True, "anchored": anchored, "scope": checked.scope,
                   **({"number": checked.number, "title": checked.title} if checked.number else {}), "events": checked.events,
                   "seals": len(checked.seals), "proven": checked.proven, "after_the_last_seal": checked.after,
                   "vouched": checked.vouched(), "redacted": checked.redacted, "key": last, "code": sealed,
                   "witnesses": [{"key": str(item.witness), "seal": item.seal.n, "at": stamp(item.at)} for item in checked.cosigned],
                   **({"whole": whole and {**whole._asdict(), "at": stamp(whole.at)}} if checked.number else {}),
                   "keys_lost": len(checked.keys.lost), "restored": restored_nodes(gone_on)})
        return 0
    if checked.number:
        call.out(call.say("audit.file.of", number=checked.number, title=checked.title or call.say("audit.file.erased")))
    call.out(call.say(f"audit.file.{checked.scope}", events=checked.events, proven=checked.proven))
    call.out(call.say("audit.seals", count=len(checked.seals)) if checked.seals else call.say("audit.file.no-seals"))
    call.out(call.say("audit.file.after", count=checked.after))
    if checked.number:
        call.out(_whole_line(call, whole))
    if checked.redacted:
        call.out(call.say("audit.redacted", count=checked.redacted))
    for item in gone_on:
        call.out(restored_line(call, item))
    if sealed is not None:
        call.out(call.say("audit.file.code", code=sealed))
    call.out(call.say("audit.file.key" if anchor.key is None else "audit.file.known", key=last))
    for word in checked.cosigned:
        call.out(call.say("audit.file.cosigned", name=word.witness.name, n=word.seal.n, when=call.phrase().moment(word.at)))
    if anchored:
        call.out(call.say("audit.file.vouched", vouched=checked.vouched(), others=checked.tail()))
    else:
        call.out(call.say("audit.not-anchored"))
    return 0


def _whole_line(call: Call, whole: Whole | None) -> str:
    """As of when the file holds all events of its ticket."""
    if whole is None:
        return call.say("audit.file.whole-never")
    known = "vouched" if whole.vouched else "sealed" if whole.sealed else "said"
    return call.say(f"audit.file.whole-{known}", when=call.phrase().moment(whole.at))
