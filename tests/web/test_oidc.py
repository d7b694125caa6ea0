"""Signing in by another service: a provider that really signs its tokens, on a port of its own, and everything it may get wrong."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from engine.app.access_log import read_access_log
from engine.app.serving import open_record
from engine.errors import InvalidFile
from engine.registry.identity import identity_of
from engine.rules.access import Actor
from engine.web.application import application
from engine.web.oidc import read_provider
from tests.served import served
from tests.web.conftest import ORIGIN, Browser, Office, shown

CLIENT = "zhenggai"
SECRET = "s3cret"  # noqa: S105 – of the provider of these tests
KEY, OTHER = ECKey.generate_key("P-256", {"kid": "1"}), ECKey.generate_key("P-256", {"kid": "1"})


@dataclass
class City:
    """A provider. `claims` are what it says otherwise than it should, `key` what it signs with."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: KEY)
    asked: dict[str, str] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(routes=[
            Route("/.well-known/openid-configuration", self.described), Route("/keys", self.keys),
            Route("/token", self.token, methods=["POST"]),
        ])

    async def described(self, request: Request) -> Response:
        return JSONResponse({
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize", "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        })

    async def keys(self, request: Request) -> Response:
        return JSONResponse(KeySet([KEY]).as_dict(private=False))

    async def token(self, request: Request) -> Response:
        given = parse_qs((await request.body()).decode())
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        wanted = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        right = given["code"] == ["good"] and proof == self.asked["code_challenge"]
        if not right or given["redirect_uri"] != [self.asked["redirect_uri"]] or request.headers["authorization"] != f"Basic {wanted}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(datetime.now(UTC).timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "4711", "iat": now, "exp": now + 300, "nonce": self.asked["nonce"]}
        signed = jwt.encode({"alg": "ES256", "kid": "1"}, claims | self.claims, self.key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": signed})


@pytest.fixture
def city() -> Iterator[City]:
    made = City()
    with served(made.app()) as made.issuer:
        yield made


@pytest.fixture
def browser(office: Office, city: City, tmp_path: Path) -> Browser:
    """A browser before an office that lets the city sign its people in, of whom one has an account."""
    with open_record(office.settings) as record:
        record.registry.credentials.keep_identity(Actor("admin", "admin", None, "test"), "scjgj", "city", identity_of("city", "4711"))
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    kept = str(tmp_path / "secret")
    table = {"name": "city", "issuer": city.issuer, "client-id": CLIENT, "client-secret-file": kept, "label": "市统一认证"}
    app = application(replace(office.settings, oidc=table))
    return Browser(TestClient(app, base_url=ORIGIN, raise_server_exceptions=False))


def went(browser: Browser, city: City) -> str:
    """Goes to the service, which notes what it was asked. Returns the state."""
    address = urlsplit(browser.get("/sign-in/oidc", 303))
    city.asked = {name: texts[0] for name, texts in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}" == city.issuer and city.asked["code_challenge_method"] == "S256"
    assert city.asked["redirect_uri"] == f"{ORIGIN}/sign-in/oidc/back" and city.asked["scope"] == "openid"
    return city.asked["state"]


def test_a_person_whom_the_service_names_is_signed_in_as_the_account_that_was_said(browser: Browser, city: City, office: Office) -> None:
    assert "市统一认证" in shown(browser.get("/sign-in"))
    assert browser.get(f"/sign-in/oidc/back?code=good&state={went(browser, city)}", 303) == "/"
    assert "市市场监管局" in shown(browser.get("/"))
    told = list(read_access_log(None, "zg.toml", office.settings.db).lines())
    assert [(line["what"], line["account"], line["way"]) for line in told] == [("signed-in", "scjgj", "city")]


@pytest.mark.parametrize("claims", [
    {"iss": "https://evil.example"}, {"aud": "other"}, {"nonce": "other"}, {"exp": 1}, {"azp": "other"}, {"nonce": None}, {"sub": "4712"},
    {"sub": ""}, {"sub": "4711\n"},
])
def test_a_token_of_which_anything_is_not_as_it_should_be_signs_nobody_in(browser: Browser, city: City, claims: dict[str, Any]) -> None:
    city.claims = claims
    html = browser.get(f"/sign-in/oidc/back?code=good&state={went(browser, city)}", 401)
    assert "没有通过" in shown(html) or "没有绑定账号" in shown(html)
    assert browser.get("/", 303) == "/sign-in"


def test_a_foreign_signature_state_code_or_browser_signs_nobody_in(browser: Browser, city: City) -> None:
    state = went(browser, city)
    for query in (f"code=bad&state={state}", "code=good&state=other", "code=good", f"error=access_denied&state={state}"):
        browser.get(f"/sign-in/oidc/back?{query}", 401)
    city.key = OTHER
    browser.get(f"/sign-in/oidc/back?code=good&state={state}", 401)
    city.key = KEY
    browser.client.cookies.clear()
    browser.get(f"/sign-in/oidc/back?code=good&state={state}", 401)
    city.issuer = "http://127.0.0.1:1"
    browser.get("/sign-in/oidc", 401)


def test_a_service_that_is_not_set_is_not_there_and_settings_are_whole(office: Office, tmp_path: Path) -> None:
    office.stranger.get("/sign-in/oidc", 404)
    (tmp_path / "secret").write_text("x")
    whole = {"name": "city", "issuer": "https://x", "client-id": "x", "client-secret-file": str(tmp_path / "secret")}
    assert "client-secret" not in repr(read_provider(whole, "zg.toml"))
    for wrong in ({"issuer": "http://x"}, {"name": "C"}, {"client-secret-file": "/none"}, {"more": "x"}, {"client-id": 1}):
        with pytest.raises(InvalidFile):
            read_provider({**whole, **wrong}, "zg.toml")
