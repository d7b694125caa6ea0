"""`zg user`: who may act here, who stands in for whom, who takes over; passwords and tokens for the web and the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.complete import complete_actor, complete_unit
from engine.cli.frame import Noun, argument, json_option, option, verb
from engine.cli.stdin import typed_line
from engine.cli.table import Column, pairs, table, tsv
from engine.cli.user_keys import identity, reset_second, separate, token
from engine.desk.naming import SHOWN, naming_account
from engine.desk.people import read_account, read_accounts
from engine.errors import UsageError
from engine.notices.reach import ways_of
from engine.registry.accounts import NewAccount
from engine.registry.invitations import invite as make_invitation
from engine.registry.invitations import link_of
from engine.registry.sign_in import set_password
from engine.rules.access import ROLES, WATCH
from engine.views.moments import moment_text
from engine.views.people import account_view
from engine.words.phrase import Phrase

GRANTABLE_ROLES = tuple(role for role in ROLES if role != WATCH)


def _account_argument(name: str = "name") -> click.Argument:
    return argument(name, metavar="NAME", shell_complete=complete_actor)


def _account_option(flag: str, **attributes: Any) -> click.Option:
    return option(flag, metavar="NAME", shell_complete=complete_actor, **attributes)


def _unit_option(**attributes: Any) -> click.Option:
    return option("--unit", metavar="UNIT", shell_complete=complete_unit, **attributes)


@verb(
    "user.list", _unit_option(), option("--role", type=Coded(ROLES, "role"), metavar="ROLE"),
    option("--all", "everybody", is_flag=True), json_option(),
)
def list_(call: Call, unit: str | None, role: str | None, everybody: bool, as_json: bool) -> int:
    now = call.app.desk.clock.now()
    code = call.app.intake.unit_or_group(unit) if unit else None
    found = [
        account for account in read_accounts(call.app.desk, call.app.actor)
        if (everybody or account.may_act(now)) and code in (None, account.unit) and role in (None, account.role)
    ]
    if call.json:
        for account in found:
            call.dump(account_view(account, now))
        return 0
    if not call.terminal.out:
        call.lines(tsv([[item.name, item.title, item.role, item.unit, "yes" if item.may_act(now) else "no"] for item in found]))
        return 0
    phrase = call.phrase()
    rows = [
        [item.name, item.title, phrase.label("role", item.role), phrase.unit(item.unit),
         _state(call, acts=item.may_act(now), keeps_codes=item.keeps_codes)]
        for item in found
    ]
    columns = [
        Column(call.say("field.account"), whole=True), Column(call.say("field.called-person"), least=24),
        Column(call.say("field.role"), least=10), Column(call.say("field.unit"), least=14, spare=1), Column(call.say("field.state")),
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("user.count", count=len(found))
    return 0


@verb("user.show", _account_argument(), json_option())
def show(call: Call, name: str, as_json: bool) -> int:
    _print_account(call, name)
    return 0


@verb(
    "user.add", argument("name", metavar="NAME"), option("--title", required=True, metavar="TEXT"),
    option("--role", required=True, type=Coded(GRANTABLE_ROLES, "role"), metavar="ROLE"), _unit_option(),
    option("--email", metavar="ADDRESS"), option("--phone", metavar="NUMBER"), option("--from", "since", metavar="WHEN"),
    option("--until", metavar="WHEN"), json_option(),
)
def add(
    call: Call, name: str, title: str, role: str, unit: str | None, email: str | None, phone: str | None, since: str | None,
    until: str | None, as_json: bool,
) -> int:
    app = call.app
    app.registry.accounts.add(app.actor, NewAccount(
        name.strip(), title.strip(), role, app.intake.unit(unit) if unit else None, email, phone, _begin(call, since),
        _until(call, until),
    ))
    _print_account(call, name.strip())
    return 0


@verb(
    "user.set", _account_argument(), option("--title", metavar="TEXT"),
    option("--role", type=Coded(GRANTABLE_ROLES, "role"), metavar="ROLE"), _unit_option(), option("--no-unit", is_flag=True),
    option("--email", metavar="ADDRESS"), option("--phone", metavar="NUMBER"), option("--from", "since", metavar="WHEN"),
    option("--until", metavar="WHEN"), option("--enable", is_flag=True), json_option(),
)
def set_(
    call: Call, name: str, title: str | None, role: str | None, unit: str | None, no_unit: bool, email: str | None, phone: str | None,
    since: str | None, until: str | None, enable: bool, as_json: bool,
) -> int:
    app = call.app
    given: dict[str, Any] = {
        "title": title.strip() if title else None, "role": role, "unit": call.app.intake.unit(unit) if unit else None, "email": email,
        "phone": phone, "valid_from": _begin(call, since), "valid_to": _until(call, until), "active": True if enable else None,
    }
    changes = {field: value for field, value in given.items() if value is not None} | ({"unit": None} if no_unit else {})
    app.registry.accounts.change(app.actor, name, **changes)
    _print_account(call, name)
    return 0


@verb("user.disable", _account_argument(), option("--reason", metavar="TEXT"), json_option())
def disable(call: Call, name: str, reason: str | None, as_json: bool) -> int:
    app = call.app
    app.registry.accounts.disable(app.actor, name, reason)
    named = naming_account(app.desk, app.actor, name)
    _print_account(call, name, {"still_named": named._asdict()})
    if call.json:
        return 0
    phrase = call.phrase()
    for code, values in (("tickets", named.tickets), ("portfolio", named.portfolio), ("stands-for", named.stands_for)):
        if values:
            shown = values if code != "portfolio" else [phrase.unit(unit) for unit in values]
            call.warn(f"hint.still-{code}", account=name, count=len(values), items=phrase.several(shown[:SHOWN]))
    if named.unit is not None:
        call.warn("hint.still-unit", unit=phrase.unit(named.unit), unit_code=named.unit)
    call.hint("hint.user-disabled", account=name)
    return 0


@verb(
    "user.stand-in", _account_argument(), _account_option("--by", required=True), option("--from", "since", metavar="WHEN"),
    option("--until", metavar="WHEN"), option("--end", is_flag=True), json_option(),
)
def stand_in(call: Call, name: str, by: str, since: str | None, until: str | None, end: bool, as_json: bool) -> int:
    app = call.app
    if end:
        app.registry.accounts.end_stand_in(app.actor, name, by)
    else:
        last = _until(call, until)
        if last is None:
            missing = call.say("option-missing", label=call.say("input.user.stand-in.until"), option="--until")
            raise UsageError(reason="usage-missing", parameter=missing, command="zg user stand-in")
        app.registry.accounts.stand_in(app.actor, name, by, _begin(call, since) or app.desk.clock.now(), last)
    _print_account(call, name)
    if not end:
        call.hint("hint.stand-in", account=name, deputy=by)
    return 0


@verb("user.hand-over", _account_argument(), _account_option("--to", required=True), option("--dry-run", is_flag=True), json_option())
def hand_over(call: Call, name: str, to: str, dry_run: bool, as_json: bool) -> int:
    app = call.app
    taken = app.registry.accounts.hand_over(app.actor, name, to, dry_run=dry_run)
    if call.json:
        call.dump({
            "account": name, "to": to, "tickets": [ticket.number for ticket in taken.tickets], "units": list(taken.units),
            "dry_run": dry_run,
        })
        return 0
    if dry_run:
        call.hint("done.rehearsed")
    if not call.terminal.out:
        call.lines(tsv([*(["ticket", ticket.number] for ticket in taken.tickets), *(["unit", unit] for unit in taken.units)]))
        return 0
    phrase = call.phrase()
    call.out(call.say("user.handed-over", account=name, to=to, count=len(taken.tickets)))
    columns = [Column(call.say("field.number"), whole=True), Column(call.say("field.title"))]
    call.lines(table(columns, [[ticket.number, ticket.title] for ticket in taken.tickets], call.terminal))
    if taken.units:
        call.out(call.say("user.portfolio-passed", units=phrase.several(phrase.unit(unit) for unit in taken.units)))
    return 0


@verb("user.portfolio", _account_argument(), _unit_option(multiple=True), option("--none", "empty", is_flag=True), json_option())
def portfolio(call: Call, name: str, unit: tuple[str, ...], empty: bool, as_json: bool) -> int:
    if bool(unit) == empty:
        raise UsageError(reason="usage-portfolio")
    app = call.app
    app.registry.accounts.portfolio(app.actor, name, app.intake.units(unit))
    _print_account(call, name)
    return 0


@verb("user.codes", _account_argument(), option("--none", "none", is_flag=True), json_option())
def codes(call: Call, name: str, none: bool, as_json: bool) -> int:
    call.app.registry.seal_codes.keep(call.app.actor, name, keeps=not none)
    _print_account(call, name)
    return 0


@verb("user.password", _account_argument())
def password(call: Call, name: str) -> int:
    """Sets a password, asked for twice unseen at a terminal, else a line of standard input; never an argument, which others can read."""
    app = call.app
    if call.terminal.ask:
        typed: str = click.prompt(call.say("ask.password"), hide_input=True, confirmation_prompt=call.say("ask.password-again"), err=True)
    else:
        typed = typed_line()
    set_password(app.registry, app.actor, name, typed)
    call.hint("done.password", account=name)
    return 0


@verb("user.invite", _account_argument(), option("--at", "address", metavar="URL"), json_option())
def invite(call: Call, name: str, address: str | None, as_json: bool) -> int:
    """Prints a one-time link. The record does not know where it is served, so the address is told or is this machine's."""
    app = call.app
    made = make_invitation(app.registry, app.actor, name, datetime.now(UTC))
    link = link_of(made, address)
    if call.json:
        call.dump({"account": made.account, "link": link, "expires_at": moment_text(made.until)})
        return 0
    call.out(link)
    call.hint("hint.invited", account=made.account, date=call.phrase().moment(made.until))
    return 0


