"""The key that signs seals: a file of its own, never in the database. Whoever has only the database cannot make a seal."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from platformdirs import user_data_path

from engine.errors import ZgError, os_reason
from engine.record.database import Database
from engine.record.regular import opened

FOLDER_MODE, FILE_MODE = 0o700, 0o600
NAME_SIGNS = 16

LARGEST_FILE_BYTES = 16 << 10
"""No more of a key file is read."""
"""A key's file is named by the beginning of its public key, so that the keys of several databases lie side by side."""


class KeyMissing(ZgError):
    """The key that signs seals is not where it should be."""

    code = "key-missing"


@dataclass(frozen=True, slots=True)
class Key:
    """A private key. It is never printed, and `repr` does not show it."""

    _private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public key in hex: what is printed, noted down, and kept in every seal."""
        return self._private.public_key().public_bytes_raw().hex()

    def sign(self, text: str) -> bytes:
        return self._private.sign(text.encode())

    def __repr__(self) -> str:
        return f"Key({self.public})"


def make(folder: Path) -> Key:
    """A new key, kept in the folder; it is on the disk before anything says that it exists. Raises ZgError."""
    key = Key(Ed25519PrivateKey.generate())
    text = key._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        handle = os.open(file_of(folder, key.public), os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ZgError(reason="key-not-kept", path=str(folder), message=os_reason(error)) from error
    return key


def read(folder: Path, public: str) -> Key:
    """The key of that public key. Raises KeyMissing: where it is not, cannot be read, or is another one."""
    path = file_of(folder, public)
    try:
        private = load_pem_private_key(_content(path), None)
    except (OSError, ValueError, TypeError) as error:
        raise KeyMissing(path=str(path), public=public) from error
    if not isinstance(private, Ed25519PrivateKey) or Key(private).public != public:
        raise KeyMissing(path=str(path), public=public)
    return Key(private)


def public_of(path: Path) -> str | None:
    """The public key of a key file, in hex; None for what is no key."""
    try:
        private = load_pem_private_key(_content(path), None)
    except (OSError, ValueError, TypeError):
        return None
    return Key(private).public if isinstance(private, Ed25519PrivateKey) else None


def _content(path: Path) -> bytes:
    with opened(path) as file:
        return file.read(LARGEST_FILE_BYTES)


def forget(folder: Path, public: str) -> None:
    """A key that was replaced signs nothing any more: its file goes."""
    file_of(folder, public).unlink(missing_ok=True)


def file_of(folder: Path, public: str) -> Path:
    return folder / f"{public[:NAME_SIGNS]}.pem"


def folder_of(database: Database, configured: str | None = None) -> Path:
    """Where the keys lie: what `ZG_KEY` or `zg.toml` says, else beside a SQLite file, else in the user's data folder."""
    if configured:
        return Path(configured).expanduser()
    if database.path is not None:
        return database.path.with_name(database.path.name + ".keys")
    return user_data_path("zhenggai", appauthor=False) / "keys" / database.name
