"""Accounts and units."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

ACTIVE_ACCOUNT = "SELECT name, title, role, unit FROM account WHERE name = :name AND active"
"""Who acts."""

ACCOUNTS = "SELECT name, title, role, unit FROM account WHERE active ORDER BY name"
"""Everybody who may act or be told something."""

CONTACTS_OF_UNIT = "SELECT name, title, role, unit FROM account WHERE unit = :unit AND role = :role AND active ORDER BY name"
"""The people of a unit in a role."""

ACCOUNT_COLUMNS = "name, title, role, unit, active, email, phone, chat, password_hash, valid_from, valid_to"

ACCOUNT = f"SELECT {ACCOUNT_COLUMNS} FROM account WHERE name = :name"
"""All of one account, active or not."""

EVERY_ACCOUNT = f"SELECT {ACCOUNT_COLUMNS} FROM account ORDER BY name"
"""All of all accounts."""

ADD_ACCOUNT = "INSERT INTO account (name, title, role, unit, active) VALUES (:name, :title, :role, :unit, :active)"
"""A new account."""

UPDATE_ACCOUNT = """UPDATE account SET title = :title, role = :role, unit = :unit, active = :active, email = :email, phone = :phone,
chat = :chat, password_hash = :password_hash, valid_from = :valid_from, valid_to = :valid_to WHERE name = :name"""
"""An account as it is from now on."""

ADDRESSES = """SELECT name, role, email, phone, chat FROM account
WHERE active AND (email IS NOT NULL OR phone IS NOT NULL OR chat IS NOT NULL)"""
"""Where people can be reached."""

ADDRESS_OF = "SELECT role, unit, email, phone, chat FROM account WHERE name = :name AND active"
"""Where one person can be reached now."""

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
