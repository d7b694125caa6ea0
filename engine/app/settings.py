"""Where the database is and which language to speak: flag > environment > `zg.toml` > default (DESIGN §8)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.errors import InvalidFile, Problem, os_problem
from engine.record.regular import opened
from engine.words import language_named, language_of_locale

if TYPE_CHECKING:
    from engine.audit.cosigning import WitnessSetup
    from engine.notices.setup import Setup

SETTINGS_FILE = "zg.toml"
ROOT = 0
"""Who administers the machine may write settings for others."""


SHORTEST_TOKEN = 24
"""Characters of the token that opens the wall screen: nobody guesses it."""


class ScreenSetup(NamedTuple):
    """The token that opens the wall screen (展示大屏), and whether units that are late stand on it by name."""

    token: str
    names: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment and the settings file say. `labels` are an office's own words for states and triggers.

    `keys` is the folder of the keys that sign seals (`ZG_KEY`, or `key` in the file); None: beside the database.
    `notices` and `witnesses` are the tables of those names as they stand: `notices_setup` and `witnesses_setup` read them; `security`,
    `access_log` (`[access-log]`), `senders`, `scanner`, `oidc` and `pages` are read by the web alone.
    """

    db: str
    actor: str
    language: str
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)
    keys: str | None = None
    notices: Any = None
    witnesses: Any = None
    security: Any = None
    access_log: Any = None
    scanner: Any = None
    screen: Any = None
    oidc: Any = None
    senders: Any = None
    pages: Any = None

    @property
    def shown_db(self) -> str:
        """The address of the database as it may be shown: without its password."""
        from engine.record.address import hidden  # every command reads the settings, and few show them

        return hidden(self.db)

    @property
    def on_server(self) -> bool:
        """Whether the record lies on a server, and not in a file."""
        from engine.record.address import is_server  # as above

        return is_server(self.db)

    def notices_setup(self) -> Setup:
        """How notices leave the office. Raises InvalidNotices."""
        from engine.notices.setup import read_setup  # a reading command sends nothing

        return read_setup(self.notices, self.language, self.labels, SETTINGS_FILE)

    def screen_setup(self) -> ScreenSetup | None:
        """What the wall screen is opened by and shows; None where there is none. Raises InvalidFile."""
        said = self.screen
        if said is None:
            return None
        if isinstance(said, dict) and said.keys() <= {"token", "names"}:
            token, names = said.get("token"), said.get("names", False)
            if isinstance(token, str) and len(token) >= SHORTEST_TOKEN and isinstance(names, bool):
                return ScreenSetup(token, names)
        raise InvalidFile(file=SETTINGS_FILE, problems=[Problem.at("problem-screen", "[screen]", least=SHORTEST_TOKEN)])

    def is_live(self) -> bool:
        """Whether pages hear at once that something changed (`live = true` in `[pages]`), not once a minute. Raises InvalidFile."""
        said = {} if self.pages is None else self.pages
        if isinstance(said, dict) and said.keys() <= {"live"} and isinstance(said.get("live", False), bool):
            return bool(said.get("live", False))
        raise InvalidFile(file=SETTINGS_FILE, problems=[Problem.at("problem-pages", "[pages]")])

    def witnesses_setup(self) -> list[WitnessSetup]:
        """Who cosigns the seals. Raises InvalidFile, which names every one that is none."""
        table = {} if self.witnesses is None else self.witnesses
        if not isinstance(table, dict):
            raise InvalidFile(file=SETTINGS_FILE, problems=[Problem.at("problem-witnesses", "[witnesses]")])
        found: list[WitnessSetup] = []
        problems: list[Problem] = []
        for name, said in table.items():
            try:
                setup = _witness(name, said)
                if any(setup.key.public == other.key.public or setup.key.name == other.key.name for other in found):
                    raise ValueError("one witness is one voice")
                found.append(setup)
            except (ValueError, LookupError, TypeError, AttributeError):
                problems.append(Problem.at("problem-witnesses", f"[witnesses.{name}]"))
        if problems:
            raise InvalidFile(file=SETTINGS_FILE, problems=problems)
        return found


def _witness(name: str, said: Any) -> WitnessSetup:
    """One witness of the settings. Raises ValueError and the like for what is none."""
    from engine.audit.cosigning import WitnessSetup  # a reading command asks none
    from engine.rules.proof.cosignature import COSIGNATURES  # as above
    from engine.rules.proof.note import Verifier  # as above

    key, address = Verifier.parse(said["key"]), said.get("address")
    if key.kind not in COSIGNATURES or not isinstance(address, str | None) or not said.keys() <= {"key", "address"}:
        raise ValueError("no witness")
    return WitnessSetup(name, key, address)


def load(
    db: str | None = None, actor: str | None = None, language: str | None = None, environ: Mapping[str, str] = os.environ,
    folder: Path | None = None,
) -> Settings:
    """The settings in force. Raises InvalidFile for a `zg.toml` that cannot be read, or is another user's."""
    table = _read_table((folder or Path()) / SETTINGS_FILE)
    values: dict[str, str] = {}
    origin: dict[str, str] = {}
    for name, flag, default in (("db", db, None), ("as", actor, "office"), ("lang", language, None), ("key", None, None)):
        for value, source in (
            (flag, "flag"), (environ.get(f"ZG_{name.upper()}"), "environment"), (table.get(name), SETTINGS_FILE), (default, "default"),
        ):
            if value or (source == "flag" and value is not None):  # an empty flag is a mistake, an empty variable is none
                values[name], origin[name] = str(value), source
                break
    labels = table.get("labels", {})
    if not isinstance(labels, dict) or not all(isinstance(group, dict) for group in labels.values()):
        raise InvalidFile(file=SETTINGS_FILE, problems=[Problem.at("problem-labels", "[labels]")])
    return Settings(
        values["db"] if "db" in values else default_db(environ), values["as"], _language(values.get("lang"), environ), labels,
        {"db": "default", "lang": "locale", **origin}, values.get("key"), table.get("notices"), table.get("witnesses"),
        table.get("security"), table.get("access-log"), table.get("scanner"), table.get("screen"), table.get("oidc"), table.get("senders"),
        table.get("pages"),
    )


def default_db(environ: Mapping[str, str] = os.environ) -> str:
    """`zg.db` in the user's data folder."""
    from platformdirs import user_data_path  # whoever names the database does not wait for it

    return f"sqlite:///{user_data_path('zhenggai', appauthor=False) / 'zg.db'}"


def _language(chosen: str | None, environ: Mapping[str, str]) -> str:
    if chosen:
        return language_named(chosen)
    return language_of_locale(environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or "")


def _read_table(path: Path) -> dict[str, Any]:
    try:
        with opened(path) as file:
            owners = {path.lstat().st_uid, os.fstat(file.fileno()).st_uid}
            text = file.read().decode("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeError) as error:
        raise InvalidFile(file=str(path), problems=[os_problem(error)]) from error
    if not owners <= {os.geteuid(), ROOT}:
        raise InvalidFile(file=str(path), problems=[Problem.at("problem-others-settings")])
    import tomllib  # a folder without a settings file needs no parser

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidFile(file=str(path), problems=[Problem.at("problem-no-toml", message=str(error))]) from error
