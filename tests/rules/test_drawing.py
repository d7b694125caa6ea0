from __future__ import annotations

from dataclasses import replace

import pytest

from engine.rules.definition import Definition, Text
from engine.rules.drawing import in_order, mermaid, triggers_in_order
from tests.rules.conftest import workflow

NAMES = ("rectification", "complaint", "bad-review", "superior")


def test_states_and_triggers_come_in_the_order_of_a_tickets_life() -> None:
    definition = workflow("rectification")
    names = [state.name for state in in_order(definition)]
    assert names[:4] == ["found", "assigned", "rectifying", "submitted"]
    assert {*names[-2:]} == {"verified", "withdrawn"} and len(names) == len(definition.states)
    triggers = [trigger.name for trigger in triggers_in_order(definition)]
    assert triggers[0] == "assign" and triggers.index("verify") < triggers.index("withdraw")


@pytest.mark.parametrize("name", NAMES)
def test_every_state_every_move_and_every_clock_is_in_the_drawing(name: str) -> None:
    definition = workflow(name)
    text = mermaid(definition, "en")
    for state in definition.states.values():
        assert f'"{state.title.en}" as s_{state.name.replace("-", "_")}' in text
        assert all(definition.clocks[clock].title.en in text for clock in state.clocks)
    assert all(trigger.title.en in text for trigger in definition.triggers.values() if trigger.target or trigger.back)


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_is_drawn_alike_from_its_file_and_from_the_record(name: str) -> None:
    definition = workflow(name)
    assert {*mermaid(Definition.from_json(definition.to_json()), "zh").splitlines()} == {*mermaid(definition, "zh").splitlines()}


def test_signs_that_a_drawing_would_obey_are_made_harmless() -> None:
    definition = workflow("rectification")
    state = definition.states["found"]._replace(title=Text('a"b:c;d#e%f', "x"))
    states = {**definition.states, "found": state, "lone": state._replace(name="lone", clocks=())}
    text = mermaid(replace(definition, states=states), "zh")
    assert "a'b：c；d＃e％f" in text and "s_lone" in text
