"""Help of importing ledgers."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.import": "take over a ledger: look first, then write",
    "help.import": (
        "Imports the ledger that an office has kept: xlsx, xls, ods, csv, and tables of docx. Finds out what the columns mean, and lists what\n"
        "is new, what is there already, what is wrong and what has to be answered; it is written with --commit only.\n"
        "What is under way goes on by its own date, rungs that have passed are skipped, and nobody is told. The same ledger again changes nothing."
    ),
    "example.import": (
        "zg import ledger.xlsx\n"
        "zg import ledger.xlsx --map Office=lead --answer leads=first --answer done-undated=2020-06-30 --commit\n"
        "zg import findings.xlsx --source superior --batch 1 --json"
    ),
    "option.import.source": "the source of every item: {choices}; without it, what its column says",
    "option.import.batch": "the batch that it came with, like B-2020-0001; numbers are unique in a batch",
    "option.import.maps": "the field of a column, like Office=lead; it is remembered for the next time",
    "option.import.sheets": "import these sheets only", "option.import.year": "the year of the ledger, for dates that have none",
    "option.import.hidden": "hidden rows, columns and sheets: take them too, or leave them out",
    "option.import.answers": "the answer to a question, for all rows", "option.import.commit": "write it; without it, only look",
    "option.import.annotated": "write a copy in which what is wrong is red and told in the last column",
    "option.import.waive": "why rows are taken over that name an earlier finding which is not found",
    "option.import.all_or_nothing": "write nothing where a single row cannot be imported",
}
