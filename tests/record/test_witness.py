"""A witness with its store: what it saw last holds, whoever asks, and however many at once."""

from __future__ import annotations

import http.client
import os
import stat
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.audit import key
from engine.audit.witness import Witness, open_witness
from engine.audit.witness_server import Server
from engine.errors import NotPossible, UsageError
from engine.rules.proof.note import Note
from tests import tlog
from tests.rules.test_witness import point, request
from tests.signing import FIRST, key_of

NOW = 1679315147


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    made = open_witness(tmp_path / "w", "audit.example/w1")
    made.trust(str(FIRST.verifier))
    return made


def ask(witness: Witness, old: int, size: int) -> tuple[int, str]:
    answer = witness.answer(str(request(old, size)).encode(), NOW)
    return answer.status, answer.body


def test_a_cosignature_verifies_by_the_published_formats_alone(witness: Witness) -> None:
    status, lines = ask(witness, 0, 3)
    own = [str(one.verifier) for one in witness.keys]
    assert status == 200 and [tlog.verifier_key(text)[2] for text in own] == [4, 6]
    for known in (own, own[:1], own[1:]):
        assert tlog.opened(str(request(0, 3).note) + lines, str(FIRST.verifier), *known)[1] == [str(FIRST.verifier), *known]


def test_it_remembers_what_it_saw_last(witness: Witness) -> None:
    assert ask(witness, 0, 3)[0] == 200
    again = open_witness(witness.folder)
    assert [one.verifier for one in again.keys] == [one.verifier for one in witness.keys]
    assert ask(again, 0, 7) == (409, "3\n") and again.answer(str(request(0, 7)).encode(), NOW).type == "text/x.tlog.size"
    assert ask(again, 3, 7)[0] == 200
    assert ask(again, 3, 5) == (409, "7\n")
    kept = again.checkpoint(sha256(FIRST.name.encode()).hexdigest())
    assert kept is not None and kept.startswith(point(7).text())
    assert len(Note.parse(kept).signatures) == 3


def test_a_line_that_is_repeated_is_kept_once_and_silences_nobody(witness: Witness) -> None:
    asked = request(0, 3)
    other = key_of(2).sign(asked.note.text).line
    line = asked.note.signatures[0].line
    body = f"{str(asked).removesuffix(line)}{line * 63}{other}".encode()
    assert witness.answer(body, NOW).status == 200
    kept = witness.checkpoint(sha256(FIRST.name.encode()).hexdigest())
    assert kept is not None and [item.name for item in Note.parse(kept).signatures] == [FIRST.name, *(one.name for one in witness.keys)]
    assert ask(witness, 3, 7)[0] == 200


def test_a_damaged_store_is_said_and_named(witness: Witness, port: int) -> None:
    assert ask(witness, 0, 3)[0] == 200 and witness.damaged() == []
    (place,) = witness.folder.glob("*.note")
    for text in (f"{place.read_text(encoding='utf-8')}{FIRST.sign('x').line * 64}", "x", ""):
        place.write_text(text, encoding="utf-8")
        assert witness.damaged() == [place]
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        for method, path, body in (("POST", "/add-checkpoint", str(request(3, 7))), ("GET", f"/{place.stem}/checkpoint", "")):
            line.request(method, path, body.encode())
            with line.getresponse() as answer:
                assert answer.status == 500 and place.name in answer.read().decode()
        line.close()


def test_a_line_of_its_trusted_keys_that_is_none_is_named_and_the_others_hold(witness: Witness) -> None:
    place = witness.folder / "trusted"
    place.write_bytes(b"garbage\n\xff\n" + place.read_bytes())
    assert witness.damaged() == [place] and witness.trusted() == [FIRST.verifier]
    assert ask(witness, 0, 3)[0] == 200
    witness.trust(str(key_of(2, "zg/ZG/other").verifier))
    assert place.read_bytes().startswith(b"garbage\n\xff\n") and len(witness.trusted()) == 2, "it stays for whoever looks into it"


