"""How text is compared in a search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.search_text import searchable


@pytest.mark.parametrize(("one", "other"), [("Ⅱ类", "ⅱ类"), ("Ａ级", "a级"), ("ＺＧ－２０２０", "zg-2020"), ("ﬁn", "FIN"), ("㈠", "(一)")])
def test_what_looks_alike_is_one(one: str, other: str) -> None:
    assert searchable(one) == searchable(other)


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)
