"""An exported file by itself: what it proves, and every way of bending it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.rules.proof.chain import GENESIS, canonical, digest_words, link, stamp
from engine.rules.proof.exported import Checked, check
from engine.rules.proof.finding import Finding
from engine.rules.proof.merkle import Frontier, inclusion_proofs
from engine.rules.proof.seal import next_seal

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw().hex()
NUMBER = "ZG-2026-0001"
Line = dict[str, Any]
Change = Callable[[list[Line]], Any]


def lines(scope: str = "record") -> list[Line]:
    """A key, a ticket of two events, a seal over them, the event of the seal, and one more event of the ticket."""
    made: list[Line] = []
    heads: dict[int, tuple[int, bytes]] = {}

    def happened(stream: int, kind: str, data: Line, words: dict[str, str] | None = None) -> None:
        seq, head = heads.get(stream, (0, GENESIS))
        event = {
            "v": 1, "ticket": stream, "seq": seq + 1, "at": stamp(AT), "actor": "office", "role": "supervisor", "unit": None, "via": "cli",
            "kind": kind, "from": None, "to": None, "data": data | ({"words": digest_words(words, "salt")} if words else {}),
        }
        hash_ = link(head, canonical(event))
        heads[stream] = seq + 1, hash_
        made.append({"event": event, "id": len(made) + 1, "hash": hash_.hex(), "words": words, "salt": "salt" if words else None})

    happened(0, "set", {"name": "key", "key": PUBLIC})
    happened(1, "opened", {"number": NUMBER}, {"title": "材料重复提交"})
    happened(1, "did", {"trigger": "assign"})
    leaves = [bytes.fromhex(line["hash"]) for line in made]
    bare = next_seal(None, Frontier().grown(leaves), 3, AT, PUBLIC)
    seal = replace(bare, signature=PRIVATE.sign(bare.body().encode()))
    happened(0, "sealed", {"n": 1, "upto": 3, "size": 3, "root": seal.root.hex()})
    happened(1, "did", {"trigger": "comment"}, {"note": "已联系"})
    if scope == "ticket":
        told = [{"told": {name: line["event"][name] for name in ("seq", "kind", "data")}} for line in made if line["event"]["ticket"] == 0]
        proofs = inclusion_proofs(leaves, {1, 2})
        kept = [line for line in made if line["event"]["ticket"] == 1]
        for index, line in zip((1, 2), kept, strict=False):
            line |= {"index": index, "proof": [step.hex() for step in proofs[index]]}
        made = [*told, *kept]
    events = sum("event" in line for line in made)
    head = {"zhenggai": 1, "scope": scope, "at": stamp(AT)}
    return [head, *made, {"seal": seal.to_json()}, {"end": {"events": events, "seals": 1}}]


def found(made: list[Line], trusted: str | None = None) -> tuple[list[Finding], Checked]:
    checked = Checked()
    return list(check([canonical(line) for line in made], checked, trusted)), checked


@pytest.mark.parametrize("scope", ["record", "ticket"])
def test_a_file_that_nobody_touched_verifies(scope: str) -> None:
    findings, checked = found(lines(scope), PUBLIC)
    assert findings == []
    assert (checked.scope, len(checked.seals), checked.redacted) == (scope, 1, 0)
    assert (checked.events, checked.proven, checked.after) == ((5, 0, 2) if scope == "record" else (3, 2, 1))


@pytest.mark.parametrize("place", range(1, 6))
def test_any_event_that_was_altered_is_named(place: int) -> None:
    made = lines()
    made[place]["event"]["actor"] = "somebody"
    event = made[place]["event"]
    assert Finding("altered", event["ticket"], NUMBER if event["ticket"] else None, event["seq"]) in found(made)[0]


@pytest.mark.parametrize(("kind", "expected"), [
    ("batch-received", []), ("imported", []), ("did", [Finding("fold", 2, None, 1)]), ("round-started", []),
    ("letter-drafted", [Finding("fold", 2, None, 1)]),
])
def test_a_stream_that_begins_with_nothing_of_ours_is_named(kind: str, expected: list[Finding]) -> None:
    made = lines()
    event = {**made[2]["event"], "ticket": 2, "kind": kind, "data": {}}
    made.insert(6, {"event": event, "id": 6, "hash": link(GENESIS, canonical(event)).hex(), "words": None, "salt": None})
    made[-1]["end"]["events"] += 1
    assert found(made)[0] == expected


@pytest.mark.parametrize("text", ["[" * 100_000, '{"event":' * 50_000, "9" * 5_000, "1e400", '{"end":1,"end":2}'])
def test_a_line_that_nobody_could_have_written_is_named(text: str) -> None:
    whole = [canonical(line) for line in lines()]
    assert list(check([*whole[:-1], text, whole[-1]], Checked())) == [Finding("line", field="8")]


def test_a_seal_without_a_text_to_sign_is_named() -> None:
    made = lines()
    made[6]["seal"]["size"] = 2**53 - 1
    whole = [canonical(line).replace(str(2**53 - 1), str(2**70)) for line in made]
    assert Finding("line", field="7") in list(check(whole, Checked()))


def drop(place: int) -> Change:
    return lambda made: made.pop(place)


def put(place: int, **said: Any) -> Change:
    return lambda made: made[place].update(said)


@pytest.mark.parametrize(("change", "finding"), [
    (drop(3), Finding("gap", 1, NUMBER, 2)), (drop(3), Finding("line", field="end")),
    (drop(6), Finding("no-seal", 0, seal=1)),
    (put(3, hash="00" * 32), Finding("sealed", None, None, None, "altered 1-3", 1)),
    (put(2, words={"title": "x"}), Finding("words", 1, NUMBER, 1)), (put(5, words=None), Finding("words", 1, NUMBER, 3)),
    (put(3, words={"note": "x"}), Finding("words", 1, NUMBER, 2)), (put(3, salt="x"), Finding("words", 1, NUMBER, 2)),
    (put(3, event=7), Finding("line", field="4")), (put(3, id="x"), Finding("line", field="4")),
    (put(6, seal={}), Finding("line", field="7")),
    (put(0, scope="all"), Finding("line", field="1")), (put(0, zhenggai=2), Finding("line", field="1")),
    (lambda made: made.append({"x": 1}), Finding("line", field="9")),
])
def test_every_way_of_bending_a_whole_file_is_named(change: Change, finding: Finding) -> None:
    made = lines()
    change(made)
    codes = [(item.code, item.stream, item.number, item.field, item.seal) for item in found(made)[0]]
    assert (finding.code, finding.stream, finding.number, finding.field, finding.seal) in codes


@pytest.mark.parametrize("said", [
    {"proof": None}, {"proof": ["zz"]}, {"proof": [1]}, {"proof": []}, {"index": 1}, {"index": "2"}, {"index": None},
])
def test_an_event_of_a_ticket_that_is_not_proven_is_named(said: Line) -> None:
    made = lines("ticket")
    made[4].update(said)
    assert found(made)[0] == [Finding("proof", 1, NUMBER, 2, seal=1)]


def test_a_ticket_hashed_anew_does_not_lead_to_the_seal() -> None:
    made, head = lines("ticket"), GENESIS
    for line in (line for line in made if "event" in line):
        line["event"]["actor"] = "somebody"
        head = link(head, canonical(line["event"]))
        line["hash"] = head.hex()
    assert [(item.code, item.seq) for item in found(made)[0]] == [("proof", 1), ("proof", 2)]


def test_a_ticket_without_any_seal_has_nothing_proven() -> None:
    made = [line for line in lines("ticket") if "seal" not in line and "told" not in line]
    made[-1] = {"end": {"events": 3, "seals": 0}}
    findings, checked = found(made)
    assert (findings, checked.proven, checked.after) == ([], 0, 3)


def test_words_that_were_redacted_are_counted() -> None:
    made = lines("ticket")
    made[3].update(words=None, salt=None)
    head = bytes.fromhex(made[5]["hash"])
    event = {**made[5]["event"], "seq": 4, "kind": "erased", "data": {"seq": 1}}
    made.insert(6, {"event": event, "id": 6, "hash": link(head, canonical(event)).hex(), "words": None, "salt": None})
    made[-1] = {"end": {"events": 4, "seals": 1}}
    findings, checked = found(made)
    assert (findings, checked.redacted) == ([], 1)


def test_another_key_than_the_one_known_is_named() -> None:
    assert found(lines(), "00" * 32)[0] == [Finding("key", field="trusted")]


@pytest.mark.parametrize("text", ["", "no json", "[]", "7", '{"zhenggai":1}'])
def test_what_is_no_such_file_is_named(text: str) -> None:
    assert {item.code for item in check([text], Checked())} == {"line"}
