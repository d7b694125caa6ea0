"""A town whose rounds are measured: files of results, units that rectify, people who verify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from engine.desk.plan import read_plan
from engine.office.each import Became
from engine.office.rounds.applied import Applied
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.imports import Asked, correct_results, import_results, undo_round
from engine.office.rounds.proposals import Proposals
from engine.office.rounds.scope import named_standards
from engine.record import journal
from engine.record.aggregates import ROUNDS, TICKETS
from engine.registry.accounts import NewAccount
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.loop.round import Round
from engine.rules.loop.round_acts import Beginning
from engine.rules.ticket import Ticket
from tests.registry.conftest import ADMIN, OFFICE, Town, founded_file, founded_name, town

__all__ = ["founded_file", "founded_name", "town"]

TARGETS = ("3.5-1", "3.1-1")
SUBJECTS = ("甲县", "乙区")
HEAD = "指标,对象,数值,备注"
FOUND = ("3.5-1,甲县,7.2,线上率低", "3.5-1,乙区,4,", "3.1-1,甲县,1,", "3.1-1,乙区,—,数据未反馈")
"""A first round: two misses, a pass, one that was not measured."""

LEADS = {"3.5-1": Actor("zrzyj", "contact", "ZRZYJ", "test"), "3.1-1": Actor("scjgj", "contact", "SCJGJ", "test")}


@dataclass
class Loop:
    """A town on its way from round to round."""

    town: Town
    folder: Path
    files: int = 0

    def at(self, day: str) -> Loop:
        self.town = self.town.at(f"{day}T09:00")
        return self

    def start(
        self, on: str, *, scheme: str = "市自评", targets: Sequence[str] = TARGETS, subjects: Sequence[str] = SUBJECTS, **said: object,
    ) -> str:
        standards = named_standards(read_plan(self.town.desk, OFFICE), targets)
        made = Beginning(scheme, date.fromisoformat(on), f"{scheme} {on}", standards, subjects)
        return Rounds(self.town.desk).start(OFFICE, replace(made, **said)).thing.number  # type: ignore[arg-type]

    def file(self, *rows: str, head: str = HEAD) -> Path:
        self.files += 1
        path = self.folder / f"r{self.files}.csv"
        path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
        return path

    def load(self, number: str, *rows: str, head: str = HEAD, **asked: object) -> Applied:
        """Imports rows and writes them, unless told otherwise."""
        how = replace(Asked(commit=True), **asked)  # type: ignore[arg-type]
        return import_results(self.town.desk, OFFICE, number, self.file(*rows, head=head), how)

    def correct(
        self, number: str, *rows: str, material: bool = True, commit: bool = True, head: str = HEAD, confirm: int | None = None,
    ) -> Applied:
        asked, path = Asked(commit=commit, confirm=confirm), self.file(*rows, head=head)
        return correct_results(self.town.desk, OFFICE, number, path, asked, "更正", material=material)

    def undo(self, number: str, *, commit: bool = True) -> Applied:
        """Taken back by one person, or where letters went out asked for by one and confirmed by another."""
        other = self.second()  # who was there before the asking
        applied = undo_round(self.town.desk, OFFICE, number, "用错文件", commit=commit)
        return undo_round(self.town.desk, other, number, None, commit=True) if commit and applied.asks else applied

    def second(self) -> Actor:
        """Another supervisor."""
        if self.town.database.row("SELECT 1 FROM account WHERE name = 'second'") is None:
            self.town.registry.accounts.add(ADMIN, NewAccount("second", "督查员", "supervisor"))
        return Actor("second", "supervisor", None, "test")

    def reopen(self, number: str) -> list[Became]:
        return list(self.proposals(number).reopen("{} {} {}".format))

    def verify(self, number: str) -> list[Became]:
        return list(self.proposals(number).verify("{} {} {}".format))

    def proposals(self, number: str) -> Proposals:
        return Proposals(self.town.desk, OFFICE, self.round(number))

    def rectified(self, ticket: str, *, submitted: bool = True, verified: bool = False) -> Ticket:
        """Assigned, accepted, and as far as told handed in and verified."""
        desk = self.town.desk
        found = desk.do(OFFICE, ticket, Command("assign")).ticket
        lead = next(actor for actor in LEADS.values() if actor.unit == found.lead)
        done = desk.do(lead, ticket, Command("accept")).ticket
        if submitted or verified:
            done = desk.do(lead, ticket, Command("submit", words={"note": "已整改"})).ticket
        return desk.do(OFFICE, ticket, Command("verify")).ticket if verified else done

    def round(self, number: str) -> Round:
        found = journal.read_thing(self.town.database, ROUNDS, number)
        assert found is not None
        return found[0]

    def ticket(self, number: str) -> Ticket:
        found = journal.read_ticket(self.town.database, number)
        assert found is not None
        return found[0]

    def every(self) -> list[Ticket]:
        rows = self.town.database.rows("SELECT * FROM ticket ORDER BY id")
        return [TICKETS.read(row) for row in rows]

    def of(self, pair: str, number: str) -> Ticket:
        """The ticket of a pair of a round."""
        ticket = self.round(number).results[pair].ticket
        assert ticket is not None
        return self.ticket(ticket)

    def events(self) -> int:
        [(count,)] = self.town.database.rows("SELECT count(*) FROM event")
        return int(count)

    def notices(self) -> int:
        [(count,)] = self.town.database.rows("SELECT count(*) FROM notice")
        return int(count)


@pytest.fixture
def loop(town: Town, tmp_path: Path) -> Loop:
    return Loop(town.at("2020-07-06T09:00"), tmp_path)


def handed_to_units(loop: Loop) -> list[tuple[str, str]]:
    """The files of rounds that a unit is given with a ticket: none may be."""
    cited = {row[0] for row in loop.town.database.rows("SELECT c.sha256 FROM citation c JOIN round r ON r.id = c.stream")}
    actors = [replace(actor, role=role) for actor in LEADS.values() for role in ("contact", "head")]
    return [
        (ticket.number, file.sha256) for ticket in loop.every() for actor in actors if loop.town.desk.sees(actor, ticket)
        for file in loop.town.desk.files(actor, ticket) if file.sha256 in cited
    ]


def actions(applied: Applied) -> dict[str, int]:
    """The actions that stand at all; all of them add up to the pairs in scope."""
    assert sum(applied.actions.values()) == len(applied.planned)
    return {name: count for name, count in applied.actions.items() if count}


def codes(applied: Applied) -> list[str]:
    return [problem.code for problem in applied.problems]
