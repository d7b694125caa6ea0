"""What from outside of an exported file speaks for it: a key, a code, a witness; and as of when nothing was left out of its end."""

from __future__ import annotations

import pytest

from engine.audit.key import Key
from engine.rules.proof.anchor import Anchor
from engine.rules.proof.chain import canonical
from engine.rules.proof.checked import Checked
from engine.rules.proof.exported import check
from engine.rules.proof.finding import Finding
from engine.rules.proof.length import Whole
from engine.rules.proof.note import Signature
from tests.exports import AT, NUMBER, Line, Writer, grown, record
from tests.signing import FIRST, key_of, witness_of

WITNESS, OTHER = witness_of(7, "audit.example/w1"), witness_of(8, "leader.example/w1")


def found(made: list[Line], *witnesses: Key, key: Key | None = None) -> tuple[list[Finding], Checked]:
    checked = Checked()
    anchor = Anchor(key and key.verifier, witnesses=tuple(witness.verifier for witness in witnesses))
    return list(check([canonical(line) for line in made], checked, anchor)), checked


def witnessed() -> Writer:
    """A first seal that a witness signed, and a second one that it did not."""
    written = record()
    written.cosigned(WITNESS, 1_772_424_000)
    written.cosigned(OTHER)
    written.seal()
    return written


@pytest.mark.parametrize(("scope", "vouched", "known"), [("record", 3, 6), ("ticket", 2, 3)])
def test_a_witness_speaks_for_what_it_saw_and_a_key_for_all_that_is_sealed(scope: str, vouched: int, known: int) -> None:
    made = witnessed().file(scope)
    findings, checked = found(made, WITNESS)
    assert (findings, checked.vouched()) == ([], vouched)
    (word,) = checked.cosigned
    assert (word.witness, word.seal.n, word.at) == (WITNESS.verifier, 1, AT)
    assert found(made)[1].vouched() == 0
    assert found(made, key=FIRST)[1].vouched() == known


def test_a_code_speaks_for_the_events_of_its_seal() -> None:
    checked = found(grown().file("ticket"))[1]
    checked.vouch(checked.seals[0])
    assert checked.vouched() == 2
    checked.vouch(checked.seals[1])
    checked.vouch(checked.seals[0])
    assert checked.vouched() == 3


@pytest.mark.parametrize("more", [{"remark": "x"}, {"words": "x"}])
def test_the_entry_of_the_last_seal_stands_with_that_seal_if_it_says_nothing_else(more: Line) -> None:
    written = grown()
    checked = found(written.file("record"), key=FIRST)[1]
    assert (checked.vouched(), checked.tail(), checked.after) == (6, 0, 1)
    last = written.made.pop()["event"]
    written.heads[0] = last["seq"] - 1, bytes.fromhex(written.made[3]["hash"])
    written.happened(0, "sealed", last["data"] | more)
    assert found(written.file("record"), key=FIRST)[1].tail() == 1


def test_where_nothing_is_sealed_all_of_it_is_a_tail() -> None:
    written = Writer(FIRST)
    written.happened(1, "opened", {"number": NUMBER})
    for scope, events in (("record", 2), ("ticket", 1)):
        findings, checked = found(written.file(scope), key=FIRST)
        assert (findings, checked.tail()) == ([], events)


def test_the_last_word_of_a_witness_is_told() -> None:
    written = witnessed()
    written.cosigned(WITNESS, 1_772_424_060)
    findings, checked = found(written.file("ticket"), WITNESS, OTHER)
    assert (findings, checked.vouched()) == ([], 3)
    assert [(word.witness.name, word.seal.n) for word in checked.cosigned] == [("audit.example/w1", 2), ("leader.example/w1", 1)]


def test_a_witness_that_signed_nothing_is_named() -> None:
    assert found(grown().file("ticket"), WITNESS)[0] == [Finding("unwitnessed", field="audit.example/w1")]


