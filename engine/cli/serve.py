"""`zg serve`: the pages, and the watch beside them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING

import click

from engine.app.serving import demo_entries
from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.terminal import display_width, pad
from engine.cli.watch import USUAL_SECONDS, print_duty
from engine.errors import NotPossible
from engine.watch.duties import DutyDone, duties

if TYPE_CHECKING:
    from engine.web.server import Serving


@verb(
    "serve", option("--host", metavar="HOST", default="127.0.0.1"),
    option("--port", metavar="PORT", type=click.IntRange(0, 65_535), default=8600), option("--watch/--no-watch", "watched", default=True),
    option("--root-path", metavar="PATH", default=""),
    option("--behind", "trusted", metavar="ADDRESSES", default=""), option("--workers", metavar="N", type=click.IntRange(1, 64), default=1),
)
def serve(call: Call, host: str, port: int, watched: bool, root_path: str, trusted: str, workers: int) -> int:
    server = _server()
    settings = call.require_settings()
    zone = call.app.desk.rules.zone()
    call.close()

    def told(serving: Serving) -> None:
        if serving.moved:
            call.hint("serve.moved", wanted=port, port=serving.port)
        call.out(serving.address)
        if serving.link is not None:
            call.out(serving.link)
            call.hint("serve.first")
        call.hint("serve.open" if host in ("127.0.0.1", "localhost", "::1") else "serve.exposed", address=serving.address)
        sys.stdout.flush()

    def on_duty(done: DutyDone) -> None:
        print_duty(call, done, datetime.now(zone), idle=False)

    todo = duties(USUAL_SECONDS) if watched else ()
    server.serve(settings, server.Wanted(host, port, root_path, trusted, todo, workers), told, on_duty)
    return 0


def serve_demo(call: Call, url: str, port: int, people: Sequence[str]) -> int:
    """Serves a sandbox on this machine, with a link for each of some people that signs browsers in. Nothing watches: its clock stands."""
    server = _server()
    settings = replace(call.require_settings(), db=url)
    entries = demo_entries(settings, people, call.language)

    def told(serving: Serving) -> None:
        width = max(display_width(entry.person) for entry in entries)
        call.out(*(f"{pad(entry.person, width)}  {serving.address}/sign-in/{entry.secret}" for entry in entries))
        call.hint("serve.demo")
        sys.stdout.flush()

    wanted = server.Wanted("127.0.0.1", port, entries={entry.secret: entry.account for entry in entries})
    server.serve(settings, wanted, told, lambda _: None)
    return 0


def _server() -> ModuleType:
    """The server. Raises NotPossible where they are not installed."""
    try:
        from engine.web import server  # no other command pays for the packages of the web
    except ModuleNotFoundError as error:
        raise NotPossible(reason="web-not-installed", name=error.name) from None
    return server
