"""What a notice says: what happened, by when, one number or link. Made when it is read or sent, from the event and from the ticket as it
was then: what was told stays what was told, whatever became of the ticket, of its date or of the reader's part in it.

Nothing that people typed goes into a notice but the title, and the title only to whoever could see the ticket.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from engine.rules.access import SUPERVISOR, UNIT_ROLES, Actor, may_see, sees_everything
from engine.rules.acts.duplicates import HAS_DUPLICATE, LINKED, NO_DUPLICATE
from engine.rules.acts.proposals import PROPOSAL
from engine.rules.deadline import RUNS
from engine.rules.definition import Definition
from engine.rules.definition.model import PROPOSES
from engine.rules.event import Event, for_the_office
from engine.rules.proof.chain import moment
from engine.rules.recipients import in_the_name_of
from engine.rules.seeing import with_predecessors
from engine.rules.ticket import Ticket, fold
from engine.rules.timing.parts import part_of
from engine.words import say
from engine.words.phrase import Phrase

LONGEST_SHORT = 70
"""Characters of an SMS, counted as the network counts them (UTF-16)."""

LONGEST_SUBJECT = 60
"""Characters of the subject of a letter that is about no single ticket."""

SHORTEST_TITLE = 4
"""A title that would be cut to fewer characters than this is left out of an SMS."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One notice for one reader. `title` and `by` are those of then; `past`: the date has come, and the reader still has the ticket open.

    `closed` is how the ticket ended since then: what waited for the morning may be settled by the evening before.
    """

    number: str
    title: str
    what: str
    by: datetime | None = None
    past: bool = False
    closed: str = ""


class Told(NamedTuple):
    """A ticket as its reader knew it when it was told of an event. `reader` is the reader as it stood to the ticket then, also where its
    unit was another one; None where the event took the ticket from it.
    """

    ticket: Ticket
    reader: Actor | None


def told(event: Event, history: Sequence[Event], hidden: Callable[[Ticket], Collection[str]], reader: Actor) -> Told:
    """The ticket as the reader was told of it by this event of its history; one that left the reader as it was before it left. `hidden`
    gives the states that the version to which the ticket was pinned then hides.
    """
    then = history[: event.seq]
    after = fold(then)
    found = next((one for one in with_predecessors(reader, history) if may_see(one, after, hidden(after))), None)
    return Told(after if found is not None or len(then) == 1 else fold(then[:-1]), found)


def may_read(event: Event, ticket: Ticket, hidden: Collection[str], reader: Actor) -> bool:
    """Whether a notice of this event is the reader's to read (still). A unit that the ticket left reads what it was told until then."""
    if for_the_office(event) and not sees_everything(reader):
        return False
    its_own = reader.role in UNIT_ROLES and event.seq <= ticket.past.get(reader.unit or "", 0)
    return its_own or may_see(reader, ticket, hidden)


def line_of(event: Event, ticket: Ticket, then: Told, sees: bool, reader: Actor, now: datetime, phrase: Phrase) -> Line:
    """What the notice of this event says to a reader who may read it; `sees` says whether the reader may see the ticket as it is now."""
    by = _date_to_keep(event, then.ticket, then.reader) if then.reader is not None else None
    open_ = sees and not ticket.final
    closed = phrase.state(ticket.state) if sees and ticket.final and ticket.state != event.to_state else ""
    return Line(
        ticket.number, plain(then.ticket.title), plain(what(event, reader, phrase)), by, open_ and by is not None and by <= now, closed,
    )


def free_line(text: str) -> Line:
    """A text about several tickets, or about none."""
    return Line("", "", plain(text))


def text_of_facts(body: str, language: str) -> str:
    """The text of a notice that was queued with facts as JSON, in its reader's language; `say` names the text that the facts go into.

    A fact may be a name in several languages, or a list of such facts again.
    """
    text: str = _spelled(json.loads(body), language, ("list.semicolon", "list.comma"))
    return text


def _spelled(fact: Any, language: str, joints: tuple[str, ...]) -> Any:
    if isinstance(fact, list):
        return say(joints[0], language).join(_spelled(item, language, joints[1:]) for item in fact)
    if not isinstance(fact, dict):
        return fact
    if "say" not in fact:
        return fact.get(language) or next(iter(fact.values()))
    return say(fact["say"], language, **{name: _spelled(value, language, joints) for name, value in fact.items() if name != "say"})


def what(event: Event, reader: Actor, phrase: Phrase) -> str:
    """What happened, in a word, and whether the reader's unit has no part in it any more."""
    happened = _happened(event, reader, phrase)
    left = reader.role in UNIT_ROLES and event.data.get("effects", {}).get("past", {}).get(reader.unit) == event.seq
    return phrase.say("notice.left", what=happened) if left else happened


def _happened(event: Event, reader: Actor, phrase: Phrase) -> str:
    """A rung that proposes is not the act yet: the office is asked for it."""
    data = event.data
    if event.kind == "did":
        title = phrase.trigger(data["trigger"])
        if "agreed" in data:
            title = phrase.say(f"notice.consented.{data['agreed']}".lower(), trigger=title, about=phrase.awaited(data["about"]))
        if phrase.definition is not None and in_the_name_of(phrase.definition, event) == reader.name:
            return phrase.say("notice.in-your-name", what=title)
        if "for_unit" not in data:
            return title
        title = phrase.say("entry.title", trigger=title)
        voided = _voided(event, reader, phrase)
        return phrase.several([title, phrase.say("log.voided", rungs=phrase.several(voided))]) if voided else title
    if event.kind == "amended" and (rungs := _voided(event, reader, phrase)):
        return phrase.say("notice.corrected", rungs=phrase.several(rungs))
    if event.kind == LINKED and data["relation"] == HAS_DUPLICATE:
        return phrase.say("notice.has-duplicate")
    if event.kind == LINKED and data["relation"] == NO_DUPLICATE:
        return phrase.say("notice.no-duplicate")
    if event.kind != "escalated":
        return phrase.label("kind", event.kind)
    rung = phrase.fired(event)
    return phrase.say("notice.proposed", rung=rung) if data.get("act") == PROPOSES else rung


