"""What answers each address, one noun a file.

In reading order: sign_in, oidc, second, invite, answer, account, today, queues, decisions, replies, bulk, ledger, figures, due, digest,
screen, tickets, entries, amending, drafts, batches, visits, onsite, rounds, imports, board, units, accounts, calendars, workflows,
notices, doctor, paper, files, poll, live, health.
"""
