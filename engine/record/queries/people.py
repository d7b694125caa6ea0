"""Accounts and units."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

_VALID = "active AND (valid_from IS NULL OR valid_from <= :now) AND (valid_to IS NULL OR valid_to > :now)"
"""Part of a statement: an account that may act now."""

ACTIVE_ACCOUNT = f"SELECT name, title, role, unit FROM account WHERE name = :name AND {_VALID}"
"""The account of a name, if it may act now."""

STANDING = f"SELECT name, title, role, unit FROM account WHERE name = :name AND {_VALID} {{share}}"
"""An account behind an act, if it may act now. Where several write at once, it stays as it is until the act is kept."""

ACCOUNTS = f"SELECT name, title, role, unit FROM account WHERE {_VALID} ORDER BY name"
"""Everybody who may act or be told something."""

CONTACTS_OF_UNIT = f"SELECT name, title, role, unit FROM account WHERE unit = :unit AND role = :role AND {_VALID} ORDER BY name"
"""The people of a unit in a role."""

PHONES_OF_CONTACTS = f"SELECT name, title, phone FROM account WHERE unit = :unit AND role = 'contact' AND {_VALID} ORDER BY name"
"""How the contacts of a unit are reached."""

ROLE_COUNT = "SELECT count(*) FROM account WHERE role = :role AND active AND valid_to IS NULL"
"""How many accounts have a role for good: the last of them cannot go."""

ACCOUNT_COLUMNS = (
    "name, title, role, unit, active, email, phone, chat, password_hash, password_at, second_factor, identity, valid_from, valid_to"
)

EVERY_ACCOUNT = f"SELECT {ACCOUNT_COLUMNS} FROM account ORDER BY name"
"""Every account with all its columns, whether it may act or not."""

ADDRESSES = """SELECT name, role, unit, email, phone, chat FROM account
WHERE active AND (email IS NOT NULL OR phone IS NOT NULL OR chat IS NOT NULL)"""
"""Where people can be reached."""

ACCOUNT_UNITS = "SELECT name, unit FROM account WHERE unit IS NOT NULL"
"""The unit of each account: an account keeps the working days of its unit."""

ADDRESS_OF = f"SELECT role, unit, email, phone, chat FROM account WHERE name = :name AND {_VALID}"
"""Where one person can be reached now."""

TITLES = """SELECT account_title.account, since, account_title.title, role, unit FROM account_title
JOIN account ON account.name = account_title.account ORDER BY account_title.account, since"""
"""What the accounts are and were called, and what they are."""

STAND_INS = "SELECT account, deputy, valid_from, valid_to FROM stand_in ORDER BY account, valid_from, deputy"
"""Who may act for whom, and when."""

STAND_IN = """SELECT valid_from, valid_to FROM stand_in WHERE account = :account AND deputy = :deputy
AND valid_from <= :now AND valid_to > :now"""
"""Whether somebody may act for somebody now."""

STANDING_IN = f"{STAND_IN} {{share}}"
"""The same inside a transaction: it does not end before that does."""

DEPUTIES = "SELECT account, deputy FROM stand_in WHERE valid_from <= :now AND valid_to > :now ORDER BY account, deputy"
"""Who acts for whom now, and is told what they would be told."""

PORTFOLIOS = "SELECT account, unit FROM account_portfolio ORDER BY account, unit"
"""Which leader answers for which units."""

UNIT_COLUMNS = "code, kind, relation, parent, rank_group, valid_from, valid_to, successor, in_source"

UNITS = f"SELECT {UNIT_COLUMNS} FROM unit ORDER BY code"
"""Every unit and group."""

UNIT = f"SELECT {UNIT_COLUMNS} FROM unit WHERE code = :code"
"""One unit."""

IN_FORCE = "SELECT code FROM unit WHERE code IN :units AND valid_to IS NULL ORDER BY code {kept}"
"""Which of some units are in force. Where several write at once, they stay so until the act is kept. Whoever ends a unit waits for its
tickets, so a ticket does not wait for whoever ends its unit: it is busy at once.
"""

HOLD_UNIT = "UPDATE unit SET kind = kind WHERE code = :code"
"""Changes nothing, and waits for whoever is giving the unit something to do; nobody gives it anything more until this is over."""

UNIT_RELATIONS = "SELECT code, relation FROM unit WHERE valid_to IS NULL"
"""The units in force, each with its relation to the city, which decides the letters it may be sent."""

UNIT_NAMES = "SELECT unit, name, kind, valid_from, valid_to FROM unit_name ORDER BY unit, place"
"""What the units are and were called."""

NAMES_OF_UNIT = "SELECT name, place, valid_to FROM unit_name WHERE unit = :unit ORDER BY place"
"""The names of one unit, each with its place among them."""

PLACES = "SELECT group_code, unit, place FROM unit_member WHERE unit IN :units ORDER BY group_code, unit"
"""The places of some units in groups."""

MEMBERS = "SELECT group_code, unit FROM unit_member ORDER BY group_code, place"
"""Which units each group stands for."""
