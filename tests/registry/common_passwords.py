"""The digests of common passwords, made of the list that `common_passwords.toml` names; `python -m tests.registry.common_passwords` writes
them. It needs a registry; the program itself needs none.
"""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from itertools import islice
from typing import Any

from engine.registry.common_passwords import FILE, digest_of
from tests.web import vendor

FIRST = 5_000
SHORTEST_RULE, LONGEST_RULE = 8, 64
"""What an office may ask of the length of a password, in characters."""


def source() -> dict[str, Any]:
    [named] = tomllib.loads(FILE.with_suffix(".toml").read_text(encoding="utf-8"))["file"]
    return dict(named)


def listed() -> list[str]:
    """The passwords of the list, the most frequent first."""
    named = source()
    packed = vendor.package(named["package"], named["version"], named["integrity"])[named["inside"]]
    return list(dict.fromkeys(line.strip().casefold() for line in gzip.decompress(packed).decode().split("\n")))


def made(passwords: list[str]) -> bytes:
    """The file, of the first ones of each least length."""
    chosen = set[str]()
    for least in range(SHORTEST_RULE, LONGEST_RULE + 1):
        chosen.update(islice((password for password in passwords if len(password) >= least), FIRST))
    return b"".join(sorted(set(map(digest_of, chosen))))


def main() -> None:
    content = made(listed())
    FILE.write_bytes(content)
    print(hashlib.sha256(content).hexdigest())  # noqa: T201 - what goes into the file beside


if __name__ == "__main__":
    main()
