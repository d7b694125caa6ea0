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
from engine.watch.doctor import Examined, examine
from engine.watch.doctor import clean as clean_up
from engine.watch.doctor_text import advice_text, sign_text
from engine.watch.sign import NEEDS, NOTE

MARKS = {"well": ("✓", "green"), "note": ("!", "yellow"), "needs": ("✗", "red")}
PERSON_NEEDED = 1


@verb("doctor", option("--clean", "cleaning", is_flag=True), option("--json", "as_json", is_flag=True))
def doctor(call: Call, cleaning: bool, as_json: bool) -> int:
    settings = call.require_settings()
    keys = settings.keys
    for path in clean_up(call.app, keys) if cleaning else []:
        call.hint("doctor.cleaned", path=str(path))
    examined = examine(call.app, SystemClock().now(), keys, settings.witnesses_setup())
    if call.json:
        call.dump(_report_json(examined))
        return 0 if examined.well else PERSON_NEEDED
    phrase = call.phrase()
    for sign in examined.signs:
        text = sign_text(phrase, sign)
        if call.terminal.out:
            mark, colour = MARKS[sign.level]
            call.out(f"{call.terminal.paint(mark, colour)} {clean(text)}")
            if (advice := advice_text(phrase, sign)) is not None:
                call.out(clean(f"  → {advice}"))
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
