"""What a witness asks before it cosigns: every status of tlog-witness."""

from __future__ import annotations

from base64 import b64encode

import pytest

from engine.audit.key import Key
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.merkle import EMPTY_ROOT, Frontier, consistency_proof
from engine.rules.proof.note import Note
from engine.rules.proof.witness import Refused, Request, verdict
from tests.signing import FIRST, key_of

LEAVES = [bytes([place]) * 32 for place in range(9)]
TRUSTED = [FIRST.verifier]


def tree(size: int) -> Frontier:
    return Frontier().grown(LEAVES[:size])


def point(size: int) -> Checkpoint:
    return Checkpoint(FIRST.name, size, tree(size).root())


def request(old: int, size: int, *signers: Key, text: str | None = None) -> Request:
    said = text or point(size).text()
    proof = consistency_proof(tree(old), size, LEAVES[old:size]) if 0 < old <= size else ()
    return Request(old, proof, Note(said, tuple(key.sign(said) for key in signers or (FIRST,))))


def test_a_checkpoint_that_grew_from_the_last_one_is_cosigned() -> None:
    assert verdict(request(0, 3), TRUSTED, None) == point(3)
    assert verdict(request(3, 7), TRUSTED, point(3)) == point(7)
    assert verdict(request(7, 7), TRUSTED, point(7)) == point(7)
    assert verdict(request(0, 0), TRUSTED, None) == point(0)
    assert verdict(request(0, 3), TRUSTED, point(0)) == point(3)


def test_a_checkpoint_of_both_keys_of_a_rotation_is_cosigned_by_who_knows_one() -> None:
    assert verdict(request(0, 3, key_of(2), FIRST), TRUSTED, None) == point(3)


@pytest.mark.parametrize(("asked", "last", "refused"), [
    (request(0, 3, text="zg/other\n3\nx\n"), None, Refused(400)),
    (request(0, 3, text=Checkpoint("zg/other", 3, bytes(32)).text()), None, Refused(404)),
    (request(0, 3, key_of(2)), None, Refused(403)),
    (Request(0, (), Note(point(3).text(), (FIRST.sign("x"),))), None, Refused(403)),
    (request(7, 3), point(7), Refused(400)),
    (request(0, 7), point(3), Refused(409, 3)), (request(3, 7), None, Refused(409, 0)), (request(3, 7), point(5), Refused(409, 5)),
    (request(3, 7), Checkpoint(FIRST.name, 3, bytes(32)), Refused(422)),
    (Request(3, (bytes(32),), request(3, 7).note), point(3), Refused(422)),
    (request(7, 7), Checkpoint(FIRST.name, 7, bytes(32)), Refused(422)),
    (Request(0, (bytes(32),), request(0, 7).note), None, Refused(422)),
    (request(0, 0, text=Checkpoint(FIRST.name, 0, bytes(32)).text()), None, Refused(422)),
])
def test_anything_else_is_refused(asked: Request, last: Checkpoint | None, refused: Refused) -> None:
    assert verdict(asked, TRUSTED, last) == refused


def test_the_root_of_no_leaves_is_that_of_the_rfc() -> None:
    assert point(0).root == EMPTY_ROOT


def test_a_request_is_the_same_after_a_way_through_its_text() -> None:
    for asked in (request(0, 3), request(3, 7)):
        assert Request.parse(str(asked)) == asked


@pytest.mark.parametrize("text", [
    "", "old 0\n", f"old 01\n\n{request(0, 3).note}", f"new 0\n\n{request(0, 3).note}", f"old 0\nAAAA\n\n{request(0, 3).note}",
    "old 0\n\nx", f"old 3\n{64 * (b64encode(bytes(32)).decode() + chr(10))}\n{request(0, 3).note}",
])
def test_what_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Request.parse(text)
