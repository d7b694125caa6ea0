"""Trust: what the audit, seals, keys, exports and redaction say."""

# ruff: noqa: E501 – a text stays on one line



from __future__ import annotations

TEXTS = {
    "card.secret": "{name} (confidential)", "input.complainant": "complainant", "input.phone": "phone", "input.clue": "source of the clue",
    "input.secret": "what is confidential",
    "trigger.redact": "erase words", "kind.erasure-asked": "erasure asked for",
    "hint.erasure-asked": "noted. Somebody else has to confirm it: zg --as ACCOUNT redact {number} --seq {seq} --confirm",
    "hint.erased": "the words are gone, facts and hashes stay; look after the copies in backups and on paper.",
    "no-such-event": "there is no event {seq}; the last one is {last}",
    "hint.no-such-event": "zg log {number} shows the number of every event",
    "no-words": "event {seq} has no words, or they were erased before",
    "hint.no-words": "zg log {number} shows which events have words",
    "erasure-open": "“{actor}” has asked for the words of event {seq} to be erased; it waits for somebody else",
    "hint.erasure-open": "somebody else runs zg redact {number} --seq N --confirm",
    "erasure-not-asked": "nobody has asked for the words of event {seq} to be erased",
    "hint.erasure-not-asked": "ask first: zg redact {number} --seq N --reason TEXT",
    "erasure-same-person": "“{actor}” asked for it and cannot confirm it",
    "hint.erasure-same-person": "another person of the office, or the administrator, confirms: --as ACCOUNT",
    "usage-redact": "Give one of --reason and --confirm.",
    "why.usage-redact": "Erasing takes two people: one asks and says why, another confirms.",
    "hint.usage-redact": "zg redact 1 --seq 3 --reason 'holds personal data'",
    "field.seal": "seal", "field.code-of-seal": "code", "field.covers": "events", "field.root": "root", "field.sealed": "sealed at",
    "field.public-key": "public key", "field.key-file": "key file",
    "audit.key-away": "{path} (not here)",
    "init.key": "Seals are signed by the key {key}\nKey file: {path} (keep a copy elsewhere, and the public key on paper)",
    "hint.nothing-new": "nothing happened since the last seal, which is this one.",
    "hint.key-rotated": "note the new public key on paper, and back up the key file.",

    "audit.seals": "{count} seals: signatures, roots and their chain hold.", "audit.no-seals": "Nothing is sealed yet: run zg audit seal.",
    "audit.lost": "Mind: {count} times the key was replaced as lost, without the old one's word; compare with what you know of it.",
    "audit.seal": "seal {seal}",
    "finding.seal": "the seal was altered ({field})", "finding.no-seal": "seal {seal} is missing", "finding.untold": "no event tells of seal {seal}",
    "finding.sealed": "the events it covers are not those that were sealed ({field})", "finding.key": "the key is not vouched for by the one before it, or not the known one",
    "code-differs": "The code “{said}” is not that of this record.",
    "why.code-differs": "Here that seal has the code {code}; the record may have been rewritten after the letter was printed.",
    "hint.code-differs": "look whether it was copied correctly; if so, keep everything as it is and compare with the last backup",

    "key-missing": "The key that signs seals is not here; nothing was sealed.",
    "why.key-missing": "The file of the public key {public} should be {path}; it is not there, cannot be read, or is another key.",
    "hint.key-missing": "put the copy of the key file back, or name its folder in ZG_KEY; if it is lost: zg audit key --rotate --lost",
    "key-never-made": "This database has no key for its seals yet.",
    "why.key-never-made": "zg init makes it; this database was made without.",
    "hint.key-never-made": "zg audit key --rotate --lost",
    "key-not-lost": "The key is not lost.",
    "why.key-not-lost": "The key in force is here, so it can sign the new one.",
    "hint.key-not-lost": "zg audit key --rotate",
    "nothing-to-seal": "There is nothing to seal.",
    "why.nothing-to-seal": "The database holds no event yet.",
    "hint.nothing-to-seal": "zg open 'the problem' --source visit",
    "seal-altered": "Seal {n} was altered; no seal was taken after it.",
    "why.seal-altered": "Its signature, root or frontier is not what belongs to it.",
    "hint.seal-altered": "zg audit verify finds what was altered; compare with the last backup and the codes printed on letters",
    "usage-lost": "--lost goes with --rotate.",
    "why.usage-lost": "It says that the old key is lost and cannot sign the new one.",
    "hint.usage-lost": "zg audit key --rotate --lost",
}
