"""`zg config`: every setting in force and where it came from. It opens no database, and shows no secret."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from engine.app.settings import SETTINGS_FILE
from engine.cli.call import Call
from engine.cli.frame import option, verb
from engine.cli.pager import pager_of
from engine.cli.table import Column, table, tsv

FLAGS = {"db": "--db", "as": "--as", "lang": "--lang"}
VARIABLES = {"db": "ZG_DB", "as": "ZG_AS", "lang": "ZG_LANG", "key": "ZG_KEY"}

SECRET = ("password", "secret", "token", "key", "url", "headers", "fields", "address")
"""Names of settings of notices that may hold a secret; where a secret is kept (`password_file`) is none."""


class Setting(NamedTuple):
    """A value in force. `origin` is flag, environment, the settings file, locale or default; `named` says which flag or variable.
    A value that is not shown is None.
    """

    name: str
    value: str | None
    origin: str
    named: str = ""


@verb("config", option("--json", "as_json", is_flag=True))
def config(call: Call, as_json: bool) -> int:
    file = Path(SETTINGS_FILE)
    found = list(_settings(call))
    if call.json:
        call.dump({
            "file": str(file.resolve()) if file.is_file() else None,
            "settings": [{"name": item.name, "value": item.value, "from": item.origin, "named": item.named or None} for item in found],
        })
        return 0
    if not call.terminal.out:
        call.lines(tsv([[item.name, item.value, item.origin, item.named] for item in found]))
        return 0
    rows = [[item.name, _value_text(call, item), _origin_text(call, item)] for item in found]
    columns = [
        Column(call.say("field.setting"), whole=True), Column(call.say("field.value"), least=16),
        Column(call.say("field.origin"), least=12),
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("config.file" if file.is_file() else "config.no-file", file=str(file.resolve()))
    return 0


def _settings(call: Call) -> Iterator[Setting]:
    settings = call.require_settings()
    for name, value in (("db", settings.shown_db), ("as", settings.actor), ("lang", settings.language), ("key", settings.keys or "")):
        origin = settings.origin.get(name, "default")
        named = FLAGS.get(name, "") if origin == "flag" else VARIABLES[name] if origin == "environment" else ""
        yield Setting(name, value, origin, named)
    if call.no_pager:
        yield Setting("pager", "", "flag", "--no-pager")
    else:
        chosen = "PAGER" in os.environ
        yield Setting("pager", " ".join(pager_of(os.environ)), "environment" if chosen else "default", "PAGER" if chosen else "")
    for group, labels in settings.labels.items():
        for name, label in labels.items():
            yield Setting(f"labels.{group}.{name}", str(label), SETTINGS_FILE)
    yield from (Setting(name, value, SETTINGS_FILE) for name, value in _flat("notices", settings.notices))


def _flat(path: str, node: Any) -> Iterator[tuple[str, str | None]]:
    """The leaves of a table of the settings file, with their paths; what may be secret has no value."""
    if isinstance(node, Mapping) and not _secret(path):
        for name, inner in node.items():
            yield from _flat(f"{path}.{name}", inner)
    elif isinstance(node, list) and not _secret(path) and any(isinstance(item, Mapping) for item in node):
        for index, item in enumerate(node):
            yield from _flat(f"{path}[{index}]", item)
    elif node is not None:
        yield path, None if _secret(path) or "://" in str(node) else str(node)


def _secret(path: str) -> bool:
    return path.rpartition(".")[2] in SECRET


def _value_text(call: Call, item: Setting) -> str:
    if item.value is None:
        return call.say("config.hidden")
    return item.value or call.say(f"config.empty.{item.name}" if item.name in ("key", "pager") else "config.empty")


def _origin_text(call: Call, item: Setting) -> str:
    if item.origin == SETTINGS_FILE:
        return SETTINGS_FILE
    origin = call.say(f"origin.{item.origin}")
    return call.say("config.named", origin=origin, named=item.named) if item.named else origin
