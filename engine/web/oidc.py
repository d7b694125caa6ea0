"""Signing in by another service (OpenID Connect): the code flow with PKCE, and the token of the person checked by the service's own keys.

The packages of the extra `oidc` are loaded only where `[oidc]` stands in the settings. The service says who somebody is; which account
that is, `zg user identity` says, and none is made.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from engine.errors import InvalidFile, NotPossible, NotSignedIn, Problem
from engine.registry.identity import PROVIDER

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures that are taken; none of them is made with a secret that we share."""

SECONDS = 10
CLOCKS_DIFFER = 60
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Provider:
    """A service that signs people in. `name` is how `zg user identity` calls it, `label` how people do."""

    name: str
    issuer: str
    client: str
    secret: str = field(repr=False)
    label: str = ""


class Attempt(NamedTuple):
    """What one browser keeps while its person is with the service: nobody else can end what it began."""

    state: str
    nonce: str
    verifier: str

    @property
    def text(self) -> str:
        return ".".join(self)

    @staticmethod
    def of(text: str) -> Attempt:
        """Raises NotSignedIn for what no attempt of ours is."""
        parts = text.split(".")
        if len(parts) != 3 or not all(parts):
            raise NotSignedIn(reason="oidc-refused")
        return Attempt(*parts)


def begin(provider: Provider, back: str) -> tuple[str, Attempt]:
    """The address of the service to which a browser goes, and what it keeps until it comes back. Raises NotSignedIn where the service
    cannot be reached.
    """
    from authlib.integrations.httpx_client import OAuth2Client  # of an extra

    attempt = Attempt(*(secrets.token_urlsafe(SECRET_BYTES) for _ in range(3)))
    with _client(OAuth2Client, provider, back) as client, _refusing():
        there = _described(client, provider)["authorization_endpoint"]
        address, _ = client.create_authorization_url(there, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier)
    return str(address), attempt


def subject_of(provider: Provider, back: str, attempt: Attempt, state: str, code: str) -> str:
    """The person for whom the service gave a code. Raises NotSignedIn for whatever is not as it should be."""
    from authlib.integrations.httpx_client import OAuth2Client  # of an extra
    from joserfc import jwt
    from joserfc.jwk import KeySet

    if not hmac.compare_digest(attempt.state.encode(), state.encode(errors="replace")):
        raise NotSignedIn(reason="oidc-refused")
    with _client(OAuth2Client, provider, back) as client, _refusing():
        said = _described(client, provider)
        tokens = client.fetch_token(said["token_endpoint"], code=code, code_verifier=attempt.verifier, grant_type="authorization_code")
        keys = KeySet.import_key_set(client.request("GET", said["jwks_uri"], withhold_token=True).raise_for_status().json())
        claims = jwt.decode(tokens["id_token"], keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=CLOCKS_DIFFER, iss={"essential": True, "value": provider.issuer}, aud={"essential": True, "value": provider.client},
            exp={"essential": True}, iat={"essential": True}, sub={"essential": True},
            nonce={"essential": True, "value": attempt.nonce},
        ).validate(claims)
        if claims.get("azp", provider.client) != provider.client:
            raise ValueError("for another client")
    return str(claims["sub"])


def read_provider(table: Any, file: str) -> Provider | None:
    """The service of `[oidc]` of the settings; None where there is none. Raises InvalidFile, and NotPossible without the extra."""
    if table is None:
        return None
    try:
        secret = Path(table["client-secret-file"]).read_text(encoding="utf-8").strip()
        found = Provider(table["name"], table["issuer"], table["client-id"], secret, table.get("label", table["name"]))
        known = {"name", "issuer", "client-id", "client-secret-file", "label"}
        if not table.keys() <= known or not PROVIDER.fullmatch(found.name) or not all(isinstance(text, str) for text in table.values()):
            raise ValueError
        if not found.issuer.startswith(("https://", "http://127.0.0.1:")):
            raise ValueError
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        raise InvalidFile(file=file, problems=[Problem.at("problem-oidc", "[oidc]")]) from None
    if find_spec("authlib") is None:
        raise NotPossible(reason="oidc-not-installed")
    return found


def _client(kind: Any, provider: Provider, back: str) -> Any:
    return kind(
        provider.client, provider.secret, scope="openid", redirect_uri=back, code_challenge_method="S256", timeout=SECONDS, trust_env=False,
    )


def _described(client: Any, provider: Provider) -> dict[str, Any]:
    """What the service says of itself. Raises ValueError where it says that it is another."""
    address = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    said: dict[str, Any] = client.request("GET", address, withhold_token=True).raise_for_status().json()
    if said["issuer"] != provider.issuer:
        raise ValueError("another issuer")
    return said


class _refusing:
    """Whatever goes wrong with the service is one refusal, which says nothing of what went wrong."""

    def __enter__(self) -> None:
        """Nothing is asked for."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception):
            raise NotSignedIn(reason="oidc-refused") from error
