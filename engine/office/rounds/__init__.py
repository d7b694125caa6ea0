"""Rounds of evaluation (评价轮次): begun, filled from sheets, heard, closed, corrected, taken back; and what people do in bulk with them.

In reading order: names, columns, numbers, results, scope, typed, beginning, newcomers, planning, applied, surroundings, entering,
application, reversing, correction, going_over, imports, proposals, closing, tasklist, board, shown.
"""
