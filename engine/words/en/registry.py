"""Units and accounts: output, what is said when something is wrong, the administration's log."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # output
    "field.parent": "above it", "field.members": "members", "field.ended": "ended", "field.successor": "successor", "field.called": "names in time",
    "field.accounts": "accounts", "field.as": "as",
    "unit.span": "{name} ({since} to {until})", "unit.always": "the beginning", "unit.today": "today",
    "unit.passed": "{unit} goes into {into}, which takes over {count} open tickets; dates stay.", "unit.over": "{unit} is no more.",
    "unit.followed": "accounts that followed: {accounts}", "unit.left": "accounts left in the old unit: {accounts}",
    "hint.unit-added": "next, an account for it: zg user add NAME --title TITLE --role contact --unit {unit}",
    "hint.unit-left": "next: zg user set {account} --unit UNIT, or zg user disable {account}",
    "done.rehearsed": "rehearsed: nothing of this was written",
    "kind.handed-over": "handed over",
    "log.handed-over": "{old} → {new} (on what basis: entry {entry} of the administration)", "log.for": "for {account}",

    # errors
    "unit-ended": "{name} ended on {date}.",
    "why.unit-ended": "No unit took over its work.",
    "hint.unit-ended": "zg unit list for the units there are; zg unit list --ended for those that ended",
    "unit-succeeded": "{name} went into {successor} on {date}.",
    "why.unit-succeeded": "Its open tickets were handed over; new ones go to the successor.",
    "hint.unit-succeeded": "write {successor} and run it again",
    "unit-code-wrong": "{code} cannot be the code of a unit.",
    "why.unit-code-wrong": "A code begins with a letter and holds capital letters, digits, hyphens and underscores, at most 32 of them.",
    "hint.unit-code-wrong": "zg unit list shows how codes are written",
    "unit-code-taken": "The code {code} was used before.",
    "why.unit-code-taken": "Codes are never used again: in the record a code means one unit for ever, even after its end.",
    "hint.unit-code-taken": "take another code; zg unit show {code} tells which unit it is",
    "unit-name-taken": "The name {name} belongs to {unit}.",
    "why.unit-name-taken": "A name or alias means one unit only, or nobody could tell who is assigned.",
    "hint.unit-name-taken": "take another name; zg unit show {unit} tells who has it now",
    "unit-name-same": "The unit is called {name} already.",
    "why.unit-name-same": "The new name is the old one.",
    "hint.unit-name-same": "zg unit show {name}",
    "unit-date-ahead": "{date} has not come yet.",
    "why.unit-date-ahead": "A change of a unit is entered on its day or later.",
    "hint.unit-date-ahead": "run it on that day, or write a date up to today",
    "unit-date-before": "{date} is before the unit's last change ({last}).",
    "why.unit-date-before": "Names follow one another in time; none can be put in before a later one.",
    "hint.unit-date-before": "write {last} or a later date",
    "unit-ended-before": "{name} ended on {date} and cannot go into another unit.",
    "why.unit-ended-before": "A unit ends once. For its successor the command may be run again, to hand over what was left.",
    "hint.unit-ended-before": "zg unit list --ended",
    "unit-into-itself": "{name} cannot go into itself.",
    "why.unit-into-itself": "The unit that ends and its successor are the same.",
    "hint.unit-into-itself": "look at --into again",
    "unit-has-tickets": "{name} has {count} open tickets and cannot end.",
    "why.unit-has-tickets": "For example {numbers}.",
    "hint.unit-has-tickets": "zg unit merge where another unit takes over; else zg reassign, ticket by ticket",

    # the administration's log
    "entry.set": "record founded: prefix {office}, seed {seed}, sandbox clock {sandbox}",
    "entry.set.key": "public key of the seals: {key}", "entry.sealed": "seal no. {n} over {size} events, root {root}",
    "entry.calendar": "calendar {version} in force, holidays published up to {covered_until}",
    "entry.workflow": "workflow {name} in force ({source}), version {hash}",
    "entry.plan": "plan {code} loaded: {units} units, {measures} measures, {targets} targets",
    "entry.accounts": "{names} first accounts made",
    "entry.clocked": "sandbox clock moved from {from} to {to}",
    "entry.unit.added": "unit {unit} added: {name}, {kind}, {relation}",
    "entry.unit.renamed": "unit {unit} renamed, from {from} on",
    "entry.unit.merged": "{unit} merged into {into}, from {from} on; {tickets} open tickets handed over",
    "entry.unit.ended": "{unit} ended, from {from} on",
    "entry.account.set": "account {account} changed",
}
