"""The writer of tickets, showing, and what of them an actor may see. In reading order: tickets, intake, filing, citations, evidence, lists,
plan, people.
"""
