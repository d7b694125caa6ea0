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

ACCOUNT_COLUMNS = "name, title, role, unit, active, email, phone, chat, password_hash, valid_from, valid_to"

EVERY_ACCOUNT = f"SELECT {ACCOUNT_COLUMNS} FROM account ORDER BY name"
"""Every account with all its columns, whether it may act or not."""

ADD_ACCOUNT = """INSERT INTO account (name, title, role, unit, active, email, phone, valid_from, valid_to)
VALUES (:name, :title, :role, :unit, :active, :email, :phone, :valid_from, :valid_to)"""
"""A new account."""

UPDATE_ACCOUNT = """UPDATE account SET title = :title, role = :role, unit = :unit, active = :active, email = :email, phone = :phone,
chat = :chat, valid_from = :valid_from, valid_to = :valid_to WHERE name = :name"""
"""An account as it is from now on; its password is written apart."""

ADDRESSES = """SELECT name, role, unit, email, phone, chat FROM account
WHERE active AND (email IS NOT NULL OR phone IS NOT NULL OR chat IS NOT NULL)"""
"""Where people can be reached."""

ACCOUNT_UNITS = "SELECT name, unit FROM account WHERE unit IS NOT NULL"
"""The unit of each account: an account keeps the working days of its unit."""

ADDRESS_OF = f"SELECT role, unit, email, phone, chat FROM account WHERE name = :name AND {_VALID}"
"""Where one person can be reached now."""

MOVE_ACCOUNT = "UPDATE account SET unit = :unit WHERE name = :name"
"""An account that follows its work into another unit."""

KEEP_TITLE = """INSERT INTO account_title (account, since, title) VALUES (:account, :since_at, :title)
ON CONFLICT (account, since) DO UPDATE SET title = excluded.title"""
"""What an account is called from now on."""

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

ADD_STAND_IN = """INSERT INTO stand_in (account, deputy, valid_from, valid_to) VALUES (:account, :deputy, :valid_from, :valid_to)
ON CONFLICT (account, deputy, valid_from) DO UPDATE SET valid_to = excluded.valid_to"""
"""Somebody may act for somebody."""

END_STAND_INS = """UPDATE stand_in SET valid_to = :now WHERE account = :account AND deputy = :deputy
AND valid_from < :now AND valid_to > :now"""
"""A stand-in ends before its time."""

DROP_STAND_INS = "DELETE FROM stand_in WHERE account = :account AND deputy = :deputy AND valid_from >= :now"
"""A stand-in that has not begun yet does not begin."""

RETITLE = "UPDATE account SET title = :title WHERE name = :name"
"""Gives an account another title, where it is called after its unit."""

PORTFOLIOS = "SELECT account, unit FROM account_portfolio ORDER BY account, unit"
"""Which leader answers for which units."""

ADD_PORTFOLIO = "INSERT INTO account_portfolio (account, unit) VALUES (:account, :unit)"
"""A leader answers for one more unit."""

DROP_PORTFOLIO = "DELETE FROM account_portfolio WHERE account = :account"
"""Takes every unit away from a leader, before the portfolio is written anew."""

UNIT_COLUMNS = "code, kind, relation, parent, rank_group, valid_from, valid_to, successor, in_source"

UNITS = f"SELECT {UNIT_COLUMNS} FROM unit ORDER BY code"
"""Every unit and group."""

UNIT = f"SELECT {UNIT_COLUMNS} FROM unit WHERE code = :code"
"""One unit."""

IN_FORCE = "SELECT code FROM unit WHERE code IN :units AND valid_to IS NULL ORDER BY code {kept}"
"""Which of some units are in force. Where several write at once, they stay so until the act is kept. Whoever ends a unit waits for its
tickets, so a ticket does not wait for whoever ends its unit: it is busy at once.
"""

UNIT_RELATIONS = "SELECT code, relation FROM unit WHERE valid_to IS NULL"
"""The units in force, each with its relation to the city, which decides the letters it may be sent."""

UNIT_NAMES = "SELECT unit, name, kind, valid_from, valid_to FROM unit_name ORDER BY unit, place"
"""What the units are and were called."""

MEMBERS = "SELECT group_code, unit FROM unit_member ORDER BY group_code, place"
"""Which units each group stands for."""

ADD_UNIT = """INSERT INTO unit (code, kind, relation, parent, rank_group, in_source)
VALUES (:code, :kind, :relation, :parent, :rank_group, :in_source)"""
"""A new unit."""

UPDATE_UNIT = """UPDATE unit SET kind = :kind, relation = :relation, parent = :parent, rank_group = :rank_group,
valid_from = :valid_from, valid_to = :valid_to, successor = :successor, in_source = :in_source WHERE code = :code"""
"""A unit as it is from now on."""

ADD_UNIT_NAME = """INSERT INTO unit_name (unit, name, kind, place, valid_from)
VALUES (:unit, :name, :kind, :place, :valid_from)"""
"""A name or alias of a unit, from a day on (NULL: since always)."""

NEXT_NAME_POSITION = "SELECT coalesce(max(place), 0) + 1 FROM unit_name WHERE unit = :unit"
"""The position of the next name of a unit in the list of its names."""

END_UNIT_NAME = "UPDATE unit_name SET valid_to = :valid_to WHERE unit = :unit AND name = :name AND valid_to IS NULL"
"""A name that is no longer used."""

END_UNIT_NAMES = "UPDATE unit_name SET valid_to = :valid_to WHERE unit = :unit AND valid_to IS NULL"
"""The names of a unit that ended are free again."""

ADOPT_UNITS = "UPDATE unit SET parent = :successor WHERE parent = :unit"
"""The units below one that ended stand below its successor."""

ADD_MEMBER = "INSERT INTO unit_member (group_code, unit, place) VALUES (:group, :unit, :place)"
"""One more unit in a group."""

REPLACE_MEMBER = """UPDATE unit_member SET unit = :successor WHERE unit = :unit AND NOT EXISTS
(SELECT 1 FROM unit_member other WHERE other.group_code = unit_member.group_code AND other.unit = :successor)"""
"""The successor of a unit stands in its place in every group that does not hold it already."""

DROP_MEMBER = "DELETE FROM unit_member WHERE unit = :unit"
"""A unit that ended is in no group."""

INHERIT_PORTFOLIO = """INSERT INTO account_portfolio (account, unit) SELECT account, :successor FROM account_portfolio held
WHERE unit = :unit AND NOT EXISTS
(SELECT 1 FROM account_portfolio other WHERE other.account = held.account AND other.unit = :successor)"""
"""Whoever answered for a unit answers for its successor."""

DROP_FROM_PORTFOLIOS = "DELETE FROM account_portfolio WHERE unit = :unit"
"""Nobody answers for a unit that ended."""
