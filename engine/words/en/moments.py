"""Times, lights and limits."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # times
    "when-not-understood": "This time cannot be read: {text}",
    "why.when-not-understood": "Write 2020-10-09, 2020-10-09T12:00, 10.9 (9 October), today, tomorrow, yesterday, 5wd (working days), 3d (days), 4wh (working hours), 1mo (a month).",
    "hint.when-not-understood": "zg calendar due 2020-09-30 5wd tries it out",
    "when-not-an-amount": "This amount of time cannot be read: {text}",
    "why.when-not-an-amount": "Write 5wd or '5 working days', 4wh, 3d, 36h, 1mo.",
    "hint.when-not-an-amount": "zg calendar due 2020-09-30 5wd",
    "when-unknown-unit": "There is no such unit of time: {text}",
    "why.when-unknown-unit": "Write 5wd or '5 working days', 4wh, 3d, 36h, 1mo.",
    "hint.when-unknown-unit": "zg calendar due 2020-09-30 5wd",
    "when-no-such-date": "There is no such day: {text}",
    "hint.when-no-such-date": "look at month and day",
    "when-no-such-time": "There is no such time of day: {text}",
    "hint.when-no-such-time": "times go from 00:00 to 23:59",
    "when-day-already-past": "{text} has passed already",
    "why.when-day-already-past": "Only a date to come can be meant here.",
    "hint.when-day-already-past": "write today or a later day: tomorrow, 2020-10-09",
    "when-day-still-to-come": "{text} is still to come",
    "why.when-day-still-to-come": "Only a date of the past can be meant here.",
    "hint.when-day-still-to-come": "write today or an earlier day: yesterday, 2020-03-09",
    "when-already-past": "The year is missing: {text} has passed already",
    "why.when-already-past": "Only a date to come can be meant here, and no year is guessed.",
    "hint.when-already-past": "write it with its year: {dates}",
    "when-still-to-come": "The year is missing: {text} is still to come",
    "why.when-still-to-come": "Only a date of the past can be meant here, and no year is guessed.",
    "hint.when-still-to-come": "write it with its year: {dates}",
    "when-not-this-year": "The year is missing: this year has no {text}",
    "why.when-not-this-year": "A date without a year is this year's, and no other year is guessed.",
    "hint.when-not-this-year": "write it with its year: {dates}",
    "when-out-of-range": "That is out of range: {text}",
    "why.when-out-of-range": "Dates are counted from 1990 to 2200.",
    "hint.when-out-of-range": "look at the year",
    "when-amount-out-of-range": "That amount is too large: {text}",
    "why.when-amount-out-of-range": "The largest is 99999.",
    "hint.when-amount-out-of-range": "look at the number, or give a date",
    "when-not-a-working-day": "Note: {date} is no working day; a date that a person sets is never moved",
    "when-provisional": "Note: the holidays of that year are not published yet; {date} is provisional",

    # lights and limits
    "light.red": "red", "light.yellow": "yellow", "light.green": "green", "light.blue": "blue", "light.grey": "grey",
    "late.days": "{days} working day{s} late", "late.short": "{days} wd late",
    "submitted": "to be verified", "submitted.on-time.days": "to be verified (submitted in time)",
    "submitted.on-time.short": "submitted in time", "submitted.late.days": "to be verified (submitted {days} working day{s} late)",
    "submitted.late.short": "submitted {days} wd late",
    "left.days": "{days} working day{s} left", "left.short": "{days} wd left", "left.today": "due today",
    "level.0": "none", "level.1": "urging notice", "level.2": "supervision letter", "level.3": "circular", "level.4": "admonitory interview",
    "amount.working-day": "{number} working day{s}", "amount.working-hour": "{number} working hour{s}", "amount.hour": "{number} hour{s}",
    "amount.day": "{number} day{s}", "amount.month": "{number} month{s}",
    "list.comma": ", ", "list.colon": ": ",
}
