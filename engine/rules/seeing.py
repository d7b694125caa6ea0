"""What a unit sees of a ticket: which of its events, what of each, and the ticket that is left. Every command and format asks this.

Oversight sees everything as it is stored. A unit reads the events after which the ticket was its own, and what it did itself; nothing
whose audience is the office; and in what it reads no number, count, proposal or level that is not its to know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from engine.rules.access import UNIT_ROLES, Actor
from engine.rules.acts.handover import HANDED_OVER
from engine.rules.acts.opening import ORIGINAL
from engine.rules.acts.proposals import PROPOSAL
from engine.rules.acts.redaction import ERASED
from engine.rules.deadline import Deadline
from engine.rules.definition import Definition
from engine.rules.definition.model import PROPOSES, Rung
from engine.rules.event import Event, for_the_office
from engine.rules.json_value import JsonObject
from engine.rules.loop import outcome
from engine.rules.loop.measurement import Measurements, last_round, summed
from engine.rules.loop.outcome import TOLD
from engine.rules.ticket import TICKET, Fields, Folding, Ticket, derived
from engine.rules.ticket_facts import OF_ROUND
from engine.rules.timing import clocks

if TYPE_CHECKING:
    from engine.rules.event import Facts

HIDDEN_EFFECTS = frozenset({"proposals", "wake_at", "past", "hands", "attempts", "consents", "set_aside", "round", *Measurements._fields})
"""Effects that a unit reads nothing of."""

HIDDEN_FACTS = frozenset({"settled", "lapsed", "entry", "skipped", "problem_key", "team", "photos"})
"""Facts of an event that a unit reads nothing of: proposals that were never issued, settled by a letter or lapsed with the end; the place
of a decision among those of the administration, which tells how many there were; rungs of another version that were passed by; how rounds
name the problem; who took part in a visit, and what the cameras there wrote.
"""

HIDDEN_OF_A_DEADLINE = frozenset({"level", "rung", "next_at", "skipped", "ours"})
"""Of a deadline, what tells how far it climbed: rungs that only propose climb too."""


class Fired(NamedTuple):
    """A rung that fired: of which clock, in which epoch."""

    clock: str
    epoch: int
    rung: str


class Sight(NamedTuple):
    """How somebody of a unit looks at one ticket. `sees` says whether an actor sees a ticket as it is; `knows`, whether one may know of
    a ticket by its number.
    """

    reader: Actor
    definition: Definition
    sees: Callable[[Actor, Ticket], bool]
    knows: Callable[[Actor, str], bool]

    def events(self, history: Sequence[Event], *, left: bool = False) -> list[Event]:
        """What the reader reads of the whole history of a ticket, or with `left` of its history up to the event by which it left the
        reader's unit.
        """
        read = self._seqs(history, left=left)
        return self.told([event for event in history if event.seq in read], read)

    def told(self, events: Sequence[Event], read: Collection[int]) -> list[Event]:
        """Events that the reader may read, without what in them it may not. `read` are all that it may read of the ticket."""
        fired = {
            Fired(event.data["clock"], event.data["epoch"], event.data["rung"])
            for event in events if event.kind == "escalated" and "n" not in event.data
        }
        return [event._replace(data=self._facts(event, read, fired)) for event in events]

    def ticket(self, ticket: Ticket, history: Sequence[Event] = (), *, left: bool = False) -> Ticket:
        """The ticket without what the reader may not know of it. Give its history where the ticket `hangs_on_history`."""
        read = self._seqs(history, left=left)
        deadlines = {name: self._deadline(item, ticket, history) for name, item in ticket.deadlines.items() if not self._proposing(name)}
        return TICKET.changed(ticket, {
            "deadlines": deadlines, "proposals": (), "consents": (), "set_aside": None, "past": {}, "changed_at": ticket.told_at,
            **derived(deadlines, ticket.turn, ticket.request), "level": ticket.acted_level, "wake_at": clocks.next_alarm(deadlines),
            "denials": tuple(item for item in ticket.denials if item.seq in read),
            "instructions": tuple(item for item in ticket.instructions if item.seq in read),
            "objections": {unit: item for unit, item in ticket.objections.items() if item.seq in read},
            "entered": tuple(item for item in ticket.entered if item.seq in read),
            "attempts": tuple(item for item in ticket.attempts if item.lead == self.reader.unit),
            "duplicate_of": self._known(ticket.duplicate_of), "batch": self._known(ticket.batch),
            "source_ref": _without_batch(ticket.source_ref, ticket.batch),
            "repeats": tuple(self._known_among(ticket.repeats)),
            **_measured(ticket), "problem_key": None, "team": (),
            "urged": sum(event.seq in read and _urges(event) for event in history),
        })

    def hangs_on_history(self, ticket: Ticket) -> bool:
        """Whether the history of a ticket must be read to know what of the ticket the reader may know."""
        facts = (ticket.denials, ticket.instructions, ticket.objections, ticket.entered, ticket.urged)
        return any(facts) or any(self._proposed(item) for item in ticket.deadlines.values() if item.promise)

    # how ------------------------------------------------------------------------------------------------------------

    def _seqs(self, history: Sequence[Event], *, left: bool) -> frozenset[int]:
        """The events that the reader reads, by seq."""
        if not history:
            return frozenset()
        folding, readers, found = Folding(), with_predecessors(self.reader, history), set()
        units = {reader.unit for reader in readers}
        for event in history:
            folding.add(event)
            own = (event.role in UNIT_ROLES and event.unit in units) or event.data.get("for_unit") in units
            last = left and event is history[-1]
            if for_the_office(event) or not (own or last or any(self.sees(reader, folding.ticket()) for reader in readers)):
                continue
            if _names_a_number(event) and not self.knows(self.reader, event.data["target"]):
                continue  # there is nothing else in it
            if event.kind == ERASED and event.data["seq"] not in found:
                continue
            found.add(event.seq)
        return frozenset(found)

    def _facts(self, event: Event, read: Collection[int], fired: Collection[Fired]) -> JsonObject:
        """The facts of an event, without those that the reader may not know."""
        facts: JsonObject = {name: value for name, value in event.data.items() if name not in HIDDEN_FACTS}
        if "evidence" in facts:
            facts["evidence"] = [item for item in event.data["evidence"] if item.get("kind") not in (OF_ROUND, ORIGINAL)]
        if "effects" in facts:
            facts["effects"] = self._effects(event.data["effects"], read)
        if (of := (event.data.get("input") or {}).get("of")) is not None and not self.knows(self.reader, of):
            facts["input"] = {name: value for name, value in event.data["input"].items() if name != "of"}
        if "batch" in facts:
            facts["batch"] = self._known(event.data["batch"])
        if "source_ref" in facts:
            facts["source_ref"] = _without_batch(event.data["source_ref"], event.data.get("batch"))
        if "repeats" in facts:
            del facts["repeats"]
            if known := self._known_among(event.data["repeats"]):
                facts["repeats"] = known
        if "changes" in facts:
            facts["changes"] = {name: pair for name, pair in event.data["changes"].items() if name != "officer"}
        if "voided" in facts:
            told = [
                {**item, "rungs": [rung for rung in item["rungs"] if Fired(item["clock"], item["epoch"], rung) in fired]}
                for item in event.data["voided"]
            ]
            facts["voided"] = [{name: value for name, value in item.items() if name != "repetitions"} for item in told if item["rungs"]]
        if "n" in facts:
            facts["rung"] = facts["clock"]  # the rung that comes round may have proposed what the reader is not told of
        if moved := (event.data.get("cause") or {}).get("moved"):
            shown = {name: dates for name, dates in moved.items() if not self._proposing(name)}
            facts["cause"] = {**event.data["cause"], "moved": shown}
        if "moved" in facts:
            facts["moved"] = {name: dates for name, dates in event.data["moved"].items() if not self._proposing(name)}
        return facts

    def _effects(self, effects: Facts, read: Collection[int]) -> JsonObject:
        shown: JsonObject = {name: value for name, value in effects.items() if name not in HIDDEN_EFFECTS}
        for name in ("denials", "instructions", "entered"):
            if name in shown:
                shown[name] = [item for item in effects[name] if item["seq"] in read]
        for name in ("duplicate_of", "batch"):
            if name in shown:
                shown[name] = self._known(effects[name])
        if "repeats" in shown:
            shown["repeats"] = self._known_among(effects["repeats"])
        if "lead" in shown:
            shown.pop("acted_level", None)  # that the level of the former lead is gone would tell the new one that there was one
        if "urged" in shown:
            shown["urged"] = 1  # that somebody urged; how often before is not the reader's to know
        if "deadlines" in shown:
            shown["deadlines"] = {
                name: None if node is None else {key: value for key, value in node.items() if key not in HIDDEN_OF_A_DEADLINE}
                for name, node in effects["deadlines"].items() if not self._proposing(name)
            }
        return shown

    def _known(self, number: str | None) -> str | None:
        """The number of another ticket, if the reader may know of it."""
        return number if number is not None and self.knows(self.reader, number) else None

    def _known_among(self, numbers: Sequence[str]) -> list[str]:
        """Those of some tickets of which the reader may know."""
        return [number for number in numbers if self.knows(self.reader, number)]

    def _proposing(self, deadline: str) -> bool:
        """Whether a deadline is the office's own for signing what is proposed."""
        clock = self.definition.clocks.get(deadline.partition(":")[0])
        return clock is not None and clock.runs_with == PROPOSAL

    def _deadline(self, item: Deadline, ticket: Ticket, history: Sequence[Event]) -> Deadline:
        """A deadline as if rungs that propose, and of which nobody made an act, were none."""
        rungs = self._rungs(item)
        if not rungs:
            return item._replace(level=ticket.acted_level) if item.promise else item
        upcoming = rungs[min(item.rung, len(rungs) - 1)]  # after the last one, the last one comes again
        issued = _issued(item, history)
        kept = [name for name in self._proposed(item) if name not in issued]
        return item._replace(
            level=ticket.acted_level if item.promise else item.level, skipped=(*item.skipped, *kept),
            next_at=None if upcoming.act == PROPOSES else item.next_at,
        )

    def _proposed(self, item: Deadline) -> list[str]:
        """The rungs of this epoch that proposed something."""
        fired = self._rungs(item)[: item.rung]
        return [rung.name for rung in fired if rung.act == PROPOSES and rung.name not in item.skipped]

    def _rungs(self, item: Deadline) -> tuple[Rung, ...]:
        """The rungs that a deadline climbs, where one of them proposes something; none where there is nothing to hide."""
        return _ladders_that_propose(self.definition).get(item.clock.partition(":")[0], ())


