"""What the program signs, checked by the published formats alone: `tests.tlog` shares nothing with it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

from tests import tlog
from tests.cli.conftest import Zg
from tests.cli.test_audit import sealing

__all__ = ["sealing"]


def test_seals_and_a_rotation_verify_by_the_published_formats_alone(sealing: Zg, tmp_path: Path) -> None:
    old = sealing.json("audit", "key")["key"]
    sealing("audit", "seal")
    sealing.opened()
    sealing("audit", "seal")
    new = sealing.json("audit", "key", "--rotate")["key"]
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        leaves = [row[0] for row in connection.execute("SELECT hash FROM event ORDER BY id")]
    for n, signers in ((1, [old]), (2, [old]), (3, [new, old])):
        text, signed = tlog.opened(sealing("audit", "checkpoint", str(n)).stdout, old, new)
        origin, size, root = tlog.checkpoint(text)
        assert signed == signers and origin == old.partition("+")[0]
        assert tlog.tree_hash(leaves[:size]) == root
        code = sealing.json("audit", "checkpoint", str(n))["code"].replace("-", "").removeprefix(str(n))
        signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        assert sum(signs.index(sign) << 5 * place for place, sign in enumerate(reversed(code))) == int.from_bytes(
            hashlib.sha256(text.encode()).digest()[:10],
        )


def test_the_export_of_a_ticket_verifies_by_the_published_formats_alone(sealing: Zg, tmp_path: Path) -> None:
    number = sealing.opened()
    sealing("audit", "seal")
    sealing("comment", number, "--note", "已联系")
    sealing("audit", "seal")
    key = sealing.json("audit", "key", "--rotate")["key"]
    sealing("audit", "export", number, "--out", str(tmp_path / "one.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "one.jsonl").read_text(encoding="utf-8").splitlines()]
    seals = [line for line in lines if "seal" in line]
    previous = None
    for line in seals:
        seal = line["seal"]
        text, _ = tlog.opened(seal["note"])
        _, size, root = tlog.checkpoint(text)
        if previous is not None:
            assert tlog.consistent(*previous, size, root, [bytes.fromhex(step) for step in line["consistency"]])
        previous = size, root
    assert previous is not None and tlog.opened(seals[-1]["seal"]["note"], key)[1] == [key]
    proven = [line for line in lines if "proof" in line]
    assert {line["event"]["kind"] for line in proven} >= {"opened", "did", "sealed", "set"}
    for line in proven:
        leaf = tlog.leaf_hash(bytes.fromhex(line["hash"]))
        assert tlog.included(leaf, line["index"], previous[0], [bytes.fromhex(step) for step in line["proof"]], previous[1])
        assert not tlog.included(leaf, line["index"] + 1, previous[0], [bytes.fromhex(step) for step in line["proof"]], previous[1])
