"""Import of foreign files."""

from __future__ import annotations

TEXTS = {
    "page.imports.title": "Import",
    "page.imports.kind": "What",
    "page.imports.kind-ledger": "A ledger",
    "page.imports.kind-results": "Results of a round",
    "page.imports.kind-findings": "Findings of a visit",
    "page.imports.for-results": "For results",
    "page.imports.for-findings": "For findings (photos may be chosen together with the sheet)",
    "page.imports.for-ledger": "For a ledger",
    "page.imports.file": "File",
    "page.imports.file-hint": (
        "Sheets: xlsx, xls, ods, csv, docx, each up to {most} MB. First a look, nothing is written "
        "before you say so; what was sent in is removed after a day."
    ),
    "page.imports.send": "Send, and look",
    "page.imports.columns": "What the columns are",
    "page.imports.as-understood": "as understood: {what}",
    "page.imports.questions": "To be answered (for all rows)",
    "page.imports.unfit": "“{text}” is no answer to this: please answer again.",
    "page.imports.year": "as in 2020", "page.imports.hidden-include": "import them too", "page.imports.hidden-skip": "leave them aside",
    "page.imports.near": "near: {near}",
    "page.imports.rows": "Row by row",
    "page.imports.shown": "The first {count} rows are shown.",
    "page.imports.again": "Look again",
    "page.imports.commit": "Enter",
    "page.imports.whole": "Enter nothing if one row cannot be used",
    "page.imports.annotated": "Download the marked copy",
    "page.imports.preview": "A look, nothing is written yet: {file}",
    "page.imports.done": "{count} entered.",
    "page.imports.confirm": "{count} would be found or reopened, which is many: type the number here once you looked",
    "page.imports.opens": "{count} would be found or reopened.",
    "page.imports.late": "A late round",
    "page.imports.back": "Back to {number}",
    "page.imports.more": "Import another file",
    "page.imports.action": "What becomes of it",
    "page.imports.only-kept": "Comments are open: results are only kept; import the same file once they are over.",
    "page.imports.found": "A look, nothing is written yet: {count} new, {same} known, {failed} that cannot be used.",
    "page.imports.kind-correction": "Correct results",
    "page.imports.subjects": "Whom these names mean", "page.imports.subject-new": "somebody new",
    "page.imports.why": "Why",
    "page.imports.material": "Whether a result becomes another one",
    "page.imports.immaterial": "no, values and words only",
    "page.imports.is-material": "yes",
    "page.imports.taken-back": "What is taken back with it, and what stays for a person",
}
