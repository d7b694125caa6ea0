"""Lives of a ticket in memory: random acts of people, and of the office upon all its tickets, at random times."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from engine.rules.access import Actor
from engine.rules.acts import redaction
from engine.rules.acts.decide import assess
from engine.rules.acts.decide import possible as open_to
from engine.rules.acts.handover import HANDED_OVER, Succession, to_unit
from engine.rules.definition import Trigger
from engine.rules.ticket import Ticket, fold
from engine.rules.ticket_facts import Evidence
from engine.rules.worktime import REST, WORK, Calendar, Day
from tests.rules.conftest import COOPERATOR, LEAD, LEAD_HEAD, LEADER, OFFICE, Matter, china, local, workflow
from tests.rules.versions import edited, names_between

OFTEN = settings()
"""As often as the profile says, for laws of what few lives have: fifty lives, or thousands by `make torture`."""

LAWFUL = settings(max_examples=OFTEN.max_examples * 6 // 10)

UNITS = ("SCJGJ", "GAJ", "FY")
WORDS = {"reason", "note", "clause", "basis", "approved_by"}
START = local("2020-01-06T09:00")
SEEDS = st.integers(0, 2**32 - 1)
WEIGHTS = {
    "withdraw": 1, "comment": 1, "progress": 1, "urge": 1, "merge": 2, "reassign": 3, "decline": 4, "uphold": 3, "amend": 3,
    "calendar": 4, "instruct": 4, "object": 4, "sweep": 12, "resume": 24, "reject": 16, "reinstate": 24,
    "request-extension": 16, "grant": 24, "consent": 16, "issue": 24, "reopen": 16,
}
ONCE_IN_A_LIFE = 0.05
"""How often all tickets go over to another version of their workflow, and how often words are erased."""

FEWEST = 2
"""Units there must be left, so that a ticket finds a lead and a cooperator."""

USUAL = 8
"""How often an act is chosen among those that are possible: seldom what ends a life or changes little, often what few moments allow."""

SECOND = replace(OFFICE, name="second")
SIGNED_SHEET = Evidence("a" * 64, 10, "application/pdf")
NAMES = st.sampled_from(["rectification", "rectification", "complaint", "bad-review"])
GRADES = {"rectification": ("A", "B", "C"), "complaint": ("consult", "help", "complaint"), "bad-review": (None,)}


def acting(trigger: Trigger, ticket: Ticket) -> Actor:
    """Somebody who may do it."""
    who = trigger.by[0]
    if who == "lead":
        return of_unit(LEAD, ticket.lead)
    if who == "head":
        return of_unit(LEAD_HEAD, ticket.lead)
    if who == "leader":
        return LEADER
    if {"other-hands", "not-who-assigned"} & {guard.name for guard in trigger.guards}:
        return SECOND  # whoever opens and assigns does not judge
    if who == "cooperator":
        return of_unit(COOPERATOR, next(iter(sorted(set(ticket.cooperators) - set(ticket.signed))), "SWJ"))
    return OFFICE


def of_unit(like: Actor, unit: str | None) -> Actor:
    """An account of the unit: each has one of its own."""
    return like if unit == like.unit else replace(like, name=f"{like.name}-{unit}", unit=unit)


def filled(chance: Random, trigger: Trigger, matter: Matter) -> tuple[dict[str, Any], dict[str, str]]:
    """What the trigger needs, and some of what it takes."""
    given: dict[str, Any] = {}
    words: dict[str, str] = {}
    days = chance.randint(1, chance.choice((6, 40)))
    ahead = max(matter.now, matter.ticket.promised_at or matter.now) + timedelta(days=days)
    for item in trigger.input:
        required = item.required(matter.ticket.grade)
        if not required and chance.random() < 0.5:
            continue
        if item.kind == "words":
            words[item.name] = "依据事实"
        elif item.kind == "when":
            given[item.name] = ahead
        elif item.kind == "units":
            given[item.name] = tuple(unit for unit in in_force(matter)[-1:] if unit != given.get("lead"))
        elif item.kind == "unit":
            given[item.name] = chance.choice(in_force(matter)[:FEWEST])
        elif item.kind == "choice":
            given[item.name] = chance.choice(item.choices)
        elif item.kind == "ticket":
            given[item.name] = "ZG-2020-0002"
        elif item.kind == "flag":
            given[item.name] = True
        elif item.kind in ("text", "leader") and required:
            given[item.name] = "王副市长"
    return given, words


def step(chance: Random, matter: Matter) -> None:
    """One thing somebody might do: to the ticket, or, more seldom, to all tickets or to its words."""
    lot = chance.random()
    if lot < ONCE_IN_A_LIFE and not matter.ticket.final:
        go_over(chance, matter)
    elif lot > 1 - ONCE_IN_A_LIFE:
        erase(chance, matter)
    else:
        act(chance, matter)


def act(chance: Random, matter: Matter) -> None:
    """A trigger, an amendment, another calendar, a merger, or the sweep."""
    matter.now += timedelta(hours=chance.randint(0, 40)) if chance.random() < 0.5 else timedelta(days=12) * chance.random()
    verdicts = {
        name: assess(matter.situation(acting(trigger, matter.ticket)), trigger)
        for name, trigger in matter.definition.triggers.items() if matter.ticket.state in trigger.sources
    }
    for name, verdict in verdicts.items():
        trigger = matter.definition.triggers[name]
        assert (trigger in open_to(matter.situation(acting(trigger, matter.ticket)))) == verdict.possible
    possible = ["sweep", "amend", "calendar", *sorted(name for name, verdict in verdicts.items() if verdict.possible)]
    if not matter.ticket.final and len(in_force(matter)) > FEWEST:
        possible.append("merge")
    (choice,) = chance.choices(possible, [WEIGHTS.get(name, USUAL) for name in possible])
    if choice == "sweep":
        matter.sweep()
    elif choice == "calendar":
        matter.load(another_calendar(chance, matter))
    elif choice == "merge":
        merge(chance, matter)
    elif choice == "amend":
        grade = chance.choice((None, *GRADES[matter.definition.name]))
        due = matter.now + timedelta(days=chance.randint(1, 60)) if chance.random() < 0.5 else None
        matter.amend(reason="录入错误", grade=grade, due=due, title="更正后的标题")
    else:
        trigger = matter.definition.triggers[choice]
        given, words = filled(chance, trigger, matter)
        files = (SIGNED_SHEET,) if "file" in verdicts[choice].needs else ()
        matter.keep(matter.attempt(choice, acting(trigger, matter.ticket), words, files, **given))


def another_calendar(chance: Random, matter: Matter) -> Calendar:
    """The calendar in force with a day of these weeks worked or off: for all, or for one unit."""
    calendar = matter.calendar
    day = calendar.local_day(matter.now) + timedelta(days=chance.randint(-10, 20))
    changed = {day: Day(chance.choice((REST, WORK)), "另定")}
    if chance.random() < 0.7:
        return replace(calendar, days={**calendar.days, **changed})
    unit = chance.choice((*UNITS, "SWJ"))
    return replace(calendar, units={**calendar.units, unit: {**calendar.units.get(unit, {}), **changed}})


def in_force(matter: Matter) -> list[str]:
    """The units that were merged into none."""
    ended = {event.data["unit"][0] for event in matter.events if event.kind == HANDED_OVER}
    return [unit for unit in (*UNITS, "SWJ") if unit not in ended]


def merge(chance: Random, matter: Matter) -> None:
    """A unit that has something to do with the ticket, if there is one, goes into another."""
    units = in_force(matter)
    concerned = [unit for unit in units if unit in (matter.ticket.lead, *matter.ticket.cooperators)]
    old = chance.choice(concerned or units)
    among = concerned if len(concerned) > 1 and chance.random() < 0.5 else units
    new = chance.choice([unit for unit in among if unit != old])
    matter.keep(to_unit(matter.ticket, Succession(old, new, len(matter.events)), OFFICE, matter.now, matter.definition.hidden_states))


def go_over(chance: Random, matter: Matter) -> None:
    """To another version of its workflow, or back to the shipped one. What came due by the version before comes first, as at the desk."""
    base = workflow(matter.definition.name)
    to = base if matter.definition != base and chance.random() < 0.3 else edited(base, chance)
    matter.sweep()
    if to != matter.definition and not matter.ticket.final:
        matter.migrate(to, names_between(matter.definition, to, base))


def erase(chance: Random, matter: Matter) -> None:
    """The words of an event go: somebody of the office asks, another confirms."""
    written = [event.seq for event in matter.events if event.words is not None]
    seq = chance.choice(written)
    if redaction.open_request(matter.events, seq) is None:
        matter.keep(redaction.ask(matter.ticket, matter.events, seq, "个人信息", OFFICE, matter.now, "salt"))
    matter.keep(redaction.confirm(matter.ticket, matter.events, seq, SECOND, matter.now))
    matter.events[seq - 1] = matter.events[seq - 1]._replace(words=None, salt=None)
    matter.ticket = fold(matter.events)


def lived(data: st.DataObject, name: str, steps: int = 30) -> Matter:
    """A ticket that lived through random acts at random times.

    Of a life Hypothesis draws the seed and the number of steps, so that it shrinks to the shortest life that breaks a law: drawing every
    step costs more than the step, and most lives so drawn end at once.
    """
    chance = Random(data.draw(SEEDS, label="seed"))  # noqa: S311 – a walk, not a secret
    matter = Matter(START, workflow(name), china())
    due = START + timedelta(days=chance.randint(1, 60)) if chance.random() < 0.5 else None
    matter.open(grade=chance.choice(GRADES[name]), lead="SCJGJ", cooperators=chance.choice([(), ("SWJ",)]), due=due)
    for _ in range(data.draw(st.integers(steps // 3, steps), label="steps")):
        step(chance, matter)
    return matter
