"""The tables that the administration's log tells: their names and columns, what does not agree, and making a record anew from its log."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "table.event": "events", "table.ticket": "tickets", "table.batch": "batches", "table.cooperator": "index of cooperators", "table.citation": "index of files",
    "table.evidence": "files", "table.counter": "counters",
    "table.unit": "units", "table.unit_name": "names of units", "table.unit_member": "members of groups", "table.account": "accounts",
    "table.account_portfolio": "portfolios", "table.account_title": "titles in time", "table.stand_in": "stand-ins", "table.token": "tokens",
    "table.definition": "workflows", "table.calendar": "calendars", "table.measure": "measures", "table.indicator": "indicators", "table.target": "targets",
    "table.setting": "settings", "table.seal": "seals", "table.schema": "parts of the schema",
    "in-row.role": "role", "in-row.unit": "unit", "in-row.title": "title", "in-row.active": "active", "in-row.email": "email", "in-row.phone": "phone",
    "in-row.chat": "address of the chat robot", "in-row.password_hash": "hash of the password", "in-row.valid_from": "from", "in-row.valid_to": "until", "in-row.name": "name",
    "in-row.kind": "kind", "in-row.relation": "relation", "in-row.parent": "unit above", "in-row.rank_group": "rank group", "in-row.successor": "successor",
    "in-row.in_source": "from the source", "in-row.place": "place", "in-row.account": "account", "in-row.hash": "hash", "in-row.created_at": "made at",
    "in-row.expires_at": "ends at", "in-row.revoked_at": "revoked at", "in-row.json": "content", "in-row.source": "source", "in-row.loaded_at": "loaded at",
    "in-row.current": "in force", "in-row.notices": "notices", "in-row.leads": "leads", "in-row.cooperators": "cooperators", "in-row.responsible": "responsible units",
    "in-row.measure": "measure", "in-row.metric": "metric", "in-row.comparator": "comparator", "in-row.value": "value", "in-row.baseline": "baseline",
    "in-row.deadline": "deadline", "in-row.scope": "scope", "in-row.mandatory": "mandatory", "in-row.words": "words", "in-row.upto": "last event",
    "in-row.size": "size", "in-row.root": "root", "in-row.frontier": "frontier", "in-row.previous": "seal before", "in-row.at": "time", "in-row.key": "key",
    "in-row.signature": "signature", "in-row.last": "last",
    "in-row.table": "table", "in-row.column": "column", "in-row.constraint": "constraint", "in-row.index": "index", "in-row.trigger": "trigger", "in-row.view": "view",
    "in-row.rule": "rule", "in-row.policy": "policy", "in-row.heir": "table that inherits",
    "rebuild.done": "Made anew from the log in {place}: {events:event|events}, {tickets:ticket|tickets}; it verifies.",
    "hint.rebuild-done": "next: zg --db {place} list; notices, failures to sign in and heartbeats are not in the log, so they were not made",
    "rebuild-broken": "Made anew from the log in {place}, but {count:problem was|problems were} found.",
    "why.rebuild-broken": "They are listed above; the log of the source, or what it only names by a hash, is not what was written.",
    "hint.rebuild-broken": "zg audit verify looks at the source; compare with the last backup",
    "rebuild-untold": "Accounts, units and workflows are told by no entry, so the record cannot be made from its log.",
    "why.rebuild-untold": "When this record was begun, entries did not hold what they changed in the tables.",
    "hint.rebuild-untold": "run zg upgrade first, which tells the tables from then on",
    "entry.rebuild": "read the whole record to make it anew",
    "finding.row-untold": "no entry tells of this row", "finding.row-gone": "the row that the entries tell is not there", "finding.row-differs": "the {field} is not what the entries tell",
    "finding.misnamed": "the {field} does not hash to its name", "finding.entry": "the entry tells a row that cannot be", "finding.ids": "the counter of ids is not at the last one",
    "finding.schema-foreign": "the schema has a {field} that is not ours", "finding.schema-missing": "the schema lacks a {field}", "finding.schema-differs": "a {field} of the schema was altered",
    "audit.row": "{table} {key}", "audit.table": "{table} {count}", "audit.tables": "Rows looked at, by table: {tables}.",
    "audit.told-since": "Accounts, units, workflows and settings are told by the log since entry {seq} of the administration; nothing shows what they were before.",
    "audit.told-never": "Accounts, units, workflows and settings are told by no entry, so nothing shows what they should be.",
    "hint.told-never": "zg upgrade tells them from then on",
}
