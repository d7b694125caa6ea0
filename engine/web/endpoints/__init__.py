"""What answers each address, one noun a file.

In reading order: sign_in, second, invite, answer, account, today, queues, bulk, ledger, figures, due, tickets, batches, visits, onsite,
rounds, imports, board, paper, files, health.
"""
