"""What was understood of what somebody typed. Nothing here prints: every door tells the warnings in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.errors import Reason, UsageError
from engine.words.vocabulary import placeholders

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Understood(Generic[T]):
    """What was understood of a text, and what its writer should hear about it: codes of `engine/words` with their values."""

    value: T
    warnings: tuple[Reason, ...] = ()


def must_be_filled_in(key: str, value: object) -> None:
    """Raises UsageError for what a shown command only held a place with: `--note TEXT`, `--lead 单位`. It is missing, and no fact."""
    for text in value if isinstance(value, tuple) else (value,):
        if isinstance(text, str) and text.strip() in placeholders():
            raise UsageError(reason="usage-placeholder", field=key, text=text.strip())
