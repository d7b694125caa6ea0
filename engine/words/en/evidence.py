"""Files that prove something."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "doctor.files-uncited": "{count:file is|files are} cited by nothing (what came with it was refused)", "doctor-do.files-uncited": "zg evidence clean removes those older than a day",
    "card.file-of": "  file of {number} (event {seq}) {name}  {size}  {sha}",
    "card.file": "file (event {seq}) {name}  {size}  {sha}",
    "evidence.got": "Taken out: {path} ({number}, event {seq})", "evidence.cleaned": "{count:file that nothing cites was|files that nothing cites were} removed, {bytes:byte|bytes}.",
    "evidence.would-clean": "Dry run: {count:file|files} that nothing cites could be removed, {bytes:byte|bytes}; nothing was removed.",
    "remark.file-used-before": "Note: this file ({sha}) was used for {numbers} before",
    "finding.schema": "the record names another schema than this program's ({field})",
    "finding.evidence-row": "the row of a file is missing, or not what the event says ({field})", "finding.astray": "a row belongs to no ticket (table {field})",
    "finding.citations": "the index of files does not fit the events", "finding.evidence-missing": "a file is missing ({field})", "finding.evidence-altered": "a file was altered ({field})",
    "audit.evidence": "{count:file is|files are} what was handed in.", "audit.uncited": "files nothing cites",

    "file-not-found": "There is no file whose hash begins with “{name}”.",
    "why.file-not-found": "The hash is wrong, or the ticket that cites it is not your unit's.",
    "hint.file-not-found": "zg show NO lists the files of a ticket",
    "ticket-without-files": "{number} has no files.",
    "why.ticket-without-files": "Nobody has handed in a file with it so far.",
    "hint.ticket-without-files": "zg submit {number} --note TEXT --file FILE",
    "evidence-missing": "The file is missing and cannot be taken out: {name}",
    "why.evidence-missing": "{number} cites it, but the evidence folder does not hold it.",
    "hint.evidence-missing": "zg audit verify --evidence names every missing file; restore them from the backup",
    "evidence-altered": "The file was altered and was not taken out: {name}",
    "why.evidence-altered": "Its content is not what {number} cites.",
    "hint.evidence-altered": "zg audit verify --evidence names every altered file; restore them from the backup",
    "folder-unusable": "The folder cannot be written to: {path}",
    "why.folder-unusable": "That is because: {message}",
    "hint.folder-unusable": "name a folder that can: --out DIR",
    "usage-hash-short": "Several files have a hash that begins with “{text}”.",
    "why.usage-hash-short": "Too few digits to tell which one.",
    "hint.usage-hash-short": "write more digits of the hash",
    "evidence-withheld": "The file {path} may not be read by you.", "why.evidence-withheld": "{message}",
    "hint.evidence-withheld": "act as the account of the operating system that the files belong to",
}
