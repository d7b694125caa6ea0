"""`zg audit verify --file`, of a genuine file and of every kind of forged one, with a key alone, a code alone, a witness alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from engine.rules.proof.chain import canonical
from engine.rules.proof.note import Note
from tests.cli.conftest import Zg
from tests.cli.test_audit import sealing
from tests.cli.test_witnesses import carry, witnessed
from tests.exports import NUMBER, Line, Writer, record
from tests.signing import FIRST, key_of, quantum_witness_of, witness_of

__all__ = ["sealing", "witnessed"]

WITNESS, FORGER = witness_of(7, "audit.example/w1"), key_of(66)
QUANTUM = quantum_witness_of(8, "leader.example/w1")
LATER = {"trigger": "verify"}


def genuine() -> Writer:
    """A ticket of three events under two seals, each signed by a witness, and the entry of its export under a third."""
    written = record()
    written.cosigned(WITNESS)
    for _ in range(2):
        written.seal()
        written.cosigned(WITNESS)
        written.cosigned(QUANTUM, 1_772_424_000)
        written.exported()
    return written


def anchors() -> dict[str, tuple[str, str]]:
    written = genuine()
    return {
        "key": ("--key", str(FIRST.verifier)), "code": ("--code", written.seals[-1].code()),
        "witness": ("--witness", str(WITNESS.verifier)), "ml-dsa": ("--witness", str(QUANTUM.verifier)),
    }


def own_key_before() -> Sequence[str]:
    """His key is the first, his seal is over his history, and a hand-over to the genuine key leads to the genuine seals."""
    forged = record(FORGER)
    forged.hands_over(FIRST, FORGER)
    true = genuine()
    for seal in true.seals[1:]:
        forged.seals.append(replace(seal, upto=len(forged.made) + seal.n))
        forged.proofs.append(true.proofs[seal.n - 1])
        forged.cosignatures.append(true.cosignatures[seal.n - 1])
    return spelled(forged.file("ticket"))


def own_key_after_as_lost() -> Sequence[str]:
    forged = genuine()
    forged.hands_over(FORGER, lost=True)
    forged.happened(1, "did", LATER)
    forged.seal()
    return spelled(forged.file("ticket"))


def known_key_after_his_lost_one() -> Sequence[str]:
    """His key sealed his history, and was then lost, he says: the genuine one follows it, which everybody can write."""
    forged = record(FORGER)
    forged.seal()
    forged.hands_over(FIRST, lost=True, asked=3)
    return spelled(forged.file("ticket"))


def own_seal_between() -> Sequence[str]:
    """His seal is over what he adds after the first genuine one, and the second genuine one follows it."""
    forged, true = record(), genuine()
    forged.cosignatures[-1] = true.cosignatures[0]
    forged.happened(1, "did", LATER)
    forged.seal(FORGER)
    for seal in true.seals[1:]:
        forged.seals.append(replace(seal, n=seal.n + 1, upto=len(forged.made) + seal.n))
        forged.proofs.append(true.proofs[seal.n - 1])
        forged.cosignatures.append(true.cosignatures[seal.n - 1])
    return spelled(forged.file("ticket"))


def proof_to_another_seal() -> Sequence[str]:
    """His history in the chain, with proofs that lead to a root of his own, under the genuine seals."""
    forged = Writer(FIRST)
    forged.happened(1, "opened", {"number": "ZG-2026-0001"}, {"title": "材料不重复"})
    forged.happened(1, "did", {"trigger": "assign"})
    forged.seal(FORGER)
    made, true = forged.file("ticket"), genuine().file("ticket")
    events = [line for line in made if "event" in line]
    kept = [line for line in true if "event" not in line]
    kept[-1]["end"]["events"] = len(events)
    return spelled([kept[0], *events, *kept[1:]])


def removed_from_the_middle() -> Sequence[str]:
    return without(lambda line: line["event"]["ticket"] == 1 and line["event"]["seq"] == 2)


def removed_from_the_end() -> Sequence[str]:
    return without(lambda line: line["event"]["ticket"] == 1 and line["event"]["seq"] == 3)


def altered_words() -> Sequence[str]:
    return [line.replace("材料重复提交", "材料不重复") for line in spelled(genuine().file("ticket"))]


def duplicate_keys() -> Sequence[str]:
    """One reader takes the first of two keys, another the last."""
    twice = '"words":{"title":"材料不重复"},"words":{"title"'
    return [line.replace('"words":{"title"', twice) for line in spelled(genuine().file("ticket"))]


def genuine_texts_signed_anew() -> Sequence[str]:
    """The first key is his, and he signed the genuine checkpoints: codes and witnesses know their texts only."""
    made = genuine().file("ticket")
    made[1] |= {name: value for name, value in Writer(FORGER).made[0].items() if name in ("event", "hash")}
    for line in (line["seal"] for line in made if "seal" in line):
        text = line["note"].rpartition("\n\n")[0] + "\n"
        line["note"] = str(Note(text, (FORGER.sign(text),)))
    return spelled(made)


def wholly_invented() -> Sequence[str]:
    """Genuine seals beside a history of his own, which says that it came after the last of them."""
    true, his = genuine(), Writer(FORGER)
    his.happened(1, "opened", {"number": NUMBER}, {"title": "材料不重复"})
    event = {name: value for name, value in his.made[-1].items() if name != "previous"} | {"id": len(true.made) + 1}
    kept = [line for line in true.file("ticket") if "event" not in line or line["event"]["kind"] in ("set", "sealed")]
    kept[-1]["end"]["events"] = 1 + sum("event" in line for line in kept)
    return spelled([*kept[:2], event, *kept[2:]])


def invented_tail() -> Sequence[str]:
    """Genuine events under genuine seals, and one more of his own."""
    forged = genuine()
    forged.happened(1, "did", LATER)
    return spelled(forged.file("ticket"))


def nothing_sealed() -> Sequence[str]:
    """The genuine key is announced, as whoever read it can announce it, and signed nothing."""
    forged = Writer(FIRST)
    forged.happened(1, "opened", {"number": NUMBER}, {"title": "材料不重复"})
    return spelled(forged.file("ticket"))


def without(gone: Callable[[Line], bool]) -> Sequence[str]:
    made = [line for line in genuine().file("ticket") if "event" not in line or not gone(line)]
    made[-1]["end"]["events"] -= 1
    return spelled(made)


def spelled(made: Sequence[Line]) -> Sequence[str]:
    return [canonical(line) for line in made]


def verified(zg: Zg, folder: Path, lines: Sequence[str], *anchor: str, code: int) -> list[Line]:
    (folder / "one.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    said = zg("audit", "verify", "--file", str(folder / "one.jsonl"), *anchor, "--json", code=code)
    return [json.loads(line) for line in said.stdout.splitlines()]


@pytest.mark.parametrize("anchor", ["key", "code", "witness", "ml-dsa"])
def test_the_genuine_file_passes_with_each_alone(empty: Zg, tmp_path: Path, anchor: str) -> None:
    (said,) = verified(empty, tmp_path, spelled(genuine().file("ticket")), *anchors()[anchor], code=0)
    assert (said["anchored"], said["events"], said["vouched"]) == (True, 3, 3)
    assert (said["whole"]["sealed"], said["whole"]["vouched"]) == (True, True)


@pytest.mark.parametrize("anchor", ["key", "code", "witness", "ml-dsa"])
@pytest.mark.parametrize(("forge", "named"), [
    (own_key_before, "key"), (own_key_after_as_lost, "key-lost"), (own_seal_between, "key"), (proof_to_another_seal, "proof"),
    (genuine_texts_signed_anew, "proof"), (removed_from_the_middle, "gap"), (removed_from_the_end, "cut"), (altered_words, "words"),
    (duplicate_keys, "line"), (wholly_invented, "unvouched"), (invented_tail, "tail"),
])
def test_a_forged_file_of_each_kind_fails_with_each_alone(
    empty: Zg, tmp_path: Path, forge: Callable[[], Sequence[str]], named: str, anchor: str,
) -> None:
    assert named in {item["code"] for item in verified(empty, tmp_path, forge(), *anchors()[anchor], code=9)}


def test_a_tail_is_taken_where_somebody_says_that_he_takes_it_and_nothing_else_is(empty: Zg, tmp_path: Path) -> None:
    key = anchors()["key"]
    (said,) = verified(empty, tmp_path, invented_tail(), *key, "--accept-tail", code=0)
    assert (said["vouched"], said["events"]) == (3, 4)
    (named,) = verified(empty, tmp_path, invented_tail(), *key, code=9)
    assert (named["number"], named["seq"], named["field"]) == (NUMBER, 4, "1")
    for forge in (wholly_invented, nothing_sealed):
        (named,) = verified(empty, tmp_path, forge(), *key, "--accept-tail", code=9)
        assert (named["code"], named["number"]) == ("unvouched", NUMBER)
        file = ("--file", str(tmp_path / "one.jsonl"))
        assert json.loads(empty("audit", "verify", *file, *key, "--json", code=9).stderr)["error"]["code"] == "file-unvouched"


def test_a_known_key_that_signed_nothing_vouches_for_nothing_though_lost_keys_were_looked_into(empty: Zg, tmp_path: Path) -> None:
    key = anchors()["key"]
    named = verified(empty, tmp_path, known_key_after_his_lost_one(), *key, "--accept-lost", key[1], code=9)
    assert [(item["code"], item["field"]) for item in named] == [("key", "trusted")]


def test_a_ticket_of_a_record_passes_with_key_code_and_witness_alone(witnessed: Zg, tmp_path: Path) -> None:
    number = witnessed.opened()
    witnessed("audit", "export", number, "--out", str(tmp_path / "one.jsonl"))
    seal = witnessed.json("audit", "seal")
    carry(witnessed, tmp_path, 0)
    (tmp_path / "one.jsonl").unlink()
    witnessed("audit", "export", number, "--out", str(tmp_path / "one.jsonl"))
    key, witness = witnessed.json("audit", "key")["key"], witnessed.json("audit", "witness", str(tmp_path / "w"))["keys"]["ed25519"]
    there = Zg(f"sqlite:///{tmp_path / 'nowhere' / 'zg.db'}")
    for anchor in (("--key", key), ("--code", seal["code"]), ("--witness", witness)):
        said = there.json("audit", "verify", "--file", str(tmp_path / "one.jsonl"), *anchor)
        assert (said["anchored"], said["vouched"], said["events"]) == (True, 1, 1)
        assert (said["whole"]["sealed"], said["whole"]["vouched"]) == (True, True)
        assert [word["seal"] for word in said["witnesses"]] == ([seal["n"]] if "--witness" in anchor else [])
    shown = there("audit", "verify", "--file", str(tmp_path / "one.jsonl"), "--witness", witness).stdout
    assert "见证 audit.example/w1 于" in shown and "由文件之外的依据担保的记录 1 条" in shown and "末尾" not in shown
    assert "未作锚定" in there("audit", "verify", "--file", str(tmp_path / "one.jsonl")).stdout


def test_a_witness_is_asked_about_files_only_and_by_its_own_key(sealing: Zg) -> None:
    witness = str(WITNESS.verifier)
    assert sealing.error("audit", "verify", "--witness", witness, code=2)["code"] == "usage-witness-file"
    for text in ("", "x", str(FIRST.verifier)):
        assert sealing.error("audit", "verify", "--file", "x", "--witness", text, code=2)["code"] == "usage-witness"
