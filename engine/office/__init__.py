"""The office's paper and intake: what comes in with letters. In reading order: stream, sheets/, batches."""
