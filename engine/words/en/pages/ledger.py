"""The ledger."""



from __future__ import annotations

TEXTS = {
    "page.proposed": "A ledger says otherwise ({sheet}, row {row}). Whoever decides takes it over by a command, or leaves it:",
    "page.ledger.title": "Ledger",
    "page.ledger.list": "List",
    "page.ledger.none": "No ticket is like that.",
    "page.ledger.lights": "By light",
    "page.ledger.any": "any",
    "page.ledger.text": "Words",
    "page.ledger.overdue": "overdue",
    "page.ledger.closed": "closed",
    "page.ledger.every": "closed ones too",
    "page.ledger.mine": "handled by me",
    "page.ledger.portfolio": "units I answer for",
    "page.ledger.late": "handed in late",
    "page.ledger.repeats": "repeat an earlier finding",
    "page.ledger.on_time": "handed in on time",
    "page.ledger.more": "More filters",
    "page.ledger.due": "Due",
    "page.ledger.opened": "Opened",
    "page.ledger.closed_in": "Closed",
    "page.ledger.changed_since": "Changed since",
    "page.ledger.span": "such as 2020-09-01..2020-09-30",
    "page.ledger.round": "Round",
    "page.ledger.sort": "Order",
    "page.ledger.go": "Filter",
    "page.ledger.reset": "Clear",
    "page.ledger.first": "First page",
    "page.ledger.next": "Next page",
    "page.ledger.export": "Take this list away",
    "page.ledger.export-columns": "Columns of the file",
    "page.ledger.columns": "Columns",
    "page.ledger.bulk": "Do something to those ticked",
    "page.ledger.saved": "Saved filters",
    "page.ledger.views": "Save this filter, or remove one",
    "page.ledger.view-name": "Name",
    "page.ledger.save": "Save",
    "page.ledger.remove": "Remove",
}
