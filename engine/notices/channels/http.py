"""One POST to a program: a hard limit on its time, on what is read of its answer, and nothing followed."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from engine.notices.channels.line import Line
from engine.notices.channels.message import Undelivered

LONGEST_SECONDS: float = 10
"""For all of it: connecting, sending, answering. A program that drips is cut off like one that says nothing."""

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
    answer = asked(url, body, headers, ca_file, seconds)
    if 200 <= answer.status < 300:
        return answer
    raise Undelivered(f"http-{answer.status}", permanent=answer.status < 500 and answer.status not in TRY_AGAIN)


def asked(
    url: str, body: bytes | None, headers: Mapping[str, str], ca_file: str | None = None, seconds: float = LONGEST_SECONDS,
) -> Answer:
    """Sends one request, a GET where there is no body, and returns the answer, whatever it is. Raises Undelivered where none came."""
    line = Line()
    try:
        with line.within(seconds):
            return _exchange(line, url, body, headers, ca_file)
    except TimeoutError:
        raise Undelivered("timeout") from None
    except OSError as error:
        raise Undelivered(f"connect-{type(error).__name__}") from None
    except (http.client.HTTPException, ValueError) as error:
        raise Undelivered(f"http-{type(error).__name__}") from None
    finally:
        line.close()


def _exchange(line: Line, url: str, body: bytes | None, headers: Mapping[str, str], ca_file: str | None) -> Answer:
    """Connects, asks and reads the answer. Raises OSError, HTTPException, ValueError."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        trusted = ssl.create_default_context(cafile=ca_file)
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(host, parts.port, context=trusted)
    else:
        connection = http.client.HTTPConnection(host, parts.port)
    with closing(connection):
        connection.sock = line.connect(host, connection.port)
        if parts.scheme == "https":
            connection.sock = trusted.wrap_socket(connection.sock, server_hostname=host)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET" if body is None else "POST", path, body, {"User-Agent": "zhenggai", "Connection": "close", **headers})
        with connection.getresponse() as response:
            return Answer(response.status, response.read(MOST_READ))
