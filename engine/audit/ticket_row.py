"""A ticket's row and its indexes – cooperators, files – against what its events tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.audit.stream import Stream
from engine.record import queries
from engine.record.aggregates import TICKETS, row_of_fold, shares
from engine.record.cell import moment_of, name_of
from engine.record.database import Row
from engine.rules.proof.finding import Finding

COLUMNS = queries.TICKET_COLUMNS.split(", ")
_INDEX_OF = {name: index for index, name in enumerate(COLUMNS)}
_MOMENTS = [index for index, name in enumerate(COLUMNS) if name.endswith(("_at", "_since"))]


def number_of(row: Row) -> str | None:
    """The number a ticket's row gives it; None where none lies there."""
    return name_of(row[_INDEX_OF["number"]])


def row_findings(stream: Stream, row: Row, cooperators: Sequence[Row], files: Sequence[Row]) -> Iterator[Finding]:
    """What differs between a ticket's stored row, with its indexes, and the fold of its events.

    A version beyond the last event means that the tail of the stream was cut off.
    """
    number, version, head = number_of(row), row[_INDEX_OF["version"]], row[-1]
    if type(version) is int and version > stream.seq:
        yield Finding("cut", stream.id, number, stream.seq + 1)
        return
    if not stream.tells_a_ticket():
        if stream.folds:
            yield Finding("fold", stream.id, number, stream.seq)
        if head != stream.head:
            yield Finding("row", stream.id, number, stream.seq, "head")
        return
    stored = _read(row)
    if stored != row_of_fold(stream.folding, stream.head or b""):
        for name, value in TICKETS.values(stream.folding.ticket(), stream.head or b"").items():
            if stored[_INDEX_OF[name]] != value:
                yield Finding("row", stream.id, number, stream.seq, name)
    told = shares(stream.folding.ticket())
    if [(unit, moment_of(due) or due, moment_of(by) or by, final) for _, unit, due, by, final in cooperators] != told:
        yield Finding("cooperators", stream.id, number, stream.seq)
    yield from _citation_findings(stream, number, files)


def _read(row: Row) -> Row:
    """The row with its moments as moments; what is none stays what it is."""
    values = list(row)
    for index in _MOMENTS:
        if (cell := values[index]) is not None:
            values[index] = moment_of(cell) or cell
    return tuple(values)


def _citation_findings(stream: Stream, number: str | None, files: Sequence[Row]) -> Iterator[Finding]:
    """Whether the index of files is that of the events, and whether each file they cite has the row they tell."""
    told = sorted(stream.cited)
    if [row[1:3] for row in files] != [item[:2] for item in told]:
        yield Finding("citations", stream.id, number, stream.seq)
    kept = {row[2]: row[3:] for row in files}
    for item in told:
        if item.sha256 in kept and kept[item.sha256] != (item.bytes, item.type):
            yield Finding("evidence-row", stream.id, number, item.seq, name_of(item.sha256))
