"""A ticket on a terminal: the head with its light, the facts, what may be done next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.cli.call import Call
from engine.cli.table import Cell, pairs, tsv_line
from engine.cli.terminal import clean
from engine.rules.acts.guards.closing import VERIFIED, WITHDRAWN
from engine.rules.acts.repeats import REPEATED_BY
from engine.rules.loop.standing import RELAPSE_OF, RELAPSED_AS
from engine.rules.proof.chain import moment
from engine.rules.ticket import Ticket
from engine.rules.timing.clocks import light
from engine.rules.timing.rungs import URGING_LEVEL
from engine.views.attempt import attempt_text
from engine.words.light import SIGNS, light_words
from engine.words.phrase import Phrase

if TYPE_CHECKING:
    from engine.desk.citations import File
    from engine.desk.showing import Duplicate

FOUND = "found"
"""The stage of a ticket that waits to be assigned."""


def line(call: Call, ticket: Ticket, phrase: Phrase) -> str:
    """A ticket on one line, where a command was given several: number, light, state, lead, date, title."""
    desk = call.app.desk
    name = light(ticket, desk.clock.now())
    if not call.terminal.out:
        return tsv_line(ticket.number, name, ticket.state, ticket.lead, phrase.day(ticket.promised_at), ticket.title)
    words = light_words(ticket, desk.clock.now(), desk.rules.calendar(), call.language)
    rest = clean(f"{phrase.state(ticket.state)}  {phrase.unit(ticket.lead)}  {ticket.title}")
    return f"{ticket.number}  {call.terminal.paint(words, name)}  {rest}"


def card(call: Call, ticket: Ticket, view: Mapping[str, Any], phrase: Phrase, now: datetime) -> list[str]:
    """The lines of a whole ticket at a moment: every fact that people ask for, without the empty ones."""
    terminal = call.terminal
    head = light_words(ticket, now, call.app.desk.rules.calendar(), call.language)
    left_at = view.get("left_at")
    facts: list[tuple[str, str | Cell]] = [
        (call.say("field.left"), Cell(call.say("card.left", date=phrase.moment(moment(left_at))), ("bold",)) if left_at else ""),
        *((call.say("field.instruction"), Cell(text, ("bold",))) for text in _instructions(call, view, phrase)),
        *((call.say("field.denial"), text) for text in _denials(call, view, phrase)),
        *((call.say("field.leftover"), Cell(text, ("bold",))) for text in _leftovers(call, view)),
        *((call.say("field.proposed"), Cell(text, ("bold",))) for text in _proposed(call, view, phrase)),
        (call.say("field.number"), view["number"]), (call.say("field.title"), ticket.title),
        (call.say("field.light"), Cell(head, (view["light"],))), (call.say("field.state"), phrase.state(ticket.state)),
        (call.say("field.turn"), _turn(call, view, phrase)),
        (call.say("field.lead"), _lead(call, ticket, phrase)),
        (call.say("field.contact"), phrase.several(_contacts(call, view))),
        (call.say("field.cooperators"), _cooperators(call, view, phrase)),
        *((call.say("field.objection"), text) for text in _objections(call, view, phrase)),
        (call.say("field.leader"), phrase.person(ticket.leader)),
        (call.say("field.promised"), _promised(call, view)),
        (call.say("field.outer"), view["outer_on"] or ""),
        (call.say("field.standing"), _standing(call, view)),
        (call.say("field.due"), _due(call, view)),
        (call.say("field.reason"), _act(call, view.get("last_reason"), phrase, named=True)),
        (call.say("field.submission"), _act(call, view.get("submission"), phrase)),
        (call.say("field.verification"), _act(call, view.get("verification"), phrase)),
        (call.say("field.recheck-rating"), _recheck(call, view.get("recheck"))),
        (call.say("field.letters"), phrase.several(_letters(call, view, phrase))),
        (call.say("field.request"), _request(call, ticket, phrase)),
        (call.say("field.urged"), call.say("card.urged", count=ticket.urged) if ticket.urged else ""),
        (call.say("field.until"), _until(call, view, phrase)),
        (call.say("field.level"), _level(call, ticket, view)),
        (call.say("field.proposals"), phrase.several(_proposals(call, view, phrase))),
        (call.say("field.alarm"), _alarm(call, view, phrase)),
        (call.say("field.source"), phrase.label("source", ticket.source)), (call.say("field.measure"), ticket.measure or ""),
        (call.say("field.grade"), phrase.grade(ticket.grade)),
        (call.say("field.attempt"), attempt_text(ticket, phrase)),
        _closed(call, view, phrase),
        (call.say("field.repeats"), phrase.several(view["repeats"])),
        (call.say("field.repeated-by"), phrase.several(_linked(view, REPEATED_BY))),
        *((phrase.label("relation-to", name), phrase.several(_linked(view, name))) for name in (RELAPSE_OF, RELAPSED_AS)),
        (call.say("field.waiver"), view.get("waiver", "")),
        (call.say("field.batch"), view["batch"] or ""), (call.say("field.visit"), view["visit"] or ""),
        (call.say("field.place"), view["place"] or ""),
        (call.say("field.officer"), phrase.person(view["officer"])),
        *((call.say("field.consent"), text) for text in _consents(call, view, ticket, phrase)),
        *((call.say("field.entered"), text) for text in _entered(call, ticket, phrase)),
        (call.say("field.ledger"), phrase.several(_ledger(call, view.get("origin"), phrase))),
        (call.say("field.first-found"), "" if ticket.first_found_at == ticket.opened_at else phrase.day(ticket.first_found_at)),
        (call.say("field.opened"), f"{phrase.moment(ticket.opened_at)}  {phrase.person(ticket.opened_by)}"),
        (call.say("field.since"), phrase.moment(ticket.state_since)),
        (call.say("field.actions"), _actions(call, view, phrase)),
    ]
    shown = pairs(facts, terminal)
    if ticket.detail:
        detail = clean(ticket.detail, lines=True).splitlines()
        shown += ["", *detail] if terminal.out else [tsv_line(call.say("field.detail"), ticket.detail)]
    return shown


def _alarm(call: Call, view: Mapping[str, Any], phrase: Phrase) -> str:
    """When the next alarm comes; where the last rung comes round again, which one and for the how manieth time."""
    date, again = phrase.moment(moment(view["next_alarm"])) if view["next_alarm"] else "", view["repetition"]
    if again is None:
        return date
    return call.say("card.alarm", date=date, rung=phrase.repeated(again["clock"], again["n"]))


def _lead(call: Call, ticket: Ticket, phrase: Phrase) -> str:
    name = phrase.unit(ticket.lead)
    return call.say("card.designated", unit=name) if name and ticket.designated else name


def _recheck(call: Call, node: Mapping[str, Any] | None) -> str:
    """How a visit rated a closed ticket when it looked at it again."""
    return f"{node['visit']}{call.say('list.colon')}{call.say('rating.' + str(node['rating']))}" if node is not None else ""


def _ledger(call: Call, node: Mapping[str, Any] | None, phrase: Phrase) -> Iterable[str]:
    """What the ledger told of a ticket that was taken over: its number or row there, and its dates."""
    if node is None:
        return
    yield call.say("card.ledger-number", number=node["number"]) if node["number"] else call.say("card.ledger-row", **node).strip()
    dates = [("assigned", node["assigned_at"]), *(("extended", date) for date in node["extended"]), ("finished", node["finished_at"]),
             ("closed", node["closed_at"])]
    for name, date in dates:
        if date is not None:
            yield call.say(f"log.past-{name}", date=phrase.moment(moment(date)))


def _closed(call: Call, view: Mapping[str, Any], phrase: Phrase) -> tuple[str, str]:
    """Why a ticket was withdrawn, where a case was named, or else how it was closed; of a duplicate which ticket it repeats."""
    how, original = view["closed_as"], view["duplicate_of"]
    label = call.say("field.withdrawn" if how and how != VERIFIED else "field.closed" if how else "field.original")
    if original:
        return label, call.say("card.repeats", number=original)
    return label, phrase.label("closed", how) if how not in (None, WITHDRAWN) else ""


def _linked(view: Mapping[str, Any], relation: str) -> list[str]:
    """The tickets that are related to this one in such a way, as far as the reader may know of them."""
    return [node["number"] for node in view.get("links", ()) if node["relation"] == relation]


def _contacts(call: Call, view: Mapping[str, Any]) -> Iterable[str]:
    """Whom the office calls at the lead; nobody where the reader is not the office."""
    for node in view.get("contacts", ()):
        yield call.say("card.contact", name=node["name"], phone=node["phone"] or "").strip()


def _act(call: Call, node: Mapping[str, Any] | None, phrase: Phrase, *, named: bool = False) -> str:
    """What somebody did last of a kind: what was written, by whom and when; `named` says the trigger too."""
    if node is None:
        return ""
    by, at = phrase.person(node["by"]), phrase.moment(moment(node["at"]))
    if node["text"] is None:
        return call.say("card.act-bare", by=by, at=at)
    return call.say("card.act-of" if named else "card.act", trigger=_act_title(node, phrase), text=node["text"], by=by, at=at)


def _act_title(node: Mapping[str, Any], phrase: Phrase) -> str:
    """What was done: the trigger's title; of what no trigger of a workflow does (更正) that of its kind."""
    name = str(node["trigger"])
    title = phrase.trigger(name)
    return phrase.label("kind", name) if title == name else title


