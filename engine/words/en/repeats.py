"""Repeats: a finding that is an earlier one again."""

from __future__ import annotations

TEXTS = {
    "relation-to.repeats": "found before as", "relation-to.not-repeats": "not found before as", "relation-to.repeated-by": "found again as",
    "field.waiver": "earlier one not found",
    "field.repeats": "found before as", "field.repeated-by": "found again as", "column.repeats": "earlier findings",
    "input.repeats": "earlier findings", "input.waiver": "why an earlier number was waived", "input.earlier": "earlier finding",
    "batch.repeats": "{count:ticket|tickets}",
    "ledger-field.earlier": "earlier number", "ledger-field.repeat": "found before or not", "ledger-field.repeats": "earlier findings",
    "export.head.repeats": "earlier number",

    "repeats-itself": "a finding cannot be an earlier one of itself", "hint.repeats-itself": "look at the number of the earlier finding",
    "repeats-before": "it says already that it was found before as {earlier}", "hint.repeats-before": "zg show {earlier}",
    "repeats-in-circle": "{earlier} itself repeats this one, by others or at once", "hint.repeats-in-circle": "zg show {earlier}",
    "repeats-later": "{earlier} was found later, on {found}: it is no earlier finding",
    "hint.repeats-later": "zg show {earlier}; perhaps {earlier} repeats this one",
    "finding.link": "it names {field}, which is no ticket of this record",
    "no-repeat": "it does not say that it was found before as {earlier}", "hint.no-repeat": "zg show {number} shows what it names",
    "usage-link": "Give either {typed.duplicate-of.name} or {typed.repeats.name}.",
    "why.usage-link": "One problem that was found twice is a duplicate; a fault that came back is a repeat: these are two things.",
    "hint.usage-link": "zg link 12 --repeats ZG-2020-0003",

    "row-repeat-unclear": "“{text}” says neither that it was found before nor that it was not",
    "hint.row-repeat-unclear": "write yes or no, or the earlier number",
    "row-repeat-unnamed": "it says that it was found before, and not under which number: write it, or import with {typed.waive}",
    "hint.row-repeat-unnamed": "write the earlier number",
    "row-repeat-denied": "it says that it was not found before, and names an earlier number: {numbers}",
    "hint.row-repeat-denied": "correct one of the two",
    "row-earlier-unknown": "there is no earlier finding {number}: correct the number, or import with {typed.waive}",
    "hint.row-earlier-unknown": "zg list --all shows the numbers that there are",
    "row-earlier-several": "several earlier findings bear the number {number}: {tickets}; write the whole number of one of them",
    "hint.row-earlier-several": "write the whole number of one of them",
    "row-earlier-open": "{ticket}, the earlier finding, is not closed yet: if it is the same matter, this is a duplicate",
    "row-earlier-waits": "row {number}, which it names as the earlier finding, is not imported, and so it waits",
    "row-earlier-circle": "row {number} and others name each other as the earlier finding",
    "ask.ledger.earlier": "do the earlier numbers mean rows of this ledger or of one before?",
}
