"""`zg user token`, `zg user reset-second`, `zg user identity`: what opens an account beside its password; and `zg user separate`."""

from __future__ import annotations

import click

from engine.cli.agreeing import agrees, yes_option
from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.complete import complete_actor
from engine.cli.frame import argument, option, verb
from engine.cli.table import Column, table, tsv
from engine.desk.people import read_tokens
from engine.errors import UsageError
from engine.registry.identity import identity_of
from engine.registry.sign_in import MOST_PER_MINUTE, PER_MINUTE, issue_token
from engine.rules.access import SCOPES
from engine.views.moments import moment_text


@verb("user.reset-second", argument("name", metavar="NAME", shell_complete=complete_actor))
def reset_second(call: Call, name: str) -> int:
    """Takes a second factor away, for a person whose phone and recovery codes are gone."""
    app = call.app
    app.registry.credentials.end_second_factor(app.actor, name)
    call.hint("done.reset-second", account=name)
    return 0


@verb("user.separate", yes_option())
def separate(call: Call, yes: bool) -> int:
    """Parts the administrator's work in three, once a person has agreed that nothing undoes it."""
    if not agrees(call, call.say("ask.separate"), yes=yes):
        return 0
    ended = call.app.registry.accounts.separate(call.app.actor)
    call.hint("done.separate", names=call.say("list.comma").join(ended))
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


@verb(
    "user.token", argument("name", metavar="NAME", shell_complete=complete_actor), option("--name", "called", metavar="TEXT"),
    option("--scope", type=Coded(SCOPES, "token-scope")),
    option("--per-minute", type=click.IntRange(1, MOST_PER_MINUTE), metavar="N", default=PER_MINUTE), option("--expires", metavar="WHEN"),
    option("--list", "listed", is_flag=True), option("--revoke", metavar="ID"), option("--json", "as_json", is_flag=True),
)
def token(
    call: Call, name: str, called: str | None, scope: str | None, per_minute: int, expires: str | None, listed: bool, revoke: str | None,
    as_json: bool,
) -> int:
    app = call.app
    if listed or revoke is not None:
        if revoke is not None:
            app.registry.credentials.revoke_token(app.actor, name, revoke)
        _print_tokens(call, name)
        return 0
    until = call.value_of(call.app.intake.end(expires)) if expires is not None else None
    issued = issue_token(
        app.registry, app.actor, name, called or call.say("user.token-unnamed"), until, scope=scope, per_minute=per_minute,
    )
    if call.json:
        call.dump({
            "id": issued.id, "account": name, "token": issued.secret, "scope": issued.scope, "per_minute": per_minute,
            "expires_at": moment_text(until),
        })
        return 0
    call.out(issued.secret)
    call.hint("hint.token", id=issued.id, account=name, scope=call.say(f"token-scope.{issued.scope}"), count=per_minute)
    return 0


def _print_tokens(call: Call, name: str) -> None:
    tokens = read_tokens(call.app.desk, call.app.actor, name)
    if call.json:
        for item in tokens:
            call.dump({
                "id": item.id, "account": name, "name": item.name, "scope": item.scope, "per_minute": item.per_minute,
                "created_at": moment_text(item.created_at),
                "expires_at": moment_text(item.expires_at), "revoked_at": moment_text(item.revoked_at),
                "used_at": moment_text(item.used_at),
            })
        return
    phrase = call.phrase()
    rows = [
        [item.id, item.name, phrase.label("token-scope", item.scope) if call.terminal.out else item.scope, str(item.per_minute), *(
            phrase.moment(at) for at in (item.created_at, item.expires_at, item.revoked_at, item.used_at)
        )] for item in tokens
    ]
    if not call.terminal.out:
        call.lines(tsv(rows))
        return
    codes = ("token", "name", "scope-of-token", "per-minute", "token-made", "valid-to", "token-revoked", "token-used")
    call.lines(table([Column(call.say(f"field.{code}"), whole=code == "token") for code in codes], rows, call.terminal))
