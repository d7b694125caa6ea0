"""Every statement the program runs, by name, each with a sentence. Plain SQL that SQLite and PostgreSQL both read.

`:name` is a value, `IN :names` a list, `{lock}` the row lock (nothing on SQLite, where BEGIN IMMEDIATE holds the only one).
Select lists come from the fields of the value they fill. A test prepares every statement here against the migrated schema on both
databases, so a renamed column cannot hide. Lists with filters are in `listing`.
"""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from dataclasses import fields

from engine.rules.ticket import Ticket


def columns(value: type) -> str:
    """The select list of a value: its fields, in order."""
    return ", ".join(field.name for field in fields(value))


def placeholders(names: str) -> str:
    return ", ".join(f":{name}" for name in names.split(", "))


TICKET_COLUMNS = f"{columns(Ticket)}, head"
EVENT_COLUMNS = "stream, seq, at, actor, role, unit, via, kind, from_state, to_state, data, words"

# -- tickets ------------------------------------------------------------------------------------------------------------------

TICKET = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id = :id {{lock}}"
"""One ticket, locked if it will be written."""

TICKET_SEEN = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id = :id"
"""One ticket, only to look at."""

TICKET_NUMBERED = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE number = :number {{lock}}"
"""One ticket by its number, locked if it will be written."""

TICKET_NUMBERED_SEEN = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE number = :number"
"""One ticket by its number, only to look at."""

TICKETS = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id IN :ids ORDER BY id"
"""A batch of the sweep. Not locked: it is decided outside the transaction, and the guards say who was first."""

NUMBER_BY_KEY = "SELECT number FROM ticket WHERE source = :source AND source_ref = :source_ref"
"""Whether this key of this source opened a ticket before."""

DUE = "SELECT id FROM ticket WHERE wake_at <= :now AND +id > :after ORDER BY +id LIMIT :limit"
"""Whose alarm has come. By id and not by date: in the order of dates each batch would touch every page of the table.

The plus keeps SQLite from walking the whole table in the order of ids when next to nothing is due.
"""

NUMBERS = "SELECT id, number FROM ticket WHERE id IN :ids"
"""The numbers of some tickets."""

INSERT_TICKET = f"INSERT INTO ticket ({TICKET_COLUMNS}) VALUES ({placeholders(TICKET_COLUMNS)})"
"""A ticket that begins."""

STORE_TICKET = "UPDATE ticket SET {changes} WHERE id = :id AND version = :read_version"
"""A ticket that goes on; the journal names the columns that change, so that no index is touched in vain.

The guard on the version: no row means that somebody else moved the ticket since we read it.
"""

ADD_COOPERATOR = "INSERT INTO cooperator (ticket, unit) VALUES (:ticket, :unit)"
"""One more unit that cooperates."""

DROP_COOPERATORS = "DELETE FROM cooperator WHERE ticket = :ticket"
"""Before the units that cooperate are written anew."""

NEXT = """INSERT INTO counter (office, year, last) VALUES (:office, :year, 1)
ON CONFLICT (office, year) DO UPDATE SET last = counter.last + 1 RETURNING last"""
"""The next serial of an office and year. The row lock makes openings wait for each other: that is the price of no gaps."""

# -- events -------------------------------------------------------------------------------------------------------------------

APPEND = f"INSERT INTO event ({EVENT_COLUMNS}, hash) VALUES ({placeholders(EVENT_COLUMNS)}, :hash)"
"""One event. UNIQUE (stream, seq) refuses a second one in its place."""

EVENTS = f"SELECT {EVENT_COLUMNS} FROM event WHERE stream = :stream ORDER BY seq"
"""The history of a ticket."""

STORED_EVENTS = f"SELECT {EVENT_COLUMNS}, hash FROM event WHERE stream = :stream ORDER BY seq"
"""The history of a ticket with its hashes."""

LAST = "SELECT seq, hash FROM event WHERE stream = :stream ORDER BY seq DESC LIMIT 1"
"""Where a stream ends."""

