"""The registry of guards: what a workflow may ask before something is done. Each returns why not, or None.

A reason says which inputs it waits for (`needs`), if it is about nothing but their absence. A reason that needs nothing stands
whatever is given: so `zg can`, which gives nothing, and a refusal are one list. What a guard looks at, and what else it needs from a
workflow, is declared beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from engine.errors import Reason
from engine.rules.access import HEAD, LEADER
from engine.rules.acts import consent, proposals
from engine.rules.acts.requirement import EVIDENCE, NOTHING_NEEDED, Requirement
from engine.rules.deadline import PLANNED
from engine.rules.definition import ANY_GRADE, Definition, by_grade
from engine.rules.situation import Situation
from engine.rules.ticket import Ticket
from engine.rules.timing import parts
from engine.rules.timing.clocks import PAUSE, STANDING, amount_of
from engine.rules.worktime import due

ENDORSES, SIGNED = "endorse", "signed"
"""The effect that endorses, and what a file handed in with it is: a scan of what the head signed."""

NOT_WHO_ASSIGNED = "not-who-assigned"
"""The guard that asks whether the office has somebody else (`Situation.alone`)."""

SCANS = ("application/pdf", "application/ofd", "image/")
"""What a signed sheet may be scanned to (types by content)."""

VERIFIED = "verified"
"""How a ticket is closed that was done; everything else is withdrawn."""

LEAD = "lead"
"""The value of `of` in a clock of the lead."""

MOST_DENIALS = 2
"""After so many declines only a designation (指定承办) is possible (DESIGN §4)."""


Check = Callable[[Situation], Reason | None]


class RegisteredGuard(NamedTuple):
    """A guard of the registry. `looks_at`: the inputs it looks at; the trigger takes them. `file` is evidence."""

    check: Check
    needs: Requirement

    @property
    def looks_at(self) -> tuple[str, ...]:
        return self.needs.takes


GUARDS: dict[str, RegisteredGuard] = {}


def guard(name: str, needs: Requirement = NOTHING_NEEDED) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        GUARDS[name] = RegisteredGuard(check, needs)
        return check

    return register


@guard("has-lead", Requirement(takes=("lead",)))
def has_lead(at: Situation) -> Reason | None:
    """A ticket is assigned to a unit."""
    return None if at.text("lead") or at.ticket.lead else Reason("lead-missing", needs=("lead",))


@guard("lead-not-cooperator", Requirement(takes=("lead", "with")))
def lead_not_cooperator(at: Situation) -> Reason | None:
    lead = at.text("lead") or at.ticket.lead
    return Reason("lead-is-cooperator", {"unit": lead}) if lead in (at.names("with") or ()) else None


@guard("new-lead", Requirement(takes=("lead",)))
def new_lead(at: Situation) -> Reason | None:
    lead = at.text("lead")
    if lead is None and at.ticket.lead is None:
        return Reason("lead-missing", needs=("lead",))
    return Reason("same-lead", {"unit": lead}) if lead == at.ticket.lead else None


@guard("lead-in-force", Requirement(takes=("lead",)))
def lead_in_force(at: Situation) -> Reason | None:
    """What goes on after its end goes on at a unit that there is."""
    if at.gives("lead") or at.ticket.lead not in at.ended:
        return None
    return Reason("lead-ended", {"unit": at.ticket.lead}, needs=("lead",))


@guard("due-ahead", Requirement(takes=("due",)))
def due_ahead(at: Situation) -> Reason | None:
    """A date that a person sets lies ahead, and so does one that was planned earlier and would begin now."""
    promise = at.ticket.promise
    given, planned = at.moment("due"), promise.due_at if promise and promise.state == PLANNED else None
    date = given or planned
    if date is None or date > at.now:
        return None
    return Reason("date-past", {"date": date}, needs=() if given else ("due",))


@guard("standing-without-date", Requirement(takes=("due",)))
def standing_without_date(at: Situation) -> Reason | None:
    """长期坚持 has a review instead of a date."""
    standing = at.flag("standing") or at.ticket.standing
    return Reason("standing-no-date") if standing and at.moment("due") else None


@guard("is-standing", Requirement(clocks=(STANDING,)))
def is_standing(at: Situation) -> Reason | None:
    return None if at.ticket.standing else Reason("not-standing")


@guard("designate-with-basis", Requirement(takes=("designate", "basis")))
def designate_with_basis(at: Situation) -> Reason | None:
    """指定承办 ends the wrangle over duties, so it says on what basis."""
    return Reason("basis-missing", needs=("basis",)) if at.flag("designate") and not at.gives("basis") else None


@guard("designate-after-two-denials", Requirement(takes=("designate", "basis"), effects=("deny",)))
def designate_after_two_denials(at: Situation) -> Reason | None:
    if len(at.ticket.denials) < MOST_DENIALS or at.flag("designate"):
        return None
    needs = ("designate",) if at.gives("basis") else ("designate", "basis")
    return Reason("designate-only", {"denials": len(at.ticket.denials)}, needs=needs)


@guard("within-accept-limit", Requirement(limit=True))
def within_accept_limit(at: Situation) -> Reason | None:
    """A unit denies its competence within the limit for accepting, or not at all. That limit is the lead's own beside the promise."""
    limits = [at.ticket.deadlines[name].due_at for name in lead_limits(at.definition, at.ticket.state) if name in at.ticket.deadlines]
    past = [due_at for due_at in limits if at.now >= due_at]
    return Reason("accept-limit-past", {"date": min(past)}) if past else None


