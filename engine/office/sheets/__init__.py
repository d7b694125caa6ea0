"""Sheets that offices keep: files read as values, within bounds, and sheets written. In reading order: sheet, unreadable, bounds,
reader, kind, container, delimited, spreadsheet, marks, plain_marks, struck, extents, drawings, opendocument, styles, letter, displayed,
cells, heading, height, workbook, annotated.
"""
