"""The application: the rows of the site map as routes, and around them the layers, the outermost last."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import monotonic
from types import MappingProxyType

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from engine.app.access_log import DENIED, EXPORTED, REFUSED, SEARCHED
from engine.app.serving import open_record
from engine.app.settings import Settings
from engine.desk.filing import incoming_folder
from engine.errors import NotFound, NotSignedIn, ZgError
from engine.web import forgery
from engine.web.api.answer import check_types, sent_texts
from engine.web.asked import Asked, asked_by
from engine.web.behind import Behind
from engine.web.broken import broken
from engine.web.gate import NotYet, by_token, passed, real_now, token_decides
from engine.web.headers import Headers
from engine.web.limits import MethodNotTaken, Unexpected
from engine.web.meter import METER
from engine.web.once import HEAD, once
from engine.web.portal import Portal
from engine.web.routes import ROWS
from engine.web.row import Row
from engine.web.rule import BRINGS, PUBLIC
from engine.web.signed import must_be_signed
from engine.web.site import Site, site_of
from engine.web.trouble import answer
from engine.web.upload import NOTHING, Received, is_short, receive

LOG = logging.getLogger("zhenggai.web")

Endpoint = Callable[[Request], Awaitable[Response]]

NOT_ALLOWED, BAD = 405, 400
NOT_PERMITTED = 4
"""How a command ends that somebody may not give."""

ASKING = (SEARCHED, EXPORTED)
"""Of these the access log says what was asked for."""

THREADS = 8
"""Requests that are answered at the same time; others wait. One processor answers none faster with more, and each has a connection with
its cache.
"""


def application(
    settings: Settings, *, root: str = "", trusted: str = "", entries: Mapping[str, str] = MappingProxyType({}),
) -> FastAPI:
    """The application over one record. `root` is the path under which a portal serves it; `trusted` are the addresses of proxies whose word
    about the sender is taken; `entries` the accounts of a demo by the secrets of their links.
    """
    site = site_of(settings, entries)
    layers = [Middleware(Headers)]
    if root:
        layers.append(Middleware(Portal, root=root))
    if trusted:
        layers.append(Middleware(Behind, trusted=trusted))

    async def elsewhere(request: Request, error: Exception) -> Response:
        """What no row is for."""
        asked = asked_by(request)
        wrong = isinstance(error, HTTPException) and error.status_code == NOT_ALLOWED
        ours = MethodNotTaken(method=asked.method) if wrong else NotFound(reason="page-not-found")
        response = await run_in_threadpool(_problem, ours, asked, site)
        if wrong:
            response.headers["allow"] = ", ".join(sorted(row.method for row in ROWS if row.takes(asked.path)))
        return response

    app = FastAPI(
        routes=[GuardedRoute(row, site) for row in ROWS], middleware=layers, openapi_url=None, docs_url=None, redoc_url=None,
        exception_handlers={HTTPException: elsewhere},
    )
    app.router.redirect_slashes = False  # it would be to an address that the request names
    return app


class GuardedRoute(Route):
    """A row of the site map as a route: the gate is part of it, so that no row can be without."""

    def __init__(self, row: Row, site: Site) -> None:
        super().__init__(row.path, _endpoint(row, site), methods=[row.method], name=f"{row.method} {row.path}")
        self.row = row
        self.methods = {row.method}  # no HEAD beside GET
        self._begins = row.path.partition("{")[0]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is this row's. Of a hundred rows that are asked, most name something that its path does not have."""
        return super().matches(scope) if self._begins in scope.get("path", "") else (Match.NONE, {})


