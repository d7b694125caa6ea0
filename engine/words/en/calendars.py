"""Calendars that change: notices, days of the office and of one county, dates counted anew."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "field.clock": "clock", "field.old-date": "old date", "field.new-date": "new date", "field.way": "change",
    "way.later": "later", "way.earlier": "earlier", "way.firm": "no longer provisional", "way.alarm": "reminders only",
    "way.kept": "would be earlier, not accepted: stands",
    "calendar.in-force": "The new calendar ({version}) is in force, covered until {date}; the dates of {tickets} tickets were counted anew.",
    "calendar.same": "The calendar is the same ({version}), covered until {date}; the dates of {tickets} tickets were counted anew.",
    "calendar.would": (
        "Dry run: the calendar would be {version}, covered until {date}, and the dates of {tickets} tickets counted anew; nothing was written."
    ),
    "calendar.kept": "{count} dates would be earlier and stand as they are; to accept that, run it again with --accept-earlier.",
    "calendar.failed": "These tickets could not be counted anew: {numbers}; see zg audit verify.",
    "calendar.contrary": (
        "Note: the office decided otherwise for {day} than the notice; the office's day stands. To follow the notice: zg calendar remove {day}"
    ),
    "calendar.more": "{count} more dates; --json gives all.",
    "calendar.unfinished": "Counting the tickets anew was interrupted; run the same zg calendar import again to finish it.",
    "calendar.notice": "Working days changed; with them the dates of {count} tickets of your unit: {tickets}",
    "calendar.notice-ticket": "{number} {moved}",
    "calendar.notice-date": "{clock}: {old} becomes {new}", "calendar.notice-firm": "{clock} {new} is no longer provisional",
    "calendar.notice-more": "{count} more",
    "log.firm": "{clock} {date} is no longer provisional",
    "entry.dates": "dates of {tickets} tickets counted anew ({calendar})",
    "doctor.counting-unfinished": "counting the tickets anew by another calendar was interrupted; some still have the old dates", "doctor-do.counting-unfinished": "run the same zg calendar import again to finish it",
    "list.semicolon": "; ",

    "day-far": "{day} is outside the calendar ({begin} to {end} and one year more)",
    "hint.day-far": "check the year; load its notice first with zg calendar import",
    "day-decided": "the opposite was decided for {day} before ({name})",
    "hint.day-decided": "take that back first: zg calendar remove {day}",
    "day-works-already": "{day} is a working day anyway",
    "hint.day-works-already": "zg calendar show lists the year",
    "day-rests-already": "{day} is no working day anyway",
    "hint.day-rests-already": "zg calendar show lists the year",
    "day-not-own": "the office decided nothing of its own for {day}",
    "hint.day-not-own": "days of a notice are corrected by another notice: zg calendar import FILE; a county's day needs --unit",

    "calendar-changed": "Somebody else has just changed the calendar; this one was not put in force.",
    "why.calendar-changed": "Another person loaded a notice or added a day at the same time.",
    "hint.calendar-changed": "look at zg calendar show, then run the same command again",
    "usage-rest-or-work": "It is not said whether that day is off or worked.",
    "why.usage-rest-or-work": "One of --rest and --work is needed.",
    "hint.usage-rest-or-work": "zg calendar add 2026-07-21 --rest --name typhoon",
    "usage-day-name": "The name of the day cannot be used.",
    "why.usage-day-name": "A name is one line of at most 40 characters, all of them visible.",
    "hint.usage-day-name": "zg calendar add 2026-07-21 --rest --name typhoon",

    # what is wrong with a file
    "problem-no-date": "{value} is no date like 2026-10-01",
    "problem-absent-date": "{value} does not exist",
    "problem-long-name": "the name {name} is longer than {longest} characters",
    "problem-unseen-name": "the name {name} holds characters that cannot be shown",
    "problem-twice": "stands there twice",
    "problem-no-json": "not JSON: line {line}, column {column}",
    "problem-odd-json": "not JSON that can be read: a number is too long, or brackets too deep",
    "problem-no-object": "not a JSON object",
    "problem-missing": "missing",
    "problem-unknown-key": "unknown key",
    "problem-inside": "belongs inside a notice",
    "problem-no-notices": "not a list of notices",
    "problem-no-text": "not a text",
    "problem-incomplete": "only the whole arrangement of a year can replace the one before",
    "problem-other-year": "{day} does not belong to {year}",
    "problem-day-twice": "{day} stands there twice",
    "problem-off-and-worked": "{day} is both off and worked",
    "problem-no-day-of-year": "no day of {year}",
    "problem-no-year": "{value} is no year between {first} and {last}",
    "problem-published": "{day} is neither in {year} nor in the year before",
    "problem-no-list": "not a list",
    "problem-no-entry": "not like {{date, name}} or a bare date",
    "problem-older": "the notice of {known} is in force, this one of {published} is older",
    "problem-gap": "{year} leaves a gap; the notices cover {first} to {last}, the next to load is {missing}",
    "problem-closed": "no open time in {year}",
    "problem-large": "{size} bytes; a notice has at most {largest}",
}
