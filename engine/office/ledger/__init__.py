"""Ledgers that offices keep, taken over row by row, and ours, given out. In reading order: heads, columns, dates, status, parties,
earlier, questions, outcome, table, tables, year, reader, leads, course, limits, progress, rows, identity, lookups, kept, elsewhere,
matching, repeats, pictures, memory, remarks, entry, report, returned, ticket_row, figures_sheet, feed, writer.
"""
