"""The pages on which the office enters what a unit did on paper."""

from __future__ import annotations

TEXTS = {
    "page.entries.title": "From paper: {act}", "page.entries.several": "Enter what came on paper",
    "page.entries.hint": "What a unit did on paper the office types in: it counts as of the date on the sheet, and who typed it is kept.",
    "page.entries.on": "Date of the sheet", "page.entries.unit": "Whose sheet", "page.entries.basis": "Basis of the entry",
    "page.entries.basis-hint": "the register's number, for example",
}
