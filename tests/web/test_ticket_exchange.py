"""The sign-in of a government app: it opens a page of ours with a ticket, which its server, a real one here, changes for a person once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from engine.app.access_log import REFUSED, read_access_log
from engine.app.serving import open_record
from engine.errors import NotSignedIn
from engine.registry.identity import TicketExchange, identity_of, person
from engine.rules.access import Actor
from engine.web.admission import admit
from engine.web.application import GuardedRoute, application
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.row import Row
from engine.web.rule import PUBLIC
from engine.web.site import site_of
from tests.served import served
from tests.web.conftest import ORIGIN, Browser, Office, shown


@dataclass
class Gateway:
    """The app's server. `tickets` are the people whom it gave one; each counts once."""

    address: str = ""
    tickets: dict[str, str] = field(default_factory=dict)

    async def exchange(self, request: Request) -> Response:
        if request.headers.get("x-app-secret") != "of the app":
            return JSONResponse({"code": 401}, 401)
        person = self.tickets.pop((await request.json())["ticket"], None)
        return JSONResponse({"code": 0, "user": {"id": person}} if person else {"code": 40001, "message": "ticket is over"})


@dataclass(frozen=True)
class CityApp:
    """How an office writes the seam for its app: a name, and a question to the app's server."""

    address: str
    name: str = "city-app"

    def person_of(self, ticket: str) -> str | None:
        try:
            asked = {"json": {"ticket": ticket}, "headers": {"x-app-secret": "of the app"}}
            given = httpx2.post(f"{self.address}/exchange", timeout=5, **asked).json()
        except httpx2.HTTPError as error:
            raise OSError(str(error)) from error
        return str(given["user"]["id"]) if given["code"] == 0 else None


def page_of(app: TicketExchange) -> Row:
    """The page that the app opens, as docs/security.md has it."""

    def enter(context: Context) -> Response:
        try:
            subject = app.person_of(context.query.get("ticket") or "")
        except OSError:
            subject = None
        try:
            if subject is None:
                raise NotSignedIn(reason="identity-unknown")
            return admit(context, person(context.record.database, app.name, subject, real_now()), "/", app.name)
        except NotSignedIn as error:
            context.site.tell(REFUSED, context.asked, None, real_now(), way=app.name, code=str(error.values.get("reason")))
            raise

    return Row("GET", "/app", enter, PUBLIC)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    made = Gateway()
    with served(Starlette(routes=[Route("/exchange", made.exchange, methods=["POST"])])) as made.address:
        yield made


@pytest.fixture
def browser(office: Office, gateway: Gateway) -> Browser:
    """A browser before an office whose city has an app, by which one person has an account."""
    admin = Actor("admin", "admin", None, "test")
    with open_record(office.settings) as record:
        record.registry.credentials.keep_identity(admin, "scjgj", "city-app", identity_of("city-app", "u-1"))
    app = application(office.settings)
    app.router.routes.append(GuardedRoute(page_of(CityApp(gateway.address)), site_of(office.settings)))
    return Browser(TestClient(app, base_url=ORIGIN, raise_server_exceptions=False))


def test_a_ticket_signs_its_person_in_once_and_the_access_log_says_by_which_way(
    browser: Browser, gateway: Gateway, office: Office,
) -> None:
    gateway.tickets = {"t-1": "u-1"}
    assert browser.get("/app?ticket=t-1", 303) == "/"
    assert "市市场监管局" in shown(browser.get("/"))
    told = list(read_access_log(None, "zg.toml", office.settings.db).lines())
    assert [(line["what"], line["account"], line["way"]) for line in told] == [("signed-in", "scjgj", "city-app")]
    browser.client.cookies.clear()
    assert browser.get("/app?ticket=t-1", 303).startswith("/sign-in"), "a ticket counts once"
    assert browser.get("/", 303) == "/sign-in"


@pytest.mark.parametrize("query", ["ticket=t-2", "ticket=t-9", "ticket=", "", "ticket=t-1&ticket=t-9"])
def test_a_ticket_of_nobody_we_know_or_that_is_none_signs_nobody_in(
    browser: Browser, gateway: Gateway, office: Office, query: str,
) -> None:
    gateway.tickets = {"t-1": "u-1", "t-2": "u-2"}
    assert browser.get(f"/app?{query}", 303).startswith("/sign-in") and browser.get("/", 303) == "/sign-in"
    told = list(read_access_log(None, "zg.toml", office.settings.db).lines())
    assert [(line["what"], line["account"], line["code"]) for line in told] == [("refused", None, "identity-unknown")]


def test_another_service_of_the_same_subject_is_another_person(browser: Browser, gateway: Gateway, office: Office) -> None:
    with open_record(office.settings) as record, pytest.raises(NotSignedIn):
        person(record.database, "county-app", "u-1", real_now())


def test_where_the_app_s_server_is_away_nobody_is_signed_in_and_nothing_breaks(office: Office, gateway: Gateway) -> None:
    app = application(office.settings)
    app.router.routes.append(GuardedRoute(page_of(CityApp("http://127.0.0.1:1")), site_of(office.settings)))
    browser = Browser(TestClient(app, base_url=ORIGIN, raise_server_exceptions=False))
    assert browser.get("/app?ticket=t-1", 303).startswith("/sign-in") and browser.get("/", 303) == "/sign-in"
