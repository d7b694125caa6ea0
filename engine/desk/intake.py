"""What was typed for a trigger, as the rules take it: units by code, moments in UTC, flags, words beside the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.call import Call
from engine.errors import NotPossible, UnitEnded, UsageError
from engine.record.directory import act_as, find_unit, unit_names
from engine.rules.access import LEADER
from engine.rules.acts.decide import Command
from engine.rules.definition import Trigger

if TYPE_CHECKING:
    from engine.desk.filing import HandedIn

YES = frozenset({"true", "yes", "y", "1", "on", "是"})
NO = frozenset({"false", "no", "n", "0", "off", "否"})

_KINDS_BY_NAME = {"reason": "words", "note": "words"}


def command(
    call: Call, name: str, trigger: Trigger | None, said: Mapping[str, Any],
) -> Command:
    """The command for a trigger. What the trigger does not take is passed on as it is: the rules refuse it with a reason.

    Raises UsageError (a time or flag that cannot be read), UnitNotFound, AccountNotFound, TicketNotFound.
    """
    facts: dict[str, Any] = {}
    words: dict[str, str] = {}
    for key, value in said.items():
        if value is None or value == () or value is False:
            continue
        item = trigger.takes(key) if trigger else None
        kind = item.kind if item else _KINDS_BY_NAME.get(key, "text")
        if kind == "words":
            words[key] = text_of(value)
        else:
            facts[key] = _fact(call, kind, key, value)
    return Command(name, facts, words)


def when(call: Call, text: str) -> datetime:
    """The moment people mean. Says what it understood, and warns of days off. Raises UsageError."""
    from engine.rules.worktime import WhenError, parse_when

    rules = call.app.desk.rules
    calendar = rules.calendar()
    try:
        found = parse_when(text, call.app.desk.clock.now(), calendar)
    except WhenError as error:
        raise UsageError(reason=f"when-{error.code}", text=text) from None
    for code in found.warnings:
        if code != "past":
            call.hint(f"when-{code}", date=found.on.isoformat(), text=text)
    return found.at


def day(call: Call, text: str) -> date:
    """The day of the office that people mean. Raises UsageError."""
    return when(call, text).astimezone(call.app.desk.rules.zone()).date()


def unit(call: Call, text: str) -> str:
    """The code of the unit people mean. Raises UnitNotFound, UnitEnded, and NotPossible for a group: work belongs to one unit."""
    found = find_unit(call.app.database, text)
    if found.is_group:
        raise NotPossible(reason="unit-is-group", name=found.name)
    return found.code


def unit_or_group(call: Call, text: str) -> str:
    """The code of what people mean, for looking only; it may have ended. Raises UnitNotFound."""
    try:
        return find_unit(call.app.database, text).code
    except UnitEnded:
        former = unit_names(call.app.database, ended=True).find(text)
        if former is None:
            raise
        return former.code


def account(call: Call, text: str) -> str:
    """The name of the account people mean. Raises AccountNotFound, AmbiguousAccount."""
    return act_as(call.app.database, text, "cli", call.app.desk.clock.now()).name


def leader(call: Call, text: str) -> str:
    """The name of the leader's account people mean. Raises AccountNotFound, AmbiguousAccount, NotPossible for anybody else's."""
    actor = act_as(call.app.database, text, "cli", call.app.desk.clock.now())
    if actor.role != LEADER:
        raise NotPossible(reason="not-a-leader", name=actor.name)
    return actor.name


def text_of(value: Any) -> str:
    """A text; `-` is not read from standard input here, so that notes may begin with it."""
    return str(value)


def pairs(said: Sequence[str]) -> dict[str, Any]:
    """`KEY=VALUE`, each key once unless it takes several. Raises UsageError."""
    found: dict[str, Any] = {}
    for item in said:
        key, equals, value = item.partition("=")
        name = key.strip().replace("-", "_")
        if not equals or not name:
            raise UsageError(reason="usage-pair", text=item)
        if name in found:
            earlier = found[name]
            found[name] = (*earlier, value) if isinstance(earlier, tuple) else (earlier, value)
        else:
            found[name] = value
    return found


def _fact(call: Call, kind: str, key: str, value: Any) -> Any:
    if kind == "units":
        items = value if isinstance(value, tuple) else (value,)
        return tuple(dict.fromkeys(unit(call, part) for item in items for part in _listed(call, str(item))))
    if isinstance(value, tuple):
        raise UsageError(reason="usage-twice", text=key)
    if kind == "unit":
        return unit(call, value)
    if kind == "when":
        return when(call, value)
    if kind == "flag":
        return flag(key, value)
    if kind == "account":
        return account(call, value)
    if kind == "leader":
        return leader(call, value)
    if kind == "ticket":
        return call.app.desk.ticket(call.app.actor, value).number
    return value


def _listed(call: Call, text: str) -> list[str]:
    """The units of a list. A name may hold the sign that parts a list: 各县（市、区）."""
    if unit_names(call.app.database).find(text) is not None:
        return [text]
    parts = [part.strip() for part in text.replace("、", ",").replace("，", ",").split(",")]
    return [part for part in parts if part] or [text]


def flag(key: str, value: Any) -> bool:
    """Yes or no in the words people use. Raises UsageError."""
    if isinstance(value, bool):
        return value
    plain = str(value).strip().casefold()
    if plain not in YES | NO:
        raise UsageError(reason="usage-flag", text=key, value=value)
    return plain in YES


def files(paths: Sequence[str]) -> list[HandedIn]:
    """The files that are handed in with an act, looked at and not yet kept. Raises BadEvidence."""
    if not paths:
        return []
    from engine.desk.filing import inspect

    return [inspect(Path(path)) for path in paths]
