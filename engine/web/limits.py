"""Too much of something: bytes, files, seconds. What a request may be at most, and the error for more."""

from __future__ import annotations

from engine.desk.filing import LARGEST_FILE
from engine.errors import ZgError

MOST_FILES = 20
LARGEST_UPLOAD = 4 * LARGEST_FILE
"""Bytes of a whole request with files."""

LARGEST_FORM = 1024 * 1024
"""Bytes of a form without files."""

CHUNK_SECONDS = 30.0
"""How long we wait for the next piece of a body: a client that sends a byte now and then must not keep a place."""

class TooLarge(ZgError):
    """More was sent than is taken."""

    code = "upload-too-large"
    exit = 5
    http = 413


class TooSlow(ZgError):
    """The body of a request did not come in time."""

    code = "too-slow"
    exit = 75
    http = 408


class NotKept(ZgError):
    """What came in could not be written to the disk."""

    code = "not-kept"
    exit = 75
    http = 507


class MethodNotTaken(ZgError):
    """Nothing is answered by this method."""

    code = "method-not-taken"
    exit = 2
    http = 405


class Unexpected(ZgError):
    """Something that nobody expected; the log of the server says more."""

    code = "web-unexpected"


class BadForm(ZgError):
    """What was sent is no form."""

    code = "bad-form"
    exit = 2
    http = 400


def megabytes(size: int) -> int:
    return size // (1024 * 1024)


def check_length(length: str | None, *, files: bool) -> None:
    """Raises TooLarge for a request that says itself that it is too long; what does not say it is counted while it comes."""
    most = LARGEST_UPLOAD if files else LARGEST_FORM
    if length is not None and length.isdecimal() and int(length) > most:
        raise TooLarge(most=megabytes(most))
