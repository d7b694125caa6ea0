"""Lines that are protected: an authority of the government's own, log-in, and what happens where the other side is not whom it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from engine.notices.setup import EmailSetup, Setup, WebhookSetup
from engine.notices.setup_table import Secret
from tests.notices.conftest import Authority, Hub, Office, mail_server


@dataclass
class Took:
    """A mail server's memory."""

    letters: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:
        self.letters += 1
        return "250 OK"


def _known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
    return AuthResult(success=(said.login, said.password) == (b"zg", b"whisper"), handled=False)


@pytest.fixture(params=["tls", "starttls"])
def guarded(request: pytest.FixtureRequest, office: Office, authority: Authority, secret: Secret) -> Iterator[tuple[Office, Took]]:
    took = Took()
    options: dict[str, Any] = {"authenticator": _known, "auth_require_tls": False}  # it does not count TLS from the first byte
    if request.param == "starttls":
        options |= {"tls_context": authority.context, "require_starttls": True, "auth_require_tls": True, "auth_required": True}
    with mail_server(took, ssl_context=authority.context if request.param == "tls" else None, **options) as port:
        office.setup = Setup(email=EmailSetup(
            "127.0.0.1", port, request.param, "zg@example.gov.cn", "zg", secret, str(authority.file),
        ))
        office.reach("scjgj", email="scjgj@example.gov.cn")
        office.deliver()
        yield office, took


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestLines:
    """One database is enough: nothing here depends on it."""

    def test_a_letter_goes_over_a_protected_line_after_logging_in(self, guarded: tuple[Office, Took]) -> None:
        office, took = guarded
        office.assigned()
        assert office.deliver().sent == 1 and took.letters == 1

    def test_a_wrong_password_is_the_offices_trouble_and_stays_out_of_the_record(
        self, guarded: tuple[Office, Took], tmp_path: Path,
    ) -> None:
        office, took = guarded
        assert office.setup.email is not None
        (tmp_path / "wrong").write_text("murmur")
        office.setup = replace(office.setup, email=replace(office.setup.email, password=Secret(str(tmp_path / "wrong"))))
        office.assigned()
        assert office.deliver().failed == 1 and took.letters == 0
        assert office.notices("error, dead") == [("smtp-login-535", False)]

    def test_a_server_nobody_vouches_for_gets_no_letter(self, guarded: tuple[Office, Took]) -> None:
        office, took = guarded
        assert office.setup.email is not None
        office.setup = replace(office.setup, email=replace(office.setup.email, ca_file=None))
        office.assigned()
        assert office.deliver().failed == 1 and took.letters == 0
        assert office.notices("error") == [("connect-SSLCertVerificationError",)]

    def test_a_webhook_over_https(self, office: Office, secure_hub: Hub, secret: Secret, authority: Authority) -> None:
        hook = WebhookSetup("hub", secure_hub.url, secret, str(authority.file))
        office.setup = Setup(webhooks=(hook,))
        office.deliver()
        office.assigned()
        assert office.deliver().sent == 1 and len(secure_hub.got) == 1
        office.setup = Setup(webhooks=(replace(hook, ca_file=None),))
        office.assigned()
        assert office.deliver().failed == 1 and len(secure_hub.got) == 1
        assert office.notices("error")[-1] == ("connect-SSLCertVerificationError",)
