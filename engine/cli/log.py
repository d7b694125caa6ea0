"""`zg log`: what happened to a ticket, line by line; `--admin` the same for the office itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.cli.call import Call
from engine.cli.complete import complete_number
from engine.cli.entries import changes, sentence
from engine.cli.frame import argument, option, verb
from engine.cli.terminal import clean
from engine.errors import NotPermitted, UsageError
from engine.rules.access import may_read_administration
from engine.rules.acts.handover import HANDED_OVER
from engine.rules.proof.chain import moment
from engine.rules.ticket import Event
from engine.views.ticket import event_view
from engine.words import say
from engine.words.phrase import Phrase

MARGIN = "      "


@verb(
    "log", argument("number", required=False, metavar="NO", shell_complete=complete_number), option("--admin", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def log(call: Call, number: str | None, admin: bool, as_json: bool) -> int:
    if (number is None) != admin:
        raise UsageError(reason="usage-log")
    app = call.app
    definition = None
    if number is not None:
        ticket = app.desk.look(app.actor, number).ticket
        definition = app.desk.definition(ticket)
        events = app.desk.events(app.actor, ticket.number)
    else:
        if not may_read_administration(app.actor):
            raise NotPermitted(actor=app.actor.name)
        from engine.audit.export import note_reading
        from engine.record.journal import read_events

        events = read_events(app.database, 0)
        note_reading(app.database, app.desk.clock, app.actor, "log")
    for event in events:
        if call.json:
            call.dump(event_view(event))
        else:
            call.lines(entry(call, event, call.phrase(definition, event.at)))
    return 0


def entry(call: Call, event: Event, phrase: Phrase) -> list[str]:
    """One event: when, what, who, from where to where; below it what changed and what was said."""
    what = clean(title(event, phrase))
    who = clean(_who(call, event, phrase))
    way = _way(event, phrase) if event.ticket else sentence(event, phrase)
    when = phrase.moment(event.at)
    if not call.terminal.out:
        return ["\t".join(clean(field) for field in (str(event.seq), when, what, who, way))]
    head = f"{event.seq:>4}  {call.terminal.paint(when, 'dim')}  {call.terminal.paint(what, 'bold')}  {who}"
    lines = [f"{head}  {clean(way) if event.ticket else ''}".rstrip()]
    lines += [MARGIN + clean(text) for text in _facts(call, event, phrase)]
    for name, text in (event.words or {}).items():
        label = call.say("field.file") if name.startswith("file-") else phrase.label("input", name)
        first, *rest = clean(text, lines=True).splitlines() or [""]
        lines += [f"{MARGIN}{label}{call.say('list.colon')}{first}", *(f"{MARGIN}  {line}" for line in rest)]
    if event.words is None and "words" in event.data:
        lines.append(MARGIN + call.say("log.erased"))
    return lines


def title(event: Event, phrase: Phrase) -> str:
    """What happened, in a word: the trigger's title, the rung's name, or the kind."""
    if event.kind == "did":
        return phrase.trigger(event.data["trigger"])
    if event.kind == "escalated":
        return phrase.rung(event.data["clock"], event.data["rung"], event.data.get("name", ""))
    return phrase.label("kind", event.kind)


def _who(call: Call, event: Event, phrase: Phrase) -> str:
    unit = phrase.unit(event.unit)
    role = phrase.label("role", event.role)
    post = f"{unit}{role}" if call.language == "zh" else f"{unit} {role}".strip()
    if "for" in event.data:
        post += call.say("list.comma") + call.say("log.for", account=event.data["for"])
    called = call.title(event.actor, event.at)
    usual = {event.actor, f"{unit}{say(f'role.{event.role}', 'zh')}"}
    return call.say("log.who", actor=event.actor if called in usual else f"{called} {event.actor}", role=post)


def _way(event: Event, phrase: Phrase) -> str:
    if event.to_state is None or event.from_state == event.to_state:
        return ""
    if event.from_state is None:
        return phrase.state(event.to_state)
    return f"{phrase.state(event.from_state)} → {phrase.state(event.to_state)}"


def _facts(call: Call, event: Event, phrase: Phrase) -> Iterable[str]:
    """The facts of an event that people look for."""
    data = event.data
    effects = data.get("effects") or {}
    for name in ("lead", "with"):
        value = effects.get(name, data.get(name) if event.kind == "opened" else None)
        if value:
            units = [value] if isinstance(value, str) else value
            yield f"{phrase.label('input', name)}{call.say('list.colon')}{phrase.several(phrase.unit(unit) for unit in units)}"
    promised = next((node for node in (effects.get("deadlines") or {}).values() if node and node.get("promise")), None)
    if promised and event.kind not in ("escalated", "rescheduled") and promised.get("state", "runs") == "runs":
        yield call.say("log.promised", date=phrase.moment(moment(promised["due_at"])))
    if event.kind == "rescheduled":
        for clock, pair in data["cause"].get("moved", {}).items():
            old, new = (phrase.moment(moment(text)) for text in pair)
            yield f"{phrase.clock(clock)}{call.say('list.colon')}{old} → {new}" if old != new else call.say(
                "log.firm", clock=phrase.clock(clock), date=new)
    if event.kind == "escalated":
        scheduled = phrase.moment(moment(data["scheduled_for"]))
        yield call.say("log.rung", clock=phrase.clock(data["clock"]), date=scheduled, told=phrase.several(data["recipients"]))
        if data["act"] == "propose":
            yield call.say("log.proposed", letter=phrase.label("letter", data.get("letter", data["rung"])))
        if data.get("ours"):
            yield call.say("log.ours")
    if "letter" in data and event.kind == "did":
        letter = phrase.label("letter", data["letter"].partition("/")[0])
        yield call.say("log.issued", letter=letter, by=data["input"].get("by", event.actor))
    if "rungs" in data:
        yield call.say("log.waived", rungs=phrase.several(phrase.rung_title(rung) for rung in data["rungs"]))
    if (by := (data.get("input") or {}).get("by")) and ("urged" in effects or "instructions" in effects):
        yield call.say("log.urged-by" if "urged" in effects else "log.instructed-by", by=phrase.label("way", by))
    if any(item.get("kind") == "signed" for item in data.get("evidence") or ()):
        yield call.say("log.scan")
    for unit, due in (effects.get("left_out") or {}).items():
        yield call.say("log.left-out", unit=phrase.unit(unit), date=phrase.moment(moment(due)))
    if event.ticket == 0:
        yield sentence(event, phrase)
        yield from changes(event, phrase)
        return
    if event.kind == HANDED_OVER:
        old, new = (phrase.unit(unit) for unit in data["unit"]) if "unit" in data else data["account"]
        yield call.say("log.handed-over", old=old, new=new, entry=data["entry"])
    if event.kind == "set-aside":
        yield call.say("log.set-aside", code=data["code"], tries=data["tries"], date=phrase.moment(moment(data["retry_at"])))
    if event.kind == "linked":
        yield f"{call.say('relation-to.' + data['relation'])} {data['target']}"
    yield from _changes(call, data.get("changes") or {}, phrase)
    if data.get("happened_at"):
        yield call.say("log.happened", date=phrase.moment(moment(data["happened_at"])))


def _changes(call: Call, changes: Mapping[str, Any], phrase: Phrase) -> Iterable[str]:
    for name, pair in changes.items():
        if pair is not None:
            old, new = (call.say(f"flag.{value}".lower()) if isinstance(value, bool) else _value(name, value, phrase) for value in pair)
            yield f"{phrase.label('input', name)}{call.say('list.colon')}{old or '—'} → {new or '—'}"


def _value(name: str, value: Any, phrase: Phrase) -> str:
    if value is None:
        return ""
    if name == "due":
        return phrase.moment(moment(value))
    if name == "grade":
        return phrase.grade(value)
    return phrase.label("source", value) if name == "source" else str(value)
