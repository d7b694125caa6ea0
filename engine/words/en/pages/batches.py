"""Batches."""

from __future__ import annotations

TEXTS = {
    "page.batches.title": "Batches",
    "page.batches.none": "No batch.",
    "page.batches.open": "Only those that are open",
    "page.batches.every": "Closed ones too",
}
