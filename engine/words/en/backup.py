"""Backup and restore."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "backup.done": "Backed up to {place}: {events:event|events}, {tickets:ticket|tickets}, {files:file|files}; it verifies.",
    "hint.backup-done": "the key of the seals is not in it: keep that apart. Try restoring now and then: zg restore {place} --into sqlite:///trial.db",
    "restore.done": "Restored into {place}: {events:event|events}, {tickets:ticket|tickets}, {files:file|files}; it verifies.",
    "hint.restore-done": "next: zg --db {place} list; put the key of the seals back where it was to go on sealing (zg audit key)",
    "restore.older": "the backup has schema {schema}: restored as it is, not verified; run zg upgrade, then zg audit verify --evidence",
    "backup-broken": "Backed up to {place}, but {count:problem was|problems were} found.",
    "why.backup-broken": "The database or its files were wrong before, as listed above; the backup holds things as they are.",
    "hint.backup-broken": "keep your earlier backups and run zg audit verify --evidence",
    "restore-broken": "Restored into {place}, but {count:problem was|problems were} found.",
    "why.restore-broken": "They are listed above; the backup is damaged, or things were wrong when it was made.",
    "hint.restore-broken": "restore an earlier backup to another place and compare",
    "backup-exists": "There is a file already; it was not written over: {path}",
    "why.backup-exists": "A backup never takes the place of a file by itself.",
    "hint.backup-exists": "choose another name, or write over it with --force",
    "file-unusable": "Cannot write: {path}",
    "why.file-unusable": "That is because: {message}",
    "hint.file-unusable": "see whether the folder exists and may be written to, and whether the disk is full",
    "backup-of-other-kind": "This backup ({kind}) cannot be restored into that kind of database.",
    "why.backup-of-other-kind": "A backup of SQLite becomes a file, one of PostgreSQL fills an empty database on a server.",
    "hint.backup-of-other-kind": "zg restore FILE --into sqlite:///new.db, or --into postgresql://…/empty",
    "restore-over": "There is a database already; nothing was restored: {url}",
    "why.restore-over": "Restoring never writes over what is there.",
    "hint.restore-over": "restore to a new place, and use that once it is right",
    "server-tool-missing": "The program {program} was not found.",
    "why.server-tool-missing": "PostgreSQL is backed up and restored by its own programs, which must be on PATH.",
    "hint.server-tool-missing": "install PostgreSQL's client programs, e.g. apt-get install postgresql-client",
    "server-tool-failed": "{program} failed.",
    "why.server-tool-failed": "It says: {message}",
    "hint.server-tool-failed": "check the rights at {url}, and that {program} is not older than the server",
    "upgrade.kept": "the database as it was (schema {schema}) is kept at {path}",
    "upgrade-without-backup": "A server's database is backed up before it is upgraded; it was not upgraded: {url}",
    "why.upgrade-without-backup": "A database on a server cannot be kept aside like a file.",
    "hint.upgrade-without-backup": "run zg backup FILE with the old program, then zg upgrade --backup FILE; if you have another backup, --yes",
    "upgrade-other-backup": "The backup {path} is not of this database; it was not upgraded.",
    "why.upgrade-other-backup": "The backup has schema {schema}, the database {found}; or it is not one of PostgreSQL.",
    "hint.upgrade-other-backup": "name the last backup before the upgrade: zg upgrade --backup FILE",
}
