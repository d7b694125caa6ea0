"""Tickets: one, a batch, what is due; beginning and storing them."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders, quickly_read
from engine.rules.ticket import Ticket

TICKET_COLUMNS = ", ".join((*Ticket._fields, "head"))

_ONE = quickly_read(TICKET_COLUMNS, Ticket.__annotations__)

TICKET = f"SELECT {_ONE} FROM ticket WHERE id = :id {{lock}}"
"""One ticket, locked if it will be written."""

TICKET_SEEN = f"SELECT {_ONE} FROM ticket WHERE id = :id"
"""One ticket, only to look at."""

TICKET_NUMBERED = f"SELECT {_ONE} FROM ticket WHERE number = :number {{lock}}"
"""One ticket by its number, locked if it will be written."""

TICKET_NUMBERED_SEEN = f"SELECT {_ONE} FROM ticket WHERE number = :number"
"""One ticket by its number, only to look at."""

TICKET_UP_TO = """SELECT id FROM ticket WHERE office = :office AND (year, serial) <= (:year, :serial)
ORDER BY year DESC, serial DESC LIMIT 1"""
"""The ticket of a number, or else the last one before it."""

TICKETS = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id IN :ids ORDER BY id"
"""Several tickets. Not locked."""

DUE_TICKETS = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id IN :ids AND wake_at <= :now ORDER BY id"
"""A batch of the sweep, as far as nobody else did it. Not locked: it is decided outside the transaction."""

STILL = "SELECT id, version FROM ticket WHERE id IN :ids ORDER BY id {free}"
"""What of a batch may be written: tickets that nobody else has in hand, with the version they have now, locked in id order."""

OPEN_OF_UNIT = f"""SELECT {TICKET_COLUMNS} FROM ticket WHERE NOT final
AND (lead = :unit OR id IN (SELECT ticket FROM cooperator WHERE unit = :unit)) ORDER BY id {{lock}}"""
"""The open tickets that a unit leads or cooperates in, locked: they will be written."""

NAMING_ACCOUNT = f"""SELECT {TICKET_COLUMNS} FROM ticket
WHERE NOT final AND (leader = :account OR officer = :account OR request IS NOT NULL) ORDER BY id"""
"""The open tickets that may name an account: as leader, as officer, or as who asked for more time."""

OPEN_OF_ACCOUNT = f"""SELECT {TICKET_COLUMNS} FROM ticket WHERE NOT final AND (leader = :account OR officer = :account
OR request IS NOT NULL) ORDER BY id {{lock}}"""
"""The open tickets that may wait for an account: it is their leader or officer, or somebody asked for more time."""

WAS_OFFICER = "SELECT 1 FROM ticket WHERE officer = :account LIMIT 1"
"""Whether an account was ever given a ticket to handle. Asked of accounts only that are of the office no more: it may read every row."""

STATES_GONE_OVER = "SELECT DISTINCT from_state, to_state FROM event WHERE kind = 'migrated' AND from_state <> to_state"
"""The states that were called otherwise when tickets went over to another version. Asked only of a state that a workflow has no more: it
reads every event.
"""

DUPLICATES = "SELECT id FROM ticket WHERE duplicate_of = :number ORDER BY id"
"""The tickets that repeat one, in the order in which they were opened."""

REPEATING = "SELECT id FROM ticket WHERE repeats <> '[]' AND repeats LIKE :named ORDER BY +id"
"""The tickets that name one as an earlier finding which they repeat: its number, in quotes and between `%`."""

NUMBER_BY_KEY = "SELECT number FROM ticket WHERE source = :source AND source_ref = :source_ref"
"""Whether this key of this source opened a ticket before."""

SOURCE_REFS = "SELECT id, source_ref FROM ticket WHERE source_ref IS NOT NULL ORDER BY id"
"""The keys of all tickets that came with one. Asked of sheets only that name earlier findings by the numbers of their sender."""

LEDGER_PROPOSALS = "SELECT ticket, field, was, says, sheet, line, version FROM ledger_proposal ORDER BY ticket, field"
"""All that ledgers say otherwise than tickets."""

LEDGER_PROPOSALS_OF = """SELECT ticket, field, was, says, sheet, line, version FROM ledger_proposal WHERE ticket = :number
ORDER BY field"""
"""What a ledger says otherwise than one ticket."""

LEDGER_PROPOSALS_OF_TICKETS = "SELECT ticket, field, was, says FROM ledger_proposal WHERE ticket IN :numbers ORDER BY ticket, field"
"""What ledgers said otherwise than some tickets, to be compared with what one says now."""

SOURCE_REFS_OF_BATCHES = "SELECT id, batch, source_ref FROM ticket WHERE batch IS NOT NULL AND source_ref IS NOT NULL ORDER BY id"
"""The keys of all tickets that came with a batch. Asked only for rows of a ledger that are under no key of their own."""

STATES_OF_TICKETS = """WITH RECURSIVE found (state) AS (SELECT min(state) FROM ticket
UNION ALL SELECT (SELECT min(state) FROM ticket WHERE state > found.state) FROM found WHERE found.state IS NOT NULL)
SELECT state FROM found WHERE state IS NOT NULL"""
"""The states that tickets have: a look into an index for each, however many tickets there are."""

LAST_TICKET = "SELECT max(id) FROM ticket"
"""The ticket that was opened last: ids follow one another in the order in which tickets are written."""

TICKETS_SINCE = "SELECT count(*) FROM ticket WHERE id > :last"
"""How many tickets were opened since."""

SOURCES_WITH_KEYS = "SELECT DISTINCT source FROM ticket WHERE source IN :sources AND source_ref IS NOT NULL ORDER BY source"
"""Of which of some sources there are tickets with the sender's own id."""

