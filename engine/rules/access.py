"""Who may do what: one function over the actor, the role, the relation to the ticket and the trigger, behind every door."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from engine.errors import NotPermitted
from engine.rules.definition import Trigger
from engine.rules.ticket import Ticket

SUPERVISOR, HEAD, CONTACT, LEADER, AUDITOR, ADMIN, SYSTEM, SECURITY, INTAKE, WATCH = ROLES = (
    "supervisor", "head", "contact", "leader", "auditor", "admin", "system", "security", "intake", "watch",
)
THREE = (SYSTEM, SECURITY, AUDITOR)
"""The administrator's work in three parts (三员分立): who keeps units, accounts and the program; who says what an account may; and who
looks at what both did. None of the three handles a ticket.
"""

UNIT_ROLES = (CONTACT, HEAD)
OVERSIGHT_ROLES = (SUPERVISOR, LEADER, AUDITOR, ADMIN, WATCH)
"""Roles that see every ticket. A role that no rule names sees nothing and may do nothing. `intake` (来件接入) is a program of another
platform: it brings what that platform sends, under its own name, and reads nothing.
"""

BROUGHT = ("complaint", "review", "monitor")
"""Sources of the tickets that are opened for what other platforms send."""

CHECKING_ROLES = (SUPERVISOR, LEADER, ADMIN, SYSTEM, SECURITY)
"""Roles without whose second person an act of the office does not count: who verifies, who consents, who keeps the accounts."""

ENTERED = frozenset({"title", "email", "phone", "chat"})
"""What of an account says who it is and how it is reached, and nothing of what it may."""

READ, ACT, BRING = SCOPES = ("read", "act", "intake")
"""What a program may do with a token: whatever its account may read, or also what its account may do, or only bring what its platform
sends.
"""

API = "api"
"""The door by which programs come, each with a token, which is named after it: `api:1f2e3d4c`."""

OFFICE_ACCOUNT, ADMIN_ACCOUNT, WATCH_ACCOUNT = "office", "admin", "watch"
"""The accounts that every database has."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, its role and unit at this time, and the door (`cli:login`, `web`, `api`, `watch`).

    A stand-in acts with the role and unit of the account it `stands_for`; the event says who for whom. `separated`: the office has parted
    the administrator's work in three, so that neither supervisors nor an administrator do it.
    """

    name: str
    role: str
    unit: str | None
    via: str = "cli"
    stands_for: str | None = None
    separated: bool = False

    @property
    def signature(self) -> str:
        """Who acts, and after a slash for whom: `bob/office`, as one says who one is."""
        return self.name if self.stands_for is None else f"{self.name}/{self.stands_for}"

    def owns(self, account: object) -> bool:
        """Whether it is the account of the person who acts; a stand-in's is not the account it stands in for."""
        return self.name == account and self.stands_for is None


def relations(actor: Actor, ticket: Ticket) -> frozenset[str]:
    """What the actor is to this ticket, in the words of a workflow's `by`."""
    if actor.role == SUPERVISOR:
        return frozenset({"office"})
    if actor.role == LEADER:
        return frozenset({"leader"})
    if actor.role in (INTAKE, WATCH):
        return frozenset({actor.role})
    if actor.role not in UNIT_ROLES or actor.unit is None:
        return frozenset()
    found = set()
    if actor.unit == ticket.lead:
        found.add("lead")
        if actor.role == HEAD:
            found.add("head")
    if actor.unit in ticket.cooperators:
        found.add("cooperator")
    return frozenset(found)


def may_act(actor: Actor, ticket: Ticket, trigger: Trigger) -> bool:
    return not relations(actor, ticket).isdisjoint(trigger.by)


def may_see(actor: Actor, ticket: Ticket, hidden: Collection[str]) -> bool:
    """Oversight roles see every ticket. A unit sees the tickets that it leads or cooperates in, and none before it was assigned (交办):
    an unannounced visit is secret until then. Every other role sees nothing.
    """
    if sees_everything(actor):
        return True
    return actor.role in UNIT_ROLES and ticket.state not in hidden and bool(relations(actor, ticket))


def sees_everything(actor: Actor) -> bool:
    """Whether every ticket and every event of it is shown to the actor, whatever unit it is about."""
    return actor.role in OVERSIGHT_ROLES


def may_open(actor: Actor) -> bool:
    """Tickets are opened by the supervision office."""
    return actor.role == SUPERVISOR


def may_open_as(actor: Actor, source: str, key: str | None) -> bool:
    """Whether the actor may open a ticket of this source under this key of its sender: whoever may open tickets, and a platform's program
    one for what that platform sends.
    """
    return may_open(actor) or (actor.role == INTAKE and source in BROUGHT and (key or "").startswith(f"{actor.name}:"))


