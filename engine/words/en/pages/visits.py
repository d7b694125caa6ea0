"""Visits."""

from __future__ import annotations

TEXTS = {
    "page.visits.title": "Visits",
    "page.visits.none": "No visit.",
    "page.visits.open": "Only those that are open",
    "page.visits.every": "Closed ones too",
}
