"""PostgreSQL's own programs: what only they can do. Addresses and passwords go by the environment, never onto a command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

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

LONGEST_OUTPUT = 1 << 20
"""So much is read of what a program prints of a file; of a record it is a fiftieth."""

_ENTRY = re.compile(r"\d+; \d+ \d+ (?P<what>.*) \S+")
_OURS = re.compile(
    r"(?P<kind>TABLE(?: DATA|(?! ATTACH))|SEQUENCE(?: OWNED BY| SET|)|DEFAULT(?! ACL)|(?:FK |)CONSTRAINT|INDEX(?! ATTACH))"
    r" \S+ (?P<name>.+)",
)
_ROW_OF_SCHEMA = re.compile(r"^COPY .*\n([^\n]*)\n\\\.$", re.M)
_UNSAID = re.compile(r"(?:SCHEMA|COMMENT|(?:DEFAULT |)ACL) .*")
"""What a dump may hold of any database, and no record needs."""


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


class Contents(NamedTuple):
    """What a dump says it holds: the schema of its record (None: it does not say), the entries to restore, and what is left out."""

    schema: str | None
    kept: list[str]
    left_out: list[str]


def contents(source: Path, indexes: Container[str]) -> Contents:
    """What lies in a dump: tables with their rows, sequences and constraints, and these indexes. Of anything else nothing is run.

    The row that says which schema it is does not count among the entries. Raises ServerToolMissing, ServerToolError.
    """
    kept, left_out = [], []
    for line in _read("pg_restore", "--list", str(source)).splitlines():
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            continue
        ours = _OURS.fullmatch(entry["what"])
        if ours is not None and (ours["kind"], ours["name"]) == ("TABLE DATA", "alembic_version"):
            continue
        if ours is not None and (ours["kind"] != "INDEX" or ours["name"] in indexes):
            kept.append(line)
        elif _UNSAID.fullmatch(entry["what"]) is None:
            left_out.append(entry["what"])
    rows = _ROW_OF_SCHEMA.findall(_read("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(source)))
    return Contents(rows[0] if len(rows) == 1 else None, kept, left_out)


def restore(url: str, source: Path, entries: Iterable[str]) -> None:
    """These entries of a dump, all or nothing, into an empty database. Raises ServerToolMissing, ServerToolError."""
    listed = source.with_name(f"{source.name}.list")
    listed.write_text("\n".join(entries), encoding="utf-8")
    _run(
        "pg_restore", url, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--use-list={listed}", "--dbname=",
        str(source),
    )


def _read(program: str, *arguments: str) -> str:
    """What a program of the server prints of a file. Raises ServerToolMissing, ServerToolError, also where that has no end."""
    with subprocess.Popen(  # noqa: S603 – as below
        [_found(program), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C"},
    ) as reading:
        output = reading.stdout.read(LONGEST_OUTPUT) if reading.stdout else b""
        if len(output) == LONGEST_OUTPUT:
            reading.kill()
    if reading.returncode != 0:
        raise ServerToolError(program=program, url=arguments[-1], message=str(reading.returncode))
    return output.decode(errors="replace")


def _found(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise ServerToolMissing(program=program)
    return found


def _run(program: str, url: str, *arguments: str) -> None:
    environment = _environment(url)
    complete = [word if word != "--dbname=" else f"--dbname={environment['PGDATABASE']}" for word in arguments]
    done = subprocess.run(  # noqa: S603 – a program found on PATH, and no word of a stranger
        [_found(program), "--no-password", *complete], env={**os.environ, **environment, "LC_ALL": "C"}, stdin=subprocess.DEVNULL,
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