def _endpoint(row: Row, site: Site) -> Endpoint:
    async def answered(request: Request) -> Response:
        begun = monotonic()
        current_default_thread_limiter().total_tokens = THREADS
        response = await settled(request)
        METER.count(row.method, response.status_code, monotonic() - begun)
        return response

    async def settled(request: Request) -> Response:
        asked = asked_by(request)
        try:
            try:
                if row.method == "GET":
                    return await run_in_threadpool(_answer, row, asked, site, NOTHING, first=True)
                return await _posted(row, request, asked, site)
            except ZgError as error:
                return await run_in_threadpool(_problem, error, asked, site)
        except Exception as error:  # of the telling of a problem too: what it repeats is as much a stranger's
            LOG.error("%s %s: %s", row.method, row.path, broken(error))
            return await run_in_threadpool(_problem, Unexpected(), asked, site)

    return answered


async def _posted(row: Row, request: Request, asked: Asked, site: Site) -> Response:
    """A POST: the gate first, then whether it is from a page of ours, then the body, then the act. Of a program that sends a few lines
    those are read first, so that the record is opened once: nothing is done and nothing kept before the gate.
    """
    undecided = token_decides(asked)
    holds = (lambda given: forgery.holds(asked, given)) if undecided else None
    if row.said is not None and is_short(request):
        return await run_in_threadpool(_answer, row, asked, site, await receive(request, None, holds, json=True), first=True)
    folder = await run_in_threadpool(_before, row, asked, site)
    form = await receive(request, folder, holds, json=row.said is not None)
    try:
        return await run_in_threadpool(_answer, row, asked, site, form, first=False)
    finally:
        form.drop()


def _before(row: Row, asked: Asked, site: Site) -> Path | None:
    """What is asked before the body is read. Returns where its files are written to; None where the row takes none."""
    with open_record(site.settings) as record:
        context = passed(asked, row.rule, record, site, counted=True)
        if row.before is not None:
            row.before(context)
        return incoming_folder(record.database) if row.takes_files else None


def _answer(row: Row, asked: Asked, site: Site, form: Received, *, first: bool) -> Response:
    """The answer of a row; `first`: the gate has not been asked about this request before."""
    with open_record(site.settings) as record:
        context = replace(passed(asked, row.rule, record, site, counted=first, attended=not row.unattended), form=form)
        if first and row.before is not None:
            row.before(context)
        site.scanner.look(form.files)
        key = asked.heads.get(HEAD) if row.method == "POST" and row.said is not None else None
        if row.said is not None:
            check_types(form, row.said.body)
        if row.rule is BRINGS and row.method == "POST":
            key = _signed(asked, site, form) or key
        response = once(context, row.handler, key, keep=row.said is None or not row.said.secret)
    if row.logged is not None and context.actor is not None and response.status_code < BAD:
        query = _wanted(asked, form) if row.logged in ASKING else None
        site.tell(row.logged, asked, context.actor.name, real_now(), path=asked.path, query=query or None)
    return response


def _wanted(asked: Asked, form: Received) -> str:
    """What was asked for, by the address or by what was sent."""
    return asked.query or "&".join(f"{name}={text}" for name, text in sent_texts(form).pairs)


def _signed(asked: Asked, site: Site, form: Received) -> str | None:
    """The id of a message whose sender signs: sent again it is done once. None for a sender that does not. Raises NotSigned."""
    secret = site.senders.get(asked.params["source"].strip())
    return must_be_signed(asked, form.raw or b"", secret, real_now()) if secret is not None else None


def _problem(error: ZgError, asked: Asked, site: Site) -> Response:
    """The answer to what came to nothing: a page with its menu where the record can be read, else a bare one."""
    settings = site.settings
    if isinstance(error, NotSignedIn) and by_token(asked):
        site.tell(REFUSED, asked, None, real_now(), way="token", code=error.code)
    try:
        with open_record(settings) as record:
            context = passed(asked, PUBLIC, record, site)
            if context.actor is not None and error.exit == NOT_PERMITTED and not isinstance(error, NotYet):
                path = asked.path if "secret" not in asked.params else None
                site.tell(DENIED, asked, context.actor.name, real_now(), path=path, code=error.code)
            return answer(error, context, asked, settings)
    except ZgError:
        return answer(error, None, asked, settings)
