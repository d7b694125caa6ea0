"""What docs/trust.md says of people, where no other test says it."""

from __future__ import annotations

import getpass
import shutil
from pathlib import Path

from engine.rules.proof.chain import canonical
from tests.cli.conftest import Zg
from tests.cli.test_audit import sealing
from tests.exports import grown, record
from tests.signing import FIRST, key_of, witness_of

__all__ = ["sealing"]


def test_beside_who_acts_stands_the_account_of_the_operating_system(zg: Zg) -> None:
    number = zg.opened()
    zg("--as", "admin", "comment", number, "--note", "已联系", code=4)
    assert {event["via"] for event in zg.lines("log", number)} == {f"cli:{getpass.getuser()}"}


def test_whoever_has_the_key_signs_another_history_and_the_code_on_a_letter_shows_it(sealing: Zg, tmp_path: Path) -> None:
    shutil.copyfile(tmp_path / "zg.db", tmp_path / "before.db")
    sealing.opened()
    code = sealing.json("audit", "seal")["code"]
    sealing("audit", "verify", "--code", code)
    shutil.copyfile(tmp_path / "before.db", tmp_path / "zg.db")
    for path in (tmp_path / "zg.db.keys").glob("*.checkpoints"):
        path.unlink()
    sealing("open", "另一件", "--source", "visit")
    sealing("audit", "seal")
    assert sealing.json("audit", "verify")["anchored"] is True  # nothing shows it to who has nothing from outside
    assert sealing.error("audit", "verify", "--code", code, code=9)["code"] == "code-differs"


def test_a_witness_in_league_vouches_for_a_forged_file_and_neither_key_nor_another_witness_does(empty: Zg, tmp_path: Path) -> None:
    league, honest = witness_of(7, "audit.example/w1"), witness_of(8, "leader.example/w1")
    forged = grown(key_of(66))
    forged.cosigned(league)
    path = tmp_path / "one.jsonl"
    path.write_text("".join(f"{canonical(line)}\n" for line in forged.file("ticket")), encoding="utf-8")
    empty("audit", "verify", "--file", str(path), "--witness", str(league.verifier))
    for known in (("--key", str(FIRST.verifier)), ("--witness", str(honest.verifier)), ("--code", record().seals[0].code())):
        empty("audit", "verify", "--file", str(path), "--witness", str(league.verifier), *known, code=9)
