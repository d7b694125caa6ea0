"""What programs ask: the same calls as the pages, answered with JSON, and the document that describes them.

In reading order: said, answer, schema, openapi, tickets, amending, listing, batches, visits, rounds, feedback,
others.
"""
