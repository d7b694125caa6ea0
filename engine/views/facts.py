"""What people look for in an event of a ticket: whom it names, which date it promises, what it moved. As values, and in a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from engine.rules.acts.duplicates import DUPLICATE_OF, LINKED
from engine.rules.acts.handover import HANDED_OVER
from engine.rules.acts.repeats import REPEATS
from engine.rules.deadline import RUNS
from engine.rules.definition.model import PROPOSES, SHORT_HASH
from engine.rules.event import OFFICE_AUDIENCE, Event
from engine.rules.json_value import Json
from engine.rules.loop.standing import RECHECKED
from engine.rules.proof.chain import moment
from engine.rules.ticket import BEGINNINGS, IMPORTED
from engine.words import say

if TYPE_CHECKING:
    from engine.words.phrase import Phrase


class Fact(NamedTuple):
    """One thing an event says. `code` tells what kind of thing, `values` what it is; moments are stamps, units and clocks are codes."""

    code: str
    values: Mapping[str, Json]


def facts(event: Event) -> Iterator[Fact]:
    """The facts of an event of a ticket, in the order in which people read them."""
    if event.data.get("audience") == OFFICE_AUDIENCE:
        yield Fact("internal", {})
    yield from _named(event)
    for number in event.data.get("repeats") or ():
        yield Fact("linked", {"relation": REPEATS, "target": number})
    if event.kind == IMPORTED:
        origin = event.data["origin"]
        yield Fact("origin" if "number" in origin else "origin-unnumbered", dict(origin))
        yield from _past(event.data["past"])
    if event.kind == RECHECKED:
        yield from _rechecked(event)
    elif measured := event.data.get("measurement"):
        yield Fact("measured", {name: measured.get(name) for name in ("round", "result", "value", "demand")})
    if event.kind == "migrated":
        old, new = event.data["definition"]
        yield Fact("version", {"old": old[:SHORT_HASH], "new": new[:SHORT_HASH]})
    if event.kind in ("rescheduled", "migrated"):
        for clock, pair in (event.data.get("cause") or event.data).get("moved", {}).items():
            yield Fact("moved", {"clock": clock, "dates": pair}) if pair[0] != pair[1] else Fact("firm", {"clock": clock, "date": pair[1]})
    if event.kind == "escalated":
        yield from _rung(event)
    for clock, rungs in (event.data.get("skipped") or {}).items():
        yield Fact("skipped", {"clock": clock, "rungs": rungs})
    yield from _acted(event)
    yield from _given(event)
    yield from _administered(event)
    for name, pair in (event.data.get("changes") or {}).items():
        if pair is not None:  # a word: it stands beside
            yield Fact("changed", {"field": name, "values": pair})
    yield from _on_paper(event)


def _past(past: Mapping[str, Json]) -> Iterator[Fact]:
    """What an item's own ledger told of it: when it was assigned, which dates it had before, when it was handed in and closed."""
    if "assigned_at" in past:
        yield Fact("past-assigned", {"date": past["assigned_at"]})
    for date in _list(past.get("extended")):
        yield Fact("past-extended", {"date": date})
    for name in ("finished", "closed"):
        if f"{name}_at" in past:
            yield Fact(f"past-{name}", {"date": past[f"{name}_at"]})


def _rechecked(event: Event) -> Iterator[Fact]:
    """What a 回头看 found of a closed ticket."""
    data = event.data
    yield Fact("rated", {"visit": data["visit"], "rating": f"{data['rating']}"})
    if "adequate" in data:
        yield Fact("adequate" if data["adequate"] else "not-adequate", {})
    if "follow_up" in data:
        yield Fact("followed-up", {"number": data["follow_up"]})


def _named(event: Event) -> Iterator[Fact]:
    """Whom the event makes lead and cooperators, and the date that it promises."""
    effects = event.data.get("effects") or {}
    given = event.data if event.kind in BEGINNINGS else event.data.get("input") or {}  # what was named and was so before is no effect
    for name in ("lead", "with"):
        value = effects.get(name, given.get(name))
        if value:
            yield Fact("named", {"field": name, "units": [value] if isinstance(value, str) else value})
    if (date := _promised(event)) is not None:
        yield Fact("promised", {"date": date})


def _promised(event: Event) -> str | None:
    """The date that an act promises, where it promises one."""
    deadlines = ((event.data.get("effects") or {}).get("deadlines") or {}).values()
    promised = next((node for node in deadlines if node and node.get("promise")), None)
    if promised is None or event.kind in ("escalated", "rescheduled", "migrated") or promised.get("state", RUNS) != RUNS:
        return None
    return None if "due" in (event.data.get("changes") or {}) else str(promised["due_at"])  # a change tells the old date too


