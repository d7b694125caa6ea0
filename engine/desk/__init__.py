"""The writer of tickets, and what of them an actor may see. In reading order: tickets, lists, evidence, citations."""
