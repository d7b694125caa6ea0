"""An exported file, verified by itself: what does not verify, and whether a seal in it has the code of a letter. No database is opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from engine.audit.sealing import check_code
from engine.errors import InvalidFile, os_problem
from engine.rules.proof.anchor import UNKNOWN, Anchor
from engine.rules.proof.checked import Checked
from engine.rules.proof.exported import check
from engine.rules.proof.finding import Finding


def verify_exported(
    path: Path, checked: Checked, *, anchor: Anchor = UNKNOWN, code: str | None = None, accept_tail: bool = False,
) -> Iterator[Finding]:
    """Everything that does not verify; `checked` counts along. `anchor` is what is known from elsewhere, `code` the short form of a seal
    from a letter, which is looked at where everything else verifies: then it speaks for the events of that seal.

    Where something is known from elsewhere it speaks for every event or for some. A file for none of whose events it speaks is as good as
    invented, though its seals be genuine; a tail for which it does not is one that anybody could have added, unless `accept_tail`.

    Raises InvalidFile where the file cannot be read, AuditBroken where the code is of another seal.
    """
    sound = True
    try:
        with path.open(encoding="utf-8") as lines:
            for finding in check(lines, checked, anchor):
                sound = False
                yield finding
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFile(file=path.name, problems=[os_problem(error)]) from error
    if sound and code is not None:
        checked.vouch(check_code(checked.seals, code))
    if sound and (anchor.known() or code is not None):
        yield from _unvouched(checked, accept_tail)


def _unvouched(checked: Checked, accept_tail: bool) -> Iterator[Finding]:
    """The events for which nothing from elsewhere speaks."""
    vouched, tail = checked.vouched(), checked.tail()
    if tail and not vouched:
        yield Finding("unvouched", number=checked.number)
    elif tail and not accept_tail:
        yield Finding("tail", number=checked.number, seq=vouched + 1 if checked.number else None, field=str(tail))