def may_receive(actor: Actor) -> bool:
    """Whether the actor may enter what came with a letter (来文批次), and close it: the supervision office may."""
    return actor.role == SUPERVISOR


def may_read_batches(actor: Actor) -> bool:
    """Whether the actor may read what came with which letter: the supervision office, leaders and the auditor may. No unit learns that a
    batch exists, nor what else came with its own ticket.
    """
    return actor.role in (SUPERVISOR, LEADER, AUDITOR)


def may_visit(actor: Actor) -> bool:
    """Whether the actor may begin a visit (督查检查), enter what it found, and close it: the supervision office may."""
    return actor.role == SUPERVISOR


def may_read_visits(actor: Actor) -> bool:
    """Whether the actor may read where visits went and who took part: the supervision office, leaders and the auditor may. An unannounced
    visit is secret, and who looked is no unit's business.
    """
    return actor.role in (SUPERVISOR, LEADER, AUDITOR)


def may_enter_feedback(actor: Actor) -> bool:
    """Whether the actor may enter answers to complaints and reviews (诉求评价) and decide what they ask for: the supervision office may. No
    unit does: they are about units.
    """
    return actor.role == SUPERVISOR


def may_bring_feedback(actor: Actor) -> bool:
    """Whether the actor may take in what a platform sends: the supervision office may, and the platform's own program."""
    return actor.role in (SUPERVISOR, INTAKE)


def may_bring_feedback_of(actor: Actor, source: str) -> bool:
    """Whether the actor may take in what this sender says: the program of a platform only what comes under the name of its account, or one
    platform could speak for another.
    """
    return may_bring_feedback(actor) and (actor.role != INTAKE or actor.name == source)


def may_read_feedback(actor: Actor) -> bool:
    """Whether the actor may read complaints and reviews as they came: the supervision office, leaders and the auditor may. A unit reads the
    tickets that came of those about itself.
    """
    return actor.role in (SUPERVISOR, LEADER, AUDITOR)


def may_prove_reviews(actor: Actor) -> bool:
    """Whether the actor may read what became of each review (每个差评都得到整改): whoever reads them as they came, and a unit its own."""
    return may_read_feedback(actor) or (actor.role in UNIT_ROLES and actor.unit is not None)


def may_evaluate(actor: Actor) -> bool:
    """Whether the actor may enter rounds of evaluation (评价轮次) and what they found: the supervision office may."""
    return actor.role == SUPERVISOR


def may_read_rounds(actor: Actor) -> bool:
    """Whether the actor may read rounds as a whole: the supervision office, leaders and the auditor may. A unit reads its own row of the
    board, and no rank.
    """
    return actor.role in (SUPERVISOR, LEADER, AUDITOR)


def may_administer(actor: Actor) -> bool:
    """Whether the actor may change units, calendars, workflows and settings: the supervision office and the administrator may; where that
    work is parted in three, who keeps the system alone.
    """
    return actor.role == SYSTEM or _administers_whole(actor)


def _administers_whole(actor: Actor) -> bool:
    """Whether the actor does the administrator's work whole, as it is done where it is not parted."""
    return actor.role in (SUPERVISOR, ADMIN) and not actor.separated


def may_authorise(actor: Actor) -> bool:
    """Whether the actor may say what accounts may: give them roles and units, keys, stand-ins, and a portfolio. Who administers may; where
    that is parted in three, who looks after security alone.
    """
    return actor.role == SECURITY or _administers_whole(actor)


def may_keep_accounts(actor: Actor) -> bool:
    """Whether the actor has to do with accounts at all: who enters them, and who says what they may."""
    return may_administer(actor) or may_authorise(actor)


def may_separate(actor: Actor) -> bool:
    """Whether the actor may part the administrator's work in three: the administrator may, whose role ends by it."""
    return actor.role == ADMIN and not actor.separated


def may_read_secrets(actor: Actor) -> bool:
    """Whether the actor may read who complained and where a clue comes from: the supervision office may, and nobody else whatever
    the rank.
    """
    return actor.role == SUPERVISOR


def may_call(actor: Actor) -> bool:
    """Whether the actor calls people of other units, and so reads their telephone numbers whole: the supervision office and leaders do.
    Whoever else sees the accounts reads masked ones.
    """
    return actor.role in (SUPERVISOR, LEADER)


def may_redact(actor: Actor) -> bool:
    """Whether the actor may ask for words to be erased, or confirm it: the supervision office and the administrator may, as two people."""
    return actor.role in (SUPERVISOR, ADMIN)


