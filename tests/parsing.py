"""YAML parsed once for each text: parsing takes most of the time in which an office is founded, and nobody changes what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import yaml

from engine.errors import Problem
from engine.registry import plan_file, workflow_file

Read = TypeVar("Read")
Compose = Callable[[str, str], tuple[Any, Problem | None]]


def parse_once() -> None:
    """From now on, in this process and those it forks."""
    workflow_file._compose = cache(_by_libyaml(workflow_file._compose))
    plan_file._read = _for_each_text(plan_file._read)


def _by_libyaml(compose: Compose) -> Compose:
    """The same nodes from libyaml in a tenth of the time, where it is there. What it does not take is asked of the parser itself, whose
    words people read.
    """
    quick = getattr(yaml, "CSafeLoader", None)
    if quick is None:
        return compose

    def composed(text: str, name: str) -> tuple[Any, Problem | None]:
        with patch.object(yaml, "SafeLoader", quick):
            nodes, problem = compose(text, name)
        return (nodes, None) if problem is None else compose(text, name)

    return composed


def _for_each_text(read: Callable[[Path], Read]) -> Callable[[Path], Read]:
    known: dict[tuple[str, bytes], Read] = {}

    def once(file: Path) -> Read:
        if not file.is_file():
            return read(file)
        key = file.name, file.read_bytes()
        if key not in known:
            known[key] = read(file)
        return known[key]

    return once
