"""The office's paper and intake: what comes in with letters, and the ledgers it keeps. In reading order: stream, sheets/, ledger/,
batches.
"""
