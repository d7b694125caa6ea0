"""`zg doctor`: is time being kept, does everybody hear of it, how far does the calendar reach. Exit 1 where a person is needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.table import tsv
from engine.cli.terminal import clean
from engine.clock import SystemClock
from engine.views.moments import moment_text
from engine.watch.doctor import NEEDS, NOTE, Examined, Sign, examine
from engine.watch.doctor import clean as clean_up
from engine.words import has
from engine.words.phrase import Phrase

MARKS = {"well": ("✓", "green"), "note": ("!", "yellow"), "needs": ("✗", "red")}
PERSON_NEEDED = 1

SHOWN = 5
"""How many units and tickets a sign names; programs get all."""


@verb("doctor", option("--clean", "cleaning", is_flag=True), option("--json", "as_json", is_flag=True))
def doctor(call: Call, cleaning: bool, as_json: bool) -> int:
    keys = call.require_settings().keys
    for path in clean_up(call.app, keys) if cleaning else []:
        call.hint("doctor.cleaned", path=str(path))
    examined = examine(call.app, SystemClock().now(), keys)
    if call.json:
        call.dump(_report_json(examined))
        return 0 if examined.well else PERSON_NEEDED
    phrase = call.phrase()
    for sign in examined.signs:
        text = _sign_text(call, phrase, f"doctor.{sign.code}", sign)
        if call.terminal.out:
            mark, colour = MARKS[sign.level]
            call.out(f"{call.terminal.paint(mark, colour)} {clean(text)}")
            if has(f"doctor-do.{sign.code}", call.language):
                call.out(clean(f"  → {_sign_text(call, phrase, f'doctor-do.{sign.code}', sign)}"))
        else:
            call.lines(tsv([[sign.level, sign.code, text]]))
    for channel, times in _reached_by(examined).items():
        if call.terminal.out:
            call.out(clean(call.say(
                "doctor.reached", channel=phrase.label("channel", channel), count=len(times), date=phrase.moment(max(times)),
            )))
        else:
            call.lines(tsv([["reached", channel, len(times), moment_text(max(times))]]))
    _say_summary(call, examined)
    return 0 if examined.well else PERSON_NEEDED


def _reached_by(examined: Examined) -> dict[str, list[datetime]]:
    """By each channel, when each person was last reached by it."""
    found: dict[str, list[datetime]] = {}
    for channels in examined.reached.values():
        for name, at in channels.items():
            found.setdefault(name, []).append(at)
    return found


def _say_summary(call: Call, examined: Examined) -> None:
    """Says how many things need somebody; that all is well only where there is nothing to note either."""
    levels = [sign.level for sign in examined.signs]
    for level, code in ((NEEDS, "doctor.needs-somebody"), (NOTE, "doctor.to-note")):
        if count := levels.count(level):
            call.hint(code, count=count)
            return
    call.hint("doctor.all-well")


def _sign_text(call: Call, phrase: Phrase, code: str, sign: Sign) -> str:
    values = dict(sign.values)
    for name, group in (("channel", "channel"), ("duty", "duty")):
        if name in values:
            values[name] = phrase.label(group, values[name])
    for name, spoken in (("units", phrase.unit), ("numbers", str)):
        if name in values:
            values[name] = phrase.several(spoken(item) for item in values[name][:SHOWN])
    if "lag" in values:
        values["lag"] = _duration_text(call, values["lag"])
    return phrase.say(code, **values)


def _duration_text(call: Call, span: timedelta) -> str:
    """A length of time in its largest unit that is not zero."""
    seconds = int(span.total_seconds())
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= size:
            return call.say(f"span.{unit}", number=seconds // size)
    return call.say("span.seconds", number=seconds)


def _report_json(examined: Examined) -> dict[str, Any]:
    by_code = {sign.code: sign.values for sign in examined.signs}
    late = by_code.get("alarms-unwatched") or by_code.get("alarms-late") or {}
    swept = by_code.get("swept", {})
    return {
        "well": examined.well, "problems": [sign.code for sign in examined.signs if sign.level == "needs"],
        "last_sweep": moment_text(swept.get("date")), "lag_seconds": _json_value(late["lag"]) if late else 0,
        "signs": [
            {"code": sign.code, "level": sign.level, **{name: _json_value(value) for name, value in sign.values.items()}}
            for sign in examined.signs
        ],
        "heartbeats": [
            {"duty": beat.duty, "process": beat.process, "at": moment_text(beat.at), "well_at": moment_text(beat.well_at),
             "seconds": beat.seconds, **beat.detail}
            for beat in examined.beats
        ],
        "reached": {
            person: {channel: moment_text(at) for channel, at in channels.items()} for person, channels in examined.reached.items()
        },
    }


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    return int(value.total_seconds()) if isinstance(value, timedelta) else value
