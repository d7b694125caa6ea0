"""The rows that entries about the office change: its settings, its keys and seals, the clock of a sandbox."""

from __future__ import annotations

from engine.rules.json_value import Json
from engine.rules.judging.rows.expected import Expected, Holds, Rows, Said, anything
from engine.rules.loop.going_over import GoingOver
from engine.rules.proof.chain import canonical, moment, stamp


def founded(said: Said) -> Rows:
    """What the office is: said once, before anything else."""
    sandbox = said.facts.get("sandbox")
    own = [("office", said.facts["office"]), ("name", anything), ("city", anything)]
    return None if said.known.tells_units else [
        _setting(name, value) for name, value in (*own, *([("sandbox", sandbox)] if sandbox is not None else ()))
    ]


def _setting(name: str, value: Json | Holds) -> Expected:
    return Expected("setting", {"name": name, "value": value}, new=True)


def asked(said: Said) -> Rows:
    return [_setting(said.facts["name"], said.facts["value"])]


def key(said: Said) -> Rows:
    return [_setting(said.facts["name"], said.facts["key"])]


def restored(said: Said) -> Rows:
    """A copy goes on with another key; whether that is right, who checks the keys sees."""
    return [_setting("key", said.facts["key"])]


def notices(said: Said) -> Rows:
    return [_setting("notices", canonical(said.facts["notices"]))]


def columns(said: Said) -> Rows:
    """What the columns of ledgers mean, all that is kept of it."""
    return [_setting("ledger-columns", canonical(said.facts["columns"]))]


def answers(said: Said) -> Rows:
    """What people answered about ledgers: about all of them, those of a batch, or one file."""
    of = said.facts["of"]
    return [_setting(f"ledger-answers/{of}" if of else "ledger-answers", canonical(said.facts["answers"]))]


def successors(said: Said) -> Rows:
    """What schemes and targets are called that went over to others, all that is kept of it: what was said now is in it, and none comes
    round to itself.
    """
    after = GoingOver.from_json(said.facts["successors"])
    kind, old, new = said.facts["kind"], said.facts["old"], said.facts["new"]
    fits = after.ends() and after.of(kind).get(old, old) == new
    return [_setting("successors", canonical(said.facts["successors"]))] if fits else None


def keepers(said: Said) -> Rows:
    """Who is told the codes of seals, all that is kept of it."""
    return [_setting("code-keepers", canonical(said.facts["keepers"]))]


def sealed(said: Said) -> Rows:
    """The seals say themselves whether the rest is theirs."""
    rest = dict.fromkeys(("frontier", "at", "note"), anything)
    return [Expected("seal", {**{name: said.facts[name] for name in ("n", "upto", "size", "root")}, **rest}, new=True)]


def clocked(said: Said) -> Rows:
    """A sandbox's clock moves from where it stood, and forward."""
    clock, to = said.known.sandbox_clock, said.facts["to"]
    moves = clock is not None and said.facts["from"] == stamp(clock) and clock <= moment(to)
    return [_setting("sandbox", to)] if moves else None


def nothing(said: Said) -> Rows:
    """What only says that something happened."""
    return ()
