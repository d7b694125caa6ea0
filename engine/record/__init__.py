"""Storage: named SQL over one connection, on SQLite or PostgreSQL. In reading order: tables, queries/, database, sqlite, postgresql,
connection, regular, address, server, schema, schema_parts, damage, cell, aggregates, journal, projected, row_change, projection,
cache, directory, people, appointed, unit_list, listing/, evidence, settings, successors, migrations/.
"""
