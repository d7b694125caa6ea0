"""The rules: pure functions over frozen values. No database, no file, no clock, no network.

In reading order: ticket, ticket_field, ticket_facts, ticket_number, deadline, deadline_text, pause, event, batch, loop/, streams, access,
definition/, situation, machine, acts/, judging/, timing/, worktime/, duty, recipients, seeing, wording, check/, drawing, plan, fields,
unit_names, search_text, likeness, json_value, proof/.
"""
