"""The time of a ticket: which clocks run, what is late, which rung comes next. In reading order: repetition, silence, rungs, clocks, parts,
lateness, climb, quiet, reproject, carried, office_limit.
"""
