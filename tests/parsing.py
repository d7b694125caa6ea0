"""YAML parsed once for each text: parsing takes most of the time in which an office is founded, and nobody changes what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from engine.registry import plan_file, workflow_file

Read = TypeVar("Read")


def parse_once() -> None:
    """From now on, in this process and those it forks."""
    workflow_file._compose = cache(workflow_file._compose)
    plan_file._read = _for_each_text(plan_file._read)


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