def _letters(call: Call, view: Mapping[str, Any], phrase: Phrase) -> Iterable[str]:
    """The letters that were issued."""
    for node in view.get("letters", ()):
        yield call.say(
            "card.letter-recalled" if node["recalled"] else "card.letter",
            letter=phrase.label("letter", node["letter"]), unit=phrase.unit(node["unit"]),
            by=phrase.person(node["signed_by"]), at=phrase.moment(moment(node["at"])),
        )


def _instructions(call: Call, view: Mapping[str, Any], phrase: Phrase) -> list[str]:
    """The instructions that a leader wrote and waits for an answer to; they stand at the top of the card."""
    return [
        call.say("card.instruction", by=phrase.person(node["by"]), note=node["note"] or call.say("log.erased"), date=node["due_on"] or "—")
        for node in view["instructions"] if node["reported_at"] is None
    ]


def _denials(call: Call, view: Mapping[str, Any], phrase: Phrase) -> list[str]:
    """Who declined the ticket and why, for whoever assigns it next."""
    if view["stage"] != FOUND:
        return []
    lines = []
    for node in view["denials"]:
        more = [call.say(f"card.denial-{name}", **{name: node[name]}) for name in ("clause", "approved_by") if node[name]]
        more += [call.say("card.denial-suggest", suggest=phrase.unit(node["suggest"]))] if node["suggest"] else []
        text = call.say("card.denial", unit=phrase.unit(node["unit"]), date=node["on"], reason=node["reason"] or call.say("log.erased"))
        lines.append(text + (call.say("card.denial-more", more=phrase.several(more)) if more else ""))
    return lines


