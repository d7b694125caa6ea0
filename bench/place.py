"""Where a bench puts its records: SQLite files in a scratch folder, or databases of their own on a server."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.record.address import is_server


class Place:
    """Makes addresses of new records and copies of records; everything is gone at the end."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self.folder, self.server = folder, server
        self.names: list[str] = []

    @property
    def kind(self) -> str:
        return "postgresql" if self.server else "sqlite"

    def fresh(self) -> str:
        """The address of a record nobody has made yet."""
        return self._create("template1") if self.server else f"sqlite:///{self.folder / uuid.uuid4().hex}.db"

    def copy(self, url: str) -> str:
        """A copy of a record that nobody has open."""
        if self.server:
            return self._create(url.rpartition("/")[2])
        copied = self.fresh()
        shutil.copyfile(url.removeprefix("sqlite:///"), copied.removeprefix("sqlite:///"))
        return copied

    def drop(self, url: str) -> None:
        if self.server:
            self._say(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")
            self.names.remove(url.rpartition("/")[2])
        else:
            for path in self.folder.glob(Path(url).name + "*"):
                if path.is_dir():  # the key that signs its seals
                    shutil.rmtree(path)
                else:
                    path.unlink()

    def _create(self, template: str) -> str:
        name = f"zg_bench_{uuid.uuid4().hex}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.names.append(name)
        return f"{self.server}/{name}"

    def _say(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def place(server: str | None) -> Iterator[Place]:
    """A scratch folder, or a server such as `postgresql://user@host:5432` where databases may be made."""
    with tempfile.TemporaryDirectory() as folder:
        made = Place(Path(folder), server.rstrip("/") if server else None)
        try:
            yield made
        finally:
            for name in list(made.names):
                made._say(f"DROP DATABASE {name} WITH (FORCE)")


def settle(url: str) -> None:
    """What a server does by itself within a minute: it looks at what was written, and plans by that."""
    if is_server(url):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