def lead_limits(definition: Definition, state: str) -> list[str]:
    """The clocks of the lead that run in a state, without the promise: its limit for what it owes there before all else."""
    clocks = (definition.clocks[name] for name in definition.states[state].clocks)
    return [clock.name for clock in clocks if clock.of == LEAD and not clock.promise]


@guard("not-designated", Requirement(effects=("designate",)))
def not_designated(at: Situation) -> Reason | None:
    return Reason("designated") if at.ticket.designated else None


@guard("once-a-unit", Requirement(effects=("deny",)))
def once_a_unit(at: Situation) -> Reason | None:
    denied = any(denial.unit == at.actor.unit for denial in at.ticket.denials)
    return Reason("declined-before", {"unit": at.actor.unit}) if denied else None


@guard("not-yet-signed", Requirement(effects=("sign",)))
def not_yet_signed(at: Situation) -> Reason | None:
    return Reason("signed-before", {"unit": at.actor.unit}) if at.actor.unit in at.ticket.signed else None


@guard("again-signed", Requirement(takes=("again",), effects=("sign",)))
def again_signed(at: Situation) -> Reason | None:
    """Only who signed off can be asked to sign off again."""
    wrong = [unit for unit in at.names("again") or () if unit not in at.ticket.signed]
    return Reason("again-unsigned", {"units": wrong}) if wrong else None


@guard("not-yet-objected", Requirement(effects=("object",)))
def not_yet_objected(at: Situation) -> Reason | None:
    return Reason("objected-before", {"unit": at.actor.unit}) if at.actor.unit in at.ticket.objections else None


@guard("not-yet-endorsed", Requirement(effects=(ENDORSES,)))
def not_yet_endorsed(at: Situation) -> Reason | None:
    return Reason("endorsed-before") if at.ticket.endorsed else None


@guard("head-or-scan", Requirement(takes=(EVIDENCE,)))
def head_or_scan(at: Situation) -> Reason | None:
    """The head endorses; a contact endorses for the head, with a scan of what the head signed."""
    scanned = any(item.type.startswith(SCANS) for item in at.evidence)
    return None if at.actor.role == HEAD or scanned else Reason("scan-missing", exit=4, needs=(EVIDENCE,))


@guard("all-signed-off", Requirement(effects=("sign",)))
def all_signed_off(at: Situation) -> Reason | None:
    """Every cooperator has signed off, or is past the date of its own part: then the lead need not wait for it."""
    missing = [unit for unit in _unsigned(at) if not parts.late(at.ticket, unit, at.now)]
    return Reason("sign-off-missing", {"units": missing}) if missing else None


@guard("late-left-out", Requirement(takes=("without", "reason"), clocks=(parts.PART,)))
def late_left_out(at: Situation) -> Reason | None:
    """Whom the lead does not wait for is named, and only whom it need not wait for."""
    named = at.names("without") or ()
    late = [unit for unit in _unsigned(at) if parts.late(at.ticket, unit, at.now)]
    if wrong := [unit for unit in named if unit not in late]:
        return Reason("without-not-late", {"units": wrong})
    if missing := [unit for unit in late if unit not in named]:
        needs = ("without",) if at.gives("reason") else ("without", "reason")
        return Reason("sign-off-late", {"units": missing, "without": missing[0]}, needs=needs)
    return Reason("without-reason", needs=("reason",)) if named and not at.gives("reason") else None


