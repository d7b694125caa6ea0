"""Items of a ledger that was kept elsewhere: where they stand once they are taken over, and what stands against them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from engine.errors import Reason
from engine.rules.access import Actor
from engine.rules.acts.command import Refusal
from engine.rules.acts.importing import taken_over
from engine.rules.acts.ledger_item import Item, Origin, Past
from engine.rules.acts.ledger_item_problems import import_problems
from engine.rules.acts.opening import Attached, Opening
from engine.rules.definition import Definition
from engine.rules.event import Event
from engine.rules.judging.judge import judge
from engine.rules.judging.judgement import Judgement
from engine.rules.seeing import Sight
from engine.rules.ticket import Ticket, evolve
from engine.rules.ticket_facts import Evidence
from engine.rules.wording import file_word
from tests.rules.conftest import AUDITOR, LEAD, OFFICE, Matter, china, local, workflow
from tests.rules.test_judging import codes, told

NOW = local("2020-09-25T09:00")
DUE, OVER = local("2020-10-20T18:00"), local("2020-09-11T18:00")
ASSIGNED, FINISHED, CLOSED = local("2020-08-20T18:00"), local("2020-09-09T18:00"), local("2020-09-10T18:00")
ORIGIN = Origin("ab" * 32, "8月", 7, "3-1")


def item(state: str = "rectifying", *, due: datetime | None = DUE, origin: Origin = ORIGIN, past: Past | None = None, **said: Any) -> Item:
    opening = Opening(**{"title": "企业开办材料重复提交", "source": "inspection", "lead": "SCJGJ", "key": "3-1", "due": due, **said})
    return Item(opening, past or Past(state, ASSIGNED), origin)


def attempt(one: Item, actor: Actor = OFFICE, definition: Definition | None = None, now: datetime = NOW) -> Event | Refusal:
    by = definition or workflow("rectification")
    if found := import_problems(by, one, actor, now):
        return Refusal(found)
    return taken_over(
        by, one, actor, now, china(), ticket=1, number="ZG-2020-0001", office="ZG", salt="salt",
        secret_salt="s",  # noqa: S106 – it guards nothing here
    )


def test_what_is_under_way_without_a_date_runs_by_the_limit_that_it_came_with() -> None:
    ticket = ticket_of(item(due=None, limit="15 working days", past=Past("rectifying")))
    assert ticket.deadlines["rectify"].amount == ticket.stated_limit == "15 working days"


def event_of(one: Item, **how: Any) -> Event:
    event = attempt(one, **how)
    assert isinstance(event, Event), event
    return event


def ticket_of(one: Item, **how: Any) -> Ticket:
    return evolve(None, event_of(one, **how))


def reasons(one: Item, **how: Any) -> list[Reason]:
    refusal = attempt(one, **how)
    assert isinstance(refusal, Refusal), refusal
    return list(refusal.reasons)


def refused(one: Item, **how: Any) -> list[str]:
    return [reason.code for reason in reasons(one, **how)]


def taken(one: Item) -> Matter:
    """The ticket as a matter that goes on."""
    matter = Matter(NOW, workflow("rectification"), china())
    matter.events = [event_of(one)]
    matter.ticket = evolve(None, matter.events[0])
    return matter


# -- where it stands ----------------------------------------------------------------------------------------------------------


def test_a_running_item_runs_on_by_its_own_date() -> None:
    ticket = ticket_of(item())
    assert (ticket.state, ticket.turn, ticket.lead, ticket.attempt) == ("rectifying", "lead", "SCJGJ", 1)
    assert (ticket.promised_at, ticket.late_at, ticket.assigned_at) == (DUE, DUE, ASSIGNED)
    assert ticket.deadlines["rectify"].started_at == ASSIGNED and ticket.deadlines["rectify"].skipped == ()
    assert (ticket.source_ref, ticket.level, ticket.late_days, ticket.on_time) == ("3-1", 0, None, None)
    assert ticket.wake_at == ticket.deadlines["rectify"].next_at


def test_nobody_had_a_hand_in_it_by_importing() -> None:
    ticket = ticket_of(item())
    assert ticket.hands == () and ticket.assigned_by is None


def test_rungs_that_lie_before_the_import_are_skipped() -> None:
    ticket = ticket_of(item(due=OVER))
    promise = ticket.deadlines["rectify"]
    assert ticket.late_at == OVER and promise.skipped == ("reminder", "urging", "supervision-letter", "circular")
    assert (ticket.level, ticket.proposals) == (0, ())
    assert ticket.wake_at is not None and ticket.wake_at > NOW


def test_what_is_not_assigned_waits_for_a_person_with_its_date_planned() -> None:
    ticket = ticket_of(item(past=Past("found")))
    assert (ticket.state, ticket.promised_at, ticket.attempt, ticket.assigned_at) == ("found", None, 0, None)
    assert {name: item.state for name, item in ticket.deadlines.items()} == {"assign": "runs", "rectify": "planned"}
    bare = ticket_of(item(due=None, lead=None, past=Past("found")))
    assert set(bare.deadlines) == {"assign"} and bare.lead is None


def test_what_waits_to_be_signed_for_has_time_from_now() -> None:
    ticket = ticket_of(item("assigned"))
    assert {name: each.state for name, each in ticket.deadlines.items()} == {"accept": "runs", "rectify": "runs"}
    assert ticket.deadlines["accept"].started_at == NOW


def test_what_was_handed_in_rests_and_was_late_or_not_then() -> None:
    late = ticket_of(item(due=OVER, past=Past("submitted", ASSIGNED, (), local("2020-09-15T18:00"))))
    assert (late.submitted, late.late_days, late.on_time, late.turn) == (True, 3, False, "office")
    assert {name: each.state for name, each in late.deadlines.items()} == {"verify": "runs", "rectify": "rests"}
    in_time = ticket_of(item(due=OVER, past=Past("submitted", ASSIGNED, (), FINISHED)))
    assert (in_time.late_days, in_time.on_time, in_time.submitted_at) == (0, True, FINISHED)
    undated = ticket_of(item(due=None, past=Past("submitted", ASSIGNED, (), FINISHED)))
    assert (undated.late_days, undated.on_time) == (None, None)


def test_what_was_closed_stays_closed_as_of_then() -> None:
    done = ticket_of(item(due=OVER, past=Past("verified", ASSIGNED, (), FINISHED, CLOSED)))
    assert (done.final, done.closed_at, done.closed_as, done.submitted_at, done.on_time) == (True, CLOSED, "verified", FINISHED, True)
    assert done.wake_at is None and done.deadlines["rectify"].state == "ended"
    undated = ticket_of(item(due=None, lead=None, past=Past("verified", closed_at=CLOSED)))
    assert (undated.submitted_at, undated.late_days, undated.on_time) == (CLOSED, None, None)
    withdrawn = ticket_of(item(past=Past("withdrawn", ASSIGNED, closed_at=CLOSED)))
    assert (withdrawn.closed_as, withdrawn.withdrawn_from, withdrawn.submitted) == ("withdrawn", "rectifying", False)
    assert withdrawn.on_time is None and withdrawn.late_days == 0


def test_what_is_suspended_rings_after_the_longest_pause_and_goes_back() -> None:
    one = taken(item("suspended"))
    assert one.ticket.returns_to == "rectifying" and one.ticket.late_days == 0 and one.ticket.on_time is None
    assert {name: each.state for name, each in one.ticket.deadlines.items()} == {"pause": "runs", "rectify": "rests"}
    one.do("resume")
    assert (one.ticket.state, one.ticket.promised_at) == ("rectifying", DUE)


def test_a_standing_item_is_reviewed_and_has_no_date() -> None:
    ticket = ticket_of(item(due=None, past=Past("rectifying", ASSIGNED, standing=True)))
    assert ticket.standing and ticket.promised_at is None
    assert {name: each.state for name, each in ticket.deadlines.items()} == {"review": "runs"}
    waits = ticket_of(item(due=None, past=Past("submitted", ASSIGNED, finished_at=FINISHED, standing=True)))
    assert waits.deadlines["review"].state == "rests"
    found = ticket_of(item(due=None, past=Past("found", standing=True)))
    assert found.standing and "review" not in found.deadlines
    closed = ticket_of(item(due=None, past=Past("verified", closed_at=CLOSED, standing=True)))
    assert closed.deadlines == {}


def test_extensions_that_the_ledger_tells_are_counted() -> None:
    ticket = ticket_of(item(past=Past("rectifying", ASSIGNED, (OVER, local("2020-09-30T18:00")))))
    assert [(grant.before, grant.to) for grant in ticket.grants] == [(OVER, local("2020-09-30T18:00")), (local("2020-09-30T18:00"), DUE)]
    assert [grant.at for grant in ticket.grants] == [OVER, NOW]
    alone = ticket_of(item(due=None, past=Past("found", extended=(OVER,))))
    assert alone.grants == ()


def test_cooperators_have_their_parts_of_what_runs() -> None:
    running = ticket_of(item(cooperators=("SWJ",)))
    assert running.deadlines["part:SWJ"].state == "runs"
    assert "part:SWJ" not in ticket_of(item(cooperators=("SWJ",), past=Past("found"))).deadlines
    assert "part:SWJ" not in ticket_of(item(cooperators=("SWJ",), past=Past("verified", closed_at=CLOSED))).deadlines


def test_an_item_without_a_date_gets_the_limit_of_its_grade_from_now() -> None:
    ticket = ticket_of(item(due=None, grade="B"))
    assert ticket.deadlines["rectify"].amount == "15 working days" and ticket.deadlines["rectify"].started_at == NOW


def test_a_workflow_that_promises_nothing_takes_items_over_too() -> None:
    definition = workflow("rectification")
    bare = replace(definition, clocks={name: clock._replace(promise=False) for name, clock in definition.clocks.items()}).with_hash()
    assert ticket_of(item(), definition=bare).promised_at is None
    bare = replace(definition, clocks={name: clock for name, clock in definition.clocks.items() if name != "pause"}).with_hash()
    assert "silence" in ticket_of(item("suspended"), definition=bare).deadlines


def test_what_was_taken_over_goes_on_like_any_ticket() -> None:
    one = taken(item())
    one.do("submit", LEAD, {"note": "已整改"})
    one.do("verify", Actor("office", "supervisor", None, "test"))
    assert one.ticket.final and one.ticket.on_time


# -- what stands against it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "expected"), [
    (item("bewitched"), "import-state"),
    (item(title="", past=Past("bewitched")), "title-empty"),
    (item(lead=None), "item-without-lead"),
    (item("submitted"), "import-undated"),
    (item("verified"), "import-undated"),
    (item(past=Past("verified", FINISHED, closed_at=ASSIGNED)), "import-disordered"),
    (item(past=Past("rectifying", ASSIGNED, (DUE,)), due=OVER), "import-disordered"),
    (item(past=Past("rectifying", local("2020-09-26T09:00"))), "import-ahead"),
    (item(past=Past("rectifying", standing=True)), "standing-no-date"),
    (item(origin=ORIGIN._replace(sheet="\n")), "words-empty"),
    (item(origin=ORIGIN._replace(number="x" * 200)), "words-long"),
    (item(source="rumour"), "source-unknown"),
])
def test_every_reason_against_an_item(one: Item, expected: str) -> None:
    assert expected in refused(one)


def test_only_who_opens_takes_over() -> None:
    [reason] = reasons(item(), actor=AUDITOR)
    assert (reason.code, reason.exit) == ("may-not-open", 4)


def test_a_workflow_without_reviews_takes_no_standing_item() -> None:
    definition = workflow("rectification")
    bare = replace(definition, clocks={name: clock for name, clock in definition.clocks.items() if name != "review"}).with_hash()
    assert refused(item(due=None, past=Past("rectifying", standing=True)), definition=bare) == ["no-review-clock"]


# -- judged again -------------------------------------------------------------------------------------------------------------

EVERY = [
    item(), item(due=OVER), item("assigned"), item("suspended"), item(past=Past("found")), item(due=None, lead=None, past=Past("found")),
    item(due=OVER, past=Past("submitted", ASSIGNED, (), FINISHED)), item(past=Past("verified", ASSIGNED, (), FINISHED, CLOSED)),
    item(past=Past("withdrawn", closed_at=CLOSED)), item(due=None, past=Past("rectifying", standing=True)),
    item(past=Past("rectifying", ASSIGNED, (OVER,)), cooperators=("SWJ",), complainant="张某", detail="两次", happened_at=ASSIGNED),
    item(origin=ORIGIN._replace(number=None)), item(origin=ORIGIN._replace(sheet="")),
]


@pytest.mark.parametrize("one", EVERY)
@pytest.mark.parametrize("thorough", [True, False])
def test_what_is_taken_over_is_judged_by_the_same_rules(matter: Callable[[], Matter], one: Item, thorough: bool) -> None:
    known = replace(told(matter().open()), thorough=thorough)
    event = event_of(one)
    assert judge(event, None, (), known) == Judgement()
    assert codes(judge(event._replace(role="auditor"), None, (), known)) != []
    bent = event._replace(data={**event.data, "effects": {**event.data["effects"], "hands": ["bob"]}})
    assert codes(judge(bent, None, (), known)) == ["judged-effect"]
    assert codes(judge(event._replace(to_state="bewitched"), None, (), known)) == ["import-state"]


def test_pictures_of_an_item_are_evidence_that_its_unit_reads_the_copies_of() -> None:
    shown = (Evidence("ab" * 32, 100, "image/png", "original"), Evidence("cd" * 32, 50, "image/jpeg", "copy"))
    names = {file_word(each.sha256): f"{each.kind}.png" for each in shown}
    event = event_of(item(attached=Attached(shown, names, {"ab" * 32: {"copy": "cd" * 32}})))
    assert event.words is not None and event.words.items() >= names.items()
    assert judge(event, None, [], told(taken(item()))) == Judgement()
    sight = Sight(LEAD, workflow("rectification"), lambda actor, ticket: True, lambda actor, number: True)
    [seen] = sight.events([event])
    assert [node["kind"] for node in seen.data["evidence"]] == ["copy"] and "photos" not in seen.data
    other = event._replace(data={**event.data, "evidence": event.data["evidence"][:1]})
    assert judge(other, None, [], told(taken(item()))) == Judgement(), "which files there were nobody computes; the chain holds them"


def test_a_superiors_own_date_runs_beside_ours_and_is_kept_of_what_is_over() -> None:
    superior = workflow("superior")
    running = ticket_of(item(outer=local("2020-10-31T18:00")), definition=superior)
    assert running.deadlines["outer"].due_at == local("2020-10-31T18:00")
    assert running.deadlines["outer"].state == "runs"
    over = ticket_of(item("closed", outer=OVER, past=Past("closed", ASSIGNED, (), FINISHED, CLOSED)), definition=superior)
    assert (over.deadlines["outer"].due_at, over.deadlines["outer"].state) == (OVER, "ended")
    withdrawn = ticket_of(item("withdrawn", outer=OVER, past=Past("withdrawn", ASSIGNED, (), None, CLOSED)), definition=superior)
    assert withdrawn.deadlines["outer"].state == "rests", "it goes on where the withdrawal is taken back"
    assert refused(item(outer=DUE)) == ["no-outer-clock"]


def test_the_superiors_date_of_an_item_is_judged_again() -> None:
    event = attempt(item(outer=local("2020-10-31T18:00")), definition=workflow("superior"))
    assert isinstance(event, Event)
    assert event.data["outer"] == "2020-10-31T10:00:00.000000Z"
