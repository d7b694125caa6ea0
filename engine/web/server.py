"""`zg serve`: the next free port, the application under uvicorn in one process or several, and one watch beside it."""

from __future__ import annotations

import ctypes
import logging
import resource
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import uvicorn

from engine.app.serving import first_link, open_record
from engine.app.settings import Settings
from engine.errors import NotPossible
from engine.registry.invitations import Invitation, link_of
from engine.watch.daemon import beside
from engine.watch.duties import Duty, DutyDone
from engine.web.application import application
from engine.web.assets import assets
from engine.web.door import Door, StreetDoor
from engine.web.limits import MOST_CONNECTIONS
from engine.web.portal import portal_path
from engine.web.site import site_of
from engine.web.templating import environment
from engine.web.workers import keep_at_work

NEXT_PORTS = 50
"""So many ports after the wanted one are tried."""

BACKLOG = 512
M_ARENA_MAX = -8
OPEN_FILES = 4_096
"""Connections, each with a file that comes in, and what the record has open."""

KEEP_ALIVE_SECONDS = 15
GRACE_SECONDS = 10
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 – asked whether it is meant


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the pages are, and the link of the first administrator where nobody can sign in yet."""

    address: str
    link: str | None
    port: int
    moved: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """How pages are to be served. `trusted` are the addresses of proxies; `duties` those of the watch, none without it; `workers` is how
    many processes answer; `entries` are the accounts of a demo by the secrets of their links.
    """

    host: str
    port: int
    root_path: str = ""
    trusted: str = ""
    duties: Sequence[Duty] = ()
    workers: int = 1
    entries: Mapping[str, str] = field(default_factory=dict)


def serve(settings: Settings, wanted: Wanted, told: Callable[[Serving], None], on_duty: Callable[[DutyDone], None]) -> None:
    """Serves until SIGTERM or SIGINT. `told` hears where. Raises NoDatabase, WrongSchema, InvalidFile (the settings), NotPossible (no free
    port; several workers over a file, which has one writer), UsageError (the path of a portal).
    """
    root = portal_path(wanted.root_path)
    if wanted.workers > 1 and not settings.on_server:
        raise NotPossible(reason="workers-on-file")
    site_of(settings)  # what is wrong with the settings is told at once, and not by workers that end as soon as they begin
    with open_record(settings):  # so is what is wrong with the record
        pass
    invitation = first_link(settings)
    listener, moved = listening(wanted.host, wanted.port)
    with listener:
        port = int(listener.getsockname()[1])
        address = address_of(wanted.host, port, root)
        told(Serving(address, _link(invitation, address), port, moved))
        work = partial(answer_at, listener, settings, root, wanted.trusted, wanted.entries)
        with beside(settings, wanted.duties, on_duty):
            if wanted.workers > 1:
                keep_at_work(wanted.workers, work, GRACE_SECONDS + 1)
            else:
                work()


def answer_at(listener: socket.socket, settings: Settings, root: str, trusted: str, entries: Mapping[str, str]) -> None:
    """Answers what comes at a socket until SIGTERM or SIGINT: one process of one or of several. Raises InvalidFile."""
    assets(), environment(settings.language)
    config = uvicorn.Config(
        application(settings, root=root, trusted=trusted, entries=entries), log_config=None, access_log=False,
        server_header=False, date_header=True, limit_concurrency=MOST_CONNECTIONS, backlog=BACKLOG, proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS, timeout_graceful_shutdown=GRACE_SECONDS, lifespan="off", ws="none",
        http=Door if trusted else StreetDoor,
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    _have_room()
    uvicorn.Server(config).run(sockets=[listener])


def _have_room() -> None:
    """Lets this process have as many files open as its connections need, where the system allows them and has not yet; and what its
    threads free goes back to few places, of which glibc would keep eight for each processor: 126 MB instead of 141 after some minutes.
    """
    with suppress(AttributeError, OSError):  # another library
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed < OPEN_FILES <= most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, most))


def listening(host: str, port: int) -> tuple[socket.socket, bool]:
    """A socket at the wanted port or the next free one, and whether it is another. Raises NotPossible."""
    for number in range(port, port + NEXT_PORTS) if port else (0,):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # Where the protocol is named, asyncio sends the end of an answer at once; else it waits 40 ms for an acknowledgement.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
            listener.listen(BACKLOG)  # whoever is told the address may come at once
        except OSError as error:
            listener.close()
            last = error
            continue
        listener.set_inheritable(True)
        return listener, number != port
    raise NotPossible(reason="no-free-port", host=host, port=port, message=last.strerror or str(last))


def address_of(host: str, port: int, root: str) -> str:
    """The address for people: of a server that listens everywhere, the one on this machine."""
    shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{root}"


def _link(invitation: Invitation | None, address: str) -> str | None:
    return link_of(invitation, address) if invitation is not None else None
