"""Which database an address means: a SQLite file, or a PostgreSQL server."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from engine.errors import UsageError

_OTHER_FORMS = (":memory:", "file:", "sqlite:")
"""How other programs name a database of SQLite: one in memory that ends with the command, a URI with its parameters."""


_PARAMETERS = re.compile(r"\?\w+=\w*(?:&\w+=\w*)*$")
"""Behind the name of a file: what other programs are told how to open it. Any other question mark belongs to the name."""


def is_server(url: str) -> bool:
    """Whether the address is PostgreSQL's. Raises UsageError for a database we do not know."""
    scheme, found, _ = url.partition("://")
    if not found or scheme == "sqlite":
        return False
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return True
    raise UsageError(reason="address-unknown", scheme=scheme, url=hidden(url))


def file_path(url: str) -> Path:
    """The file of a `sqlite:` address or plain path. Raises UsageError where none is named, or one that is no file of its own."""
    path = url.removeprefix("sqlite://").removeprefix("/") if url.startswith("sqlite://") else url
    if not path:
        raise UsageError(reason="address-empty", url=url)
    if path.startswith(_OTHER_FORMS):
        raise UsageError(reason="address-other-form", url=url)
    if path != url and _PARAMETERS.search(path):
        raise UsageError(reason="address-query", url=url, path=_PARAMETERS.sub("", path))
    if path.startswith("~") and not path.startswith("~/"):
        raise UsageError(reason="address-home", url=url, path=path)
    try:
        file = Path(path).expanduser()
    except RuntimeError as error:  # whoever runs this has no home
        raise UsageError(reason="address-home", url=url, path=path) from error
    if _would_be_waited_for(file):
        raise UsageError(reason="database-no-file", path=str(file))
    return file


def _would_be_waited_for(file: Path) -> bool:
    """Whether a pipe or a device lies there. Of a name that can be none, whoever opens it says so."""
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def server_url(url: str) -> str:
    """The address as libpq reads it."""
    return "postgresql://" + url.partition("://")[2]


def hidden(url: str) -> str:
    """The address without its password."""
    return re.sub(r"([?&](?:ssl)?password=)[^&]*", r"\1***", re.sub(r"(://[^:/@]*):.*@", r"\1:***@", url))
