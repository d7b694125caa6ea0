"""The watch and the doctor."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # the watch
    "duty.sweep": "sweep", "duty.calendar": "calendar check", "duty.notices": "deliver notices", "duty.seal": "daily seal",
    "watch.begins": "Watching (process {process}), every {seconds} s: {duties}. Ctrl-C ends it.",
    "watch.ends": "The watch has ended (process {process}).",
    "watch.failed": "{duty} failed: {what} The next turn tries again.",
    "watch.did.sweep": "{tickets} tickets, {events} events; {aside} set aside, {unreadable} unreadable.",
    "watch.did.calendar": "the notice of {missing} is not loaded; {told} people of the supervision office were told.",
    "watch.did.notices": "{sent} notices went out.",
    "watch.did.seal": "sealed, {sealed} events in all.",
    "notice.calendar": "The State Council's notice of holidays for {year} is not loaded. Load it as soon as it is out: until then every date of that year is provisional.",

    # the doctor
    "log.set-aside": "its rules failed ({code}), try {tries}; tried again {date}",
    "doctor.schema": "schema version {schema}",
    "doctor.clock-real": "clock: real time, {date}",
    "doctor.clock-sandbox": "clock: a sandbox's, standing at {date}",
    "doctor.swept": "last sweep: {date} (process {process})",
    "doctor.alarms-kept": "no alarm has come that did not ring; the next one: {next}",
    "doctor.alarms-none": "no alarm is set",
    "doctor.alarms-late": "{count} tickets have an alarm that has come and did not ring; the oldest since {since}, {lag} late",
    "doctor-do.alarms-late": "the watch is running; if this lasts some minutes, read its log",
    "doctor.alarms-unwatched": "{count} tickets have an alarm that has come, and nobody watches; the oldest since {since}, {lag} late",
    "doctor-do.alarms-unwatched": "zg sweep fires them now; keep zg watch running (docs/operation.md)",
    "doctor.watch-gone": "the watch has stopped; the next alarm comes {next}, and nobody will hear it",
    "doctor-do.watch-gone": "start zg watch again (docs/operation.md)",
    "doctor.watch-never": "no watch has ever run; the next alarm comes {next}, and nobody will hear it",
    "doctor-do.watch-never": "start zg watch (docs/operation.md)",
    "doctor.duty-fails": "the watch fails at “{duty}”: {code} (process {process}); it last went well: {well}",
    "doctor-do.duty-fails": "zg watch --once shows the error",
    "doctor.rows-unreadable": "{count} tickets cannot be read, and fire nothing any more",
    "doctor-do.rows-unreadable": "zg audit verify names them; restore them from a backup",
    "doctor.nobody-acts": "{count} tickets wait for units of which nobody may act: {units} ({numbers}, …)",
    "doctor-do.nobody-acts": "zg user add NAME --unit UNIT --role contact, or reassign them",
    "doctor.set-aside": "the rules of {number} fail ({code}), tried {tries} times, set aside until {retry}",
    "doctor-do.set-aside": "zg log {number} shows what happened; once the cause is gone it is tried again by itself",
    "doctor.notices-out": "no notice is undelivered",
    "doctor.notices-waiting": "{channel}: {count} notices wait, the oldest written {since}",
    "doctor-do.notices-waiting": "the watch sends them in time; if they stay, look at the settings of that channel",
    "doctor.notices-dead": "{channel}: {count} notices failed too often and were given up. {message}",
    "doctor-do.notices-dead": "look at the settings of that channel and at the addresses, then send them again",
    "doctor.calendar-covers": "the notices of holidays reach to {until}",
    "doctor.calendar-missing": "the notice of holidays for {year} is missing (what is loaded reaches to {until}); every date of that year is provisional",
    "doctor-do.calendar-missing": "load the calendar once the notice is out (zg calendar --help)",
    "doctor.sealed": "last seal: {date}, over {count} events",
    "doctor.seal-late": "no seal covers what happened since {since}; the last one: {date}",
    "doctor-do.seal-late": "zg audit seal where the key lies, and let zg watch seal daily",
    "doctor.reached": "{actor} was reached by {channels}",
    "doctor.way": "{channel} (last {date})",
    "doctor.all-well": "All is well.",
    "doctor.needs-somebody": "{count} things need somebody.",
    "span.days": "{number} day{s}", "span.hours": "{number} hour{s}", "span.minutes": "{number} minute{s}", "span.seconds": "{number} second{s}",
}