@verb("user.chat", _account_argument(), option("--none", "none", is_flag=True))
def chat(call: Call, name: str, none: bool) -> int:
    """Sets a chat robot's address, which holds its key: typed unseen at a terminal, else a line of standard input; never shown again."""
    app = call.app
    typed = None
    if not none:
        typed = (
            click.prompt(call.say("ask.chat"), hide_input=True, err=True) if call.terminal.ask else typed_line()
        ).strip()
    app.registry.accounts.change(app.actor, name, chat=typed)
    channel = call.say(f"channel.{ways_of(None, None, typed)[0]}") if typed else ""
    call.hint("done.chat" if typed else "done.no-chat", account=name, channel=channel)
    return 0


def _state(call: Call, *, acts: bool, keeps_codes: bool) -> str:
    """What is to be known of an account in a list: that it acts no more, or keeps the codes of seals."""
    if not acts:
        return call.say("user.off")
    return call.say("user.keeps-codes") if keeps_codes else ""


def _print_account(call: Call, name: str, more: Mapping[str, Any] | None = None) -> None:
    """Prints one account, without its secrets. `more` goes into its JSON."""
    now = call.app.desk.clock.now()
    account = read_account(call.app.desk, call.app.actor, name)
    if call.json:
        call.dump({**account_view(account, now), **(more or {})})
        return
    phrase = call.phrase()
    stand_ins = [
        call.say("user.stand-in", deputy=item.deputy, since=phrase.moment(item.valid_from), until=_last_told(phrase, item.valid_to))
        for item in account.stand_ins if item.valid_to > now
    ]
    state = call.say("user.on" if account.may_act(now) else "user.off")
    call.lines(pairs([
        (call.say("field.account"), account.name), (call.say("field.called-person"), account.title),
        (call.say("field.role"), phrase.label("role", account.role)), (call.say("field.unit"), phrase.unit(account.unit)),
        (call.say("field.state"), state), (call.say("field.valid-from"), phrase.moment(account.valid_from)),
        (call.say("field.valid-to"), _last_told(phrase, account.valid_to) if account.valid_to else ""),
        (call.say("field.email"), account.email or ""),
        (call.say("field.phone"), account.phone or ""),
        (call.say("field.chat"), phrase.label("channel", account.chat or "")),
        (call.say("field.portfolio"), _unit_names(call, account.portfolio)),
        (call.say("field.seal-codes"), call.say("user.keeps-codes") if account.keeps_codes else ""),
        (call.say("field.stand-ins"), phrase.several(stand_ins)),
        (call.say("field.password"), call.say("user.has-password") if account.has_password else ""),
    ], call.terminal))


def _unit_names(call: Call, codes: Sequence[str]) -> str:
    phrase = call.phrase()
    return phrase.several(phrase.unit(code) for code in codes)


def _begin(call: Call, text: str | None) -> datetime | None:
    return call.value_of(call.app.intake.begin(text)) if text is not None else None


def _last_told(phrase: Phrase, end: datetime) -> str:
    """A time that ends with a day as that day, and not as the midnight after it."""
    last = end - timedelta(microseconds=1)
    return phrase.day(last) if phrase.day(last) != phrase.day(end) else phrase.moment(end)


def _until(call: Call, text: str | None) -> datetime | None:
    return call.value_of(call.app.intake.end(text)) if text is not None else None


user = Noun("user", (
    list_, show, add, set_, disable, stand_in, hand_over, portfolio, codes, chat, password, invite, token, reset_second, identity, separate,
))
