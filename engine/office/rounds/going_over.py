"""Next year's targets and schemes have other ids: what goes on as what is entered once, and asked before anything is lost of sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from engine.desk.plan import read_plan
from engine.errors import NotFound, NotPossible, Refused
from engine.office.rounds.beginning import Rounds
from engine.office.rounds.scope import standards_of
from engine.record import queries
from engine.record.aggregates import ROUNDS
from engine.record.row_change import RowPut
from engine.record.settings import SUCCESSORS_SETTING
from engine.record.successors import read_going_over, read_successors
from engine.record.unit_list import read_units
from engine.registry.entries import Entries
from engine.rules.access import Actor, may_administer, may_evaluate, may_read_administration, may_read_rounds, must
from engine.rules.loop.going_over import TARGET, GoingOver, Move, Orphan, against, moves, orphans
from engine.rules.loop.identity import Successors
from engine.rules.loop.round import Round
from engine.rules.proof.chain import canonical
from engine.rules.wording import LONGEST_FACT, word_problem

if TYPE_CHECKING:
    from engine.desk.tickets import Desk


class Said(NamedTuple):
    """That a scheme or a target goes on as another."""

    kind: str
    old: str
    new: str


class Rekeyed(NamedTuple):
    """What stands for the open tickets: those that are measured under other names, and those that no round can measure any more."""

    moves: list[Move]
    lost: list[Orphan]


class Succession(Entries):
    """The writer of what goes on as what: whoever enters rounds says so, and whoever administers."""

    def _require_permission(self, actor: Actor, *, own: str | None = None) -> None:
        must(_may_say, actor)

    def enter(self, actor: Actor, kind: str, old: str, new: str, desk: Desk) -> GoingOver:
        """Enters that a target or scheme goes on as another; as itself takes that back. What stands already makes no entry. Returns all
        that stands. Raises NotFound for what there is not, Refused, NotPermitted.
        """
        with self._entry(actor):
            before = read_going_over(self.database)
            after = before.after(kind, old, new)
            if after == before:
                return before
            _must_stand(desk, actor, before, Said(kind, old, new))
            whole = after.to_json()
            self._note(
                actor, "set", {"what": "successors", "kind": kind, "old": old, "new": new, "successors": whole},
                rows=[RowPut("setting", {"name": SUCCESSORS_SETTING, "value": canonical(whole)})],
            )
            return after


def _may_say(actor: Actor) -> bool:
    return may_evaluate(actor) or may_administer(actor)


def going_over(desk: Desk, actor: Actor) -> GoingOver:
    """What goes on as what. Raises NotPermitted."""
    must(lambda one: may_read_rounds(one) or may_read_administration(one), actor)
    return read_going_over(desk.database)


def rekeyed(desk: Desk, actor: Actor, proposed: Sequence[Said] = ()) -> Rekeyed:
    """What stands for the open tickets by the plan and the units of now, once what is proposed were entered, too: nothing is. Raises
    NotPermitted, NotPossible; and for what cannot be entered what `Succession.enter` raises.
    """
    must(lambda one: may_read_rounds(one) or may_read_administration(one), actor)
    now, said = read_successors(desk.database), read_going_over(desk.database)
    for item in proposed:
        if said.after(*item) != said:
            _must_stand(desk, actor, said, item)
        said = said.after(*item)
    after = Successors(said.schemes, said.targets, now.subjects.after)
    return Rekeyed(moves(open_keys(desk), now, after), _orphans(desk, after, standards_of(read_plan(desk, actor))))


def must_have_counterparts(desk: Desk, actor: Actor, round_: Round) -> None:
    """Asked before a round is imported into. Raises NotPossible where open tickets of its scheme would be lost of sight, because their
    target or their unit is there no more and nothing was said of what it goes on as.
    """
    must(may_evaluate, actor)
    successors = read_successors(desk.database)
    schemes = successors.names_of_scheme(round_.scheme)
    targets = {item.id for item in round_.standards} | standards_of(read_plan(desk, actor)).keys()
    lost = [item for item in _orphans(desk, successors, targets) if item.problem.scheme in schemes]
    if lost:
        raise NotPossible(reason="keys-without-counterpart", count=len(lost), tickets=[item.number for item in lost])


def open_keys(desk: Desk) -> dict[str, str]:
    """The keys of the open tickets that rounds measure, by number."""
    return {str(number): str(key) for number, key in desk.database.rows(queries.OPEN_PROBLEMS)}


def _orphans(desk: Desk, successors: Successors, targets: Iterable[str]) -> list[Orphan]:
    ended = {unit.code for unit in read_units(desk.database, ended=True)}
    return orphans(open_keys(desk), successors, set(targets), ended)


def _must_stand(desk: Desk, actor: Actor, before: GoingOver, said: Said) -> None:
    """Raises NotFound, Refused where it cannot be entered beside what stood before."""
    _must_be_known(desk, actor, *said)
    units = read_successors(desk.database).subjects.after
    found = word_problem(said.kind, said.new, LONGEST_FACT, one_line=True), against(before, *said, units, open_keys(desk))
    if reasons := [reason for reason in found if reason is not None]:
        raise Refused(reasons)


def _must_be_known(desk: Desk, actor: Actor, kind: str, old: str, new: str) -> None:
    """What goes over was measured or is of the plan; a target goes over to one of the plan. Raises NotFound."""
    schemes = Rounds(desk).schemes()
    if kind != TARGET:
        if old not in schemes:
            raise NotFound(reason="scheme-not-found", name=old, nearest=schemes[:3])
        return
    plan = standards_of(read_plan(desk, actor))
    rounds = (ROUNDS.read(row) for row in desk.database.rows(queries.ROUNDS_OF_SCHEME, schemes=schemes))
    measured = {item.id for round_ in rounds for item in round_.standards}
    for name, known in ((old, measured | plan.keys()), (new, measured | plan.keys() if new == old else plan.keys())):
        if name not in known:
            raise NotFound(reason="target-not-found", name=name, nearest=sorted(known)[:3])
