"""A founded record with the plan of 2020, as the registry's tests have it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.registry.conftest import founded_file, founded_name, town

__all__ = ["founded_file", "founded_name", "town"]


@pytest.fixture
def machine_in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in another zone than the office: nothing may be counted by its days."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()