def _without_batch(key: str | None, batch: str | None) -> str | None:
    """The sender's key of a ticket, without the batch that it was told apart by: a unit knows of no batch."""
    return key.removeprefix(f"{batch}/") if key is not None else None


def _measured(ticket: Ticket) -> Fields:
    """What rounds measured of a ticket, as a unit may know it: what it was found with, and what they said while it was at work on it. That
    it is found again is the office's until the office reopens it, and that what is closed holds is nobody's duty.
    """
    told = tuple(
        item for item in ticket.measurements
        if item.action in (outcome.OPENED, *TOLD)
        or (item.action == outcome.RELAPSED and not ticket.final and item.attempt < ticket.attempt)
    )
    found = summed(told, attempt=ticket.attempt, withdrawn=False)
    return {**found._asdict(), "relapse": None, "round": last_round(told)}


@lru_cache(maxsize=64)
def _ladders_that_propose(definition: Definition) -> Mapping[str, tuple[Rung, ...]]:
    """The rungs of each clock of whose ladder a rung proposes something. A definition says it once for all its tickets."""
    ladders = {clock.name: definition.ladders[clock.ladder].rungs for clock in definition.clocks.values()}
    return {name: rungs for name, rungs in ladders.items() if any(rung.act == PROPOSES for rung in rungs)}


def with_predecessors(actor: Actor, events: Sequence[Event]) -> list[Actor]:
    """The actor, and the same actor in each unit that handed this ticket over to the actor's unit.

    A successor reads what was done before it took over.
    """
    units = [actor.unit]
    for event in reversed([event for event in events if event.kind == HANDED_OVER and "unit" in event.data]):
        old, new = event.data["unit"]
        if new in units:
            units.append(old)
    return [replace(actor, unit=unit) for unit in units]


def _issued(item: Deadline, history: Sequence[Event]) -> set[str]:
    """The rungs of a deadline's epoch that proposed something of which an act was made since."""
    proposed: dict[str, int] = {}
    issued = set()
    for event in history:
        if event.kind == "escalated" and (event.data["clock"], event.data["epoch"]) == (item.clock, item.epoch):
            proposed[event.data["rung"]] = event.seq
        elif event.kind == "did" and "letter" in event.data and event.data["rung"] in proposed:
            issued.add(event.data["rung"])
    return issued


def _urges(event: Event) -> bool:
    return "urged" in (event.data.get("effects") or {})


def _names_a_number(event: Event) -> bool:
    return event.kind == "linked"