WORDS_OF = "SELECT words FROM event WHERE stream = :stream AND seq = :seq {lock}"
"""What was typed with an event."""

ERASE_WORDS = "UPDATE event SET words = NULL WHERE stream = :stream AND seq = :seq AND words IS NOT NULL"
"""The only change an event ever sees: its words and their salt go."""

AUDIT_EVENTS = f"""SELECT {EVENT_COLUMNS}, hash FROM event WHERE stream > :stream OR (stream = :stream AND seq > :seq)
ORDER BY stream, seq LIMIT :limit"""
"""Every event, stream by stream, in pieces."""

AUDIT_TICKETS = f"SELECT {TICKET_COLUMNS} FROM ticket WHERE id > :after ORDER BY id LIMIT :limit"
"""Every ticket in id order, in pieces."""

AUDIT_COOPERATORS = "SELECT ticket, unit FROM cooperator WHERE ticket > :after AND ticket <= :last ORDER BY ticket, unit"
"""The units that cooperate in a piece of the tickets."""

AUDIT_COUNTERS = "SELECT office, year, last FROM counter ORDER BY office, year"
"""How many numbers were given."""

AUDIT_SERIALS = """SELECT serial FROM ticket WHERE office = :office AND year = :year AND serial > :after
ORDER BY serial LIMIT :limit"""
"""The numbers that are there, in order, in pieces."""

AUDIT_UNCOUNTED = """SELECT number FROM ticket WHERE NOT EXISTS
(SELECT 1 FROM counter c WHERE c.office = ticket.office AND c.year = ticket.year AND c.last >= ticket.serial) ORDER BY id"""
"""Numbers that no counter gave."""

# -- notices ------------------------------------------------------------------------------------------------------------------

NOTIFY = """INSERT INTO notice (event, stream, recipient, channel, not_before, created_at, tries, next_try_at, dead, body)
SELECT id, stream, :recipient, :channel, :not_before, at, 0, :not_before, FALSE, :body
FROM event WHERE stream = :stream AND seq = :seq"""
"""Queues a message about an event of this transaction."""

NOTICES_WAITING = """SELECT id, stream, recipient, channel, tries, body FROM notice
WHERE sent_at IS NULL AND NOT dead AND next_try_at <= :now ORDER BY next_try_at, id LIMIT :limit"""
"""What may go out now."""

NOTICE_SENT = "UPDATE notice SET sent_at = :now, tries = tries + 1, error = NULL WHERE id = :id AND sent_at IS NULL AND NOT dead"
"""It went out."""

NOTICE_FAILED = """UPDATE notice SET tries = tries + 1, next_try_at = :next_try_at, error = :error, dead = :dead
WHERE id = :id AND sent_at IS NULL AND NOT dead"""
"""It did not go out: later again, or never."""

INBOX = """SELECT id, stream, created_at, not_before, sent_at, body FROM notice
WHERE recipient = :recipient AND channel = :channel AND id < :before ORDER BY id DESC LIMIT :limit"""
"""What a person was told, newest first."""

# -- rules --------------------------------------------------------------------------------------------------------------------

DEFINITION = "SELECT json FROM definition WHERE hash = :hash"
"""The rules a ticket is pinned to."""

CURRENT_DEFINITION = "SELECT hash, json FROM definition WHERE name = :name AND current"
"""The rules that new tickets of a workflow get."""

CURRENT_DEFINITIONS = "SELECT name, hash, json, source, loaded_at FROM definition WHERE current ORDER BY name"
"""Every workflow that is in use."""

RETIRE_DEFINITIONS = "UPDATE definition SET current = FALSE WHERE name = :name AND current"
"""Before another version of a workflow becomes the current one."""

KEEP_DEFINITION = """INSERT INTO definition (hash, name, json, source, loaded_at, current)
VALUES (:hash, :name, :json, :source, :loaded_at, TRUE) ON CONFLICT (hash) DO UPDATE SET current = TRUE"""
"""A version read from a file becomes the current one; it may have been here before."""

