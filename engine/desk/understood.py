"""What was understood of what somebody typed. Nothing here prints: every door tells the warnings in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.errors import Reason

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Understood(Generic[T]):
    """What was understood of a text, and what its writer should hear about it: codes of `engine/words` with their values."""

    value: T
    warnings: tuple[Reason, ...] = ()
