"""The rows of files: each is one that a file can have. What the events say of it is compared where they are read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.audit.audited import Audited
from engine.record import queries
from engine.record.cell import moment_of, name_of
from engine.record.database import Database
from engine.record.evidence import is_hash
from engine.rules.proof.finding import Finding


def file_findings(db: Database, audited: Audited) -> Iterator[Finding]:
    """Rows that no file can have: its name is a hash, its size a number, its type a text."""
    for name, size, kind, stored_at in db.stored(queries.AUDIT_EVIDENCE):
        audited.tables["evidence"] += 1
        if not (is_hash(name) and type(size) is int and size >= 0 and type(kind) is str and moment_of(stored_at) is not None):
            yield Finding("evidence-row", field=name_of(name))
