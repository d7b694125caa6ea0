"""Ledgers that offices keep, taken over row by row. In reading order: heads, columns, dates, status, parties, questions, outcome, table,
tables, year, reader, course, rows, identity, lookups, matching, memory, entry, report.
"""
