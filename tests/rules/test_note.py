"""Signed notes and checkpoints, with the examples of the published formats."""

from __future__ import annotations

import pytest
from cryptography.exceptions import UnsupportedAlgorithm

from engine.audit.key import Key
from engine.rules.proof import note as notes
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.cosignature import COSIGNATURE, ML_DSA_COSIGNATURE, signed_by_witness
from engine.rules.proof.note import LOW_ORDER, BadSignature, Note, Signature, Verifier, checked_name
from tests import tlog
from tests.rules.test_witness import point
from tests.signing import FIRST, key_of, quantum_witness_of, witness_of

PUBLISHED_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
PUBLISHED = (
    "This is an example message.\n\n"
    "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
CHECKPOINT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
LINE = FIRST.sign("x\n").line


def test_the_published_example_verifies_and_is_spelled_as_published() -> None:
    key, note = Verifier.parse(PUBLISHED_KEY), Note.parse(PUBLISHED)
    assert note.signers([key]) == [key]
    assert (str(key), str(note)) == (PUBLISHED_KEY, PUBLISHED)


def test_a_key_under_which_a_signature_holds_of_any_text_is_none() -> None:
    prime = 2**255 - 19
    curve = -121665 * pow(121666, -1, prime) % prime

    def doubled(x: int, y: int) -> tuple[int, int]:
        both = curve * x * x * y * y % prime
        return 2 * x * y * pow(1 + both, -1, prime) % prime, (y * y + x * x) * pow(1 - both, -1, prime) % prime

    for y in LOW_ORDER:
        squared = (y * y - 1) * pow(curve * y * y + 1, -1, prime) % prime
        x = pow(squared, (prime + 3) // 8, prime)
        x = x if (x * x - squared) % prime == 0 else x * pow(2, (prime - 1) // 4, prime) % prime
        assert (x * x - squared) % prime == 0
        assert doubled(*doubled(*doubled(x, y % prime))) == (0, 1), "it is of order eight at most"
        for sign in (0, 1):
            public = (y | sign << 255).to_bytes(32, "little")
            with pytest.raises(ValueError):
                Verifier.parse(str(Verifier("a", 1, public)))


def test_the_text_ends_before_the_last_empty_line() -> None:
    assert Note.parse(f"a\n\nb\n\n{LINE}").text == "a\n\nb\n"


@pytest.mark.parametrize("text", [
    "", "x\n", "x\n\n", f"x\n{LINE}", f"x\n\n{LINE[:-1]}", f"x\n\n{LINE}more\n", f"x\r\n\n{LINE}", f"x\t\n\n{LINE}", f"\ud800\n\n{LINE}",
    f"x\n\n{LINE * 65}", f"x\n\n{LINE.replace('=', '')}", f"x\n\n{LINE.replace(' zg', '  zg')}", "x\n\n\u2014 a AAAA\n",
    "x\n\n- a AAAAAAAA\n", "x\n\n\u2014 a AAAAAAB=\n", "x\n\n\u2014 a+b AAAAAAAA\n", "x\n\n\u2014 a \u4e00\n",
])
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Note.parse(text)


def test_sixteen_signatures_are_read_and_those_of_others_ignored() -> None:
    others = tuple(key_of(seed).sign("x\n") for seed in range(2, 17))
    note = Note.parse(str(Note("x\n", (*others, FIRST.sign("x\n")))))
    assert note.signers([FIRST.verifier]) == [FIRST.verifier]
    assert note.signers([]) == []


def test_of_each_key_that_is_asked_about_one_line_is_told() -> None:
    mine, other = FIRST.sign("x\n").line, key_of(2).sign("x\n").line
    note = Note.parse(f"x\n\n{mine * 3}{other}{mine}")
    assert [line.line for line in note.signed_by([FIRST.verifier])] == [mine] and note.signed_by([]) == ()


def test_a_known_key_that_did_not_sign_spoils_the_whole_note() -> None:
    note = Note("x\n", (FIRST.sign("x\n"), key_of(2).sign("y\n")))
    with pytest.raises(BadSignature):
        note.signers([FIRST.verifier, key_of(2).verifier])
    broken = Signature.by(FIRST.verifier, b"short")
    with pytest.raises(BadSignature):
        Note("x\n", (broken,)).signers([FIRST.verifier])


@pytest.mark.parametrize("text", [
    None, 7, "", "a", "a+b+c", PUBLISHED_KEY[:-1], PUBLISHED_KEY.replace("530d", "530e"), PUBLISHED_KEY.replace("foo", "fo o"),
    f"+{PUBLISHED_KEY}", str(Verifier("a", 2, bytes(32))), str(Verifier("a", 1, bytes(31))), "a+00000000+",
    str(Verifier("a", 6, bytes(32))),
])
def test_what_is_no_verifier_key_is_refused(text: object) -> None:
    with pytest.raises(ValueError):
        Verifier.parse(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b", "a\u0001", "\ud800"])
def test_names_that_no_key_can_have_are_refused(name: str) -> None:
    with pytest.raises(ValueError):
        checked_name(name)


def test_a_cosignature_is_over_a_time_and_the_text() -> None:
    witness = Verifier("witness.example/w1", COSIGNATURE, FIRST.verifier.public)
    time = (1679315147).to_bytes(8)
    message = signed_by_witness(COSIGNATURE, witness.name, CHECKPOINT, 1679315147).decode()
    assert message == f"cosignature/v1\ntime 1679315147\n{CHECKPOINT}"
    line = Signature.by(witness, time + FIRST.sign(message).value)
    assert Note(CHECKPOINT, (line,)).signers([witness]) == [witness] and line.time == 1679315147
    with pytest.raises(BadSignature):
        Note(CHECKPOINT, (Signature.by(witness, bytes(8) + line.value[8:]),)).signers([witness])


QUANTUM = quantum_witness_of(7, "witness.example.com/w1")


def test_the_published_structure_is_signed_with_ml_dsa() -> None:
    message = signed_by_witness(ML_DSA_COSIGNATURE, "witness.example.com/w1", CHECKPOINT, 1679315147)
    assert message == (
        b"subtree/v1\n\0\x16witness.example.com/w1" + (1679315147).to_bytes(8) + b"\x1bexample.com/behind-the-sofa"
        + bytes(8) + (20852163).to_bytes(8) + Checkpoint.parse(CHECKPOINT).root
    )
    assert message == tlog.subtree(b"witness.example.com/w1", 1679315147, CHECKPOINT.encode())


def test_a_cosignature_of_ml_dsa_verifies_by_the_published_formats_alone_and_for_its_witness_only() -> None:
    text, line = point(7).text(), QUANTUM.cosign(point(7).text(), 1679315147)
    note = Note(text, (FIRST.sign(text), line))
    key = Verifier.parse(str(QUANTUM.verifier))
    assert (key.kind, len(key.public), len(line.value)) == (6, 1312, 8 + 2420) and note.signers([key]) == [key]
    assert tlog.opened(str(note), str(key))[1] == [str(key)]
    other = Verifier("witness.example.com/w2", key.kind, key.public)
    with pytest.raises(BadSignature):
        Note(text, (Signature.by(other, line.value),)).signers([other])
    for bent in (Note(point(8).text(), (line,)), Note(text, (Signature.by(key, line.value[:7] + b"x" + line.value[8:]),))):
        with pytest.raises(BadSignature):
            bent.signers([key])


@pytest.mark.parametrize("witness", [QUANTUM, witness_of(7, "witness.example.com/w1")])
def test_a_time_that_is_none_is_signed_by_nobody(witness: Key) -> None:
    text = point(7).text()
    with pytest.raises(ValueError):
        witness.cosign(text, 253_402_300_800)
    with pytest.raises(BadSignature):
        Note(text, (Signature.by(witness.verifier, (2**63).to_bytes(8) + bytes(64)),)).signers([witness.verifier])


@pytest.mark.parametrize(("name", "text", "time"), [
    ("a", point(7).text(), 0), ("a", "no checkpoint\n", 1), ("a" * 256, point(7).text(), 1),
    ("a", f"{'b' * 256}\n{point(7).text()[23:]}", 1),
])
def test_of_what_ml_dsa_can_sign_nothing_nothing_is_signed(name: str, text: str, time: int) -> None:
    with pytest.raises(ValueError):
        quantum_witness_of(7, name).cosign(text, time)


def test_where_the_library_knows_no_ml_dsa_its_keys_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_kind: int, _public: bytes) -> None:
        raise UnsupportedAlgorithm("of OpenSSL 3.0")

    monkeypatch.setattr(notes, "_public", unknown)
    with pytest.raises(ValueError):
        Verifier.parse(str(QUANTUM.verifier))


def test_the_published_checkpoint_is_read_and_spelled_as_published() -> None:
    found = Checkpoint.parse(CHECKPOINT)
    assert (found.origin, found.size, found.text()) == ("example.com/behind-the-sofa", 20852163, CHECKPOINT)
    assert Checkpoint.parse(f"{CHECKPOINT}more\n") == found


@pytest.mark.parametrize("text", [
    "", "a\n1\n", CHECKPOINT[:-1], f"{CHECKPOINT}\n", CHECKPOINT.replace("20852163", "020852163"), CHECKPOINT.replace("20852163", "-1"),
    CHECKPOINT.replace("20852163", str(2**64)), CHECKPOINT.replace("20852163", "\u0661"), CHECKPOINT.replace("2I=", "=="),
    CHECKPOINT.replace("CsUY", ""), CHECKPOINT.partition("\n")[2], f"\n{CHECKPOINT.partition(chr(10))[2]}", f"{CHECKPOINT}\nx\n",
])
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Checkpoint.parse(text)
