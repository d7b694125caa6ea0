"""The look of the pages: our own files and the vendored ones, each under an address with its hash, packed once when the server starts."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.errors import NotFound

FOLDER = Path(__file__).parent
PLACES = ("static", "vendor/tabler", "vendor/htmx")
HASH_LENGTH = 16
FOREVER = "public, max-age=31536000, immutable"
"""What a hash names never changes."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent."""

    name: str
    hash: str
    kind: str
    body: bytes
    packed: bytes

    @property
    def path(self) -> str:
        return f"/static/{self.hash}/{self.name}"


@cache
def assets() -> Mapping[str, Asset]:
    """Every file by its name."""
    files = [path for place in PLACES for path in sorted((FOLDER / place).glob("*.*")) if path.suffix in (".css", ".js", ".svg", ".png")]
    return {path.name: _asset(path) for path in files}


def path_of(name: str) -> str:
    """The address of a file. Raises KeyError for one that is not there: a page that lacks its look must not start."""
    return assets()[name].path


def find(name: str, hash_: str) -> Asset:
    """The file of an address. Raises NotFound, also for the address of another version."""
    asset = assets().get(name)
    if asset is None or asset.hash != hash_:
        raise NotFound(reason="page-not-found")
    return asset


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    kind = mimetypes.types_map.get(path.suffix, "application/octet-stream")
    text = kind.startswith(("text/", "image/svg")) or path.suffix == ".js"
    return Asset(
        path.name, hashlib.sha256(body).hexdigest()[:HASH_LENGTH], f"{kind}; charset=utf-8" if text else kind, body,
        gzip.compress(body, 9, mtime=0),
    )
