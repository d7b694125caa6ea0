"""Sentences, examples and options of the commands of trust."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.audit.seal": "seal every event so far", "short.audit.key": "the public key; replace the key",
    "help.audit.seal": "Seals every event so far: a signed checkpoint in a published format (C2SP), with a short code for letters. If nothing is new, shows the last one.",
    "example.audit.seal": "zg audit seal\nzg audit seal --json",
    "help.audit.key": "Shows the public key of the seals and its file; --rotate puts a new key in force, signed by both; a seal by both follows at once. Old seals stay verifiable.",
    "example.audit.key": "zg audit key\nzg audit key --rotate",
    "short.audit.checkpoint": "a seal as a signed note",
    "help.audit.checkpoint": "Prints seal N, or the last one, as a signed note (C2SP tlog-checkpoint), which any tool that knows the format can check with the public key.",
    "example.audit.checkpoint": "zg audit checkpoint\nzg audit checkpoint 1 --json",
    "short.audit.witness": "see checkpoints and cosign them",
    "help.audit.witness": "A witness, on another machine than the database: keeps the last checkpoint of each record it trusts in FOLDER, and cosigns one that grew from it (C2SP tlog-witness), over HTTP with --listen or from a file carried by hand with --file. Anybody who rewrites the record meets it.",
    "example.audit.witness": "zg audit witness witness --name audit.example/w1\nzg audit witness witness --trust 'zg/ZG/…+…+…' --listen 127.0.0.1:8420",
    "option.audit.witness.name": "the name of a new witness, under which it signs", "option.trust": "the public key of a record to trust",
    "option.listen": "serve at this address", "option.audit.witness.file": "a request carried by hand; the signature is printed",
    "option.audit.checkpoint.since": "print instead what is carried to a witness that saw so many events last",
    "short.audit.cosign": "keep what a witness signed",
    "help.audit.cosign": "Keeps the lines that a witness printed for a request carried by hand (zg audit checkpoint --since), if its key stands in [witnesses] of zg.toml. Over HTTP the watch does this itself.",
    "example.audit.cosign": "zg audit checkpoint --since 0 > request\nzg audit cosign answer",
    "option.demanded": "how many witnesses of zg.toml must have seen this record; they are asked",
    "option.accept_lost": "keys that were replaced as lost were looked into",
    "option.audit.verify.key": "the public key as you noted it, to check against", "option.audit.verify.code": "a code printed on a letter, to compare with",
    "option.complainant": "who complained; only the supervision office sees it", "option.phone": "the complainant's phone; confidential",
    "option.clue": "where the clue comes from; confidential",
    "short.redact": "erase the words of an event (two people)",
    "help.redact": "Erases the words of an event, file names and secrets too: one person asks, another confirms. Facts and hashes stay; the audit says “erased”. NO may be the number of a batch, a visit, a round or a complaint too.",
    "example.redact": "zg redact 1 --seq 3 --reason 'holds personal data'\nzg --as admin redact 1 --seq 3 --confirm",
    "option.seq": "the number of the event (zg log shows it)", "option.redact.reason": "why the words should go",
    "option.confirm": "confirm what somebody else asked for",
    "short.audit.export": "events and seals, to be checked elsewhere",
    "help.audit.export": "Exports every event (or one ticket's) with hashes, words, seals and public keys as one file of JSON lines, without secrets; it can be verified without the database. The export is an event itself.",
    "example.audit.export": "zg audit export --out log.jsonl\nzg audit export 1 --out 1.jsonl",
    "short.audit.rebuild": "make the database anew from the log",
    "help.audit.rebuild": "Makes an equal database from the log: events, tickets, accounts, units, workflows, calendars, settings and seals, row by row, under the same ids, and verifies it. From SQLite to PostgreSQL and back. What is not in the log (notices, failures to sign in, heartbeats) is not in it.",
    "example.audit.rebuild": "zg audit rebuild --into sqlite:///anew.db\nzg audit rebuild --into postgresql://zg@localhost/empty --json",
    "option.audit.rebuild.into": "where to; there must be no database yet",
    "option.out": "the file; standard output unless said", "option.audit.verify.file": "verify an exported file; no database is needed",
    "option.rotate": "replace the key; the old key's file is deleted", "option.lost": "the old key is lost and cannot sign the new one; the record says so",
}
