"""A second signature of another kind beside ours: the place is there, our own checks pass it by, and whoever knows its kind checks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.audit import key, seals, verify
from engine.rules.access import Actor
from engine.rules.proof.anchor import Anchor
from tests import tlog
from tests.record.conftest import NOON, Office
from tests.second_signature import MlDsa, Signer, Sm2, identifier
from tests.signing import ORIGIN

WATCH = Actor("watch", "watch", None, "watch")


@pytest.mark.parametrize(("kind", "said"), [(Sm2, b"sm2-with-sm3"), (MlDsa, b"ml-dsa-44")])
def test_a_seal_with_a_second_signature_verifies_and_whoever_knows_its_kind_checks_it(
    office: Office, tmp_path: Path, kind: type[Signer], said: bytes,
) -> None:
    mine, other = key.make(tmp_path / "keys", ORIGIN), kind(ORIGIN, tmp_path)
    with office.db.write():
        seals.begin(office.db, mine.verifier, WATCH, NOON)
    office.assigned()
    for _ in range(2):
        made = seals.take(office.db, [mine, other], WATCH, NOON)
        assert made is not None
        office.assigned()
    assert list(verify.verify(office.db, anchor=Anchor(mine.verifier))) == []
    assert tlog.opened(made.note, str(mine.verifier))[1] == [str(mine.verifier)]
    (line,) = [line for line in made.signed().signatures if line.id != mine.verifier.id]
    assert line.id == identifier(ORIGIN, said, other.verifier.public.removeprefix(said))
    assert other.checks(made.text().encode(), line.value)
    assert not other.checks(made.text().encode() + b"x", line.value)
