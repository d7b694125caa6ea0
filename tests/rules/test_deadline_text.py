"""Whoever writes reads deadlines of their text at once: the same ones, and as strictly."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.deadline import Deadline
from engine.rules.deadline_text import deadlines_to_show, read_deadlines
from engine.rules.pause import Pause
from engine.rules.proof.chain import spelled

MOMENTS = st.integers(0, 10**15).map(lambda microseconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds))
NAMES = st.text("abcdefgh:", min_size=1)
DEADLINES = st.builds(
    Deadline, NAMES, NAMES, st.integers(1, 99), MOMENTS, MOMENTS, amount=st.none() | NAMES, state=NAMES, stopped_at=st.none() | MOMENTS,
    rung=st.integers(0, 9), level=st.integers(0, 5), next_at=st.none() | MOMENTS, warn_at=st.none() | MOMENTS, unit=st.none() | NAMES,
    promise=st.booleans(), provisional=st.booleans(), skipped=st.lists(NAMES, max_size=2).map(tuple),
    ours=st.lists(NAMES, max_size=2).map(tuple), calendar=st.none() | NAMES,
    pauses=st.lists(st.builds(Pause, MOMENTS, MOMENTS), max_size=2).map(tuple), repeated=st.integers(0, 99),
)
DEADLINE = Deadline("rectify", "lead", 1, datetime(2020, 3, 2, 1, tzinfo=UTC), datetime(2020, 3, 2, 1, tzinfo=UTC) + timedelta(days=5))


@given(st.dictionaries(NAMES, DEADLINES, max_size=3))
def test_the_text_holds_the_deadlines_that_its_json_holds(deadlines: dict[str, Deadline]) -> None:
    text = spelled({name: deadline.to_json() for name, deadline in deadlines.items()})
    assert read_deadlines(text) == deadlines == {name: Deadline.from_json(node) for name, node in json.loads(text).items()}


@pytest.mark.parametrize("changed", [
    {"colour": "red"}, {"epoch": None}, {"clock": 1}, {"due_at": "soon"}, {"started_at": 5}, {"skipped": "urging"},
    {"pauses": [["2020-03-02T01:00:00.000000Z"]]}, {"pauses": [["soon", "later"]]},
])
def test_a_text_of_what_is_no_deadline_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        read_deadlines(json.dumps({"rectify": {**DEADLINE.to_json(), **changed}}))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"rectify":{}}', '{"rectify":null}', '{"rectify":{"clock":"rectify"}}', "\ud800"])
def test_a_text_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_deadlines(text)


def test_what_is_read_once_for_many_can_be_changed_by_none_of_them() -> None:
    found = deadlines_to_show(json.dumps({"rectify": DEADLINE.to_json()}))
    with pytest.raises(TypeError):
        found["rectify"] = DEADLINE  # type: ignore[index]  # that is what is tried
