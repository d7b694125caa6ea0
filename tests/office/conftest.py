"""A founded record with the plan of 2020, as the registry's tests have it."""

from __future__ import annotations

from tests.registry.conftest import founded_file, founded_name, town

__all__ = ["founded_file", "founded_name", "town"]
