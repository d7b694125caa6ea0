"""PostgreSQL's own programs: what only they can do. Addresses and passwords go by the environment, never onto a command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from engine.errors import ZgError
from engine.record.address import hidden, server_url
from engine.record.database import Database

_ENVIRONMENT = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD",
    "passfile": "PGPASSFILE", "service": "PGSERVICE", "options": "PGOPTIONS", "sslmode": "PGSSLMODE", "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY", "sslrootcert": "PGSSLROOTCERT", "connect_timeout": "PGCONNECT_TIMEOUT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}
"""What libpq reads from the environment."""


class ServerToolMissing(ZgError):
    """A program of PostgreSQL is not installed."""

    code = "server-tool-missing"


class ServerToolError(ZgError):
    """A program of PostgreSQL failed."""

    code = "server-tool-failed"


@contextmanager
def exported(database: Database) -> Iterator[str]:
    """A snapshot of the server that another program may read too; ours reads the same while it lasts."""
    with database.snapshot():
        row = database.row("SELECT pg_export_snapshot()")
        yield str(row[0]) if row else ""


def dump(url: str, target: Path, snapshot: str) -> None:
    """The database as of a snapshot, in pg_dump's custom format. Raises ServerToolMissing, ServerToolError."""
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}")
    target.chmod(0o600)


def restore(url: str, source: Path) -> None:
    """Everything or nothing of a dump, into an empty database. Raises ServerToolMissing, ServerToolError."""
    _run("pg_restore", url, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname=", str(source))


def _run(program: str, url: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise ServerToolMissing(program=program)
    environment = _environment(url)
    complete = [word if word != "--dbname=" else f"--dbname={environment['PGDATABASE']}" for word in arguments]
    done = subprocess.run(  # noqa: S603 – a program found on PATH, and no word of a stranger
        [found, "--no-password", *complete], env={**os.environ, **environment, "LC_ALL": "C"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )
    if done.returncode != 0:
        output = done.stdout.decode(errors="replace").strip().splitlines()
        raise ServerToolError(program=program, url=hidden(url), message=_without_password(output[0] if output else str(done.returncode)))


def _environment(url: str) -> Mapping[str, str]:
    parameters = {name: str(value) for name, value in conninfo_to_dict(server_url(url)).items() if value is not None}
    parameters.setdefault("dbname", parameters.get("user", ""))
    return {_ENVIRONMENT[name]: value for name, value in parameters.items() if name in _ENVIRONMENT}


def _without_password(text: str) -> str:
    """What the program said, without an address's password."""
    return re.sub(r"password=\S+", "password=***", text)
