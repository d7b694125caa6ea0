"""An exported file by itself: what it proves, and every way of bending it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from engine.rules.proof.anchor import Anchor
from engine.rules.proof.chain import GENESIS, canonical, link, stamp
from engine.rules.proof.checked import Checked
from engine.rules.proof.exported import check
from engine.rules.proof.finding import Finding
from engine.rules.proof.keys import Left
from tests.exports import AT, NUMBER, Line, Writer, grown, record
from tests.signing import FIRST, key_of

FORGER = key_of(66)
Change = Callable[[list[Line]], Any]


def lines(scope: str = "record") -> list[Line]:
    return record().file(scope)


def found(made: list[Line], anchor: Anchor = Anchor(FIRST.verifier)) -> tuple[list[Finding], Checked]:  # noqa: B008 – a constant
    checked = Checked()
    return list(check([canonical(line) for line in made], checked, anchor)), checked


@pytest.mark.parametrize("scope", ["record", "ticket"])
def test_a_file_that_nobody_touched_verifies(scope: str) -> None:
    findings, checked = found(lines(scope))
    assert findings == []
    assert (checked.scope, len(checked.seals), checked.redacted) == (scope, 1, 0)
    assert (checked.events, checked.proven, checked.after) == ((5, 3, 2) if scope == "record" else (3, 2, 1))
    assert (checked.number, checked.title) == ((None, None) if scope == "record" else (NUMBER, "材料重复提交"))


@pytest.mark.parametrize("scope", ["record", "ticket"])
def test_a_file_with_two_seals_and_two_keys_verifies(scope: str) -> None:
    written = grown()
    written.hands_over(key_of(2), FIRST, key_of(2))
    written.seal(key_of(2), FIRST)
    for known in (FIRST, key_of(2)):
        assert found(written.file(scope), Anchor(known.verifier))[0] == []


@pytest.mark.parametrize("scope", ["record", "ticket"])
def test_a_file_of_a_record_that_goes_on_from_a_copy_verifies_and_says_so(scope: str) -> None:
    written, other = grown(), key_of(3, "zg/ZG/elsewhere")
    said = written.goes_on(other)
    written.seal()
    for known in (FIRST, other):
        findings, checked = found(written.file(scope), Anchor(known.verifier))
        ((seq, at),) = checked.restored.items()
        assert (findings, at, checked.keys.left) == ([], stamp(AT), {FIRST.name: Left(seq, 2, said)})


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


def test_a_seal_of_a_size_that_no_record_has_is_named() -> None:
    made = lines()
    made[6]["seal"]["size"] = 2**53 - 1
    whole = [canonical(line).replace(str(2**53 - 1), str(2**70)) for line in made]
    assert Finding("seal", seal=1, field="note") in list(check(whole, Checked()))


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
    (put(0, scope="all"), Finding("line", field="1")), (put(0, zhenggai=1), Finding("line", field="1")),
    (put(0, zhenggai=4), Finding("format", field="4")), (put(6, cosignatures=None), Finding("line", field="7")),
    (put(6, cosignatures=["x"] * 65), Finding("line", field="7")),
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
    made[3].update(said)
    assert found(made)[0] == [Finding("proof", 1, NUMBER, 2, seal=1)]


def test_a_ticket_hashed_anew_does_not_lead_to_the_seal() -> None:
    made, head = lines("ticket"), GENESIS
    for line in (line for line in made if "event" in line and line["event"]["ticket"] == 1):
        line["event"]["actor"] = "somebody"
        head = link(head, canonical(line["event"]))
        line["hash"] = head.hex()
    assert [(item.code, item.seq) for item in found(made)[0]] == [("proof", 1), ("proof", 2)]


def test_a_ticket_without_any_seal_has_nothing_proven() -> None:
    written = Writer(FIRST)
    written.happened(1, "opened", {"number": NUMBER}, {"title": "材料重复提交"})
    findings, checked = found(written.file("ticket"))
    assert (findings, checked.proven, checked.after) == ([], 0, 1)


def test_words_that_were_redacted_are_counted() -> None:
    written = record()
    written.happened(1, "erased", {"seq": 1})
    made = written.file("ticket")
    for line in made:
        if "event" in line and line["event"]["kind"] == "opened":
            line.update(words=None, salt=None)
    findings, checked = found(made)
    assert (findings, checked.redacted, checked.title) == ([], 1, None)


def test_the_title_is_that_which_the_ticket_has_now() -> None:
    written = record()
    written.happened(1, "amended", {"changes": {"grade": ["easy", "hard"]}}, {"reason": "x"})
    assert found(written.file("ticket"))[1].title == "材料重复提交"
    written.happened(1, "amended", {"changes": {"title": [None, None]}}, {"title": "材料要交三次", "reason": "x"})
    assert found(written.file("ticket"))[1].title == "材料要交三次"
    written.happened(1, "erased", {"seq": 5})
    made = written.file("ticket")
    for line in made:
        if line.get("words", {}) and "材料要交三次" in line["words"].values():
            line.update(words=None, salt=None)
    findings, checked = found(made)
    assert (findings, checked.title) == ([], None)
    assert found(written.file("record"))[1].title is None


def test_another_key_than_the_one_known_is_named() -> None:
    for scope in ("record", "ticket"):
        assert found(lines(scope), Anchor(FORGER.verifier))[0] == [Finding("key", field="trusted")]


@pytest.mark.parametrize("scope", ["record", "ticket"])
def test_a_forger_with_a_first_key_of_his_own_is_named(scope: str) -> None:
    """His key, his seal, a hand-over to the known key, and a seal of that which is over something else."""
    forged = record(FORGER)
    forged.hands_over(FIRST, FORGER)
    forged.seals.append(replace(grown().seals[1], n=2, upto=len(forged.made)))
    forged.proofs.append([])
    forged.cosignatures.append([])
    findings = found(forged.file(scope))[0]
    assert Finding("key", 0, None, 3) in findings
    assert {"consistency", "proof"} <= {item.code for item in findings} or scope == "record"


def test_a_forger_who_says_that_the_key_was_lost_is_named() -> None:
    forged = grown()
    forged.hands_over(FORGER, lost=True)
    forged.happened(1, "did", {"trigger": "verify"})
    forged.seal()
    assert found(forged.file("ticket"))[0] == [Finding("key-lost", 0, None, 4, key=str(FORGER.verifier))]


def test_a_forger_who_puts_a_seal_of_his_own_between_is_named() -> None:
    forged = record()
    forged.seal(FORGER)
    forged.happened(1, "did", {"trigger": "verify"})
    forged.seal()
    assert Finding("key", 0, None, 3, seal=2) in found(forged.file("ticket"))[0]


def test_proofs_that_lead_to_another_seal_are_named() -> None:
    made, before = grown().file("ticket"), record().file("ticket")
    for line, other in zip(made[1:4], before[1:4], strict=True):
        line |= {"proof": other["proof"]}
    assert {item.code for item in found(made)[0]} == {"proof"}


def test_a_seal_that_does_not_show_what_it_grew_from_is_named() -> None:
    for proof in ([], ["00" * 32], None, "x", [7]):
        made = grown().file("ticket")
        made[-2]["consistency"] = proof
        assert found(made)[0] == [Finding("consistency", seal=2)]
    made = grown().file("ticket")
    made[-3]["consistency"] = ["00" * 32]
    assert found(made)[0] == [Finding("consistency", seal=1)]


def test_events_that_are_proven_at_another_place_are_named() -> None:
    made = grown().file("ticket")
    first, second = (line for line in made if line.get("index") in (1, 2))
    first["id"], second["id"] = second["id"], first["id"]
    assert {item.code for item in found(made)[0]} == {"gap", "proof"}


def test_an_event_after_the_last_seal_has_no_proof() -> None:
    made = lines("ticket")
    made[5] |= {"index": 4, "proof": []}
    assert [item.code for item in found(made)[0]] == ["proof"]


@pytest.mark.parametrize("change", [
    lambda made: made[0].update(more=1), lambda made: made[0].pop("number"), lambda made: made[2].update(more=1),
    lambda made: made[2]["event"].update(more=1), lambda made: made[1].pop("previous"), lambda made: made[2].pop("salt"),
    lambda made: made[2].update(previous="00" * 32), lambda made: made[-2].update(more=1), lambda made: made[-2]["seal"].update(more=1),
    lambda made: made[-2].pop("consistency"), lambda made: made[-2].pop("cosignatures"), lambda made: made[-1].update(more=1),
    lambda made: made[2].update(id=True), lambda made: made[2]["event"].update(v=2), lambda made: made[2]["event"].update(data=[]),
    lambda made: made.append({"end": {}}), lambda made: made[2].update(id=-1),
])
def test_whatever_nobody_reads_may_not_be_in_a_file(change: Change) -> None:
    made = lines("ticket")
    change(made)
    assert "line" in {item.code for item in found(made)[0]}


def test_a_file_of_a_ticket_holds_that_ticket_and_no_other() -> None:
    made = lines("ticket")
    made[0]["number"] = "ZG-2026-0002"
    assert Finding("fold", 1, NUMBER, 1) in found(made)[0]
    written = record()
    written.happened(2, "opened", {"number": NUMBER}, {"title": "x"})
    made = written.file("ticket")
    made.insert(-2, {name: value for name, value in written.made[-1].items() if name != "previous"})
    made[-1]["end"]["events"] += 1
    assert Finding("fold", 2, NUMBER, 1) in found(made)[0]


def test_an_entry_about_keys_is_what_was_hashed() -> None:
    made = lines("ticket")
    made[1]["event"]["data"]["key"] = str(FORGER.verifier)
    assert Finding("altered", 0, None, 1) in found(made)[0]
    made = lines("ticket")
    made[1]["previous"] = "11" * 32
    assert Finding("altered", 0, None, 1) in found(made)[0]


def test_entries_about_keys_stand_in_their_order() -> None:
    made = grown().file("ticket")
    entries = [place for place, line in enumerate(made) if "previous" in line]
    made[entries[0]], made[entries[1]] = made[entries[1]], made[entries[0]]
    assert "gap" in {item.code for item in found(made)[0]}


@pytest.mark.parametrize("text", ["", "no json", "[]", "7", '{"zhenggai":1}'])
def test_what_is_no_such_file_is_named(text: str) -> None:
    assert {item.code for item in check([text], Checked())} == {"line"}