def _unsigned(at: Situation) -> list[str]:
    return [unit for unit in at.ticket.cooperators if unit not in at.ticket.signed]


@guard("endorsed", Requirement(effects=(ENDORSES,)))
def endorsed(at: Situation) -> Reason | None:
    """经承办单位领导审签后上报."""
    return None if at.ticket.endorsed else Reason("endorsement-missing", {"unit": at.ticket.lead})


@guard("other-hands", Requirement(effects=("hand",)))
def other_hands(at: Situation) -> Reason | None:
    """Who inspects has no part in what is inspected (政府督查工作条例, 2021)."""
    if at.actor.unit is not None and at.actor.unit in (at.ticket.lead, *at.ticket.cooperators):
        return Reason("own-unit", {"unit": at.actor.unit}, 4)
    own = {at.actor.name, at.actor.stands_for} & {*at.ticket.hands}
    return Reason("own-hands", {"actor": at.actor.name}, 4) if own else None


@guard("evidence-handed-in", Requirement(takes=(EVIDENCE,), effects=("evidence",)))
def evidence_handed_in(at: Situation) -> Reason | None:
    """What is closed rests on evidence: of this attempt, or the verifier's own."""
    return None if at.ticket.evidenced or at.evidence else Reason("no-evidence", needs=(EVIDENCE,))


@guard(NOT_WHO_ASSIGNED, Requirement(effects=("name-units",)))
def not_who_assigned(at: Situation) -> Reason | None:
    """Who gave the task does not also find it done, where the office has somebody else."""
    own = at.ticket.assigned_by in (at.actor.name, at.actor.stands_for) and not at.alone
    return Reason("assigned-it-oneself", {"actor": at.actor.name}, 4) if own else None


def asks_who_else(definition: Definition, ticket: Ticket) -> bool:
    """Whether something that may be done to the ticket as it is depends on who else there is in the office."""
    return any(
        named.name == NOT_WHO_ASSIGNED and named.holds_for(definition.grade_of(ticket.grade))
        for trigger in definition.triggers.values() if ticket.state in trigger.sources for named in trigger.guards
    )


@guard("duplicate-names-the-other", Requirement(takes=("as", "of")))
def duplicate_names_the_other(at: Situation) -> Reason | None:
    if at.text("as") == "duplicate" and not at.text("of"):
        return Reason("original-missing", needs=("of",))
    return Reason("duplicate-of-itself") if at.text("of") == at.ticket.number else None


@guard("original-kept", Requirement(takes=("as", "of"), guards=("duplicate-names-the-other",)))
def original_kept(at: Situation) -> Reason | None:
    """A duplicate names a ticket that is worked on or was closed as done, and not one that repeats another or was withdrawn itself."""
    number = at.text("of")
    if at.text("as") != "duplicate" or not number or number == at.ticket.number:
        return None
    if at.original is None or at.original.number != number:
        return Reason("original-unknown", {"original": number})
    if at.ticket.duplicate_of not in (None, number):
        return Reason("duplicate-before", {"original": at.ticket.duplicate_of})
    return duplicate_problem(at.ticket, at.original, at.repeated)


def duplicate_problem(ticket: Ticket, original: Ticket, repeated: bool) -> Reason | None:
    """What stands against one ticket being a duplicate of the other; `repeated`: another ticket repeats this one."""
    if original.number == ticket.number:
        return Reason("duplicate-of-itself")
    if original.duplicate_of == ticket.number:
        return Reason("duplicate-of-each-other", {"original": original.number})
    if original.duplicate_of is not None:
        return Reason("original-repeats", {"original": original.number, "kept": original.duplicate_of})
    if original.closed_as not in (None, VERIFIED):
        return Reason("original-withdrawn", {"original": original.number})
    return Reason("is-original", {"original": original.number}) if repeated else None


@guard("proposal-open", Requirement(proposes=True))
def proposal_open(at: Situation) -> Reason | None:
    """Something is proposed that waits for an answer."""
    return None if at.ticket.proposals else Reason("no-proposal")


@guard("names-a-proposal", Requirement(takes=("rung",), proposes=True))
def names_a_proposal(at: Situation) -> Reason | None:
    rung = at.text("rung")
    if rung is None or not at.ticket.proposals or proposals.named(at.definition, at.ticket, rung) is not None:
        return None
    return Reason("proposal-unknown", {"name": rung, "rungs": [item.rung for item in at.ticket.proposals]})


