"""The writer of tickets, and what of them an actor may see. In reading order: tickets, succession, showing, intake, filing, citations,
evidence, lists, wishes, today, figures, plan, people, naming.
"""
