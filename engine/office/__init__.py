"""The office's paper and intake: what comes in with letters, the ledgers it keeps, where it went to look, what rounds of evaluation
find, what citizens complain of and monitoring points find. In reading order: stream, each, sheets/, ledger/, assigning, batches,
visits/, rounds/, complaints/, monitoring.
"""
