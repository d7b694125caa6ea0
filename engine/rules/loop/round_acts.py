"""What the supervision office does with a round: begins it, enters what it found, closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.access import Actor, may_evaluate
from engine.rules.acts.command import Refusal
from engine.rules.acts.office_event import first_office_event, office_event
from engine.rules.event import Event
from engine.rules.json_value import Json, JsonObject
from engine.rules.loop.round import CLOSED, RECORDED, STARTED, Round, note_word
from engine.rules.loop.round_facts import ERASED_NOTE, Leftover, Result
from engine.rules.loop.round_problems import closed, not_now, standing
from engine.rules.loop.target import Standard
from engine.rules.loop.undoing import TAKEN_BACK, same_person
from engine.rules.proof.chain import stamp
from engine.rules.ticket_facts import Evidence
from engine.rules.wording import LONGEST, LONGEST_FACT, title_problem, word_problem
from engine.rules.worktime import Amount, Calendar, due
from engine.rules.worktime.amount import WORKING_DAYS

ASSIGN_LIMIT = Amount(10, WORKING_DAYS)
"""In which time the tickets of a round are to be assigned, where nothing else is said: 230 rows are not 230 alarms."""

IMPORTED, CORRECTED = "import", "correct"
"""Why results are recorded, where they do not go."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A round that is to begin: by which scheme, as of which day, and its scope where it is named."""

    scheme: str
    on: date
    title: str
    standards: Sequence[Standard] = ()
    subjects: Sequence[str] = ()
    from_: date | None = None
    received: date | None = None
    letter: str | None = None
    points: bool = False
    interim: bool = False
    comment_until: datetime | None = None
    assign_limit: Amount = ASSIGN_LIMIT


class Sheet(NamedTuple):
    """The file that results come from, and how it was read: kept with the round, so that it can be read again."""

    evidence: Evidence | None = None
    settings: Mapping[str, Json] = {}


class Entered(NamedTuple):
    """Results that are entered together: pair by pair, None for one that is taken back; as which version of the results, and why.
    `asked` is the request of somebody else to take the round back, where one waits; `leftovers` are tickets that are left to people.
    """

    results: Mapping[str, Result | None]
    version: int = 1
    cause: str = IMPORTED
    sheet: Sheet = Sheet()
    reason: str | None = None
    asked: Event | None = None
    leftovers: Sequence[Leftover] = ()


def start(
    beginning: Beginning, actor: Actor, now: datetime, calendar: Calendar, *, stream: int, number: str, office: str, salt: str,
    same_day: str | None = None,
) -> Event | Refusal:
    """The first event of a round, or every reason against it. `stream` and `number` come from the record's counters; `same_day` is a round
    of the same scheme and day whose scope overlaps, if there is one.
    """
    today = calendar.local_day(now)
    found = [
        None if may_evaluate(actor) else Reason("may-not-evaluate", {"actor": actor.name}, 4),
        word_problem("scheme", beginning.scheme, LONGEST_FACT, one_line=True), title_problem(beginning.title),
        word_problem("doc", beginning.letter, LONGEST_FACT, one_line=True) if beginning.letter is not None else None,
        *(word_problem("subject", name, LONGEST_FACT, one_line=True) for name in beginning.subjects),
        Reason("round-ahead", {"date": beginning.on.isoformat()}) if beginning.on > today else None,
        Reason("round-same-day", {"round": same_day, "date": beginning.on.isoformat()}) if same_day is not None else None,
        Reason("period-backward") if beginning.from_ is not None and beginning.from_ > beginning.on else None,
        Reason("limit-empty") if beginning.assign_limit.number == 0 else None,
        Reason("comment-past", {"date": beginning.comment_until}) if _is_past(beginning.comment_until, now) else None,
    ]
    if reasons := standing(found):
        return Refusal(reasons)
    data: JsonObject = {
        "number": number, "office": office, "scheme": beginning.scheme, "on": beginning.on.isoformat(),
        "standards": [item.to_json() for item in beginning.standards], "assign_limit": str(beginning.assign_limit),
        "assign_due_at": stamp(due(now, beginning.assign_limit, calendar).at),
    }
    data |= _stated(**{
        "from": _iso(beginning.from_), "received": _iso(beginning.received), "doc": beginning.letter,
        "subjects": list(dict.fromkeys(beginning.subjects)) or None, "points": beginning.points or None,
        "interim": beginning.interim or None, "comment_until": stamp(beginning.comment_until) if beginning.comment_until else None,
    })
    return first_office_event(stream, actor, now, STARTED, data, {"title": beginning.title}, salt)