@guard("consent-awaited", Requirement(takes=("about",)))
def consent_awaited(at: Situation) -> Reason | None:
    """A leader agrees to what waits, and says to which of several."""
    found = consent.waiting(at)
    if not found:
        return Reason("nothing-for-leader")
    if consent.meant(at) is not None:
        return None
    names = [item.names[0] for item in found]
    if name := at.text("about"):
        return Reason("consent-unknown", {"name": name, "rungs": names})
    return Reason("consent-of-which", {"rungs": names}, needs=("about",))


@guard("leader-or-scan", Requirement(takes=(EVIDENCE,)))
def leader_or_scan(at: Situation) -> Reason | None:
    """A leader agrees in person; the office writes down what a leader signed on paper, with a scan of it."""
    scanned = any(item.type.startswith(SCANS) for item in at.evidence)
    return None if at.actor.role == LEADER or scanned else Reason("consent-scan-missing", needs=(EVIDENCE,))


@guard("circular-agreed", Requirement(takes=("rung",), effects=(consent.CONSENTS,), proposes=True))
def circular_agreed(at: Situation) -> Reason | None:
    """通报, 约谈 are issued when a leader agreed."""
    issued = proposals.named(at.definition, at.ticket, at.text("rung"))
    if issued is None or not consent.needs_leader(issued):
        return None
    lower = any(not consent.needs_leader(item) for item in at.ticket.proposals)
    return _unless_agreed(at, consent.about_proposal(issued), issued.rung, ("rung",) if lower and not at.gives("rung") else ())


@guard("second-extension-agreed", Requirement(effects=(consent.CONSENTS, "ask")))
def second_extension_agreed(at: Situation) -> Reason | None:
    """An extension after the first is granted when a leader agreed."""
    if at.ticket.request is None or not at.ticket.grants:
        return None
    return _unless_agreed(at, consent.about_request(at.ticket.request), consent.EXTENSION)


@guard("designation-agreed", Requirement(takes=("designate",), effects=(consent.CONSENTS, "deny")))
def designation_agreed(at: Situation) -> Reason | None:
    """A unit that declined is designated when a leader agreed."""
    if not at.flag("designate") or not at.ticket.denials:
        return None
    return _unless_agreed(at, consent.about_denials(at.ticket), consent.DESIGNATION)


def _unless_agreed(at: Situation, about: str, name: str, needs: tuple[str, ...] = ()) -> Reason | None:
    said = consent.given(at.ticket, about)
    if said is None:
        return Reason("consent-missing", {"rung": name}, needs=needs)
    return None if said.agreed else Reason("consent-refused", {"rung": name, "leader": said.by}, needs=needs)


@guard("until-ahead", Requirement(takes=("until",)))
def until_ahead(at: Situation) -> Reason | None:
    """A suspension ends in the future."""
    until = at.moment("until")
    return Reason("date-past", {"date": until}) if until is not None and until <= at.now else None


@guard("new-end-named", Requirement(takes=("until",), clocks=(PAUSE,)))
def new_end_named(at: Situation) -> Reason | None:
    """Who suspends what is suspended already names another end."""
    return Reason("until-missing", needs=("until",)) if at.ticket.returns_to is not None and not at.moment("until") else None


@guard("within-longest-pause", Requirement(takes=("until",), clocks=(PAUSE,)))
def within_longest_pause(at: Situation) -> Reason | None:
    """A suspension ends, at the latest, when the longest pause of the grade is over, counted from its beginning."""
    until = at.moment("until")
    amount = next((by_grade(clock.amount, at.grade) for clock in at.definition.clocks.values() if clock.runs_with == PAUSE), None)
    if until is None or amount is None:
        return None
    since = at.now if at.ticket.returns_to is None else at.ticket.state_since
    last = due(since, amount_of(amount), at.calendar.of(None)).at
    return Reason("pause-too-long", {"to": until, "date": last, "cap": amount}) if until > last else None


