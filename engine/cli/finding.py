"""A finding of the audit as it is told: where it lies, and a sentence that says what does not verify."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from engine.cli.call import Call
from engine.cli.table import tsv
from engine.cli.terminal import clean
from engine.rules.proof.finding import Finding

OF_THE_FILE = ("line", "unvouched", "tail")
"""What is found of a file as a whole, where it is not of one ticket."""


OF_WITNESSES = ("witness", "witnesses", "witness-behind", "cosignature-line")
"""What witnesses say, or do not say, of the record."""


def print_finding(call: Call, finding: Finding) -> None:
    """Prints one finding: to a person place and sentence, to a program its codes and values with both."""
    place, sentence = place_of(call, finding), sentence_of(call, finding)
    if call.json:
        call.dump(finding_node(call, finding))
    elif call.terminal.out:
        for line in call.terminal.wrapped([clean(f"✗ {place}  {sentence}")]):
            call.out(call.terminal.paint(line, "red"))
    else:
        call.lines(tsv([[
            finding.number or finding.stream, finding.seq, finding.code, finding.field, finding.seal, finding.table, finding.key, place,
            sentence,
        ]]))


def finding_node(call: Call, finding: Finding) -> dict[str, Any]:
    """A finding as a program is told it."""
    told = {item.name: getattr(finding, item.name) for item in fields(finding) if item.name != "why"}
    return {**told, "place": place_of(call, finding), "message": sentence_of(call, finding)}


def sentence_of(call: Call, finding: Finding) -> str:
    """What does not verify."""
    phrase, why = call.phrase(), finding.why
    return call.say(
        f"finding.{finding.code}", field=phrase.label("in-row" if finding.table else "column", finding.field or ""), seal=finding.seal,
        key=finding.key or "", why=phrase.reason(why) if why is not None else "",
    )


def place_of(call: Call, finding: Finding) -> str:
    """Where a finding lies: `ZG-2026-0001 #7`, or the administration, a seal, a row of a table, a line of a file."""
    if finding.table is not None:
        return call.say("audit.row", table=call.phrase().label("table", finding.table), key=finding.key or "").strip()
    if finding.code in OF_WITNESSES or (finding.code == "cosignature" and finding.seal is None):
        return call.say("audit.witnesses")
    if finding.code == "list-line":
        return call.say("audit.list")
    if finding.code in OF_THE_FILE and finding.number is None:
        return call.say("audit.file.line")
    if finding.code.startswith("evidence-") and finding.number is None:
        return call.say("audit.uncited")
    if finding.stream is None and finding.number is None:
        return call.say("audit.seal", seal=finding.seal) if finding.seal else call.say("field.public-key")
    name = finding.number or (call.say("audit.administration") if finding.stream == 0 else f"[{finding.stream}]")
    return f"{name} #{finding.seq}" if finding.seq else str(name)
