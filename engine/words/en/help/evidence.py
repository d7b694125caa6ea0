"""Help for evidence, backups and upgrades."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.evidence": "get files back, clean up", "short.evidence.get": "get files back", "short.evidence.clean": "remove files that nothing cites",
    "help.evidence": "Files are kept by their SHA-256 outside the database, the same content once; the hash stands in the event.",
    "example.evidence": "zg evidence get 1 --out files\nzg evidence clean --dry-run",
    "help.evidence.get": "Takes out all files of a ticket (by number), or one of them (by hash, 8 digits at least), under the name it had, never over another file.",
    "example.evidence.get": "zg evidence get 1 --out files\nzg evidence get 3f2a9c1d77e0 --out files",
    "help.evidence.clean": "Removes files that no event cites, left when what they were handed in with was refused; younger than a day they stay.",
    "example.evidence.clean": "zg evidence clean --dry-run\nzg evidence clean",
    "short.backup": "back up", "short.restore": "restore a backup",
    "help.backup": "Backs database and files up into one file while the system runs, and verifies it. Never over a file, for nobody else to read, without the key of the seals.",
    "example.backup": "zg backup 2026-11-24.tar\nzg --db postgresql://zg@localhost/zg backup /backups/2026-11-24.tar --json",
    "help.restore": "Restores a backup where there is no database yet, once it verifies: hashes, rows, every file. What does not verify is listed, exit code 9, and nothing is restored; `--unverified` restores it as it is, and the record says so. A copy that is older than what was sealed is held; `--live` goes on with it, with a new key and name, and the record says so for ever; where the old key is lost it takes --known, or another person who asked (zg audit key --rotate --lost --reason TEXT).",
    "example.restore": "zg restore 2026-11-24.tar --into sqlite:///restored.db\nzg restore 2026-11-24.tar --into postgresql://zg@localhost/empty\nzg restore --live --basis 'disk failed, minutes 12'",
    "option.backup.force": "write over a file that is there", "option.restore.into": "where to restore it; there must be no database yet",
    "option.restore.unverified": "restore it as it is, whatever is found",
    "option.restore.live": "go on with the restored copy of this database", "option.restore.basis": "on what basis the copy goes on",
    "option.upgrade.backup": "of a database on a server: its backup before the upgrade", "option.upgrade.yes": "of a database on a server: there is another backup",
    "option.evidence.get.out": "the folder to put them into", "option.evidence.clean.dry_run": "show what would go, remove nothing",
    "option.audit.verify.evidence": "check every file too",
}