@guard("date-not-in-pause", Requirement(takes=("due",)))
def date_not_in_pause(at: Situation) -> Reason | None:
    """A date that a person set and that fell inside the pause moves nowhere by itself: whoever lets the clock go on says the new one."""
    promise, back = at.ticket.promise, at.definition.states.get(at.ticket.way_back or "")
    if promise is None or not promise.fixed or promise.stopped_at is None or back is None or promise.clock not in back.clocks:
        return None
    if not promise.stopped_at < promise.due_at <= at.now or at.moment("due"):
        return None
    return Reason("date-in-pause", {"date": promise.due_at}, needs=("due",))


@guard("speaks-for-a-leader", Requirement(takes=("by",)))
def speaks_for_a_leader(at: Situation) -> Reason | None:
    """A leader instructs in person; the office writes down what a leader said, and who."""
    leader = at.text("by")
    if at.actor.role == LEADER:
        return Reason("instructs-in-person", {"actor": at.actor.name}) if leader not in (None, at.actor.name) else None
    return None if leader else Reason("leader-missing", needs=("by",))


@guard("report-ahead", Requirement(takes=("report_by",)))
def report_ahead(at: Situation) -> Reason | None:
    date = at.moment("report_by")
    return Reason("date-past", {"date": date}) if date is not None and date <= at.now else None


@guard("instruction-open", Requirement(effects=("instruct",)))
def instruction_open(at: Situation) -> Reason | None:
    return None if at.ticket.instructed else Reason("no-instruction")


@guard("instructions-answered", Requirement(effects=("instruct", "report-back")))
def instructions_answered(at: Situation) -> Reason | None:
    """What a leader wrote is answered before the ticket is closed."""
    waiting = [item.by for item in at.ticket.instructions if item.reported_at is None]
    return Reason("instruction-waits", {"leaders": waiting}) if waiting else None


@guard("no-open-request", Requirement(effects=("ask",)))
def no_open_request(at: Situation) -> Reason | None:
    return Reason("request-open", {"to": at.ticket.request.to}) if at.ticket.request else None


@guard("request-open", Requirement(effects=("ask",)))
def request_open(at: Situation) -> Reason | None:
    return None if at.ticket.request else Reason("no-request")


@guard("has-date")
def has_date(at: Situation) -> Reason | None:
    """More time is asked for where a date is promised."""
    if at.promised is not None:
        return None
    return Reason("no-due-date") if at.ticket.standing else Reason("nothing-due-yet")


@guard("before-due")
def before_due(at: Situation) -> Reason | None:
    """The extension is asked for before the limit, not after it. Half-open: at the due moment it is too late."""
    if at.promised is None or at.now < at.promised:
        return None
    return Reason("due-past", {"date": at.promised})


@guard("later-than-due", Requirement(takes=("to",)))
def later_than_due(at: Situation) -> Reason | None:
    """More time ends after the date that stands, and ahead of us, whether it is asked for or granted."""
    to, needs = _asked(at)
    if to is not None and at.promised is not None and to <= at.promised:
        return Reason("not-later", {"to": to, "date": at.promised}, needs=needs)
    return Reason("date-past", {"date": to}, needs=needs) if to is not None and to <= at.now else None


@guard("extensions-left", Requirement(extensions=True))
def extensions_left(at: Situation) -> Reason | None:
    allowed = by_grade(at.definition.extensions, at.grade)
    if allowed is None or len(at.ticket.grants) < allowed.times:
        return None
    return Reason("extensions-used", {"times": allowed.times, "grade": at.grade or ANY_GRADE})


@guard("within-cap", Requirement(takes=("to",), extensions=True))
def within_cap(at: Situation) -> Reason | None:
    """All extensions together stay within the cap of the grade, counted from the first date promised."""
    allowed = by_grade(at.definition.extensions, at.grade)
    to, needs = _asked(at)
    if allowed is None or to is None or at.promised is None:
        return None
    first = at.ticket.grants[0].before if at.ticket.grants else at.promised
    last = due(first, amount_of(allowed.cap), at.calendar).at
    if at.ticket.request is not None and last <= max(at.promised, at.now):  # then no later date could be given
        return Reason("cap-used", {"date": last, "cap": allowed.cap})
    return Reason("beyond-cap", {"to": to, "date": last, "cap": allowed.cap}, needs=needs) if to > last else None


def _asked(at: Situation) -> tuple[datetime | None, tuple[str, ...]]:
    """The date given now, else the date of the open request; and which input to give where the date of the request will not do."""
    given = at.moment("to")
    if given is not None:
        return given, ()
    return at.ticket.request.to if at.ticket.request else None, ("to",)