CURRENT_CALENDAR = "SELECT version, name, json FROM calendar WHERE current"
"""The working days we count with."""

CALENDAR = "SELECT json FROM calendar WHERE version = :version"
"""One version of the working days."""

CALENDARS = "SELECT version, name, loaded_at, current FROM calendar ORDER BY loaded_at, version"
"""Every version there was."""

RETIRE_CALENDARS = "UPDATE calendar SET current = FALSE WHERE current"
"""Before another version becomes the current one."""

KEEP_CALENDAR = """INSERT INTO calendar (version, name, json, loaded_at, current)
VALUES (:version, :name, :json, :loaded_at, TRUE) ON CONFLICT (version) DO UPDATE SET current = TRUE"""
"""A version of the working days becomes the current one; it may have been here before."""

# -- people and units ---------------------------------------------------------------------------------------------------------

ACTIVE_ACCOUNT = "SELECT name, title, role, unit FROM account WHERE name = :name AND active"
"""Who acts."""

ACCOUNTS = "SELECT name, title, role, unit FROM account WHERE active ORDER BY name"
"""Everybody who may act or be told something."""

CONTACTS_OF_UNIT = "SELECT name, title, role, unit FROM account WHERE unit = :unit AND role = :role AND active ORDER BY name"
"""The people of a unit in a role."""

ACCOUNT_COLUMNS = "name, title, role, unit, active, email, phone, password_hash, valid_from, valid_to"

ACCOUNT = f"SELECT {ACCOUNT_COLUMNS} FROM account WHERE name = :name"
"""All of one account, active or not."""

EVERY_ACCOUNT = f"SELECT {ACCOUNT_COLUMNS} FROM account ORDER BY name"
"""All of all accounts."""

ADD_ACCOUNT = "INSERT INTO account (name, title, role, unit, active) VALUES (:name, :title, :role, :unit, :active)"
"""A new account."""

UPDATE_ACCOUNT = """UPDATE account SET title = :title, role = :role, unit = :unit, active = :active, email = :email, phone = :phone,
password_hash = :password_hash, valid_from = :valid_from, valid_to = :valid_to WHERE name = :name"""
"""An account as it is from now on."""

PORTFOLIOS = "SELECT account, unit FROM account_portfolio ORDER BY account, unit"
"""Which leader answers for which units."""

ADD_PORTFOLIO = "INSERT INTO account_portfolio (account, unit) VALUES (:account, :unit)"
"""A leader answers for one more unit."""

DROP_PORTFOLIO = "DELETE FROM account_portfolio WHERE account = :account"
"""Before the units a leader answers for are written anew."""

UNIT_COLUMNS = "code, kind, relation, parent, rank_group, valid_from, valid_to, successor, in_source"

UNITS = f"SELECT {UNIT_COLUMNS} FROM unit ORDER BY code"
"""Every unit and group."""

UNIT = f"SELECT {UNIT_COLUMNS} FROM unit WHERE code = :code"
"""One unit."""

UNIT_RELATIONS = "SELECT code, relation FROM unit"
"""Which letters each unit may be sent."""

UNIT_NAMES = "SELECT unit, name, kind, valid_from, valid_to FROM unit_name ORDER BY unit, place"
"""What the units are and were called."""

UNITS_NAMED = "SELECT unit, kind FROM unit_name WHERE name = :name AND valid_to IS NULL"
"""Who goes by that name now."""

MEMBERS = "SELECT group_code, unit FROM unit_member ORDER BY group_code, place"
"""Which units each group stands for."""

ADD_UNIT = """INSERT INTO unit (code, kind, relation, parent, rank_group, in_source)
VALUES (:code, :kind, :relation, :parent, :rank_group, :in_source)"""
"""A new unit."""

UPDATE_UNIT = """UPDATE unit SET kind = :kind, relation = :relation, parent = :parent, rank_group = :rank_group,
valid_from = :valid_from, valid_to = :valid_to, successor = :successor, in_source = :in_source WHERE code = :code"""
"""A unit as it is from now on."""

