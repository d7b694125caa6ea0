"""Lives of an office over a database: random acts of its people, its administration and its watch, one after the other.

Each goes through what a command calls; what cannot be is refused, and changes nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.app import shipped
from engine.audit import seals
from engine.errors import Reason, ZgError
from engine.office.batches import Batches
from engine.record.directory import act_as
from engine.registry.accounts import NewAccount
from engine.registry.calendars import CalendarChange, Calendars
from engine.registry.sign_in import issue_token, set_password
from engine.registry.units import NewUnit
from engine.registry.versions import Versions
from engine.rules.acts.amend import Amendment
from engine.rules.acts.batch import Letter
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.ticket import Ticket
from engine.rules.worktime import REST, WORK, add_day
from engine.watch import sweep
from tests.registry.conftest import ADMIN, OFFICE, Town
from tests.signing import FIRST

UNITS = ("FGW", "GAJ", "BFX", "GXJ", "SCJGJ")
PEOPLE = tuple(name for unit in UNITS for name in (unit.lower(), f"{unit.lower()}-head"))


@dataclass
class Life:
    """An office, the luck of its life, and how often each act came about."""

    town: Town
    luck: random.Random
    folder: Path
    done: dict[str, int] = field(default_factory=dict)

    def live(self, steps: int) -> Town:
        """The office after so many acts."""
        self.town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
        for _ in range(3):
            self.town.assigned(self.unit())
        for _ in range(steps):
            longest = self.luck.choice((0, 1, 30, 200))
            self.town = replace(self.town, now=self.town.now + timedelta(hours=self.luck.uniform(0, longest), microseconds=1))
            (name,) = self.luck.choices(list(ACTS), [weight for weight, _ in ACTS.values()])
            with suppress(ZgError):
                ACTS[name][1](self)
                self.done[name] = self.done.get(name, 0) + 1
        return self.town

    def unit(self) -> str:
        return self.luck.choice(UNITS)

    def ticket(self) -> Ticket:
        """Any ticket, mostly of those that are open."""
        rows = self.town.database.rows("SELECT number FROM ticket WHERE NOT final OR id = 1 ORDER BY id")
        return self.town.desk.load(OFFICE, self.luck.choice(rows)[0] if rows else "1")[0]

    def day(self) -> date:
        return self.town.now.date() - timedelta(days=self.luck.randint(0, 3))


def opens(life: Life) -> None:
    luck = life.luck
    opening = Opening(f"企业开办材料重复提交 {luck.randint(1, 9999)}", "visit", grade=luck.choice("ABC"), detail="详情")
    number = life.town.desk.open(OFFICE, opening).ticket.number
    if luck.random() < 0.8:
        together = (life.unit(),) if luck.random() < 0.4 else ()
        life.town.desk.do(OFFICE, number, Command("assign", {"lead": life.unit(), "with": together}))


def fires(life: Life) -> None:
    """A trigger that leads on from where a ticket stands, by somebody who might, standing in for another now and then."""
    luck, ticket = life.luck, life.ticket()
    definition = life.town.desk.rules.definition(ticket.definition)
    trigger = luck.choice([item for item in definition.triggers.values() if ticket.state in item.sources])
    unit = (ticket.lead or life.unit()).lower()
    usual = {"lead": unit, "head": f"{unit}-head", "leader": "leader", "cooperator": (*ticket.cooperators, "GAJ")[0].lower()}
    name = usual.get(trigger.by[0], luck.choice(("office", "second")))
    deputies = life.town.database.rows("SELECT deputy FROM stand_in WHERE account = :name", name=name)
    if deputies and luck.random() < 0.5:
        name = f"{luck.choice(deputies)[0]}/{name}"
    given: dict[str, Any] = {}
    words: dict[str, str] = {}
    for item in trigger.input:
        if not item.required(ticket.grade) and luck.random() < 0.6:
            continue
        if item.kind == "words":
            words[item.name] = "依据事实"
        elif item.kind == "choice":
            given[item.name] = luck.choice(item.choices)
        else:
            later = max(life.town.now, ticket.promised_at or life.town.now) + timedelta(days=luck.randint(1, 20))
            kinds = {"when": later, "unit": life.unit(), "units": (life.unit(),), "flag": True, "ticket": "1", "account": "leader"}
            given[item.name] = kinds.get(item.kind, "王副市长")
    life.town.desk.do(act_as(life.town.database, name, "test", life.town.now), ticket.number, Command(trigger.name, given, words))


def erases(life: Life) -> None:
    ticket = life.ticket()
    seq = life.luck.randint(1, ticket.version)
    life.town.desk.ask_erasure(OFFICE, ticket.number, seq, "个人信息")
    life.town.desk.erase(act_as(life.town.database, "second", "test", life.town.now), ticket.number, seq)


def loads_calendar(life: Life) -> None:
    calendars = Calendars(life.town.desk, life.town.registry, breathe=lambda seconds: None)
    before = life.town.desk.rules.calendar()
    changed = add_day(before, life.day(), life.luck.choice((REST, WORK)), "另定")
    if not isinstance(changed, Reason):
        change = CalendarChange(before, changed, calendars.notices(), {"days": "另定"})
        calendars.put_in_force(OFFICE, change, lambda ticket, move: None, accept_earlier=life.luck.random() < 0.5)


def migrates(life: Life) -> None:
    """Another version of the shipped workflow, in which a state has another name, or the shipped one again; and open tickets follow."""
    file = next(file for file in shipped.workflow_files() if file.stem == "rectification")
    text, other = file.read_text(encoding="utf-8"), life.luck.random() < 0.6
    if other:
        longer = f"amount: {life.luck.randint(2, 4)} working days\n"
        text = text.replace("submitted", "checking").replace("amount: 1 working day\n", longer, 1)
    path = life.folder / f"{'checking' if other else 'rectification'}.yaml"
    path.write_text(text, encoding="utf-8")
    to = life.town.registry.load_workflow(OFFICE, path).definition
    versions = Versions(life.town.desk, breathe=lambda seconds: None)
    versions.migrate(OFFICE, versions.change(OFFICE, "rectification", to.hash, ["submitted=checking" if other else "checking=submitted"]),
                     lambda item: None)


def seals_it(life: Life) -> None:
    seals.take(life.town.database, [FIRST], ADMIN, life.town.now)


def receives(life: Life) -> None:
    letter = Letter("省营商环境评价反馈问题", f"豫营商办〔2020〕{life.luck.randint(1, 99)}号", date(2020, 9, 20), "省营商办")
    Batches(life.town.desk).receive(OFFICE, letter)


def links(life: Life) -> None:
    one, other = life.ticket(), life.ticket()
    if one.duplicate_of is not None:
        life.town.desk.unlink(OFFICE, one.number, "误判")
    elif one.id != other.id:
        life.town.desk.link(OFFICE, one.number, other.number)


def stands_in(life: Life) -> None:
    unit, until = life.unit().lower(), life.town.now + timedelta(days=life.luck.randint(1, 20))
    absent, deputy = life.luck.choice(((unit, f"{unit}-head"), (f"{unit}-head", unit), ("office", "second"), ("leader", "office")))
    life.town.registry.accounts.stand_in(OFFICE, absent, deputy, life.town.now, until)


def ends(life: Life) -> None:
    absent, deputy = life.luck.choice(life.town.database.rows("SELECT account, deputy FROM stand_in") or [("fgw", "gaj")])
    life.town.registry.accounts.end_stand_in(OFFICE, absent, deputy)


def adds(life: Life) -> None:
    unit = life.unit()
    name = f"{unit.lower()}{life.luck.randint(2, 9)}"
    life.town.registry.accounts.add(ADMIN, NewAccount(name, "第二联络员", "contact", unit, phone="0375-2"))
    if life.luck.random() < 0.5:
        set_password(life.town.registry, ADMIN, name, "correct horse battery")
        issue_token(life.town.registry, ADMIN, name, "报表")


def changes(life: Life) -> None:
    field_, value = life.luck.choice((("title", "新职务"), ("phone", "0375-1"), ("unit", life.unit()), ("active", False)))
    name = life.luck.choice(PEOPLE)
    if field_ == "active":
        life.town.registry.accounts.disable(ADMIN, name)
    else:
        life.town.registry.accounts.change(ADMIN, name, **{field_: value})


ACTS: dict[str, tuple[int, Callable[[Life], None]]] = {
    "open": (10, opens), "fire": (60, fires), "sweep": (8, lambda life: sweep(life.town.desk, breathe=lambda seconds: None) and None),
    "amend": (4, lambda life: life.town.desk.amend(
        OFFICE, life.ticket().number, Amendment(reason="录入错误", grade=life.luck.choice("ABC"), title="更正后的标题", salt="salt"),
    ) and None),
    "erase": (3, erases), "calendar": (3, loads_calendar), "migrate": (3, migrates), "seal": (2, seals_it), "batch": (2, receives),
    "link": (3, links), "stand-in": (4, stands_in), "account": (2, adds), "change": (3, changes),
    "end": (2, ends),
    "hand-over": (1, lambda life: life.town.registry.accounts.hand_over(
        ADMIN, life.luck.choice(PEOPLE), life.luck.choice(PEOPLE)) and None),
    "codes": (1, lambda life: life.town.registry.seal_codes.keep(ADMIN, "leader", keeps=life.luck.random() < 0.7) and None),
    "portfolio": (1, lambda life: life.town.registry.accounts.portfolio(ADMIN, "leader", (life.unit(),)) and None),
    "rename": (1, lambda life: life.town.registry.units.rename(
        OFFICE, life.unit(), f"市新{life.luck.randint(1, 99)}局", life.day(), "文件") and None),
    "merge": (2, lambda life: life.town.registry.units.merge(
        OFFICE, life.unit(), life.unit(), life.day(), "文件", accounts=life.luck.random() < 0.8) and None),
    "close": (1, lambda life: life.town.registry.units.end(OFFICE, life.unit(), life.day(), "文件") and None),
    "unit": (1, lambda life: life.town.registry.units.add(
        OFFICE, NewUnit(f"X{life.luck.randint(1, 99)}", f"市测试{life.luck.randint(1, 99)}局", "bureau", "subordinate")) and None),
}
"""How often an act is chosen, and the act."""