def _turn(call: Call, view: Mapping[str, Any], phrase: Phrase) -> str:
    """Whose turn it is; while the lead works, the cooperators whose parts are open too."""
    turn = phrase.label("who", view["turn"]) if view["turn"] else ""
    open_ = [phrase.unit(part["unit"]) for part in view["parts"] if part["open"]]
    return call.say("card.turn-with", turn=turn, units=phrase.several(open_)) if turn and open_ else turn


def _cooperators(call: Call, view: Mapping[str, Any], phrase: Phrase) -> str:
    """Each cooperator, and whether its part is confirmed, else its light and date."""
    return phrase.several(_part(call, part, phrase) for part in view["parts"])


def _part(call: Call, part: Mapping[str, Any], phrase: Phrase) -> str:
    unit = phrase.unit(part["unit"])
    if part["signed"]:
        return call.say("card.signed", unit=unit)
    if part["left_out"]:
        return call.say("card.left-out", unit=unit, date=part["due_on"])
    if not part["open"]:
        return call.say("card.unsigned", unit=unit)
    light = f"{SIGNS[part['light']]} {call.say('light.' + part['light'])}"
    return call.say("card.part", unit=unit, light=light, date=part["due_on"])


def _objections(call: Call, view: Mapping[str, Any], phrase: Phrase) -> list[str]:
    return [
        call.say("card.objection", unit=phrase.unit(part["unit"]), reason=part["objection"] or call.say("log.erased"))
        for part in view["parts"] if part["objected_at"]
    ]


def _leftovers(call: Call, view: Mapping[str, Any]) -> list[str]:
    """The rounds that were corrected or taken back, and on whose results the ticket stood."""
    return [call.say("card.leftover", round=item["round"], why=call.say(item["why"])) for item in view.get("leftovers", ())]


def _proposed(call: Call, view: Mapping[str, Any], phrase: Phrase) -> list[str]:
    """What a ledger says otherwise than the ticket, and the commands that take it over."""
    if (proposed := view.get("proposed")) is None:
        return []
    named = {"state": phrase.state, "lead": phrase.unit}
    changes = []
    for each in proposed["changes"]:
        was, says = (named.get(each["field"], str)(text) if text else "—" for text in (each["old"], each["new"]))
        changes.append(call.say("card.proposed", field=call.say(f"ledger-field.{each['field']}"), was=was, says=says))
    return [*changes, *proposed["commands"]]


def _promised(call: Call, view: Mapping[str, Any]) -> str:
    """The promised date; before the ticket is assigned the one, or the limit, that was given for it."""
    if view["planned_on"]:
        return call.say("card.planned", date=view["planned_on"])
    if not view["promised_on"] and view["stated_limit"] and not view["standing"]:
        return call.say("card.limit", amount=call.phrase().amount(view["stated_limit"]))
    if not view["promised_on"]:
        return ""
    return call.say("card.provisional", date=view["promised_on"]) if view["provisional"] else str(view["promised_on"])


def _standing(call: Call, view: Mapping[str, Any]) -> str:
    """Whether the ticket is kept up for good (长期坚持), and when it is to be reviewed next."""
    if not view["standing"]:
        return ""
    return call.say("card.review", date=view["review_on"]) if view["review_on"] else call.say("card.standing")


