"""A ticket on paper: its print, and the sheet to be signed."""

from __future__ import annotations

TEXTS = {
    "page.paper.title": "Print",
    "page.paper.sheet": "Sheet to be signed",
    "page.paper.print-sheet": "Print the sheet to sign",
    "page.paper.all-files": "Take all (zip)",
    "page.paper.back": "Back to the ticket",
    "page.paper.printed": "Printed by {who} at {at}",
    "page.paper.measures": "What was done",
    "page.paper.evidence": "Evidence",
    "page.paper.opinion": "What the head of the unit says",
    "page.paper.handler": "Handled by",
    "page.paper.head": "Head of the unit (signature)",
    "page.paper.seal": "(seal of the unit)",
    "page.paper.date": "Date",
    "page.paper.keep": "Signed and sealed, it is scanned and handed in with the endorsement on the page of the ticket.",
    "page.paper.hash": "SHA-256",
    "page.paper.none": "none",
}
