"""Help about batches."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.batch": "what came in with a letter: receive, look, close", "short.batch.new": "receive a letter: a new batch",
    "short.batch.show": "a batch and its tickets", "short.batch.list": "the batches", "short.batch.close": "close a batch",
    "help.batch": "What comes with one letter is one batch, with one limit for assigning all of it. Units see no batches.",
    "example.batch": (
        "zg batch new \"Findings of the provincial evaluation\" --letter 2020-12 --date 2020-09-20 --sender \"Provincial office\"\n"
        "zg open \"Businesses hand in the same papers twice\" --source superior --batch 1"
    ),
    "help.batch.new": (
        "Receives a letter: its subject, number, date and sender, under a number of its own.\n"
        "--limit says in which time all of it is to be assigned, 10 working days unless told; it rings at the office once\n"
        "for all of it, not once a ticket. --file is the scan of the letter."
    ),
    "example.batch.new": (
        "zg batch new \"Findings of the provincial evaluation\" --letter 2020-12 --date 2020-09-20 --sender \"Provincial office\"\n"
        "zg batch new \"Findings of the inspection\" --letter 3 --date 2020-09-18 --sender \"Inspection office\" --limit 5wd"
    ),
    "help.batch.show": "Shows a batch, until when it is to be assigned, and its tickets.",
    "example.batch.show": "zg batch show 1\nzg batch show B-2020-0001 --json",
    "help.batch.list": "Lists the batches that are not closed, newest first; --all those that are, too.",
    "example.batch.list": "zg batch list\nzg batch list --all --json",
    "help.batch.close": "Closes a batch once all of it is assigned: no more tickets come into it.",
    "example.batch.close": "zg batch close 1\nzg batch close B-2020-0001 --dry-run",
    "option.letter": "the sender's number of the letter", "option.dated": "the date on the letter", "option.sender": "who sent it",
    "option.batch.new.file": "a scan of the letter; may be given twice", "option.batch.new.limit": "in which time all of it is to be assigned, such as 5wd; 10 working days unless told",
    "option.open.batch": "of which batch it is, such as B-2020-0001",
}
