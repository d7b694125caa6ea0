"""Too much of something: bytes, files, seconds, requests a minute. What a request may be at most, and the error for more."""

from __future__ import annotations

from threading import Lock

from engine.desk.filing import LARGEST_FILE
from engine.errors import ZgError

MOST_FILES = 20
LARGEST_UPLOAD = 4 * LARGEST_FILE
"""Bytes of a whole request with files."""

LARGEST_FORM = 1024 * 1024
"""Bytes of a form without files."""

MOST_PARTS = 1_000
"""Parts of a form with files, also those that were left empty: fifty tickets, each with its fields."""

CHUNK_SECONDS = 30.0
"""How long we wait for the next piece of a body."""

LEAST_A_SECOND = 8 * 1024
"""Bytes of a body that come at least each second, after the first seconds: who sends one now and then must not keep a place."""

HEAD_SECONDS = 30.0
"""How long we wait for the head of a request."""

MOST_CONNECTIONS = 1_000
"""Connections of one process: the next ones are told that it is busy (503), and those beyond BESIDE are closed unheard."""

BESIDE = 100

MOST_FROM_ONE_ADDRESS = 250
"""Connections: an office behind one address opens many, and one stranger must not have them all."""

MINUTE = 60


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


class TooOften(ZgError):
    """A program asked more often than its token allows; it waits until the minute is over."""

    code = "too-often"
    exit = 75
    http = 429


class NoPlace(ZgError):
    """As many browsers listen as may; the others ask once a minute."""

    code = "live-full"
    exit = 75
    http = 503


class NotInScope(ZgError):
    """The token is for reading alone."""

    code = "token-reads"
    exit = 4
    http = 403


class OnlyBrings(ZgError):
    """The token is for bringing what a platform sends alone."""

    code = "token-brings"
    exit = 4
    http = 403


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


class Turns:
    """How many requests of each token came in this minute, to this process: each worker counts its own."""

    def __init__(self) -> None:
        self._lock, self._minute, self._counts = Lock(), 0, dict[str, int]()

    def take(self, token: str, per_minute: int, now: float) -> None:
        """Counts a request at a moment in seconds. Raises TooOften."""
        minute = int(now // MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, {}
            count = self._counts[token] = self._counts.get(token, 0) + 1
        if count > per_minute:
            raise TooOften(per_minute=per_minute, seconds=MINUTE - int(now % MINUTE))


def megabytes(size: int) -> int:
    return size // (1024 * 1024)


def patience(seconds: float, size: int) -> float:
    """For how long we wait for the next piece of a body of which so many bytes came in so many seconds."""
    return min(CHUNK_SECONDS, CHUNK_SECONDS + size / LEAST_A_SECOND - seconds)


def check_length(length: str | None, most: int) -> None:
    """Raises TooLarge for a request that says itself that it is too long; what does not say it is counted while it comes."""
    if length is not None and length.isdecimal() and int(length) > most:
        raise TooLarge(most=megabytes(most))
