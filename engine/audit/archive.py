"""The file of a backup as it is read: a tar of plain files, as `backup` writes it and nothing else.

It may come from anybody. So its heads are read here, one after the other, in flat memory: no links, no sparse files, no long names, nothing
whose size is not there. Everything is looked over before anything of it is used.
"""

from __future__ import annotations

import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from engine.errors import InvalidFile, Problem, os_problem
from engine.record.regular import opened
from engine.rules.proof.chain import moment

FORMAT = 1
PAGE, SQLITE_COPY, SERVER_DUMP = "backup.json", "database.sqlite", "database.dump"
SQLITE, SERVER = "sqlite", "postgresql"
COPY = {SQLITE: SQLITE_COPY, SERVER: SERVER_DUMP}
"""What the copy of each kind of database is called."""

LARGEST_PAGE_BYTES = 64 * 1024
LARGEST_HEAD_BYTES = 512
"""Of what a file's head is continued by: we write a size there that needs more than its eleven digits, and nothing else."""

MOST = 2**53
"""No backup counts so many of anything."""

LARGEST_END_BYTES = tarfile.BLOCKSIZE + tarfile.RECORDSIZE
"""Of the zeros at the end. What follows them another program may read."""

PIECE_BYTES = 1024 * 1024

_EVIDENCE = re.compile(r"evidence/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_SCHEMA = re.compile(r"[0-9a-z_]{1,32}")
_SIZE = re.compile(rb"\d+ size=([0-9]{1,18})\n")


@dataclass(frozen=True, slots=True)
class Page:
    """What a backup says of itself. `findings` counts what did not verify in the database when it was made; the first ones are told."""

    database: str
    schema: str
    made_at: str
    events: int
    tickets: int
    files: int
    findings: int = 0
    first_findings: Sequence[Mapping[str, Any]] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT, "database": self.database, "schema": self.schema, "made_at": self.made_at, "events": self.events,
            "tickets": self.tickets, "files": self.files, "findings": self.findings, "first_findings": list(self.first_findings),
        }

    @classmethod
    def from_json(cls, text: bytes) -> Page:
        """The inverse. Raises ValueError for what no backup says of itself."""
        try:
            node = json.loads(text)
            if node.pop("format") != FORMAT:
                raise ValueError("another format")
            page = cls(**node)
            counts = (page.events, page.tickets, page.files, page.findings)
            counted = all(type(n) is int and 0 <= n < MOST for n in counts)
            if page.database not in COPY or _SCHEMA.fullmatch(page.schema) is None or not counted:
                raise ValueError("no kind, schema or number")
            moment(page.made_at)
        except (TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(type(error).__name__) from error
        return page


class Member(NamedTuple):
    """A file in the archive, and where its content lies."""

    name: str
    at: int
    size: int

    @property
    def sha256(self) -> str:
        """Of a file of evidence, which is called so."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that was looked over: what it says of itself, the copy of the database, and how large everything in it is."""

    file: IO[bytes]
    source: Path
    page: Page
    copy: Member
    size: int

    def evidence(self) -> Iterator[Member]:
        """Every file of evidence."""
        return (member for member in _members(self.file) if _EVIDENCE.fullmatch(member.name))

    def pieces(self, member: Member) -> Iterator[bytes]:
        """The content of a file."""
        at, end = member.at, member.at + member.size
        while at < end:
            self.file.seek(at)
            piece = self.file.read(min(end - at, PIECE_BYTES))
            if not piece:  # somebody cuts it meanwhile
                raise InvalidFile(file=str(self.source), problems=[Problem.at("problem-no-tar")])
            at += len(piece)
            yield piece


@contextmanager
def archive(source: Path) -> Iterator[Archive]:
    """Opens a backup and looks it over. Raises InvalidFile."""
    try:
        with opened(source) as file:
            yield _looked_over(file, source)
    except OSError as error:
        raise InvalidFile(file=str(source), problems=[os_problem(error)]) from error


def _looked_over(file: IO[bytes], source: Path) -> Archive:
    page, copies, size = None, [], 0
    try:
        for member in _members(file):
            size += member.size
            if page is None:
                page = _page(file, member)
            elif member.name in COPY.values():
                copies.append(member)
            elif _EVIDENCE.fullmatch(member.name) is None:
                raise _Foreign(member.name)
    except _Foreign as error:
        raise InvalidFile(file=str(source), problems=[Problem.at("problem-foreign-member", ascii(str(error))[:99])]) from error
    except _NoBackup as error:
        raise InvalidFile(file=str(source), problems=[Problem.at("problem-page", PAGE, message=str(error))]) from error
    except (tarfile.TarError, ValueError) as error:
        raise InvalidFile(file=str(source), problems=[Problem.at("problem-no-tar")]) from error
    if page is None:
        raise InvalidFile(file=str(source), problems=[Problem("problem-no-backup")])
    if [member.name for member in copies] != [COPY[page.database]]:
        raise InvalidFile(file=str(source), problems=[Problem.at("problem-missing", COPY[page.database])])
    return Archive(file, source, page, copies[0], size)


class _Foreign(Exception):
    """Something that is never in a backup."""


class _NoBackup(Exception):
    """What comes first says nothing of a backup."""


def _page(file: IO[bytes], member: Member) -> Page:
    if member.name != PAGE or member.size > LARGEST_PAGE_BYTES:
        raise _NoBackup(PAGE)
    file.seek(member.at)
    try:
        return Page.from_json(file.read(member.size))
    except ValueError as error:
        raise _NoBackup(str(error)[:99]) from error


def _members(file: IO[bytes]) -> Iterator[Member]:
    """Every file there is, by its head. Raises TarError and ValueError for what is no tar or not the whole of one, _Foreign."""
    end, at, long = file.seek(0, os.SEEK_END), 0, None
    while True:
        file.seek(at)
        block = file.read(tarfile.BLOCKSIZE)
        if block == bytes(tarfile.BLOCKSIZE) and long is None:
            if end - at > LARGEST_END_BYTES or file.read().strip(b"\0"):
                raise ValueError("something follows the end")
            return
        head = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        at += tarfile.BLOCKSIZE
        size = head.size if long is None else long
        if not 0 <= size <= end - at:
            raise ValueError("not the whole of it")
        if head.type == tarfile.XHDTYPE and long is None:
            found = _SIZE.fullmatch(file.read(size)) if size <= LARGEST_HEAD_BYTES else None
            if found is None:
                raise _Foreign(head.name)
            long = int(found[1])
        elif head.type in (tarfile.REGTYPE, tarfile.AREGTYPE):
            yield Member(head.name, at, size)
            long = None
        else:
            raise _Foreign(head.name)
        at += -(-size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
