"""`zg user reset-second` and `zg user identity`: what opens an account beside its password."""

from __future__ import annotations

from engine.cli.call import Call
from engine.cli.complete import complete_actor
from engine.cli.frame import argument, option, verb
from engine.errors import UsageError
from engine.registry.identity import identity_of


@verb("user.reset-second", argument("name", metavar="NAME", shell_complete=complete_actor))
def reset_second(call: Call, name: str) -> int:
    """Takes a second factor away, for a person whose phone and recovery codes are gone."""
    app = call.app
    app.registry.credentials.end_second_factor(app.actor, name)
    call.hint("done.reset-second", account=name)
    return 0


@verb(
    "user.identity", argument("name", metavar="NAME", shell_complete=complete_actor), option("--provider", metavar="NAME"),
    option("--subject", metavar="TEXT"), option("--none", "none", is_flag=True),
)
def identity(call: Call, name: str, provider: str | None, subject: str | None, none: bool) -> int:
    """Says who the person of an account is to another service that signs people in."""
    if (provider is None) != (subject is None) or (provider is None) != none:
        raise UsageError(reason="usage-identity")
    app = call.app
    named = identity_of(provider, subject) if provider is not None and subject is not None else None
    app.registry.credentials.keep_identity(app.actor, name, provider, named)
    call.hint("done.no-identity" if none else "done.identity", account=name, provider=provider or "")
    return 0
