"""The rules: pure functions over frozen values. No database, no file, no clock, no network.

Start at `ticket` (what a ticket is), then `definition` (what a workflow says), `decide` (what may happen) and `clocks` (when).
"""
