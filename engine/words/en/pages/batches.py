"""Batches."""

from __future__ import annotations

TEXTS = {
    "page.batches.title": "Batches",
    "page.batches.none": "No batch.",
    "page.batches.new": "Receive a letter",
    "page.batches.limit": "as in 10wd",
    "page.batches.scan": "Scan of the letter",
    "page.batches.close": "Close the batch",
    "page.batches.assign": "Assign the chosen",
    "page.batches.empty": "There is no ticket in this batch yet.",
}
