"""Lives of rounds: files of results come in, and between them people do what people do, and units are merged.

What cannot be done is refused and changes nothing. The same seed is the same life, whatever the files' order and the size of pieces.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from engine.errors import ZgError
from engine.office.rounds.applied import Applied
from engine.office.rounds.names import Names
from engine.record.directory import act_as
from engine.registry.accounts import NewAccount
from engine.rules.acts.command import Command
from engine.rules.ticket import Ticket
from engine.watch import sweep
from tests.office.rounds.conftest import Loop
from tests.registry.conftest import ADMIN, OFFICE

TARGETS = ("3.5-1", "3.1-1", "3.4:rate>=85", "3.6:rank<=9", "3.10")
SUBJECTS = ("甲县", "乙区", "全市", "市公安局", "市市场监管局")
VALUES = {"3.10": ("达标", "未达标", "不参评", "")}
NUMBERS = ("1", "1", "7.2", "12", "90", "7.2", "—", "")
DAYS = (("2020-06-30", "2020-07-06"), ("2020-07-31", "2020-08-03"), ("2020-08-31", "2020-09-07"), ("2020-09-30", "2020-10-12"))
"""As of which day each round measures, and when its results come."""

STEPS = {
    "found": "assign", "assigned": "accept", "rectifying": "submit", "submitted": "verify", "suspended": "resume", "verified": "reopen",
    "withdrawn": "reinstate",
}
"""What leads on."""

OTHERS = ("comment", "reject", "withdraw", "suspend", "reassign", "request-extension", "grant", "urge", "progress", "reopen", "decline")
File = Mapping[str, str]


@dataclass
class Life:
    """A loop, the luck of its life, how often each thing came about, and the files of its rounds in the order of their days."""

    loop: Loop
    luck: random.Random
    done: dict[str, int] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    targets: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    def settle(self) -> None:
        """What this office measures, and who else may verify."""
        self.loop.town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
        self.targets = tuple(self.luck.sample(TARGETS, self.luck.randint(2, 3)))
        self.subjects = tuple(self.luck.sample(SUBJECTS, self.luck.randint(2, 3)))

    def begin(self, place: int) -> str:
        """The next round, by the plan as this office asks of it."""
        on, day = DAYS[place]
        self.loop.at(day)
        named = self.luck.random() < 0.7
        self.numbers.append(self.loop.start(on, targets=self.targets if named else (), subjects=self.named() if named else ()))
        return self.numbers[-1]

    def named(self) -> tuple[str, ...]:
        """The subjects by their codes, as a command takes them."""
        names = Names(self.loop.town.database)
        return tuple(dict.fromkeys(code for text in self.subjects for code in names.subjects(text)))

    def file(self) -> File:
        """What a sheet says of each target and subject; a row may lack."""
        pairs = [(target.partition(":")[0], subject) for target in self.targets for subject in self.subjects]
        found = {f"{target},{subject}": self.luck.choice(VALUES.get(target, NUMBERS)) for target, subject in pairs}
        return {pair: value for pair, value in found.items() if self.luck.random() < 0.9} or found

    def load(self, number: str, file: File, order: random.Random | None = None, **asked: object) -> Applied:
        return self.loop.load(number, *rows(file, order), head=HEAD, **asked)

    def people(self, acts: int) -> None:
        """So many things that somebody does, each as it comes."""
        for _ in range(acts if self.loop.every() else 0):
            (name,) = self.luck.choices(list(ACTS), [weight for weight, _ in ACTS.values()])
            with suppress(ZgError):
                ACTS[name][1](self)
                self.done[name] = self.done.get(name, 0) + 1

    def ticket(self) -> Ticket:
        return self.luck.choice(self.loop.every())


HEAD = "指标,对象,数值,结果"


def rows(file: File, order: random.Random | None = None) -> list[str]:
    """The rows of a file; what is judged by hand stands in a column of its own."""
    found = [f"{pair},,{value}" if pair.startswith("3.10,") else f"{pair},{value}," for pair, value in file.items()]
    if order is not None:
        order.shuffle(found)
    return found


def fires(life: Life, trigger: str) -> None:
    luck, town, ticket = life.luck, life.loop.town, life.ticket()
    definition = town.desk.rules.definition(ticket.definition)
    trigger = STEPS.get(ticket.state, trigger) if trigger == "next" else trigger
    found = definition.triggers.get(trigger)
    if found is None:
        return
    given: dict[str, Any] = {"lead": ticket.lead or "SCJGJ"} if trigger == "assign" else {}
    given |= {"as": luck.choice(("mistake", "not-a-problem"))} if trigger == "withdraw" else {}
    given |= {"as": luck.choice(("relapse", "correction"))} if trigger == "reopen" else {}
    given |= {"lead": luck.choice(("FGW", "GAJ"))} if trigger == "reassign" else {}
    given |= {"by": "phone"} if trigger == "urge" else {}
    words = {item.name: "依据事实" for item in found.input if item.kind == "words"}
    of_unit = found.by[0] == "lead"
    name = (ticket.lead or "SCJGJ").lower() if of_unit else luck.choice(("office", "second"))
    town.desk.do(act_as(town.database, name, "test", town.now), ticket.number, Command(trigger, given, words))


def merges(life: Life) -> None:
    one, other = life.luck.sample(("GAJ", "SCJGJ", "FGW"), 2)
    life.loop.town.registry.units.merge(OFFICE, one, other, life.loop.town.now.date(), "机构改革")


def repeats(life: Life) -> None:
    """One is found to be another: it is withdrawn as a duplicate."""
    one, other = life.ticket(), life.ticket()
    life.loop.town.desk.do(OFFICE, one.number, Command("withdraw", {"as": "duplicate", "of": other.number}, {"reason": "重复"}))


def proposes(life: Life) -> None:
    """What people do in bulk with the newest round."""
    if life.numbers:
        life.loop.reopen(life.numbers[-1])
        life.loop.verify(life.numbers[-1])


ACTS: dict[str, tuple[int, Callable[[Life], None]]] = {
    "next": (60, lambda life: fires(life, "next")), "other": (15, lambda life: fires(life, life.luck.choice(OTHERS))),
    "merge": (1, merges), "repeat": (3, repeats), "propose": (5, proposes),
    "sweep": (3, lambda life: sweep(life.loop.town.desk, breathe=lambda seconds: None) and None),
}
"""How often a thing is done, and the thing."""


def standing(tickets: Sequence[Ticket]) -> dict[str, object]:
    """Where each ticket stands, and what runs for it."""
    return {item.number: (item.state, item.final, item.attempt, item.deadlines, item.lead, item.wake_at) for item in tickets}