def record(round_: Round, entered: Entered, actor: Actor, now: datetime, salt: str) -> Event | Refusal:
    """The event by which a round says of some pairs what was found, or every reason against it."""
    found = [
        *(import_problems(round_, actor) if entered.cause == IMPORTED else not_now(round_, actor)),
        same_person(entered.asked, actor) if entered.cause == TAKEN_BACK else None, *_misjudged(round_, entered.results),
    ]
    if reasons := standing(found):
        return Refusal(reasons)
    words = {note_word(pair): result.note for pair, result in entered.results.items() if result is not None and result.note}
    if entered.reason is not None:
        words["reason"] = entered.reason
    evidence = entered.sheet.evidence
    data: JsonObject = {
        "version": entered.version, "cause": entered.cause,
        "pairs": [_pair(pair, result) for pair, result in entered.results.items()],
        **({"leftovers": [item.to_json() for item in entered.leftovers]} if entered.leftovers else {}),
        **({"settings": dict(entered.sheet.settings)} if entered.sheet.settings else {}),
        **({"file": evidence.sha256, "evidence": [evidence.to_json()]} if evidence is not None else {}),
    }
    return office_event(round_, actor, now, RECORDED, data, words, salt)


def import_problems(round_: Round, actor: Actor) -> tuple[Reason, ...]:
    """What stands against importing anything into a round, whatever it is: a round that was closed takes a correction and no more."""
    return standing([*not_now(round_, actor), closed(round_)])


def close(round_: Round, missing: int, accepted: str | None, actor: Actor, now: datetime, salt: str) -> Event | Refusal:
    """The event by which a round takes no more results, or every reason against it. `missing` pairs of its scope are not explained;
    `accepted` is why that is accepted.
    """
    found = [
        *not_now(round_, actor), closed(round_),
        Reason("round-missing", {"round": round_.number, "count": missing}) if missing and not accepted else None,
        Reason("round-disputed", {"round": round_.number}) if any(item.accepted is None for item in round_.disputes) else None,
        Reason("round-pending", {"round": round_.number}) if any(item.pending for item in round_.results.values()) else None,
        word_problem("reason", accepted, LONGEST) if accepted is not None else None,
    ]
    if reasons := standing(found):
        return Refusal(reasons)
    words = {"reason": accepted} if accepted is not None else {}
    return office_event(round_, actor, now, CLOSED, {"missing": missing}, words, salt)


# how -----------------------------------------------------------------------------------------------------------------


def _misjudged(round_: Round, results: Mapping[str, Result | None]) -> list[Reason]:
    """Results that do not follow from their facts by the targets that the round pinned, and facts of which nobody ever reads the end."""
    found = []
    for pair, result in results.items():
        if result is not None and any(len(fact) > LONGEST_FACT for fact in result.facts.values()):
            found.append(Reason("result-facts", {"round": round_.number, "pair": pair}))
        standard = round_.standard(round_.problem(pair).target)
        if result is not None and not result.decided and (standard is None or round_.judges(standard, result.facts) != result.result):
            found.append(Reason("result-other", {"round": round_.number, "pair": pair}))
    return found


def _pair(pair: str, result: Result | None) -> JsonObject:
    if result is None:
        return {"pair": pair}
    node = result.to_json()
    left_out = ("version",) if result.note == ERASED_NOTE else ("note", "version")  # a note is a word; that one was erased is not
    return {"pair": pair, **{name: value for name, value in node.items() if name not in left_out}}


def _stated(**values: Json) -> JsonObject:
    return {name: value for name, value in values.items() if value is not None}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _is_past(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now