ADD_UNIT_NAME = "INSERT INTO unit_name (unit, name, kind, place) VALUES (:unit, :name, :kind, :place)"
"""A name or alias of a unit."""

END_UNIT_NAME = "UPDATE unit_name SET valid_to = :valid_to WHERE unit = :unit AND name = :name"
"""A name that is no longer used."""

ADD_MEMBER = "INSERT INTO unit_member (group_code, unit, place) VALUES (:group, :unit, :place)"
"""One more unit in a group."""

# -- the plan -----------------------------------------------------------------------------------------------------------------

MEASURES = "SELECT no, title, leads, cooperators, responsible FROM measure ORDER BY no"
"""The work tasks of the plan."""

MEASURE = "SELECT no, title, leads, cooperators, responsible FROM measure WHERE no = :no"
"""One work task."""

OPEN_BY_MEASURE = "SELECT measure, count(*) FROM ticket WHERE NOT final AND measure IS NOT NULL GROUP BY measure"
"""How many open tickets each work task has."""

INDICATORS = "SELECT measure, name FROM indicator ORDER BY measure, name"
"""The indicators."""

TARGET_COLUMNS = "id, measure, metric, comparator, value, unit, baseline, deadline, scope, mandatory, words"

TARGETS = f"SELECT {TARGET_COLUMNS} FROM target ORDER BY measure, id"
"""The numbers the plan promises."""

INSERT_MEASURE = """INSERT INTO measure (no, title, leads, cooperators, responsible)
VALUES (:no, :title, :leads, :cooperators, :responsible)"""
"""A work task of a seed."""

INSERT_INDICATOR = "INSERT INTO indicator (measure, name) VALUES (:measure, :name)"
"""An indicator of a seed."""

INSERT_TARGET = f"INSERT INTO target ({TARGET_COLUMNS}) VALUES ({placeholders(TARGET_COLUMNS)})"
"""A target of a seed."""

# -- trust, settings, watch ---------------------------------------------------------------------------------------------------

SEAL_COLUMNS = "n, upto, size, root, frontier, previous, at, key, signature"

LAST_SEAL = f"SELECT {SEAL_COLUMNS} FROM seal ORDER BY n DESC LIMIT 1"
"""The newest seal."""

SEALS = f"SELECT {SEAL_COLUMNS} FROM seal ORDER BY n"
"""Every seal."""

INSERT_SEAL = f"INSERT INTO seal ({SEAL_COLUMNS}) VALUES ({placeholders(SEAL_COLUMNS)})"
"""A new seal."""

HASHES = "SELECT id, hash FROM event WHERE id > :after ORDER BY id LIMIT :limit"
"""The leaves of the tree, in pieces."""

KEEP_EVIDENCE = """INSERT INTO evidence (sha256, bytes, type, stored_at) VALUES (:sha256, :bytes, :type, :stored_at)
ON CONFLICT (sha256) DO NOTHING"""
"""A file that proves something; the same file twice is one."""

ALL_EVIDENCE = "SELECT sha256 FROM evidence ORDER BY sha256"
"""Every file there should be."""

EVIDENCE = "SELECT sha256, bytes, type, stored_at FROM evidence WHERE sha256 = :sha256"
"""What is known of a file."""

SETTING = "SELECT value FROM setting WHERE name = :name"
"""One setting."""

SETTING_LOCKED = "SELECT value FROM setting WHERE name = :name {lock}"
"""One setting that will be written: who comes second waits, and reads what the first wrote."""

SETTINGS = "SELECT name, value FROM setting ORDER BY name"
"""Every setting."""

SET_SETTING = "INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
"""A setting as it is from now on."""

BEAT = """INSERT INTO heartbeat (duty, process, at, detail) VALUES (:duty, :process, :at, :detail)
ON CONFLICT (duty) DO UPDATE SET process = excluded.process, at = excluded.at, detail = excluded.detail"""
"""A duty of the watch ran."""

HEARTBEATS = "SELECT duty, process, at, detail FROM heartbeat ORDER BY duty"
"""When each duty last ran."""
