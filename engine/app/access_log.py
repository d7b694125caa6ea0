"""Who came, from where, and what they looked at (访问日志): one line of JSON each, in a file a month, kept at least a year, and to syslog.

Lines are only ever appended, each in one write, so that any number of processes may share the files. JSON escapes whatever a stranger
typed; no password, code or secret link is in a line. A record on a server is told from others by its folder, which the settings name.
"""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from logging.handlers import SysLogHandler
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from engine.app.settings import SETTINGS_FILE, Settings
from engine.errors import InvalidFile, Problem
from engine.record.address import file_path, is_server
from engine.record.evidence import FOLDER_MODE
from engine.rules.access import Actor, may_read_administration, must
from engine.rules.proof.chain import stamp

LOG = logging.getLogger("zhenggai.access")

LEAST_DAYS, USUAL_DAYS = 366, 400
FILE_MODE = 0o600
PREFIX = "access-"
LONGEST = 300
"""Characters of what a line holds of one thing."""

SIGNED_IN, REFUSED, SIGNED_OUT, DENIED, VIEWED, CONFIDED, SEARCHED, EXPORTED, CHANGED = WHAT = (
    "signed-in", "refused", "signed-out", "denied", "viewed", "confided", "searched", "exported", "changed",
)
"""What there is to tell: somebody signed in, was refused, signed out; was denied something; viewed a ticket or a file; was shown
confidential words, as who complained, or a telephone number whole; searched; took
something out; changed what opens an account.
"""


@dataclass(frozen=True, slots=True)
class AccessLog:
    """Where lines go: a folder, for how many days, and to which syslog (a socket of this machine, or a host and a port)."""

    folder: Path
    days: int = USUAL_DAYS
    syslog: str | tuple[str, int] | None = None

    def write(self, what: str, now: datetime, address: str | None, account: str | None, about: Mapping[str, str | int | None]) -> None:
        """Appends a line. What cannot be written is told to the log of the server, and stops nobody."""
        told = {name: value[:LONGEST] if isinstance(value, str) else value for name, value in about.items() if value is not None}
        line = json.dumps({"at": stamp(now), "address": address, "account": account, "what": what} | told)
        try:
            self._append(now, line)
        except OSError as error:
            LOG.error("%s: %s", self.folder, error.strerror)
        if self.syslog is not None:
            _to_syslog(self.syslog, line)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Every line that is kept, the oldest first; half a line that a full disk left is passed by."""
        for path in self._files():
            with path.open(encoding="utf-8", errors="replace") as file:
                for line in file:
                    with suppress(ValueError):
                        yield json.loads(line)

    def _append(self, now: datetime, line: str) -> None:
        path = self.folder / f"{PREFIX}{now.astimezone(UTC):%Y-%m}.jsonl"
        if not path.exists():
            self.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            self._forget(now)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, FILE_MODE)
        try:
            os.write(handle, f"{line}\n".encode())
        finally:
            os.close(handle)

    def _forget(self, now: datetime) -> None:
        """Takes away the months of which every line is older than is asked for."""
        oldest = now - timedelta(days=self.days + 31)
        for path in self._files():
            if path.name < f"{PREFIX}{oldest:%Y-%m}.jsonl":
                path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"{PREFIX}????-??.jsonl"))


def read_access_log(table: Any, file: str, url: str) -> AccessLog:
    """The log of a record as `[access-log]` of the settings says; beside its file unless told otherwise, else in the user's data folder.
    Raises InvalidFile.
    """
    said = {} if table is None else table
    try:
        folder, days, syslog = said.get("folder"), said.get("days", USUAL_DAYS), said.get("syslog")
        if not said.keys() <= {"folder", "days", "syslog"} or type(days) is not int or days < LEAST_DAYS:
            raise ValueError
        return AccessLog(Path(folder) if folder is not None else _usual(url), days, _address_of(syslog))
    except (ValueError, TypeError, AttributeError):
        raise InvalidFile(file=file, problems=[Problem.at("problem-access-log", "[access-log]")]) from None


def read_lines(settings: Settings, actor: Actor) -> Iterator[dict[str, Any]]:
    """What the log of a record says, to whoever may read its administration. Raises NotPermitted, InvalidFile."""
    must(may_read_administration, actor)
    return read_access_log(settings.access_log, SETTINGS_FILE, settings.db).lines()


def _usual(url: str) -> Path:
    if is_server(url):
        return user_data_path("zhenggai", appauthor=False) / "access"
    file = file_path(url)
    return file.with_name(f"{file.name}.access")


def _address_of(syslog: str | None) -> str | tuple[str, int] | None:
    """A path of this machine, or HOST:PORT. Raises ValueError."""
    if syslog is None or syslog.startswith("/"):
        return syslog
    host, _, port = syslog.rpartition(":")
    return host or "localhost", int(port)


class _Quiet(SysLogHandler):
    """A syslog that is away stops nobody."""

    def handleError(self, record: logging.LogRecord) -> None:
        LOG.error("syslog: %s", self.address)


def _to_syslog(address: str | tuple[str, int], line: str) -> None:
    try:
        handler = _Quiet(address, SysLogHandler.LOG_AUTHPRIV, socket.SOCK_DGRAM)
    except OSError as error:
        LOG.error("syslog: %s: %s", address, error.strerror)
        return
    try:
        handler.ident = "zhenggai: "
        handler.emit(logging.LogRecord("zhenggai.access", logging.INFO, "", 0, line, None, None))
    finally:
        handler.close()