def _rung(event: Event) -> Iterator[Fact]:
    """What a rung did when it fired: whom it notified, which letter it proposed, which repetition it was, whether it was
    the office's own alarm.
    """
    data = event.data
    yield Fact("rung", {"clock": data["clock"], "date": data["scheduled_for"], "told": data["recipients"]})
    if data["act"] == PROPOSES:
        yield Fact("proposed", {"letter": data.get("letter", data["rung"])})
    if "n" in data:
        yield Fact("repeated", {"n": data["n"]})
    if data.get("missed"):
        yield Fact("missed", {"missed": data["missed"]})
    if data.get("ours"):
        yield Fact("ours", {})


def _acted(event: Event) -> Iterator[Fact]:
    """What an act says beside its trigger: the letter, the rungs waived, who urged or instructed, whom a submission left out."""
    data, effects = event.data, event.data.get("effects") or {}
    if "letter" in data and event.kind == "did":
        yield Fact("issued", {"letter": data["letter"].partition("/")[0], "by": data["input"].get("by", event.actor)})
    if "agreed" in data:
        yield Fact("consented", {"agreed": data["agreed"], "about": data["about"], "leader": data["leader"]})
    if before := data.get("instead_of"):
        yield Fact(f"consent-before-{before['agreed']}".lower(), {"leader": before["leader"]})
    if data.get("settled"):
        yield Fact("settled", {"rungs": data["settled"]})
    if "lapsed" in data:
        yield Fact("lapsed", {"rungs": data["lapsed"]})
    if "rungs" in data and event.kind == "did":
        yield Fact("waived", {"rungs": data["rungs"]})
    for item in data.get("voided") or ():
        if item["rungs"]:
            yield Fact("voided", {"clock": item["clock"], "rungs": item["rungs"]})
        if item.get("repetitions"):
            yield Fact("voided-repetitions", {"clock": item["clock"], "numbers": ", ".join(str(n) for _, n in item["repetitions"])})
    for letter in data.get("recall") or ():
        yield Fact("recall", {"letter": letter.partition("/")[0]})
    if (by := (data.get("input") or {}).get("by")) and ("urged" in effects or "instructions" in effects):
        yield Fact("urged-by" if "urged" in effects else "instructed-by", {"by": by})
    if any(item.get("kind") == "signed" for item in data.get("evidence") or ()):
        yield Fact("scan", {})
    if event.kind != LINKED and (original := effects.get("duplicate_of")) is not None:
        yield Fact("linked", {"relation": DUPLICATE_OF, "target": original})
    for unit, due in (effects.get("left_out") or {}).items():
        yield Fact("left-out", {"unit": unit, "date": due})


def _on_paper(event: Event) -> Iterator[Fact]:
    """When it happened, if not when it was recorded; of what was entered from a unit's paper the unit, and what is void because of it."""
    data = event.data
    if "for_unit" in data and moment(data["happened_at"]) == event.at:
        yield Fact("entered-at-once", {"unit": data["for_unit"]})
    elif "for_unit" in data:
        yield Fact("entered", {"unit": data["for_unit"], "date": data["happened_at"]})
    elif data.get("happened_at"):
        yield Fact("happened", {"date": data["happened_at"]})


TOLD_ELSEWHERE = frozenset({"lead", "with", "by"})
"""Inputs of an act that other facts tell: who is named, who urged, instructed or signed."""

TOLD_OF_A_CONSENT = frozenset({"about", "refuse"})
"""Inputs of a leader's word that its own fact tells: what it is about, yes or no."""

TOLD_OF_AN_OPENING = ("source", "measure", "grade", "outer")
"""What a ticket is opened with that people call by a name."""


def _given(event: Event) -> Iterator[Fact]:
    """Every other fact that was given with an act: the date that was asked for, relapse or correction. Not what other facts tell: the
    date that the act promises, the ticket that it repeats, the units that a submission leaves out.
    """
    given, effects = event.data.get("input") or {}, event.data.get("effects") or {}
    if event.kind in BEGINNINGS:
        given = {name: event.data.get(name) for name in TOLD_OF_AN_OPENING}
    elsewhere = TOLD_ELSEWHERE | TOLD_OF_A_CONSENT if "agreed" in event.data else TOLD_ELSEWHERE
    told = {_promised(event), effects.get("duplicate_of"), *(effects.get("left_out") or ())}
    for name, value in given.items():
        values = value if isinstance(value, list | tuple) else [value]
        if name not in elsewhere and value not in (None, False, []) and not all(item in told for item in values):
            yield Fact("given", {"field": name, "value": value})


