"""An exported file, checked by itself: no database, no network. Lines come in, findings go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.rules.proof.anchor import UNKNOWN, Anchor
from engine.rules.proof.checked import Checked
from engine.rules.proof.cosigned import cosigned
from engine.rules.proof.exported_file import ADMINISTRATION, TICKET, WHOLE, ExportedFile, NewerFormat
from engine.rules.proof.finding import Finding
from engine.rules.proof.keys import SEAL_FACTS
from engine.rules.proof.merkle import consistent, root_of_proof
from engine.rules.proof.seal import Seal
from engine.rules.proof.sealed import findings


def check(lines: Iterable[str], checked: Checked, anchor: Anchor = UNKNOWN) -> Iterator[Finding]:
    """Every finding of a file. `anchor` is what is known from elsewhere; without it the file vouches for itself only."""
    file = ExportedFile(checked)
    for place, text in enumerate(lines, 1):
        try:
            yield from file.read(place, text)
        except NewerFormat:
            yield Finding("format", field=str(file.format))
            return
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
            yield Finding("line", field=str(place))
    if not file.ended:
        yield Finding("line", field="end")
    for stream, chain in file.chains.items():
        yield from (Finding("words", stream, chain.number, seq) for seq in sorted(chain.missing))
    checked.keys.read(file.announced)
    yield from _seals(file)
    if checked.scope == TICKET:
        yield from _consistency(file)
        yield from _proofs(file)
        yield from _lengths(file)
    yield from anchor.findings(checked.keys, checked.seals)
    checked.cosigned = yield from cosigned(checked.seals, file.cosignatures, anchor.witnesses)
    for seal in (anchor.last_spoken_for(checked.keys, checked.seals), *(found.seal for found in checked.cosigned)):
        if seal is not None:
            checked.vouch(seal)


def _seals(file: ExportedFile) -> Iterator[Finding]:
    """The seals, over all events of the file; of a single ticket the seals by themselves, since what they cover is not in the file."""
    checked = file.checked
    last = checked.seals[-1].upto if checked.seals else 0
    checked.after = sum(told.id > last for told in file.events if checked.scope == WHOLE or told.stream != ADMINISTRATION)
    checked.proven = checked.events - checked.after
    checked.places = [*range(checked.proven), *_of_the_last_seal(file)] if checked.scope == WHOLE else []
    leaves = [(told.id, told.hash) for told in sorted(file.events, key=lambda told: told.id)]
    for finding in findings(checked.seals, checked.keys, leaves):
        if checked.scope == WHOLE or finding.code != "sealed":
            yield finding


def _of_the_last_seal(file: ExportedFile) -> Iterator[int]:
    """The place of the last event that the last seal covers, where the entry that tells of that seal came after it, as it does: it says
    what the seal says and nothing else, and no seal of the file covers it.
    """
    for seal in file.checked.seals[-1:]:
        seq, facts, _ = file.checked.keys.announced.get(seal.n, (None, {}, None))
        entry = next((told for told in file.events if told.stream == ADMINISTRATION and told.seq == seq), None)
        if entry is not None and entry.id > seal.upto and facts.keys() <= SEAL_FACTS:
            yield seal.size - 1


def _consistency(file: ExportedFile) -> Iterator[Finding]:
    """Each seal is over all that the one before was over: so is the last one, to which everything leads."""
    previous: Seal | None = None
    for seal, proof in zip(file.checked.seals, file.consistency, strict=True):
        if (proof != [] if previous is None else not _grew(previous, seal, proof)):
            yield Finding("consistency", seal=seal.n)
        previous = seal


def _grew(old: Seal, new: Seal, proof: object) -> bool:
    steps = _steps(proof)
    return steps is not None and consistent(old.size, old.root, new.size, new.root, steps)


def _proofs(file: ExportedFile) -> Iterator[Finding]:
    """Each event up to the last seal leads to its root, in the order in which they happened; what came after it nobody has sealed yet."""
    last = file.checked.seals[-1] if file.checked.seals else None
    before = -1
    for told in sorted(file.events, key=lambda told: told.id):
        if last is None or told.id > last.upto:
            sound = told.index is None and told.proof is None
        else:
            steps = _steps(told.proof)
            sound = (
                type(told.index) is int and told.index > before and steps is not None
                and root_of_proof(told.hash, told.index, last.size, steps) == last.root
            )
            before = told.index if sound else before
            if sound and told.stream != ADMINISTRATION:
                file.checked.places.append(told.index)
        if not sound:
            yield Finding("proof", told.stream, file.chains[told.stream].number, told.seq, seal=last.n if last else None)


def _lengths(file: ExportedFile) -> Iterator[Finding]:
    """The ticket is as long in the file as the entries say that it was."""
    own = {told.seq: told for told in file.events if told.stream != ADMINISTRATION}
    last = max(own, default=0)
    for at, length, entry in file.lengths:
        told = own.get(length.seq)
        if told is None or told.hash != length.head:
            stream = next((other.stream for other in own.values()), None)
            yield Finding("altered" if told else "cut", stream, file.number, length.seq)
        elif length.seq == last:
            file.checked.lengths.append((at, entry.index))


def _steps(proof: object) -> list[bytes] | None:
    """The hashes of a proof; None for what is none."""
    try:
        return [bytes.fromhex(step) for step in proof] if isinstance(proof, list) else None
    except (ValueError, TypeError):
        return None