TICKETS_BY_KEYS = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE source = :source AND source_ref IN :keys ORDER BY id"
"""The tickets that these keys of a source opened. Not locked."""

CLOSED_OF = "SELECT number FROM ticket WHERE number IN :numbers AND final"
"""Which of some tickets are closed, by their numbers."""

TICKETS_NUMBERED = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE number IN :numbers ORDER BY id"
"""Some tickets by their numbers. Not locked."""

DUE = "SELECT id FROM ticket WHERE wake_at <= :now AND +id > :after ORDER BY +id LIMIT :limit"
"""Whose alarm has come. By id and not by date: in the order of dates each batch would touch every page of the table.

The plus keeps SQLite from walking the whole table in the order of ids when next to nothing is due.
"""

COUNT_TICKETS = "SELECT count(*) FROM ticket"
"""How many tickets there are."""

UNDER_WAY = """SELECT id FROM ticket WHERE NOT final AND id > :after AND deadlines LIKE '%"amount":%' ORDER BY id LIMIT :limit"""
"""Open tickets with a counted date, by id, in pieces: those that another calendar may move."""

OF_ANOTHER_VERSION = """SELECT id FROM ticket WHERE NOT final AND workflow = :workflow AND definition <> :definition AND id > :after
ORDER BY id LIMIT :limit"""
"""Open tickets of a workflow that are pinned to another version of it than this one, by id, in pieces."""

OPENED_BEFORE = """SELECT id, title FROM (
SELECT id, title FROM ticket WHERE measure = :measure AND opened_at >= :since AND id <> :id ORDER BY opened_at DESC LIMIT :limit) AS one
UNION SELECT id, title FROM (
SELECT id, title FROM ticket WHERE lead = :lead AND opened_at >= :since AND id <> :id ORDER BY opened_at DESC LIMIT :limit) AS other
ORDER BY 1 DESC"""
"""What was opened lately for the same measure or the same lead, the latest of each, newest first: two walks along two indexes."""

INSERT_TICKET = f"INSERT INTO ticket ({TICKET_COLUMNS}) VALUES ({placeholders(TICKET_COLUMNS)})"
"""A ticket that begins."""

STORE_TICKET = "UPDATE ticket SET {changes} {from given} WHERE id = :id AND version = :read_version"
"""A ticket that goes on; the journal names the columns that change, so that no index is touched in vain.

The guard on the version: no row means that somebody else moved the ticket since we read it.
"""

ADD_COOPERATOR = """INSERT INTO cooperator (ticket, unit, due_at, promised_at, final)
VALUES (:ticket, :unit, :due_at, :promised_at, :final)"""
"""One more unit that cooperates, with the date of its part while that runs, and what it repeats of its ticket."""

DROP_COOPERATORS = "DELETE FROM cooperator WHERE ticket = :ticket"
"""Before the units that cooperate are written anew."""

NEXT = """INSERT INTO counter (office, year, last) VALUES (:office, :year, 1)
ON CONFLICT (office, year) DO UPDATE SET last = counter.last + 1 RETURNING last"""
"""The next serial of an office and year. The row lock makes openings wait for each other: that is the price of no gaps."""

NEXT_MANY = """INSERT INTO counter (office, year, last) VALUES (:office, :year, :count)
ON CONFLICT (office, year) DO UPDATE SET last = counter.last + :count RETURNING last"""
"""The last of so many serials that follow one another."""
