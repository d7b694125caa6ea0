"""The key that signs seals: a file of its own, never in the database. Whoever has only the database cannot make a seal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from engine.audit.key_folder import NAME_SIGNS
from engine.errors import ZgError, os_reason
from engine.record.evidence import flush_folder
from engine.record.regular import opened
from engine.rules.proof.cosignature import COSIGNATURE, ML_DSA_COSIGNATURE, TIME_BYTES, signed_by_witness
from engine.rules.proof.note import ED25519, Signature, Verifier, checked_name

FOLDER_MODE, FILE_MODE = 0o700, 0o600
OTHERS, OTHERS_WRITE = 0o077, 0o022
"""What a mode gives to others than the owner."""

LARGEST_FILE_BYTES = 16 << 10
"""No more of a key file is read."""

Private = Ed25519PrivateKey | MLDSA44PrivateKey
PRIVATE: Mapping[int, type[Private]] = {
    ED25519: Ed25519PrivateKey, COSIGNATURE: Ed25519PrivateKey, ML_DSA_COSIGNATURE: MLDSA44PrivateKey,
}
"""Which private key makes signatures of a type."""

RANDOM_BYTES = 8
"""Of each record's own name: nobody who chooses one meets that of another."""


class KeyMissing(ZgError):
    """The key that signs seals is not where it should be."""

    code = "key-missing"


@dataclass(frozen=True, slots=True)
class Key:
    """A private key with the name of the record that it signs for, or of the witness. It is never printed, and `repr` does not show it."""

    name: str
    _private: Private
    kind: int = ED25519

    @property
    def verifier(self) -> Verifier:
        """The public key: what is printed, noted down, and kept in the record."""
        return Verifier(self.name, self.kind, self._private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        return Signature.by(self.verifier, self._private.sign(text.encode()))

    def cosign(self, text: str, time: int) -> Signature:
        """A witness's word that this is the largest checkpoint it has seen, in seconds since 1970."""
        message = signed_by_witness(self.kind, self.name, text, time)
        return Signature.by(self.verifier, time.to_bytes(TIME_BYTES) + self._private.sign(message))

    def __repr__(self) -> str:
        return f"Key({self.verifier})"


def new_origin(office: str) -> str:
    """What a new record is called among all records."""
    return checked_name(f"zg/{quote(office, safe='')}/{token_hex(RANDOM_BYTES)}")


def make(folder: Path, name: str, kind: int = ED25519) -> Key:
    """A new key, kept in the folder; it is on the disk before anything says that it exists. Raises ZgError."""
    key = Key(name, PRIVATE[kind].generate(), kind)
    text = key._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        handle = os.open(path := file_of(folder, key.verifier), os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(f"{_TITLE}{key.verifier}\n".encode() + text)
                file.flush()
                os.fsync(file.fileno())
            flush_folder(folder)
        except OSError:
            path.unlink()  # half a key is none
            raise
    except OSError as error:
        raise ZgError(reason="key-not-kept", path=str(folder), message=os_reason(error)) from error
    return key


def read(folder: Path, verifier: Verifier) -> Key:
    """The key of that public key. Raises KeyMissing: where it is not, cannot be read, or is another one."""
    path = file_of(folder, verifier)
    key = _key_in(path, verifier)
    if key is None or key.verifier != verifier:
        raise KeyMissing(path=str(path), public=str(verifier))
    return key


def found(folder: Path, verifier: Verifier) -> Key | None:
    """The key of that public key; None where it is not here."""
    try:
        return read(folder, verifier)
    except KeyMissing:
        return None


def verifier_of(path: Path) -> Verifier | None:
    """The public key of a key file, as its first line says and its private part bears out; None for what is no key of ours."""
    try:
        title = _content(path).partition(b"\n")[0].decode()
        said = Verifier.parse(title.removeprefix(_TITLE))
    except (OSError, ValueError):
        return None
    key = _key_in(path, said)
    return said if key is not None and key.verifier == said else None


_TITLE = "# "
"""Before the first line of a key file, which says whose key it is."""


def _key_in(path: Path, said: Verifier) -> Key | None:
    try:
        private = load_pem_private_key(_content(path), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return Key(said.name, private, said.kind) if isinstance(private, PRIVATE[said.kind]) else None


def _content(path: Path) -> bytes:
    with opened(path) as file:
        return file.read(LARGEST_FILE_BYTES)


def forget(folder: Path, verifier: Verifier) -> None:
    """A key that was replaced signs nothing any more: its file goes."""
    file_of(folder, verifier).unlink(missing_ok=True)


def is_open(path: Path) -> bool:
    """Whether others than its owner may read a key, or put another one in its place. Raises OSError where it is not here."""
    return bool(path.stat().st_mode & OTHERS or path.parent.stat().st_mode & OTHERS_WRITE)


def file_of(folder: Path, verifier: Verifier) -> Path:
    return folder / f"{verifier.public.hex()[:NAME_SIGNS]}.pem"


def all_of(folder: Path) -> dict[Verifier, Path]:
    """Every key that lies in the folder."""
    return {verifier: path for path in sorted(folder.glob("*.pem")) if (verifier := verifier_of(path))}
