"""Workflows."""

from __future__ import annotations

TEXTS = {
    "page.workflows.title": "Workflows",
    "page.workflows.new": "Another version",
    "page.workflows.check": "Send, and check",
    "page.workflows.unsound": "Cannot be used",
    "page.workflows.same": "It is the version in force.",
    "page.workflows.differs": "How it differs from the version in force",
    "page.workflows.first": "The first version",
    "page.workflows.load": "Put it in force",
    "page.workflows.from-now": "It holds for what is opened from now on; what is under way keeps its version.",
}
