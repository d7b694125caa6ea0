"""The site map: every address there is, what answers it, and who is asked for. Nothing else registers a route.

GET and POST only: firewalls of office nets drop other methods. The first part of a path names the file in `web.endpoints`, the folder in
`templates` and the file in `words/*/pages`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from engine.web.context import Context
from engine.web.endpoints import account, bulk, files, health, invite, ledger, queues, sign_in, tickets, today
from engine.web.rule import OPENS, OWN, PUBLIC, SEEN, Rule, link


@dataclass(frozen=True, slots=True)
class Row:
    """One address. `before` is asked before the body of a POST is read, where there is more to ask than the rule."""

    method: str
    path: str
    handler: Callable[[Context], Response]
    rule: Rule
    before: Callable[[Context], None] | None = None


ROWS: tuple[Row, ...] = (
    # who
    Row("GET", "/sign-in", sign_in.show, PUBLIC),
    Row("POST", "/sign-in", sign_in.sign_in, PUBLIC),
    Row("GET", "/sign-in/{secret}", sign_in.enter, link("demo")),
    Row("POST", "/sign-out", sign_in.sign_out, OWN),
    Row("GET", "/invite/{secret}", invite.show, link("invitation")),
    Row("POST", "/invite/{secret}", invite.accept, link("invitation")),
    Row("GET", "/account", account.show, OWN),
    Row("POST", "/account/password", account.password, OWN),
    Row("POST", "/account/sessions", account.end_session, OWN),
    Row("POST", "/account/look", account.look, PUBLIC),
    # tickets
    Row("GET", "/", today.show, OWN),
    Row("GET", "/queues/{queue}", queues.index, SEEN),
    Row("GET", "/queues/{queue}/{number}", queues.show, SEEN),
    Row("GET", "/bulk", bulk.show, SEEN),
    Row("POST", "/bulk/preview", bulk.preview, SEEN),
    Row("POST", "/bulk", bulk.do, SEEN),
    Row("GET", "/ledger", ledger.show, SEEN),
    Row("POST", "/ledger/export", ledger.export, SEEN),
    Row("GET", "/tickets/new", tickets.new, OPENS),
    Row("POST", "/tickets/new", tickets.open_, OPENS),
    Row("GET", "/tickets/{number}", tickets.show, SEEN),
    Row("GET", "/tickets/{number}/{trigger}", tickets.form, SEEN),
    Row("POST", "/tickets/{number}/{trigger}", tickets.act, SEEN, tickets.may_try),
    Row("GET", "/files/{number}/{sha256}", files.download, SEEN),
    Row("GET", "/files/{number}/{sha256}/picture", files.picture, SEEN),
    # machines
    Row("GET", "/static/{hash}/{name}", health.asset, PUBLIC),
    Row("GET", "/healthz", health.alive, PUBLIC),
    Row("GET", "/about", health.about, OWN),
)
