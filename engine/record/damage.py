"""What is read from the record and cannot have been written by us: told as damage, not as a fault of the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from engine.errors import Damaged

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What making a value of a damaged row raises: texts that are no JSON or nest without end, values that are missing, of another kind or
beyond what a moment or a number can be.
"""


def must_be_moment(value: object) -> None:
    """Raises ValueError for a damaged moment: it is read as its text, for the audit to name."""
    if not isinstance(value, datetime):
        raise ValueError(f"no moment: {value}")


def as_written(read: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """A reader that raises Damaged where a row is not what was written. The audit reads rows as they are and names them instead."""

    @wraps(read)
    def reading(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return read(*args, **kwargs)
        except UNREADABLE as error:
            raise Damaged(detail=f"{type(error).__name__}: {error}") from error

    return reading
