"""An entry of the administration's stream in words: what was done, in a sentence, and what changed with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.rules.access import ACT
from engine.rules.event import Event
from engine.rules.json_value import Json
from engine.rules.proof.chain import moment
from engine.words import has
from engine.words.phrase import Phrase

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_LABELS = {"role": "role", "kind": "kind-of-unit", "relation": "relation", "scope": "token-scope"}
_UNSAID = {"unit": "", "number": "", "scope": ACT}
"""What an entry that does not say it means: before tokens had a scope, each did what its account may do."""

_UNITS = frozenset({"unit", "units", "before", "into", "parent"})
_COUNTED = frozenset({"names", "resent"})
_APART = frozenset({"what", "words", "for", "changes"})
_SHORT_HASH = 12


def entry_sentence(event: Event, phrase: Phrase) -> str:
    """The entry in words. One that has no text yet is shown as it is stored."""
    code = _code(event)
    values = {name: value for name, value in event.data.items() if name not in _APART}
    if has(code, phrase.language):
        return phrase.say(code, **{name: _in_words(name, value, phrase) for name, value in {**_UNSAID, **values}.items()})
    return "  ".join(f"{name}={_short(value)}" for name, value in values.items() if value is not None)


def _code(event: Event) -> str:
    """The code of its text: by what was done, or by the setting that was set, or by its kind alone."""
    data = event.data
    if "what" in data:
        return f"entry.{data['what']}"
    if event.kind in ("set", "read"):
        return f"entry.{event.kind}.{data.get('name') or next(iter(data), '')}"
    return f"entry.{event.kind}"


def entry_changes(event: Event, phrase: Phrase) -> Iterable[str]:
    """A line for every field that was one thing and is another."""
    for name, pair in (event.data.get("changes") or {}).items():
        if pair is None:  # a word: it stands beside
            continue
        old, new = (_in_words(name, value, phrase) for value in pair)
        yield f"{phrase.label('field', name)}{phrase.say('list.colon')}{old or '—'} → {new or '—'}"


def _in_words(name: str, value: Json, phrase: Phrase) -> Json:
    """A value of an entry as people read it, by its name."""
    if isinstance(value, list):
        if name in _COUNTED:
            return len(value)
        return phrase.several(_in_words(name, item, phrase) for item in value)
    if not isinstance(value, str):
        return value
    if _STAMP.fullmatch(value):
        return phrase.moment(moment(value))
    if name in _UNITS:
        return phrase.unit(value)
    return phrase.label(_LABELS[name], value) if name in _LABELS else value[:_SHORT_HASH] if name in ("hash", "root") else value


def _short(value: Json) -> str:
    return f"({len(value)})" if isinstance(value, list) else str(value)
