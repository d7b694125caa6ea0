"""What the doctor found, in words: every door says it alike."""

from __future__ import annotations

from datetime import timedelta

from engine.watch.sign import Sign
from engine.words import has
from engine.words.phrase import Phrase

SHOWN = 5
"""How many units and tickets a sign names; programs get all."""


def sign_text(phrase: Phrase, sign: Sign) -> str:
    """What was found."""
    return _text(phrase, f"doctor.{sign.code}", sign)


def advice_text(phrase: Phrase, sign: Sign) -> str | None:
    """What is to be done about it; None where there is nothing to be said."""
    code = f"doctor-do.{sign.code}"
    return _text(phrase, code, sign) if has(code, phrase.language) else None


def _text(phrase: Phrase, code: str, sign: Sign) -> str:
    values = dict(sign.values)
    for name, group in (("channel", "channel"), ("duty", "duty")):
        if name in values:
            values[name] = phrase.label(group, values[name])
    for name, spoken in (("units", phrase.unit), ("numbers", str), ("names", str)):
        if name in values:
            values[name] = phrase.several(spoken(item) for item in values[name][:SHOWN])
    if "lag" in values:
        values["lag"] = _duration_text(phrase, values["lag"])
    return phrase.say(code, **values)


def _duration_text(phrase: Phrase, span: timedelta) -> str:
    """A length of time in its largest unit that is not zero."""
    seconds = int(span.total_seconds())
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= size:
            return phrase.say(f"span.{unit}", number=seconds // size)
    return phrase.say("span.seconds", number=seconds)
