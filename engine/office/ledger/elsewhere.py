"""What was taken over before under another source or batch, or without a number: the same file again is nothing, whatever is said of it.

Two batches may number alike: what came with one is in another only where it is the very file, or where nobody says which batch it is of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from engine.office.ledger.identity import BETWEEN, WITHOUT_NUMBER, titled_alike
from engine.office.ledger.kept import Kept, by_keys, firsts_of, pieces
from engine.office.ledger.outcome import Reading
from engine.office.ledger.questions import AGAIN, OTHERS, THE_SAME, asked
from engine.office.ledger.reader import Context
from engine.record import journal, queries
from engine.record.database import Database
from engine.rules.acts.opening import SOURCES
from engine.rules.ticket import Ticket


def find_elsewhere(database: Database, left: Sequence[Reading], others: Collection[str], batch: str | None) -> dict[int, Kept]:
    """For rows by their `id()`: what was taken over under the same number of another source or batch. `others` are the numbers of the
    tickets of other rows.
    """
    sources = [str(source) for source, in database.rows(queries.SOURCES_WITH_KEYS, sources=list(SOURCES))] if left else []
    if not sources:
        return {}
    wanted = {id(reading): [_bare(key, batch) for key in (reading.key, *reading.otherwise)] for reading in left}
    there = _by_bare_key(database, {key for keys in wanted.values() for key in keys}, sources)
    taken = set(others)
    found: dict[int, Kept] = {}
    for reading in left:
        candidates = [kept for key in wanted[id(reading)] for kept in there.get(key, ()) if _may_be(reading, kept, batch)]
        for kept in sorted(candidates, key=lambda each: not each.is_row_of(reading)):
            if kept.ticket.number not in taken:
                found[id(reading)] = kept
                taken.add(kept.ticket.number)
                break
    return found


def ask_again(database: Database, readings: Sequence[Reading], found: Mapping[int, Kept], context: Context) -> dict[int, Kept]:
    """For rows that nothing was `found` for: the item of the same title, where a person says that it is the same.

    An item without a number is known by its words, and these were changed; one whose number holds for its table only, by the name of that,
    and its sheet was renamed, or saved as a file that has no sheets: nobody but a person can say whether it is another one.
    """
    left = [reading for reading in readings if id(reading) not in found]
    taken = {kept.ticket.id for kept in found.values()}
    others = _reworded(database, [reading for reading in left if _without_number(reading.key)], taken, context)
    taken |= {kept.ticket.id for kept in others.values()}
    return others | _of_renamed(database, [reading for reading in left if _of_table(reading)], taken, context)


def _reworded(database: Database, left: Sequence[Reading], taken: set[int], context: Context) -> dict[int, Kept]:
    """Items without a number whose words were changed."""
    if not left:
        return {}
    by_title: defaultdict[str, list[int]] = defaultdict(list)
    for stream, key in database.rows(queries.SOURCE_REFS):
        if stream not in taken and _without_number(str(key)) and _of_batch(str(key), context.batch):
            by_title[titled_alike(str(key))].append(stream)
    others: dict[int, Kept] = {}
    for reading in left:
        streams = [stream for stream in by_title.get(titled_alike(reading.key), ()) if stream not in taken]
        if not streams or context.ask(reading, asked(AGAIN, choices=(THE_SAME, OTHERS))) != THE_SAME:
            continue
        [(ticket, _)] = journal.read_tickets(database, streams[-1:])
        others[id(reading)] = Kept(ticket, firsts_of(database, [ticket])[ticket.id])
        taken.add(ticket.id)
    return others


def _of_renamed(database: Database, left: Sequence[Reading], taken: set[int], context: Context) -> dict[int, Kept]:
    """Items whose numbers begin anew in each table, of a table that bears another name by now."""
    wanted = {_within(reading, context.batch) for reading in left}
    by_number: defaultdict[str, list[Kept]] = defaultdict(list)
    ids: dict[int, str] = {}
    for stream, key in database.rows(queries.SOURCE_REFS) if left else ():
        ends = {BETWEEN.join(str(key).split(BETWEEN)[-parts:]) for parts in (1, 2)} & wanted
        if ends and stream not in taken and not _without_number(str(key)):
            ids[stream] = max(ends, key=len)
    for piece in pieces(sorted(ids)):
        found = [ticket for ticket, _ in journal.read_tickets(database, piece)]
        firsts = firsts_of(database, found)
        for ticket in found:
            by_number[ids[ticket.id]].append(Kept(ticket, firsts[ticket.id]))
    others: dict[int, Kept] = {}
    for reading in left:
        may_be = [kept for kept in by_number[_within(reading, context.batch)] if kept.ticket.id not in taken and kept.was(reading)]
        if may_be and context.ask(reading, asked(AGAIN, choices=(THE_SAME, OTHERS))) == THE_SAME:
            others[id(reading)] = may_be[-1]
            taken.add(may_be[-1].ticket.id)
    return others


def _of_table(reading: Reading) -> bool:
    """Whether its number holds for its table only."""
    return not _without_number(reading.key) and any(len(key) < len(reading.key) for key in reading.otherwise)


def _within(reading: Reading, batch: str | None) -> str:
    """Its number within its table, with its member where it is one of several."""
    return _bare(min((reading.key, *reading.otherwise), key=len), batch)


def _may_be(reading: Reading, kept: Kept, batch: str | None) -> bool:
    """Whether a ticket is the row's item: of the very file; else of the same title, and not of another batch than the one that is named."""
    of_file = kept.sha256 == (reading.item.origin.sha256 if reading.item is not None else None)
    return (of_file or batch is None or kept.ticket.batch is None) and (kept.is_row_of(reading) or kept.was(reading))


def _by_bare_key(database: Database, keys: set[str], sources: Sequence[str]) -> dict[str, list[Kept]]:
    """Tickets by their keys without the batch that these begin with."""
    tickets = by_keys(database, [(source, key) for source in sources for key in sorted(keys)])
    found = [*((key, ticket) for (_, key), ticket in tickets.items()), *_of_batches(database, keys)]
    firsts = firsts_of(database, [ticket for _, ticket in found])
    there: defaultdict[str, list[Kept]] = defaultdict(list)
    for key, ticket in found:
        there[key].append(Kept(ticket, firsts[ticket.id]))
    return there


def _of_batches(database: Database, keys: set[str]) -> Iterator[tuple[str, Ticket]]:
    """What came with a batch, the latest first."""
    rows = database.rows(queries.SOURCE_REFS_OF_BATCHES)
    ids = {stream: bare for stream, batch, key in rows if (bare := _bare(key, batch)) in keys and bare != key}
    for piece in pieces(sorted(ids, reverse=True)):
        yield from ((ids[ticket.id], ticket) for ticket, _ in reversed(journal.read_tickets(database, piece)))


def _bare(key: str, batch: str | None) -> str:
    return key.removeprefix(f"{batch}{BETWEEN}") if batch is not None else key


def _without_number(key: str) -> bool:
    return key.startswith(WITHOUT_NUMBER) or BETWEEN + WITHOUT_NUMBER in key


def _of_batch(key: str, batch: str | None) -> bool:
    """Whether the key of an item without a number may be of a batch; of one that came without a batch, it may be of any."""
    return batch is None or key.rpartition(WITHOUT_NUMBER)[0] in ("", batch + BETWEEN)