def _voided(event: Event, reader: Actor, phrase: Phrase) -> list[str]:
    """The titles of the rungs that an event says are void, each once; to a unit only of those of which it was told."""
    rungs = [(item["clock"], rung) for item in event.data.get("voided", ()) for rung in item["rungs"]]
    if not sees_everything(reader):
        rungs = [(clock, rung) for clock, rung in rungs if _told(clock.partition(":")[0], rung, phrase.definition)]
    repeated = [
        phrase.repeated(item["clock"], n) for item in event.data.get("voided", ()) for _, n in item.get("repetitions", ())
    ]
    return list(dict.fromkeys((*(phrase.rung(clock, rung) for clock, rung in rungs), *repeated)))


def _told(clock: str, rung: str, definition: Definition | None) -> bool:
    """Whether units are told of a rung: it proposes nothing, and is not of the limit for signing what is proposed."""
    named = definition.clocks.get(clock) if definition is not None else None
    if definition is None or named is None or named.runs_with == PROPOSAL:
        return False
    return any(item.name == rung and item.act != PROPOSES for item in definition.ladders[named.ladder].rungs)


def _date_to_keep(event: Event, ticket: Ticket, reader: Actor) -> datetime | None:
    """The date this reader has to keep an eye on."""
    if ticket.final:
        return None
    if event.kind == "escalated":
        return moment(event.data["due_at"])
    part = part_of(ticket, reader.unit)
    if part is not None and part.state == RUNS:
        return part.due_at
    ours = ticket.turn == "office" if reader.role == SUPERVISOR else reader.role in UNIT_ROLES and ticket.turn == "lead"
    return ticket.due_at if ours and reader.unit in (None, ticket.lead) else ticket.promised_at


def one_line(line: Line, phrase: Phrase) -> str:
    """The notice in one line."""
    if not line.number:
        return line.what
    by = phrase.say("notice.by-past" if line.past else "notice.by", date=line.by) if line.by and not line.closed else ""
    text = phrase.say("notice.line" if line.title else "notice.line-untitled", number=line.number, title=line.title, what=line.what, by=by)
    return text + phrase.say("notice.closed", closed=line.closed) if line.closed else text


def subject(lines: Sequence[Line], count: int, phrase: Phrase) -> str:
    """The subject of a letter about these notices; there are `count` of them in all."""
    first = lines[0]
    if count > 1:
        return phrase.say("notice.subject-many", count=count)
    if not first.number:
        return phrase.say("notice.subject-office", what=cut(first.what, LONGEST_SUBJECT))
    return phrase.say("notice.subject", what=first.what, number=first.number, title=first.title).strip()


def body(lines: Sequence[Line], count: int, phrase: Phrase, link: str | None) -> str:
    """The letter: a line and a link for each ticket, how many more there are."""
    page = []
    for index, line in enumerate(lines):
        page.append(one_line(line, phrase))
        same_ticket_follows = index + 1 < len(lines) and lines[index + 1].number == line.number
        if link is not None and line.number and not same_ticket_follows:
            page.append(link.replace("{number}", line.number))
    if count > len(lines):
        page.append(phrase.say("notice.more", count=count - len(lines)))
    if link is None:
        page.append(phrase.say("notice.see"))
    return "\n".join(page)


def short(lines: Sequence[Line], count: int, phrase: Phrase, signature: str = "") -> str:
    """An SMS about these notices, of at most 70 characters: the title gives way first."""
    first = lines[0]
    if count > 1:
        text = phrase.say("notice.short-many", count=count, number=first.number, what=first.what)
        return cut(signature + text, LONGEST_SHORT)
    if not first.number:
        return cut(signature + first.what, LONGEST_SHORT)
    by = ""
    if first.by is not None and not first.closed:
        local = first.by.astimezone(phrase.zone)
        day = phrase.say("notice.short-day", month=local.month, day=local.day)
        by = phrase.say("notice.short-past" if first.past else "notice.short-by", day=day)

    def text_with(title: str) -> str:
        return signature + phrase.say("notice.short", number=first.number, title=title, what=first.what, by=by)

    characters_left = LONGEST_SHORT - length(text_with("")) - length(phrase.say("notice.short-title", title=""))
    if first.title and characters_left >= min(SHORTEST_TITLE, length(first.title)):
        return text_with(phrase.say("notice.short-title", title=cut(first.title, characters_left)))
    return cut(text_with(""), LONGEST_SHORT)


def length(text: str) -> int:
    """How many characters of an SMS a text takes: one beyond the first plane counts twice."""
    return len(text.encode("utf-16-le", "replace")) // 2


def cut(text: str, longest: int) -> str:
    """The text in at most so many characters of an SMS, with an ellipsis if something had to go."""
    if length(text) <= longest:
        return text
    while text and length(text) > longest - 1:
        text = text[:-1]
    return text + ELLIPSIS


def plain(text: str) -> str:
    """One line without anything that could end a header, turn the reading direction or command a terminal."""
    return "".join(char if char.isprintable() else " " for char in text).strip()
