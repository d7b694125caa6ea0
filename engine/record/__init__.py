"""Storage: named SQL over one connection, on SQLite or PostgreSQL. In reading order: tables, queries/, database, sqlite_errors,
sqlite_functions, sqlite, sqlite_files, postgresql_statements, postgresql_parts, postgresql, connection, regular, address, server,
schema, schema_parts, damage, cell, aggregates, event_rows, citing, counters, journal, erasing, projected, row_change, projection,
cache, directory, people, appointed, unit_list, listing/, evidence, settings, successors, migrations/.
"""
