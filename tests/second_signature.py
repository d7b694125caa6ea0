"""Second signatures under a seal, of other kinds than ours: what a library or tool at hand makes of them. They stand in for a signer that a
record might have beside its own; nothing in the program knows them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from engine.rules.proof.note import Signature, Verifier

OTHER_KIND = 0xFF
"""The byte of C2SP signed-note before kinds that have no number of their own; their name follows it."""


class Signer:
    """A key of another kind, under the name of the record."""

    def __init__(self, name: str, kind: bytes, public: bytes) -> None:
        self.verifier = Verifier(name, OTHER_KIND, kind + public)

    def sign(self, text: str) -> Signature:
        return Signature.by(self.verifier, self.value(text.encode()))

    def value(self, message: bytes) -> bytes:
        raise NotImplementedError

    def checks(self, message: bytes, value: bytes) -> bool:
        raise NotImplementedError


class MlDsa(Signer):
    """ML-DSA-44 (FIPS 204), by the library that signs for us."""

    def __init__(self, name: str, folder: Path) -> None:
        mldsa = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.mldsa", reason="this cryptography has no ML-DSA")
        self.private = mldsa.MLDSA44PrivateKey.generate()
        super().__init__(name, b"ml-dsa-44", self.private.public_key().public_bytes_raw())

    def value(self, message: bytes) -> bytes:
        found: bytes = self.private.sign(message)
        return found

    def checks(self, message: bytes, value: bytes) -> bool:
        try:
            self.private.public_key().verify(value, message)
        except InvalidSignature:
            return False
        return True


class Sm2(Signer):
    """SM2 with SM3 (GB/T 32918, GB/T 32905), by `openssl`."""

    def __init__(self, name: str, folder: Path) -> None:
        self.folder = folder
        if shutil.which("openssl") is None or self.run("genpkey", "-algorithm", "SM2", "-out", "sm2.pem").returncode != 0:
            pytest.skip("there is no openssl here that knows SM2")
        self.run("pkey", "-in", "sm2.pem", "-pubout", "-outform", "DER", "-out", "sm2.der")
        super().__init__(name, b"sm2-with-sm3", (folder / "sm2.der").read_bytes()[-65:])

    def value(self, message: bytes) -> bytes:
        (self.folder / "message").write_bytes(message)
        done = self.run("pkeyutl", "-sign", *self.how(), "-in", "message", "-out", "signature")
        assert done.returncode == 0, done.stderr
        return (self.folder / "signature").read_bytes()

    def checks(self, message: bytes, value: bytes) -> bool:
        (self.folder / "message").write_bytes(message)
        (self.folder / "signature").write_bytes(value)
        return self.run("pkeyutl", "-verify", *self.how(), "-in", "message", "-sigfile", "signature").returncode == 0

    def how(self) -> tuple[str, ...]:
        return "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-inkey", "sm2.pem"

    def run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=False, timeout=60)


def identifier(name: str, kind: bytes, public: bytes) -> bytes:
    """The key id as the published format has it, told without our code."""
    return hashlib.sha256(name.encode() + b"\n\xff" + kind + public).digest()[:4]
