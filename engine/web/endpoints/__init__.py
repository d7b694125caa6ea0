"""What answers each address, one noun a file.

In reading order: sign_in, oidc, second, invite, answer, account, today, queues, bulk, ledger, figures, due, digest, screen, tickets,
batches, visits, onsite, rounds, imports, board, units, accounts, calendars, workflows, notices, doctor, paper, files, poll, health.
"""
