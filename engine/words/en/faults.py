"""What is wrong with a file, a plan, a calendar, a backup; and what the operating system says."""

from __future__ import annotations

TEXTS = {
    # files
    "problem-no-utf8": "not UTF-8: byte {place}",
    "problem-no-toml": "not TOML: {message}",
    "problem-labels": "must be groups of names and texts",
    "problem-not-sections": "must be a table of sections",
    "problem-not-table": "must be a table of keys and values",
    "problem-foreign-section": "does not belong here",
    "problem-no-such-section": "no such section",
    "problem-no-such-key": "no such key",
    "problem-key-not-word": "a key must be one word",
    "problem-key-twice": "{key} is written twice",
    "problem-empty-list": "must be a list that is not empty",
    "problem-unquoted": "{value} is no text; write it in quotes",
    "problem-unseen": "{value} is empty, or has blanks around it or characters that cannot be seen",
    "problem-choice": "{value} is none of {known}",
    "problem-not-list": "{value} is no list",
    "problem-listed-twice": "twice in the list: {names}",
    "problem-not-flag": "{value} is neither true nor false",

    # a plan
    "problem-plan-year": "{value} is not a year",
    "problem-plan-code": "{value} is not a code of 2 to 16 capital letters and digits",
    "problem-plan-name": "{value} is not a name of small letters, digits and hyphens",
    "problem-plan-measure": "{value} is not the number of a measure, like 3.10",
    "problem-plan-target": "{value} is not the number of a target, like 3.10-1",
    "problem-plan-number": "{value} is not a decimal number",
    "problem-plan-name-signs": "{value} has a slash, a sign that parts a list, or a character that cannot be seen",
    "problem-plan-name-taken": "{name} is also a name of {unit}",
    "problem-plan-no-unit": "no unit {code}",
    "problem-plan-no-unit-or-group": "no unit or group {code}",
    "problem-plan-ring": "the unit is above itself",
    "problem-plan-nobody": "names nobody",
    "problem-plan-two-parts": "{code} has two parts",
    "problem-plan-no-measure": "no measure {measure}",
    "problem-plan-other-measure": "the number says otherwise",
    "problem-plan-no-lead": "{code} does not lead {measure}",

    # a calendar
    "problem-empty": "empty",
    "problem-no-zone": "{value} is no known time zone",
    "problem-no-open-time": "no open time",
    "problem-no-open-week": "no open time in any week",
    "problem-no-time": "{value} is no time of day like 08:30",
    "problem-period-backwards": "{begins}-{ends} ends before it begins",
    "problem-period-overlaps": "{begins}-{ends} overlaps the period before it",
    "problem-no-weekday": "{value} is no weekday (Monday is 0)",
    "problem-no-weekdays": "not a list of weekdays",
    "problem-no-periods": 'not a list of periods like ["08:30", "12:00"]',
    "problem-no-day": "a day is {{kind, name, notice}}",
    "problem-no-month-day": "{value} is no month and day like 10-01",
    "problem-not-text": "{value} is no text",
    "problem-day-kind": "{day} is of unknown kind {kind}; known are {known}",
    "problem-out-of-range": "{value} is not between {first} and {last}",

    # a backup
    "problem-no-tar": "no backup file, or not the whole of one",
    "problem-no-backup": "no backup that this program made",
    "problem-page": "cannot be read ({message})",
    "problem-foreign-member": "does not belong into a backup",

    # the operating system
    "system-absent": "there is no such file or folder",
    "system-denied": "not permitted",
    "system-folder": "it is a folder, not a file",
    "system-full": "the disk is full",
    "system-read-only": "the file system is read-only",
    "system-exists": "a file of that name is there already",
    "sqlite-none": "the file is not a database, or damaged",
    "sqlite-damaged": "the database file is damaged",
    "sqlite-unopened": "the file cannot be opened",
    "sqlite-other": "SQLite says: {message}",
    "system-other": "the operating system says: {message}",
}
