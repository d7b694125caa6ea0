"""Notices: their texts, the outbox, mistakes in the settings."""



from __future__ import annotations

TEXTS = {
    # what they say
    "notice.proposed-to-office": "{rung} proposed", "notice.proposed": "time for: {rung}",
    "notice.line": "{number} \"{title}\": {what}{by}", "notice.line-untitled": "{number}: {what}{by}",
    "notice.by": ", due {date}", "notice.by-past": ", was due {date}",
    "notice.subject": "[{what}] {number} {title}", "notice.subject-many": "[Zhenggai] {count} notices",
    "notice.more": "And {count} more: please log in.", "notice.see": "Please log in to see and act.",
    "notice.signed": "{office}\n(sent by the system; please do not reply)",
    "notice.short": "{number}{title} {what}{by}", "notice.short-title": " {title}:",
    "notice.short-day": "{month:02}-{day:02}", "notice.short-by": ", due {day}", "notice.short-past": ", was due {day}",
    "notice.short-many": "{count} notices ({number} {what}, ...): please log in",
    "notice.key": "(message {key})",

    # mistakes in the settings
    "invalid-notices": "[notices] of {file} has {count} mistakes; nothing was sent.",
    "hint.invalid-notices": "correct them, then run zg notices deliver",
    "notices-not-a-table": "{path}: must be a table of key = value",
    "notices-not-a-text": "{path}: must be a text of one line",
    "notices-not-a-flag": "{path}: true or false",
    "notices-not-texts": "{path}: must be names and texts",
    "notices-missing": "{path}: is required",
    "notices-choice": "{path}: one of {known}",
    "notices-number": "{path}: a whole number from {low} to {high}",
    "notices-secret-in-file": "{path}: no secrets here; name its file (password_file) or environment variable (password_env)",
    "notices-secret-missing": "{path}: the secret is missing; name its file or environment variable (_file or _env)",
    "notices-secret-unread": "{path}: nothing to read in {where}",
    "notices-url": "{path}: must be an address with http:// or https://, without user and password",
    "notices-no-file": "{path}: there is no file {where}",
    "notices-unknown": "{path}: there is no such key",
    "notices-unknown-near": "{path}: there is no such key; the nearest is {near}",
    "notices-link": "{path}: must be an address with {{number}} in it",
    "notices-sender": "{path}: must be a mail address, such as Office <zg@example.gov.cn>",
    "notices-places": "{path}: braces may not hold {named}, but {known}",
    "notices-place-missing": "{path}: one of them must hold {{{place}}}",
    "notices-name": "{path}: lower-case letters, digits and hyphens, at most 40",
    "notices-twice": "{path}: \"{name}\" is there twice",
}