def _due(call: Call, view: Mapping[str, Any]) -> str:
    """The due date of whoever has the turn, where it differs from the promised date."""
    if not view["due_on"] or view["due_at"] == view["promised_at"]:
        return ""
    return call.say("card.office-late", date=view["due_on"]) if view["office_late"] else str(view["due_on"])


def _request(call: Call, ticket: Ticket, phrase: Phrase) -> str:
    return call.say("card.request", to=phrase.moment(ticket.request.to)) if ticket.request else ""


def _until(call: Call, view: Mapping[str, Any], phrase: Phrase) -> str:
    """The date until which the ticket is suspended."""
    return call.say("card.until", date=phrase.moment(moment(view["suspended_until"]))) if view["suspended_until"] else ""


def _level(call: Call, ticket: Ticket, view: Mapping[str, Any]) -> str:
    """The level that the ticket reached on the ladder. A letter of that level is proposed until somebody issues or waives it: what was
    issued is told beside it.
    """
    if not ticket.level:
        return ""
    level, acted = (
        call.say("card.level", level=item, name=call.say(f"level.{min(item, 4)}")) for item in (ticket.level, ticket.acted_level)
    )
    if ticket.level <= ticket.acted_level:
        return call.say("card.level-issued", level=acted) if ticket.acted_level > URGING_LEVEL else level
    proposed = any(item["level"] == ticket.level for item in view["proposals"])
    code = "card.level-proposed" if proposed else "card.level-unissued"
    return call.say(f"{code}-after" if ticket.acted_level else code, level=level, acted=acted)


def _proposals(call: Call, view: Mapping[str, Any], phrase: Phrase) -> Iterable[str]:
    """The letters that wait for the office's signature."""
    for item in view["proposals"]:
        yield call.say(
            "card.proposal", letter=phrase.label("letter", item["letter"]), date=phrase.moment(moment(item["due_at"])),
        )


def _consents(call: Call, view: Mapping[str, Any], ticket: Ticket, phrase: Phrase) -> list[str]:
    """What leaders agreed to or did not, for whom it is shown to."""
    from engine.rules.acts.consent import name_of  # few tickets were ever put before a leader

    return [
        call.say(
            f"card.consent.{item.agreed}".lower(), leader=phrase.person(item.by), about=phrase.awaited(name_of(item)),
            date=phrase.moment(item.at),
        )
        for item in ticket.consents if view["consents"]
    ]


def _entered(call: Call, ticket: Ticket, phrase: Phrase) -> list[str]:
    """What units did on paper and the office entered afterwards (补录), on which day; the log has the hour where one was given."""
    return [
        call.say("card.entered", trigger=phrase.trigger(item.trigger), unit=phrase.unit(item.unit), date=phrase.day(item.at))
        for item in ticket.entered
    ]


def _actions(call: Call, view: Mapping[str, Any], phrase: Phrase) -> str:
    """The triggers the actor may fire: `交办 assign、撤销 withdraw`. In English the name says as much as the title."""
    titles = {name: phrase.trigger(name) for name in view["actions"]}
    return phrase.several(call.say("card.action", title=titles[name], name=name) if titles[name] != name else name for name in titles)


def file_lines(call: Call, files: Sequence[File], of: str | None = None) -> list[str]:
    """The files that events cite: in which event, by which name, how large, and how the hash begins (`zg evidence get`). `of` is the
    number of the ticket whose events they are, where that is not the one that is shown.
    """
    rows = [(str(file.seq), file.name or file.sha256[:12], file.bytes, file.sha256) for file in files]
    if not call.terminal.out:
        label = (call.say("field.file"),) if of is None else (call.say("field.duplicate-file"), of)
        return [tsv_line(*label, seq, name, size, sha256) for seq, name, size, sha256 in rows]
    code = "card.file" if of is None else "card.file-of"
    return [
        call.say(code, seq=seq, name=clean(name), size=_size(size), sha=sha256[:12], number=of) for seq, name, size, sha256 in rows
    ]


def duplicate_lines(call: Call, duplicates: Sequence[Duplicate], phrase: Phrase) -> list[str]:
    """The tickets that repeat this one, each with its files below it."""
    lines = []
    for ticket, files in duplicates:
        if call.terminal.out:
            lines.append(clean(call.say("card.duplicate", number=ticket.number, title=ticket.title, state=phrase.state(ticket.state))))
        else:
            lines.append(tsv_line(call.say("field.duplicate"), ticket.number, phrase.state(ticket.state), ticket.title))
        lines += file_lines(call, files, ticket.number)
    return lines


def _size(count: int) -> str:
    return f"{count / 1024**2:.1f} MB" if count >= 1024**2 else f"{count / 1024:.1f} KB" if count >= 1024 else f"{count} B"
