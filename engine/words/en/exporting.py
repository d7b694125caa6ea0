"""The ledger going out."""

from __future__ import annotations

TEXTS = {
    "export.head.sender": "sender's number",
    "export.head.number": "number", "export.head.light": "light", "export.head.title": "title", "export.head.detail": "detail",
    "export.head.source": "source", "export.head.measure": "measure", "export.head.grade": "grade", "export.head.lead": "lead unit",
    "export.head.cooperators": "supporting units", "export.head.leader": "leader", "export.head.officer": "officer",
    "export.head.opened": "found on", "export.head.assigned": "assigned on", "export.head.due": "due date",
    "export.head.outer": "superior's date",
    "export.head.extended": "extended to", "export.head.left": "time left", "export.head.state": "status", "export.head.rung": "rung",
    "export.head.urged": "urged",
    "export.head.finished": "completed on", "export.head.closed": "closed on", "export.head.count": "tickets",
    "export.ledger": "Ledger", "export.figures": "Figures", "export.title": "Ledger of {office}", "export.sandbox": "exercise data",
    "usage-columns-sheet": "Only sheets have columns to choose.", "why.usage-columns-sheet": "Those are {kinds}.",
    "hint.usage-columns-sheet": "give the file one of these endings, or leave --columns away",
    "export.marked": "{title} ({mark})", "export.made": "Exported by {who} ({account}), {at}", "export.page": "Page {page} of {pages}",
    "export.chart.units": "Lights by lead", "export.chart.lights": "Lights in all",
    "export.span": (
        "Numbers and lights are those of this ledger; opened, closed, on time and mean days are from {since} to {before}, "
        "open and late as of the export."
    ),
    "export.note": "The filter is that of the ledger; what was withdrawn is counted neither as opened nor as closed.",
    "export.due": "Due: {title} ({number})", "export.due.detail": "Lead: {lead}\nCooperators: {cooperators}\nState: {state}",
    "export.done": "Exported {count:ticket|tickets} to {file}.", "hint.export-none": "no ticket is so; --all has the closed ones too",
    "entry.read.ledger": "exported {count:ticket|tickets} of the ledger ({format})",

    "usage-export-kind": "It is not known as which kind of file to export “{file}”.",
    "why.usage-export-kind": "The ending of the name says so: {kinds}.",
    "hint.usage-export-kind": "zg export ledger.xlsx",
    "export-exists": "There is a file “{file}” already; it was left as it is.",
    "why.export-exists": "It may be a ledger that somebody works with.",
    "hint.export-exists": "take another name, or add --force to replace it",
}