@pytest.mark.parametrize("time", [None, 2**63, 2**62, 253_402_300_800])
def test_what_bears_the_name_of_a_witness_that_did_not_sign_it_or_at_no_time_is_named(time: int | None) -> None:
    written = record()
    written.cosigned(WITNESS, 0, "zg/ZG/other\n3\nAAAA\n")
    if time is not None:  # his own key over a time that no clock says
        message = f"cosignature/v1\ntime {time}\n{written.seals[-1].text()}"
        line = Signature.by(WITNESS.verifier, time.to_bytes(8) + key_of(7).sign(message).value).line
        written.cosignatures[-1] = [line.rstrip("\n")]
    assert found(written.file("ticket"), WITNESS)[0] == [
        Finding("cosignature", field="audit.example/w1", seal=1), Finding("unwitnessed", field="audit.example/w1"),
    ]


def test_a_file_of_the_version_before_is_read() -> None:
    for scope in ("record", "ticket"):
        made = grown().file(scope)
        made[0]["zhenggai"] = 2
        for line in made:
            line.pop("cosignatures", None)
        findings, checked = found(made, key=FIRST)
        assert findings == [] and checked.whole() is None


def test_a_file_of_a_later_version_is_told_and_nothing_else_of_it() -> None:
    made = grown().file("ticket")
    made[0] |= {"zhenggai": 9, "more": 1}
    assert found([*made, {"x": 1}])[0] == [Finding("format", field="9")]


def test_the_entry_of_an_export_shows_that_nothing_was_left_out_of_the_end() -> None:
    written = record()
    written.exported()
    assert found(written.file("ticket"), key=FIRST)[1].whole() == Whole(False, False, AT)
    written.seal()
    written.exported()
    findings, checked = found(written.file("ticket"))
    assert (findings, checked.whole()) == ([], Whole(False, True, AT))
    assert found(written.file("ticket"), key=FIRST)[1].whole() == Whole(True, True, AT)
    written.happened(1, "did", {"trigger": "comment"})
    findings, checked = found(written.file("ticket"), key=FIRST)
    assert (findings, checked.whole()) == ([], None)


def test_a_ticket_that_is_shorter_than_an_entry_says_was_cut() -> None:
    written = record()
    written.exported()
    made = [line for line in written.file("ticket") if line.get("event", {}).get("seq") != 3 or line["event"]["ticket"] == 0]
    made[-1]["end"]["events"] -= 1
    assert found(made)[0] == [Finding("cut", 1, NUMBER, 3)]


def test_a_ticket_that_ends_otherwise_than_an_entry_says_was_altered() -> None:
    written = record()
    written.happened(0, "read", {"name": "export", "number": NUMBER, "seq": 3, "head": "00" * 32})
    assert found(written.file("ticket"))[0] == [Finding("altered", 1, NUMBER, 3)]


@pytest.mark.parametrize("said", [
    {"name": "log"}, {"name": "export", "number": "ZG-2026-0002", "seq": 1, "head": "00" * 32}, {"name": "export", "number": NUMBER},
    {"name": "export", "number": NUMBER, "seq": "1", "head": "00"}, {"name": "export", "number": NUMBER, "seq": 1, "head": 7},
    {"name": "export", "number": NUMBER, "seq": 1, "head": "zz"},
])
def test_an_entry_that_tells_no_length_of_this_ticket_says_nothing(said: Line) -> None:
    written = record()
    written.happened(0, "read", said)
    findings, checked = found(written.file("ticket"))
    assert (findings, checked.whole()) == ([], None)


def test_the_order_of_a_stream_is_that_of_its_ids() -> None:
    """An entry that claims a place before others, and an id after all that was sealed, would need no proof."""
    made = record().file("ticket")
    entries = [line for line in made if "previous" in line]
    entries[0]["id"] = 99
    entries[0].pop("index")
    entries[0].pop("proof")
    assert "gap" in {item.code for item in found(made)[0]}


def test_a_key_or_a_witness_is_something_that_is_known() -> None:
    assert [Anchor(key, witnesses=witnesses).known() for key, witnesses in (
        (None, ()), (FIRST.verifier, ()), (None, (WITNESS.verifier,)),
    )] == [False, True, True]