def test_it_knows_only_what_it_trusts(witness: Witness, tmp_path: Path) -> None:
    stranger = open_witness(tmp_path / "other", "audit.example/w2")
    assert ask(stranger, 0, 3) == (404, "")
    assert stranger.answer(b"\xff", NOW).status == 400
    for text in ("", "x", str(witness.keys[0].verifier)):
        with pytest.raises(UsageError):
            stranger.trust(text)
    witness.trust(str(FIRST.verifier))
    assert witness.trusted() == [FIRST.verifier]
    for name in ("", "x", "../" + "a" * 61, "0" * 64):
        assert witness.checkpoint(name) is None


def test_a_witness_has_a_name_and_a_store(tmp_path: Path) -> None:
    with pytest.raises(NotPossible):
        open_witness(tmp_path / "none")
    for name in ("", "a b", "a+b"):
        with pytest.raises(UsageError):
            open_witness(tmp_path / "none", name)
    made = open_witness(tmp_path / "w", "a")
    assert len(list(made.folder.glob("*.pem"))) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.folder.glob("*.pem")} == {0o600}


def test_a_witness_of_one_kind_of_signature_is_given_the_other_under_its_name(witness: Witness) -> None:
    first, second = (one.verifier for one in witness.keys)
    key.file_of(witness.folder, second).unlink()
    assert [one.verifier for one in open_witness(witness.folder).keys] == [first]
    assert [one.verifier for one in open_witness(witness.folder, "another").keys] == [first]
    assert [one.kind for one in open_witness(witness.folder, first.name).keys] == [4, 6]


def test_where_the_library_knows_no_ml_dsa_a_witness_has_one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> None:
        raise UnsupportedAlgorithm("of OpenSSL 3.0")

    monkeypatch.setattr(key, "PRIVATE", {4: Ed25519PrivateKey, 6: SimpleNamespace(generate=unknown)})
    made = open_witness(tmp_path / "w", "a")
    assert [one.kind for one in made.keys] == [4]
    made.trust(str(FIRST.verifier))
    assert ask(made, 0, 3)[0] == 200


def test_of_many_that_ask_at_once_one_is_cosigned(witness: Witness) -> None:
    found: list[int] = []
    hands = [threading.Thread(target=lambda size=size: found.append(ask(witness, 0, size)[0])) for size in range(1, 9)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(found) == [200] + [409] * 7


def test_what_it_answered_is_on_the_disk(witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("disk"), real(handle))[1])
    ask(witness, 0, 3)
    assert len(order) >= 2, "the file and its folder"


@pytest.fixture
def port(witness: Witness) -> Iterator[int]:
    with Server(witness, "127.0.0.1", 0) as server:
        hand = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        hand.start()
        yield server.server_address[1]
        server.shutdown()
        hand.join()


def test_it_answers_over_http(witness: Witness, port: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    wanted: list[tuple[str, str, str, int]] = [
        ("POST", "/add-checkpoint", str(request(0, 3)), 200), ("POST", "/x/add-checkpoint", str(request(0, 7)), 409),
        ("POST", "/add-checkpoint", "x", 400), ("POST", "/other", "x", 404), ("GET", "/x/checkpoint", "", 404),
        ("GET", f"/{sha256(FIRST.name.encode()).hexdigest()}/checkpoint", "", 200), ("GET", "/", "", 404),
    ]
    for method, path, body, status in wanted:  # of one connection that stays open
        line.request(method, path, body.encode())
        with line.getresponse() as answer:
            said = answer.read()
            assert (answer.status, len(said) > 0) == (status, status in (200, 409)), path
            assert (answer.getheader("Content-Type") == "text/x.tlog.size") is (status == 409)
    line.request("POST", "/add-checkpoint", b"", {"Content-Length": "99999999"})
    assert line.getresponse().status == 400
    line.close()