def may_appoint(actor: Actor, role: str) -> bool:
    """Whether the actor may keep accounts of this role: make, change and end them, and give keys to them. Those of supervisors, leaders
    and administrators, who check each other, are the administrator's: a supervisor who kept them could be two people at once, consent in
    a leader's stead, or be alone in the office. Where that work is parted in three, who looks after security says what every account may,
    and there is no administrator any more.
    """
    if actor.role == SECURITY:
        return role != ADMIN
    return _administers_whole(actor) and (actor.role == ADMIN or role not in CHECKING_ROLES)


def may_enter(actor: Actor, role: str) -> bool:
    """Whether the actor may make an account of this role, say who it is, and end it. Who keeps the system may, as far as another says what
    the account may: it acts only then.
    """
    if actor.role == SYSTEM:
        return role != ADMIN
    return actor.role != SECURITY and may_appoint(actor, role)


def may_open_own(actor: Actor) -> bool:
    """Whether the actor may make what opens its own account: a person may. A program comes by a token, and one that was stolen must not
    outlive itself.
    """
    return not actor.via.startswith(f"{API}:")


def may_change_account(actor: Actor, name: object, roles: Collection[str], fields: Collection[str], *, ends: bool) -> bool:
    """Whether the actor may change these fields of the account of this name, that had and gets these roles; `ends`: it is to act no more,
    which who enters accounts may do, and who says what they may. Where the work is parted in three nobody says what the own one may.
    """
    enters, appoints = (all(may(actor, role) for role in roles) for may in (may_enter, may_appoint))
    rights = [field for field in fields if field not in ENTERED and not (ends and field == "active")]
    said = [field for field in fields if field in ENTERED]
    own = actor.separated and actor.owns(name)
    return (enters or appoints) and (enters or not said) and ((appoints and not own) or not rights)


def may_seal(actor: Actor) -> bool:
    """Whether the actor may take a seal: whoever administers, and the watch. The auditor checks seals, and makes none."""
    return may_administer(actor) or actor.role == WATCH


def may_read_administration(actor: Actor) -> bool:
    """Whether the actor may read the log of the administration: whoever does the administrator's work whole, and the auditor. Where it is
    parted in three nobody reads alone what all did but the auditor, who did none of it.
    """
    return actor.role == AUDITOR or _administers_whole(actor)


def may_watch(actor: Actor) -> bool:
    """Whether the actor may look whether time is kept and messages arrive: whoever sees everything, and who keeps the system."""
    return sees_everything(actor) or actor.role == SYSTEM


def may_export(actor: Actor) -> bool:
    """Whether the actor may take the ledger away as a file, as far as the actor may see it: everybody may who reads it."""
    return actor.role in ROLES and actor.role not in (SYSTEM, SECURITY, INTAKE, WATCH)


def may_save_for_unit(actor: Actor) -> bool:
    """Whether the actor may name filters of the ledger for the people of the own unit: whoever is of a unit may."""
    return actor.role in UNIT_ROLES


def may_save_for_everybody(actor: Actor) -> bool:
    """Whether the actor may name filters of the ledger for everybody: the supervision office may."""
    return actor.role == SUPERVISOR


def may_read_common(actor: Actor) -> bool:
    """Whether the actor may read what is closed to no person: units, the plan, workflows. A role that no rule names may not, nor may a
    program that only brings.
    """
    return actor.role in ROLES and actor.role != INTAKE


def must_have_role(actor: Actor) -> None:
    """Raises NotPermitted for whoever may not even read what is closed to no person."""
    must(may_read_common, actor)


def must(may: Callable[[Actor], bool], actor: Actor) -> None:
    """Raises NotPermitted, naming the actor and the roles that may, unless this actor may: `may_administer` and its like."""
    if not may(actor):
        raise not_permitted(may, actor)


def not_permitted(may: Callable[[Actor], bool], actor: Actor) -> NotPermitted:
    """The error that names the actor, and the roles of people in which it would be permitted."""
    nobody_has = (WATCH,) if actor.separated else (SYSTEM, SECURITY, WATCH)
    return NotPermitted(actor=actor.name, roles=[role for role in ROLES if role not in nobody_has and may(replace(actor, role=role))])


def may_stand_in(role: str, unit: str | None, deputy_role: str, deputy_unit: str | None) -> bool:
    """Whether one account may act, or take over, for another: of the same unit, and of the same side of the table.

    A unit's people may stand in for each other; a supervisor only for a supervisor, a leader for a leader. Nobody stands in for the
    administrator, the auditor or the watch: whoever keeps the accounts could make himself any of them.
    """
    if role in UNIT_ROLES:
        return unit is not None and unit == deputy_unit and deputy_role in UNIT_ROLES
    return role in (SUPERVISOR, LEADER) and role == deputy_role and unit == deputy_unit
