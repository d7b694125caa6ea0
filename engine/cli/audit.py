"""`zg audit`: seals and their key, and the audit itself. What does not verify is named."""

from __future__ import annotations

from pathlib import Path

import click

from engine.audit.audited import Audited
from engine.audit.export import export as export_lines
from engine.audit.lost import ask_lost, known_key
from engine.audit.outfile import write
from engine.audit.sealing import key_location, known_witnesses, looked_into
from engine.audit.sealing import rotate as replace_key
from engine.audit.sealing import seal as take_seal
from engine.audit.seals import last_seal
from engine.cli.access import access
from engine.cli.call import Call
from engine.cli.checkpoint import checkpoint, cosign, warn_of_withheld
from engine.cli.complete import complete_number
from engine.cli.exported import verify_file
from engine.cli.finding import print_finding
from engine.cli.frame import Noun, argument, option, verb
from engine.cli.path import FilePath
from engine.cli.progress import Progress
from engine.cli.restored import restored_line, restored_nodes
from engine.cli.table import pairs
from engine.cli.witness import witness
from engine.cli.witnessed import witnessed_line, witnessed_node
from engine.errors import AuditBroken, NotPossible, UsageError
from engine.rules.proof.anchor import Anchor


@verb(
    "audit.verify", argument("number", required=False, metavar="[NO]", shell_complete=complete_number),
    option("--file", type=FilePath(dir_okay=False), metavar="FILE"), option("--key", metavar="PUBLIC"),
    option("--code", metavar="CODE"), option("--accept-lost", multiple=True, metavar="PUBLIC"),
    option("--accept-tail", is_flag=True),
    option("--witness", "witness_keys", multiple=True, metavar="PUBLIC"),
    option("--witnesses", "demanded", type=click.IntRange(min=1), metavar="N"), option("--evidence", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def verify(
    call: Call, number: str | None, file: str | None, key: str | None, code: str | None, accept_lost: tuple[str, ...],
    accept_tail: bool, witness_keys: tuple[str, ...], demanded: int | None, evidence: bool, as_json: bool,
) -> int:
    if code is not None and not code.strip():
        raise UsageError(reason="usage-code")
    if file is not None:
        if number is not None or demanded is not None:
            raise UsageError(reason="usage-verify-file")
        anchor = Anchor(known_key(key), accept_lost=looked_into(accept_lost), witnesses=known_witnesses(witness_keys))
        return verify_file(call, Path(file), anchor, code, accept_tail)
    if witness_keys:
        raise UsageError(reason="usage-witness-file")
    if accept_tail:
        raise UsageError(reason="usage-tail")
    # a file is checked without any database driver
    from engine.app.auditing import audit as audit_record
    from engine.app.auditing import work_ahead

    app, audited, settings = call.app_as_it_is, Audited(), call.require_settings()
    warn_of_withheld(call, app, "audit.withheld")
    progress = Progress(call, work_ahead(app, number))
    codes = set()
    found = audit_record(
        app, audited, number, key=key, code=code, keys=settings.keys, accept_lost=looked_into(accept_lost),
        witnesses=settings.witnesses_setup(), demanded=demanded or 0, evidence=evidence, tick=progress.advance,
    )
    for finding in found:
        progress.clear()
        print_finding(call, finding)
        codes.add(finding.code)
    progress.clear()
    if codes == {"copy-behind"}:
        raise AuditBroken(reason="copy-behind")
    if codes and codes <= {"witnesses", "witness-behind"}:
        raise AuditBroken(reason="witnesses-missing", count=demanded)
    if audited.findings:
        raise AuditBroken(count=audited.findings)
    if call.json:
        call.dump({"verified": True, "anchored": audited.anchored,
                   "keys": str(audited.sought), "events": audited.events, "tickets": audited.tickets,
                   "redacted": audited.redacted, "seals": audited.seals, "keys_lost": audited.lost,
                   "restored": restored_nodes(audited.restored), "judged": audited.judged,
                   **({"witnesses": [witnessed_node(item) for item in audited.witnessed]} if demanded else {}),
                   "unasked": dict(audited.unasked),
                   **({"files": audited.files} if evidence else {}),
                   **({"tables": dict(audited.tables), "told_since": audited.told_since} if number is None else {})})
    else:
        _print_sound(call, audited, demanded=demanded or 0, evidence=evidence, whole=number is None)
    return 0


def _print_sound(call: Call, audited: Audited, *, demanded: int, evidence: bool, whole: bool) -> None:
    """What was looked at, where nothing is wrong with it."""
    say, phrase = call.say, call.phrase()
    lines = [say("audit.sound", events=audited.events, tickets=audited.tickets), say("audit.judged", count=audited.judged)]
    if audited.unasked:
        lines.append(say("audit.unasked", what=phrase.several(phrase.label("unasked", name) for name in sorted(audited.unasked))))
    lines.append(say("audit.seals", count=audited.seals) if audited.seals else say("audit.no-seals"))
    if not audited.anchored:
        lines += [say("audit.not-anchored"), say("audit.sought", path=audited.sought)]
    if audited.lost:
        lines.append(say("audit.lost", count=audited.lost))
    lines += [restored_line(call, item) for item in audited.restored]
    lines += [witnessed_line(call, item) for item in audited.witnessed] if demanded else []
    if audited.redacted:
        lines.append(say("audit.redacted", count=audited.redacted))
    if evidence:
        lines.append(say("audit.evidence", count=audited.files))
    call.lines(call.terminal.wrapped(lines))
    if whole:
        _print_tables(call, audited)


def _print_tables(call: Call, audited: Audited) -> None:
    """Which tables were looked at, and since when they are told."""
    phrase = call.phrase()
    rows = [call.say("audit.table", table=phrase.label("table", name), count=count) for name, count in audited.tables.items()]
    call.lines(call.terminal.wrapped([call.say("audit.tables", tables=phrase.several(rows))]))
    if audited.told_since is None:
        call.out(call.say("audit.told-never"))
        call.hint("hint.told-never")
    elif audited.told_since > 1:
        call.out(call.say("audit.told-since", seq=audited.told_since))


@verb("audit.seal", option("--json", "as_json", is_flag=True))
def seal(call: Call, as_json: bool) -> int:
    app = call.app
    made = take_seal(app.database, app.desk.clock, app.actor, call.require_settings().keys)
    shown = made or last_seal(app.database)
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
    "audit.key", option("--rotate", is_flag=True), option("--lost", is_flag=True), option("--known", metavar="PUBLIC"),
    option("--reason", metavar="TEXT"), option("--json", "as_json", is_flag=True),
)
def key(call: Call, rotate: bool, lost: bool, known: str | None, reason: str | None, as_json: bool) -> int:
    app, folder = call.app, call.require_settings().keys
    vouching = (known, reason) != (None, None)
    if (lost and not rotate) or (vouching and not lost) or None not in (known, reason):
        raise UsageError(reason="usage-lost")
    if reason is not None:
        return _ask_lost(call, reason)
    kept = (
        replace_key(app.database, app.desk.clock, app.actor, folder, lost=lost, known=known)
        if rotate else key_location(app.database, folder)
    )
    if call.json:
        call.dump({"key": str(kept.public), "file": str(kept.path), "here": kept.here})
        return 0
    call.lines(pairs([
        (call.say("field.public-key"), str(kept.public)),
        (call.say("field.key-file"), call.say("audit.key-withheld" if kept.withheld else "audit.key-away", path=str(kept.path))
         if not kept.here else str(kept.path)),
    ], call.terminal))
    if rotate:
        call.hint("hint.key-rotated")
    return 0


def _ask_lost(call: Call, reason: str) -> int:
    """Asks another person to replace a key that is lost."""
    app = call.app
    asked = ask_lost(app.database, app.desk.clock, app.actor, call.require_settings().keys, reason)
    if call.json:
        call.dump({"key": str(asked), "asked": True})
        return 0
    call.out(call.say("audit.lost-asked", key=str(asked)))
    call.hint("hint.lost-asked")
    return 0


@verb(
    "audit.export", argument("number", required=False, metavar="[NO]", shell_complete=complete_number),
    option("--seal", "sealed", is_flag=True), option("--out", type=FilePath(dir_okay=False), metavar="FILE"),
    option("--json", "as_json", is_flag=True),
)
def export(call: Call, number: str | None, sealed: bool, out: str | None, as_json: bool) -> int:
    app = call.app
    ticket = app.desk.ticket(app.actor, number) if number else None
    warn_of_withheld(call, app, "audit.unsigned")
    lines = export_lines(app.database, app.desk.clock, app.actor, ticket, call.require_settings().keys, sealed=sealed)
    if out is None:
        call.lines(lines)
        return 0
    count = write(Path(out), lines)
    if call.json:
        call.dump({"file": out, "lines": count})
    else:
        call.hint("hint.exported", file=out)
        if not sealed:
            call.hint("hint.exported-unsealed")
    return 0


@verb(
    "audit.rebuild", option("--into", metavar="URL", required=True), option("--json", "as_json", is_flag=True),
)
def rebuild(call: Call, into: str, as_json: bool) -> int:
    # as in `verify`
    from engine.app.auditing import work_ahead
    from engine.app.rebuilding import folder_to_make, missing_key, rebuild_into

    progress = Progress(call, work_ahead(call.app) * 2)
    folder = folder_to_make(into)
    made = rebuild_into(call.app, into, progress.advance)
    progress.clear()
    for finding in made.findings:
        print_finding(call, finding)
    if made.findings:
        raise AuditBroken(reason="rebuild-broken", count=len(made.findings), place=made.location)
    if call.json:
        call.dump({"place": made.location, "verified": True, "events": made.audited.events, "tables": dict(made.audited.tables)})
        return 0
    call.out(call.say("rebuild.done", place=made.location, events=made.audited.events, tickets=made.audited.tickets))
    _print_tables(call, made.audited)
    call.hint("hint.rebuild-done", place=made.location)
    if folder is not None:
        call.hint("hint.rebuild-folder", path=folder)
    if (key := missing_key(into, call.require_settings().keys)) is not None:
        call.hint("hint.rebuild-key", path=key)
    return 0


audit = Noun("audit", (access, verify, seal, key, checkpoint, cosign, witness, export, rebuild))