def _administered(event: Event) -> Iterator[Fact]:
    """What was done to the ticket from outside: handed over, set aside by the sweep, linked."""
    data = event.data
    if event.kind == HANDED_OVER:
        kind = "unit" if "unit" in data else "account"
        yield Fact("handed-over", {"kind": kind, "between": data[kind], **({"entry": data["entry"]} if "entry" in data else {})})
    if event.kind == "set-aside":
        yield Fact("set-aside", {"code": data["code"], "tries": data["tries"], "date": data["retry_at"]})
    if event.kind == LINKED:
        yield Fact("linked", {"relation": data["relation"], "target": data["target"]})


def fact_line(fact: Fact, phrase: Phrase) -> str:
    """The fact in a line."""
    values, language = fact.values, phrase.language
    colon = say("list.colon", language)
    if fact.code == "named":
        units = phrase.several(phrase.unit(unit) for unit in _texts(values["units"]))
        return f"{phrase.label('input', str(values['field']))}{colon}{units}"
    if fact.code == "moved":
        old, new = (phrase.moment(moment(date)) for date in _texts(values["dates"]))
        return f"{phrase.clock(str(values['clock']))}{colon}{old} → {new}"
    if fact.code == "handed-over":
        old, new = (phrase.unit(name) if values["kind"] == "unit" else phrase.person(name) for name in _texts(values["between"]))
        return say("log.handed-over-by" if "entry" in values else "log.handed-over", language, old=old, new=new, entry=values.get("entry"))
    if fact.code == "given":
        name = str(values["field"])
        return f"{phrase.label('input', name)}{colon}{_given_value(name, values['value'], phrase)}"
    if fact.code == "linked":
        relation = say(f"relation-to.{values['relation']}", language)
        return f"{relation} {values['target']}"
    if fact.code == "changed":
        old, new = (_changed(str(values["field"]), value, phrase) for value in _list(values["values"]))
        return f"{phrase.label('input', str(values['field']))}{colon}{old or '—'} → {new or '—'}"
    if fact.code == "measured":
        value, demand = values["value"], phrase.demand(str(values["demand"] or ""))
        told = " ".join(str(part) for part in (phrase.label("result", str(values["result"])), value) if part)
        return f"{values['round']}{colon}{told}{say('log.demanded', language, demand=demand) if demand else ''}"
    if fact.code == "rated":
        return f"{values['visit']}{colon}{say('rating.' + str(values['rating']), language)}"
    if fact.code == "urged-by":
        return say("log.urged-by", language, by=phrase.label("way", str(values["by"])))
    if fact.code == "consented":
        about, leader = phrase.awaited(str(values["about"])), phrase.person(str(values["leader"]))
        return say(f"log.consented.{values['agreed']}".lower(), language, leader=leader, about=about)
    return say(f"log.{fact.code}", language, **{name: _value(name, value, phrase) for name, value in values.items()})


def _value(name: str, value: Json, phrase: Phrase) -> Json:
    """A value of a fact in words, by its name."""
    if name == "told":
        return phrase.several(phrase.person(account) for account in _texts(value))
    if name == "rungs":
        return phrase.several(phrase.rung_title(rung) for rung in _texts(value))
    if not isinstance(value, str):
        return value
    if name in ("by", "leader"):
        return phrase.person(value)
    if name == "date":
        return phrase.moment(moment(value))
    if name == "letter":
        return phrase.label(name, value)
    return phrase.clock(value) if name == "clock" else phrase.unit(value) if name == "unit" else value


def _given_value(name: str, value: Json, phrase: Phrase) -> str:
    """What was given with an act, in words."""
    if isinstance(value, list | tuple):
        return phrase.several(_given_value(name, item, phrase) for item in value)
    if isinstance(value, bool):
        return say(f"flag.{value}".lower(), phrase.language)
    text = str(value)
    if name in ("due", "outer", "to", "until", "report_by"):
        return phrase.moment(moment(text))
    if name in ("suggest", "without", "again"):
        return phrase.unit(text)
    if name in ("grade", "source"):
        return _changed(name, value, phrase)
    if name == "leader":
        return phrase.person(text)
    if name == "rung":
        return phrase.rung_title(text)
    return phrase.label("as", text) if name == "as" else text


def _changed(field: str, value: Json, phrase: Phrase) -> str:
    """A value that a field had or has."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say(f"flag.{value}".lower(), phrase.language)
    if field == "due":
        return phrase.moment(moment(str(value)))
    if field == "grade":
        return phrase.grade(str(value))
    if field == "officer":
        return phrase.person(str(value))
    if field == "lead":
        return phrase.unit(str(value))
    return phrase.label("source", str(value)) if field == "source" else str(value)


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list | tuple) else ()


def _texts(value: Json) -> list[str]:
    return [str(item) for item in _list(value)]
