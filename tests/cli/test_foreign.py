"""What a foreign program says of what we sign and prove: Go's `sumdb/note` and `sumdb/tlog`, which share no line with ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Zg
from tests.cli.test_audit import sealing
from tests.cli.test_witnesses import carry, witnessed

__all__ = ["sealing", "witnessed"]

SOURCE = Path(__file__).parents[1] / "foreign" / "check.go"
LIBRARY = Path("/usr/share/gocode")
"""Where Debian's `golang-golang-x-mod-dev` lies."""

Item = dict[str, Any]


def judged(items: list[Item], folder: Path) -> list[str]:
    """What the foreign program says of each: nothing where it holds."""
    if shutil.which("go") is None or not (LIBRARY / "src/golang.org/x/mod/sumdb/note").is_dir():
        pytest.skip("Go or its sumdb is not here; on Debian: apt-get install golang-go golang-golang-x-mod-dev")
    done = subprocess.run(
        ["go", "run", str(SOURCE)], input=json.dumps(items), capture_output=True, text=True, timeout=300, check=False,
        env={"PATH": os.environ["PATH"], "GO111MODULE": "off", "GOPATH": str(LIBRARY), "GOCACHE": str(folder / "go"), "GOFLAGS": ""},
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.split("\n")[:-1]
    assert len(said) == len(items)
    return said


def exported(zg: Zg, number: str, path: Path) -> list[Item]:
    zg("audit", "export", number, "--out", str(path))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def notes_and_proofs(zg: Zg, folder: Path) -> list[Item]:
    """Five seals of a record, some cosigned, under two keys; the proofs of a ticket, and how each seal grew from the one before."""
    number = zg.opened()
    zg("audit", "seal")
    carry(zg, folder, 0)
    for n in range(3):
        zg("comment", number, "--note", f"第 {n} 次联系")
        zg("audit", "seal")
    old, witness = zg.json("audit", "key")["key"], zg.json("audit", "witness", str(folder / "w"))["keys"]["ed25519"]
    new = zg.json("audit", "key", "--rotate")["key"]
    lines = exported(zg, number, folder / "one.jsonl")
    seals = [line for line in lines if "seal" in line]
    notes = [line["seal"]["note"] for line in seals]
    cosigned = zg("audit", "checkpoint", "2").stdout
    found: list[Item] = [{"kind": "note", "note": note, "keys": [old]} for note in notes]
    found += [{"kind": "note", "note": cosigned, "keys": [old, witness]}, {"kind": "note", "note": notes[-1], "keys": [new, old]}]
    found += [
        {"kind": "included", "note": notes[-1], "keys": [new], "leaf": line["hash"], "index": line["index"], "proof": line["proof"]}
        for line in lines if "proof" in line
    ]
    return found + [
        {"kind": "consistent", "note": note, "old": before, "keys": [old], "proof": line["consistency"]}
        for before, note, line in zip(notes, notes[1:], seals[1:], strict=False)
    ]


def bent(item: Item) -> Item:
    """The same with one thing about it untrue."""
    if item["kind"] == "included":
        return item | {"index": item["index"] + 1}
    if item["kind"] == "consistent":
        return item | {"proof": item["proof"][1:] or ["00" * 32]}
    origin, rest = item["note"].split("\n", 1)
    return item | {"note": f"{origin}x\n{rest}"}


@pytest.mark.torture
def test_a_foreign_program_takes_what_we_sign_and_prove_and_nothing_that_was_bent(witnessed: Zg, tmp_path: Path) -> None:
    items = notes_and_proofs(witnessed, tmp_path)
    assert {item["kind"] for item in items} == {"note", "included", "consistent"}
    said = judged([*items, *map(bent, items)], tmp_path)
    assert said[:len(items)] == [""] * len(items)
    assert all(said[len(items):])
