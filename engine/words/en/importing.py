"""Ledgers that are imported."""

from __future__ import annotations

TEXTS = {
    "import-state": "this workflow has no state {state}", "hint.import-state": "its states are: {known}",
    "import-undated": "an item that is {state} has no date at which it became so",
    "hint.import-undated": "write the date into the ledger, or answer once for all with --answer",
    "import-disordered": "dates in the wrong order: {before} comes after {after}", "hint.import-disordered": "check the dates of this row",
    "import-ahead": "{date} is still to come and cannot have happened", "hint.import-ahead": "check the dates of this row, and their year",
    "log.origin": "in its ledger: {sheet}, row {row}, number {number}", "log.origin-unnumbered": "in its ledger: {sheet}, row {row}",
    "input.sheet": "sheet", "input.number": "number",
}
