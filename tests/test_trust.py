"""docs/trust.md and docs/crypto.md say what is so: each line has its test, and each algorithm is the one that is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRUST = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
PEOPLE = TRUST.partition("## Who can do what")[2].partition("\n## ")[0]
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", PEOPLE)
ROWS = [line for line in PEOPLE.splitlines() if line.startswith("| ") and not line.startswith("| can |")]


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_each_line_about_people_names_a_test_that_is_there(file: str, test: str) -> None:
    assert re.search(rf"^def {test}\(", (ROOT / "tests" / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_each_line_about_people_names_a_test_or_says_that_nothing_shows_it() -> None:
    assert len(ROWS) >= 30
    assert [row for row in ROWS if "::" not in row and "nothing" not in row] == []


CRYPTO = (ROOT / "docs" / "crypto.md").read_text(encoding="utf-8")
ALGORITHMS = {
    "SHA-256": r"\bsha256\(|\"sha256\"\)", "Ed25519": r"\bEd25519\w+Key\b", "ML-DSA-44": r"\bMLDSA44\w+Key\b",
    "HMAC-SHA-256": r"\bhmac\.(?:new|digest)\(",
    "Argon2id": r"\bPasswordHasher\(", "TOTP": r"\bpyotp\.", "JWS": r"\bjwt\.decode\(", "TLS": r"\bssl\.create",
    "Random": r"\bsecrets\.\w|\bfrom secrets\b",
}
"""How each algorithm of the page is called where it is used."""

USED = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "engine").rglob("*.py")) if "words" not in path.parts}


def told() -> dict[str, set[str]]:
    """The packages that the page names of each algorithm."""
    rows = [line.split(" | ") for line in CRYPTO.splitlines() if line.startswith("| ") and not line.startswith("| algorithm")]
    return {row[0].removeprefix("| ").split(" ")[0]: set(re.findall(r"`(\w+)`", row[2])) for row in rows}


@pytest.mark.parametrize("name", ALGORITHMS)
def test_each_algorithm_is_used_in_the_packages_that_the_page_names(name: str) -> None:
    used = {path.relative_to(ROOT / "engine").parts[0] for path, text in USED.items() if re.search(ALGORITHMS[name], text)}
    assert told()[name] == used


def test_no_other_algorithm_is_used_than_the_page_names() -> None:
    assert told().keys() == ALGORITHMS.keys()
    ours = r"asymmetric\.ed25519|asymmetric\.mldsa|serialization"
    others = re.compile(rf"hashlib\.(?!sha256|file_digest)\w+|primitives\.(?!{ours})\w+|\b(?:md5|sha1|sha512)\b")
    assert {path.name: found for path, text in USED.items() if (found := others.findall(text))} == {}
