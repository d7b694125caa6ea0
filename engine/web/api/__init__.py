"""What programs ask: the same calls as the pages, answered with JSON, and the document that describes them.

In reading order: calls, said, answer, schema, openapi, tickets, entries, several, amending, queues, ledger, listing, batches, visits,
rounds, imports, messages, feedback, monitoring, others, units, accounts, calendars, workflows, notices, doctor.
"""
