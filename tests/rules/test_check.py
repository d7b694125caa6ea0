"""Every way in which a workflow that can be read is still unsound, provoked by one change of the shipped one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import Problem
from engine.registry.workflow_file import examine
from engine.rules.check import check
from tests.rules.conftest import ROOT, workflow

SHIPPED = (ROOT / "workflows" / "rectification.yaml").read_text(encoding="utf-8")
Found = Callable[..., list[Problem]]


@pytest.fixture
def found(tmp_path: Path) -> Found:
    def read(*changes: tuple[str, str], text: str = SHIPPED) -> list[Problem]:
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / "workflow.yaml"
        path.write_text(text, encoding="utf-8")
        return examine(path)[1]

    return read


def line_of(text: str, *changes: tuple[str, str]) -> int:
    changed = SHIPPED
    for old, new in changes:
        changed = changed.replace(old, new, 1)
    return changed[: changed.index(text)].count("\n") + 1


@pytest.mark.parametrize(("old", "new", "kind", "name", "near", "at"), [
    ("initial: found", "initial: fond", "state", "fond", "found", "initial: fond"),
    ("default_grade: C", "default_grade: D", "grade", "D", "", "default_grade: D"),
    ("clocks: [assign]", "clocks: [asign]", "clock", "asign", "assign", "clocks: [asign]"),
    ("ladder: accept", "ladder: acept", "ladder", "acept", "accept", "ladder: acept"),
    ("runs_with: request", "before: rectifi", "clock", "rectifi", "rectify", "before: rectifi"),
    ("rests_in: [submitted, suspended, withdrawn]", "rests_in: [submited]", "state", "submited", "submitted", "rests_in: [submited]"),
    ("amount: {C: 5", "amount: {D: 5", "grade", "D", "", "amount: {D: 5"),
    ("trigger: deemed-accepted", "trigger: deemed", "trigger", "deemed", "", "trigger: deemed,"),
    ("at: {C: -2, B", "at: {C: -2, D: -1, B", "grade", "D", "", "at: {C: -2, D"),
    ("  A: {times: 2", "  D: {times: 2", "grade", "D", "", "  D: {times: 2"),
    ("from: [found]", "from: [fund]", "state", "fund", "found", "from: [fund]"),
    ("    to: assigned", "    to: asigned", "state", "asigned", "assigned", "    to: asigned"),
    ("{back: [assigned,", "{back: [asigned,", "state", "asigned", "assigned", "to: {back: [asigned"),
    ("guards: [has-lead,", "guards: [has-a-lead,", "guard", "has-a-lead", "has-lead", "guards: [has-a-lead"),
    ("{endorsed: [A, B]}", "{endorsed: [A, D]}", "grade", "D", "", "guards: [all-signed-off, late-left-out, {endorsed: [A, D]}"),
    ("effects: [ask]", "effects: [axe]", "effect", "axe", "", "effects: [axe]"),
    ("restart: [accept, rectify]", "restart: [accept, rectifi]", "clock", "rectifi", "rectify", "  reassign:"),
    ("at_least: {rectify:", "at_least: {rectifi:", "clock", "rectifi", "rectify", "  reject:"),
    ("approved_by: {required: [A, B]}", "approved_by: {required: [A, D]}", "grade", "D", "", "approved_by: {required: [A, D]}"),
])
def test_a_name_that_leads_nowhere_is_named_with_the_nearest(
    found: Found, old: str, new: str, kind: str, name: str, near: str, at: str,
) -> None:
    problems = found((old, new))
    assert {problem.code for problem in problems} == {"check-unknown"}
    [problem] = [problem for problem in problems if problem.values["kind"] == kind and problem.values["name"] == name][:1]
    assert problem.values["near"] == near or not near
    assert problem.line == line_of(at, (old, new))


ACCEPT_LADDER = next(part for part in SHIPPED.split("\n\n") if part.startswith("ladders:")).split("  accept:\n")[1].split("\n")[0]
ACCEPT_LADDER = f"  accept:\n{ACCEPT_LADDER}"
NO_END = SHIPPED.replace("    final: true\n", "    rests: true\n")


@pytest.mark.parametrize(("changes", "code", "at"), [
    ([("from: [assigned, rectifying, submitted, suspended]\n    to: suspended", "from: [verified]\n    to: suspended"),
      ("from: [verified]\n    to: rectifying", "from: [suspended]\n    to: rectifying"),
      ("from: [verified]\n    to: suspended", "from: [suspended]\n    to: suspended")], "check-unreachable", "  suspended:"),
    ([("from: [suspended]\n    to: {back: [assigned, rectifying, submitted]}", "from: [suspended]\n    to: suspended"),
      ("submitted, suspended]\n    to: withdrawn", "submitted]\n    to: withdrawn")], "check-stuck", "  suspended:"),
    ([("from: [suspended]\n    to: {back: [assigned, rectifying, submitted]}", "from: [suspended]\n    to: suspended"),
      ("submitted, suspended]\n    to: withdrawn", "submitted]\n    to: withdrawn")], "check-never-ends", "  suspended:"),
    ([("    stage: verified\n    final: true", "    stage: verified\n    final: true\n    clocks: [verify]")],
     "check-clock-at-rest", "  verified:"),
    ([("    rests: true", "    rests: true\n    clocks: [verify]")], "check-clock-at-rest", "  suspended:"),
    ([("    turn: office\n    hidden", "    hidden")], "check-no-turn", "  found:"),
    ([("    turn: office\n    hidden", "    turn: lead\n    hidden")], "check-no-clock", "  found:"),
    ([("initial: found", "initial: verified")], "check-ends-at-once", "initial: verified"),
    ([("    promise: true\n", "")], "check-one-promise", None),
    ([("    ladder: accept\n", "    ladder: accept\n    promise: true\n")], "check-one-promise", None),
    ([("amount: {C: 30 days, B: 30 days, A: 60 days}", "amount: {C: 30 days, A: 60 days}")], "check-no-amount", "    amount: {C: 30 days"),
    ([("part-reminder, title: {zh: 配合提醒, en: reminder of a part}, at: -1", "part-reminder, title: {zh: 配合提醒, en: x}, at: {A: -1}"),
      ("part-urging, title: {zh: 配合催办, en: urging of a part}, at: 0", "part-urging, title: {zh: 配合催办, en: x}, at: {A: 0, B: 0}")],
     "check-no-rung", "    ladder: part"),
    ([("effects: [remember-state, pause]", "effects: [remember-state]")], "check-silent-entry", "  suspend:"),
    ([("    runs_with: pause\n", "    runs_with: pause\n    rests_in: [suspended]\n")], "check-silent-rest", "  suspended:"),
    ([("rests_in: [found, submitted, suspended, withdrawn]", "rests_in: [found, rectifying, submitted, suspended]")],
     "check-silent-standing",
     "  rectifying:"),
    ([("    runs_with: request\n", "")], "check-idle-clock", "  answer:"),
    ([("amount: {C: 5 working days, B", "amount: {B")], "check-no-amount", "    amount: {B"),
    ([(ACCEPT_LADDER, "  accept: []")], "check-empty-ladder", "    ladder: accept"),
    ([("    before: rectify\n", "")], "check-before", "  part:"),
    ([("amount: {C: 1 working day, B: 2", "amount: {C: 1 day, B: 2")], "check-before", "  part:"),
    ([("    runs_with: request\n", "    runs_with: request\n    before: rectify\n")], "check-before", "  answer:"),
    ([("{name: urging,", "{name: reminder,")], "check-rung-twice", None),
    ([("      at: 3\n", "      at: -4\n")], "check-rung-order", "    - name: supervision-letter"),
    ([("      level: 2\n", "      level: 0\n")], "check-rung-order", "    - name: supervision-letter"),
    ([("act: fire, trigger: deemed-accepted,", "act: fire,")], "check-rung-trigger", None),
    ([("act: fire, trigger", "act: notify, trigger")], "check-rung-trigger", None),
    ([("    to: rectifying\n    by: [watch]", "    to: rectifying\n    by: [office]")], "check-rung-cannot-fire", None),
    ([("ladder: office", "ladder: accept")], "check-rung-cannot-fire", None),
    ([("    by: [head, lead]", "    by: []")], "check-nobody", "  endorse:"),
    ([(("    guards: [other-hands, {not-on-the-visit: [A, B]}, {evidence-handed-in: [A, B]}, "
        "{not-who-assigned: [A]}, {instructions-answered: [A]}]\n"
        "    effects: [close]"), "    effects: [close]")], "check-own-judge",
     "  verify:\n    title: {zh: 验收销号"),
    ([("    to: submitted\n    by: [lead]", "    to: verified\n    by: [lead]")], "check-own-judge",
     "  submit:\n    title: {zh: 申请销号"),
    ([("    to: verified\n    by: [office]", "    to: verified\n    by: [lead]")], "check-never-verified",
     "  verify:\n    title: {zh: 验收销号"),
    ([("    effects: [issue]", "    effects: []")], "check-never-issued", "    - name: supervision-letter"),
    ([("    effects: [waive]", "    effects: []")], "check-never-issued", "    - name: supervision-letter"),
    ([("    runs_with: request\n", "    runs_with: proposal\n")], "check-needs-clock", "    effects: [ask]"),
    ([("    runs_with: instruction\n", "    runs_with: proposal\n")], "check-needs-clock", "    effects: [instruct]"),
    ([("clocks: [accept, rectify]", "clocks: [rectify]")], "check-needs-limit", "    guards: [within-accept-limit"),
    ([("    of: lead\n    amount: 1 working day\n    ladder: accept", "    of: head\n    amount: 1 working day\n    ladder: accept")],
     "check-needs-limit", "    guards: [within-accept-limit"),
    ([("from: [assigned]\n    to: found", "from: [assigned, rectifying]\n    to: found")], "check-needs-limit",
     "    guards: [within-accept-limit"),
    ([("input: {lead: optional, with: optional, leader", "input: {with: optional, leader")], "check-needs-input", "    guards: [has-lead"),
    ([("reason: required, until: optional}", "reason: required}")], "check-needs-input", "    guards: [no-open-request, until-ahead"),
    ([("reason: required, until: optional}", "reason: required, until: {kind: text}}")], "check-input-kind",
     "    guards: [no-open-request, until-ahead"),
    ([("input: {to: required, reason", "input: {to: optional, reason")], "check-needs-required", "    effects: [ask]"),
    ([("guards: [request-open, later-than-due, within-cap,", "guards: [later-than-due, within-cap,")], "check-needs-guard",
     "    effects: [grant]"),
    ([("effects: [deny]", "effects: []")], "check-needs-effect", "    guards: [has-lead"),
    ([("effects: [ask]", "effects: []")], "check-needs-effect", None),
    ([("  C: {times: 1, cap: 5 working days}\n", "")], "check-needs-extensions",
     "    guards: [request-open, later-than-due, within-cap, second-extension-agreed]"),
    ([("act: propose", "act: notify")] * 3, "check-needs-proposal",
     "    guards: [proposal-open, names-a-proposal, circular-agreed]"),
    ([("to: {back: [assigned, rectifying, submitted]}", "to: rectifying"),
      ("to: {back: [found, assigned, rectifying, submitted]}", "to: rectifying")],
     "check-needs-return", "    effects: [remember-state, pause]"),
    ([("to: {back: [assigned, rectifying, submitted]}", "to: {back: [assigned, rectifying]}")], "check-no-way-back", "  suspend:"),
    ([('letter: {"*": circular, party', "letter: {party")], "check-letter", "    - name: circular"),
])
def test_an_unsound_workflow_is_found_out(found: Found, changes: list[tuple[str, str]], code: str, at: str | None) -> None:
    problems = found(*changes)
    assert code in {problem.code for problem in problems}, [problem.code for problem in problems]
    [first] = [problem for problem in problems if problem.code == code][:1]
    assert first.line is not None
    if at is not None:
        lines = {line_of(at, *changes), line_of(at, *changes) + 1}
        assert first.line in lines


def test_a_workflow_without_an_end_says_only_that(found: Found) -> None:
    codes = {problem.code for problem in found(text=NO_END)}
    assert "check-no-end" in codes
    assert "check-never-ends" not in codes


def test_a_workflow_without_grades_is_checked_all_the_same(found: Found) -> None:
    text = (ROOT / "workflows" / "bad-review.yaml").read_text(encoding="utf-8")
    problems = found(("at: 2, level: 2, act: propose", "at: -2, level: 2, act: propose"), text=text)
    assert [(problem.code, problem.values["grade"]) for problem in problems] == [("check-rung-order", "*")]


@pytest.mark.parametrize("name", ["rectification", "complaint", "bad-review", "superior"])
def test_a_shipped_workflow_is_sound(name: str) -> None:
    assert check(workflow(name)) == []


def test_without_lines_a_problem_has_none() -> None:
    broken = workflow("rectification")
    problems = check(type(broken)(**{**{field: getattr(broken, field) for field in broken.__dataclass_fields__}, "initial": "fond"}))
    assert [(problem.code, problem.line) for problem in problems] == [("check-unknown", None)]
