"""One POST to a program: a hard limit on its time, on what is read of its answer, and nothing followed."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from engine.notices.channels.message import Undelivered

LONGEST_SECONDS: float = 10
"""For all of it: connecting, sending, answering. A program that trickles is cut off like one that says nothing."""

MOST_READ = 64 * 1024
"""Bytes of an answer; whoever says more is not listened to."""

TRY_AGAIN = frozenset({408, 425, 429})
"""The only refusals that may pass; any other 3xx or 4xx is a wrong address, key or format."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side answered."""

    status: int
    body: bytes


def post(url: str, body: bytes, headers: Mapping[str, str], ca_file: str | None = None, seconds: float = LONGEST_SECONDS) -> Answer:
    """Sends one request and returns a good answer (2xx). Raises Undelivered for every other outcome."""
    parts = urlsplit(url)
    line: http.client.HTTPConnection
    if parts.scheme == "https":
        trusted = ssl.create_default_context(cafile=ca_file)
        line = http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=seconds, context=trusted)
    else:
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with within(seconds, lambda: line.sock):
            line.request("POST", path, body, {"User-Agent": "zhenggai", "Connection": "close", **headers})
            with line.getresponse() as response:
                answer = Answer(response.status, response.read(MOST_READ))
    except TimeoutError:
        raise Undelivered("timeout") from None
    except OSError as error:
        raise Undelivered(f"connect-{type(error).__name__}") from None
    except (http.client.HTTPException, ValueError) as error:
        raise Undelivered(f"http-{type(error).__name__}") from None
    finally:
        line.close()
    if 200 <= answer.status < 300:
        return answer
    raise Undelivered(f"http-{answer.status}", permanent=answer.status < 500 and answer.status not in TRY_AGAIN)


@contextmanager
def within(seconds: float, socket: Any) -> Iterator[None]:
    """Cuts the line when the time is up, wherever it hangs: a time-out of the socket starts anew with every byte. Raises TimeoutError."""
    late = []

    def cut() -> None:
        late.append(True)
        line = socket()
        if line is not None:
            try:
                line.shutdown(2)
            except OSError:
                return

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception:
        if late:
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
    if late:
        raise TimeoutError
