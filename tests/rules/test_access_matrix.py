"""The whole matrix role × relation × trigger, as it is meant to be. A trigger that has no row here was not thought about."""

from __future__ import annotations

import pytest

from docs.access import BESIDE, SEATS, example, may_beside, may_fire, workflows
from engine.rules.access import ROLES
from engine.rules.acts.command import Command, Refusal
from engine.rules.acts.decide import assess, decide, possible
from engine.rules.definition import Definition
from engine.rules.situation import Situation
from tests.rules.conftest import china, local

OFFICE = {"supervisor"}
LEADERS = {"leader"}
LEAD = {"contact of the lead", "head of the lead"}
COOPERATOR = {"contact of a cooperator", "head of a cooperator"}
WATCH = {"watch"}
CONCERNED = OFFICE | LEADERS | LEAD | COOPERATOR
HOUSE = OFFICE | LEADERS | {"auditor", "admin", "watch"}

MATRIX: dict[str, dict[str, set[str]]] = {
    "rectification": {
        "assign": OFFICE, "accept": LEAD, "deemed-accepted": WATCH, "decline": LEAD, "sign-off": COOPERATOR, "object": COOPERATOR,
        "endorse": LEAD, "send-back": {"head of the lead"}, "submit": LEAD, "verify": OFFICE, "reject": OFFICE, "withdraw": OFFICE,
        "suspend": OFFICE, "resume": OFFICE, "request-extension": LEAD, "grant": OFFICE,
        "refuse": OFFICE, "reassign": OFFICE, "reopen": OFFICE, "comment": CONCERNED, "issue": OFFICE, "waive": OFFICE,
        "consent": OFFICE | LEADERS, "reinstate": OFFICE,
        "progress": LEAD | COOPERATOR, "urge": OFFICE, "instruct": OFFICE | LEADERS, "report-back": LEAD, "review": OFFICE | LEAD,
    },
    "bad-review": {
        "assign": OFFICE, "call-back": LEAD, "add-review": OFFICE | {"intake"}, "appeal": LEAD, "uphold": OFFICE, "dismiss": OFFICE,
        "submit": LEAD, "verify": OFFICE, "reject": OFFICE, "withdraw": OFFICE, "reinstate": OFFICE, "reopen": OFFICE,
        "comment": CONCERNED, "issue": OFFICE, "waive": OFFICE,
    },
    "complaint": {
        "assign": OFFICE, "accept": LEAD, "deemed-accepted": WATCH, "decline": LEAD, "submit": LEAD, "verify": OFFICE, "reject": OFFICE,
        "withdraw": OFFICE, "reinstate": OFFICE, "reassign": OFFICE, "reopen": OFFICE, "comment": CONCERNED, "issue": OFFICE,
        "waive": OFFICE,
    },
}
MATRIX["superior"] = MATRIX["rectification"] | {"report-up": OFFICE, "close": OFFICE, "returned": OFFICE}
"""Which seats (docs/access.py) may fire each trigger of each workflow."""

BESIDE_WORKFLOWS: dict[str, set[str]] = {
    "see": HOUSE | LEAD | COOPERATOR, "see-hidden": HOUSE, "open": OFFICE, "administer": OFFICE | {"admin", "system"},
    "authorise": OFFICE | {"admin", "security"},
    "redact": OFFICE | {"admin"}, "read-secrets": OFFICE, "read-administration": OFFICE | {"admin", "auditor"},
    "receive": OFFICE, "read-batches": OFFICE | {"leader", "auditor"}, "seal": OFFICE | {"admin", "system", "watch"},
    "evaluate": OFFICE, "read-rounds": OFFICE | {"leader", "auditor"},
    "bring-feedback": OFFICE | {"intake"}, "enter-feedback": OFFICE, "read-feedback": OFFICE | {"leader", "auditor"},
    "prove-reviews": OFFICE | {"leader", "auditor"} | LEAD | COOPERATOR | {"contact of another unit", "head of another unit"},
    "visit": OFFICE, "read-visits": OFFICE | {"leader", "auditor"},
}

NOW = local("2020-09-25T10:00")
CELLS = [(name, trigger) for name, definition in workflows().items() for trigger in definition.triggers]


@pytest.fixture(scope="module")
def shipped_workflows() -> dict[str, Definition]:
    return dict(workflows())


def test_every_trigger_of_every_workflow_has_its_row_and_no_row_is_left_over(shipped_workflows: dict[str, Definition]) -> None:
    assert {name: set(rows) for name, rows in MATRIX.items()} == {
        name: set(definition.triggers) for name, definition in shipped_workflows.items()
    }


def test_every_role_has_a_seat() -> None:
    assert {actor.role for actor in SEATS.values()} == set(ROLES)


@pytest.mark.parametrize(("name", "trigger"), CELLS)
def test_the_rules_say_what_the_matrix_says(shipped_workflows: dict[str, Definition], name: str, trigger: str) -> None:
    """In every state the trigger starts from, whatever else stands against it, for every seat; by `zg can` and by doing it."""
    definition, may = shipped_workflows[name], MATRIX[name][trigger]
    assert may_fire(definition, trigger) == may
    start = example(definition)
    for state in definition.triggers[trigger].sources:
        ticket = start._replace(state=state)
        for seat, actor in SEATS.items():
            asked = assess(Situation(definition, ticket, actor, NOW, china()), definition.triggers[trigger])
            assert (asked.trigger in possible(Situation(definition, ticket, actor, NOW, china()))) == asked.possible
            assert ("not-yours" in {reason.code for reason in asked.reasons}) == (seat not in may), (state, seat)
            outcome = decide(Situation(definition, ticket, actor, NOW, china()), Command(trigger))
            refused = {reason.code for reason in outcome.reasons} if isinstance(outcome, Refusal) else set()
            assert ("not-yours" in refused) == (seat not in may), (state, seat)


@pytest.mark.parametrize("code", BESIDE)
def test_what_no_workflow_says_is_as_stated(code: str) -> None:
    assert may_beside(code) == BESIDE_WORKFLOWS[code]


@pytest.mark.parametrize("name", MATRIX)
def test_nobody_judges_its_own_work_and_the_administrator_and_the_auditor_touch_no_ticket(name: str) -> None:
    rows = MATRIX[name]
    assert rows["verify"] == rows["reject"] == OFFICE
    assert not any({"admin", "auditor", "contact of another unit", "head of another unit"} & may for may in rows.values())
