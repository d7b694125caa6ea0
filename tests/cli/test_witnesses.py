"""Witnesses, asked by hand and over HTTP: what they saw holds, though the list beside the key is gone too."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from engine.app import witnessing
from engine.audit.cosigning import WitnessSetup
from engine.audit.witness import open_witness
from engine.audit.witness_server import Server
from engine.errors import AuditBroken
from engine.notices.channels.http import Answer
from engine.record.connection import connect
from engine.rules.proof.checkpoint import Checkpoint
from engine.rules.proof.note import Note
from tests import tlog
from tests.cli.conftest import Zg
from tests.cli.test_audit import sealing
from tests.signing import witness_of

__all__ = ["sealing"]


@pytest.fixture
def witnessed(sealing: Zg, tmp_path: Path) -> Zg:
    """A record with a seal, a witness that trusts its key, and settings that name the witness."""
    sealing("audit", "seal")
    key = sealing.json("audit", "key")["key"]
    made = sealing.json("audit", "witness", str(tmp_path / "w"), "--name", "audit.example/w1", "--trust", key)
    assert made["trusted"] == [key]
    (tmp_path / "zg.toml").write_text(f'[witnesses.auditor]\nkey = "{made["keys"]["ed25519"]}"\n', encoding="utf-8")
    return sealing


@contextmanager
def serving(zg: Zg, folder: Path) -> Iterator[None]:
    """The witness on a port that the settings name."""
    witness = open_witness(folder / "w")
    with Server(witness, "127.0.0.1", 0) as server:
        hand = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        hand.start()
        text = f'[witnesses.auditor]\nkey = "{witness.keys[0].verifier}"\naddress = "http://127.0.0.1:{server.server_address[1]}/"\n'
        (folder / "zg.toml").write_text(text, encoding="utf-8")
        yield
        server.shutdown()
        hand.join()


def carry(zg: Zg, folder: Path, since: int) -> None:
    (folder / "request").write_text(zg("audit", "checkpoint", "--since", str(since)).stdout, encoding="utf-8")
    answer = zg("audit", "witness", str(folder / "w"), "--file", str(folder / "request")).stdout
    (folder / "answer").write_text(answer, encoding="utf-8")
    zg("audit", "cosign", str(folder / "answer"))


def missing(zg: Zg, demanded: int) -> list[tuple[str, str, int | None]]:
    """What is found where so many witnesses are demanded."""
    said = zg("audit", "verify", "--witnesses", str(demanded), "--json", code=9).stdout
    return [(item["code"], item["field"], item["seal"]) for item in map(json.loads, said.splitlines())]


def told(zg: Zg, *demanded: str) -> object:
    """The code of the error in which an audit ends."""
    return json.loads(zg("audit", "verify", *demanded, "--json", code=9).stderr)["error"]["code"]


def test_a_request_carried_by_hand_is_cosigned_and_kept(witnessed: Zg, tmp_path: Path) -> None:
    assert missing(witnessed, 1) == [("witnesses", "0/1", None), ("witness-behind", "auditor", None)]
    carry(witnessed, tmp_path, 0)
    size = witnessed.json("audit", "seal")["size"]
    witnessed.opened()
    witnessed("audit", "seal")
    carry(witnessed, tmp_path, size)
    key, witness = witnessed.json("audit", "key")["key"], witnessed.json("audit", "witness", str(tmp_path / "w"))["keys"]["ed25519"]
    for n in ("1", "2"):
        assert tlog.opened(witnessed("audit", "checkpoint", n).stdout, key, witness)[1] == [key, witness]
    assert witnessed.json("audit", "verify", "--witnesses", "1")["verified"] is True
    assert missing(witnessed, 2) == [("witnesses", "1/2", None)]


def test_a_witness_is_taken_by_either_of_its_keys_and_its_two_keys_are_one_voice(witnessed: Zg, tmp_path: Path) -> None:
    keys = witnessed.json("audit", "witness", str(tmp_path / "w"))["keys"]
    (tmp_path / "zg.toml").write_text(f'[witnesses.auditor]\nkey = "{keys["ml-dsa-44"]}"\n', encoding="utf-8")
    carry(witnessed, tmp_path, 0)
    assert witnessed.json("audit", "verify", "--witnesses", "1")["verified"] is True
    note = witnessed("audit", "checkpoint").stdout
    assert tlog.opened(note, keys["ml-dsa-44"])[1] == [keys["ml-dsa-44"]] and tlog.opened(note, keys["ed25519"])[1] == []
    both = "".join(f'[witnesses.w{n}]\nkey = "{key}"\n' for n, key in enumerate(keys.values()))
    (tmp_path / "zg.toml").write_text(both, encoding="utf-8")
    assert "[witnesses." in json.dumps(witnessed.error("audit", "verify", "--witnesses", "2", code=8), ensure_ascii=False)


def test_what_is_no_answer_and_what_is_refused_is_told(witnessed: Zg, tmp_path: Path) -> None:
    carry(witnessed, tmp_path, 0)
    (tmp_path / "answer").write_text("x", encoding="utf-8")
    assert witnessed.error("audit", "cosign", str(tmp_path / "answer"), code=5)["code"] == "no-cosignature"
    assert witnessed.error("audit", "checkpoint", "--since", "1", code=5)["code"] == "no-seal-of-size"
    refused = witnessed.error("audit", "witness", str(tmp_path / "w"), "--file", str(tmp_path / "request"), code=5)
    assert refused["code"] == "not-cosigned" and "409" in json.dumps(refused, ensure_ascii=False)
    assert witnessed.error("audit", "witness", str(tmp_path / "w"), "--listen", "x", code=2)["code"] == "usage-listen"
    assert witnessed.error("audit", "witness", str(tmp_path / "none"), code=5)["code"] == "witness-unnamed"
    assert witnessed.error("audit", "witness", str(tmp_path / "none"), "--name", "a b", code=2)["code"] == "usage-witness-name"
    assert witnessed.error("audit", "verify", "--file", "x", "--witnesses", "1", code=2)["code"] == "usage-verify-file"
    settings = (tmp_path / "zg.toml").read_text(encoding="utf-8")
    for text, named in (
        ('[witnesses.x]\nkey = "x"\n' + settings + '[witnesses.y]\naddress = 7\n', ("[witnesses.x]", "[witnesses.y]")),
        ("witnesses = 7\n", ("[witnesses]",)), ("[witnesses]\nx = 7\n", ("[witnesses.x]",)),
    ):
        (tmp_path / "zg.toml").write_text(text, encoding="utf-8")
        said = json.dumps(witnessed.error("audit", "verify", code=8), ensure_ascii=False)
        assert all(name in said for name in named) and "auditor" not in said


def test_one_witness_under_two_names_is_refused_as_it_is_one_voice(witnessed: Zg, tmp_path: Path) -> None:
    settings = (tmp_path / "zg.toml").read_text(encoding="utf-8")
    (tmp_path / "zg.toml").write_text(settings + settings.replace("auditor", "another", 1), encoding="utf-8")
    assert "[witnesses." in json.dumps(witnessed.error("audit", "verify", "--witnesses", "2", code=8), ensure_ascii=False)


def test_the_watch_asks_witnesses_after_each_seal(witnessed: Zg, tmp_path: Path) -> None:
    with serving(witnessed, tmp_path):
        for _ in range(2):
            witnessed("watch", "--once")
            assert witnessed.json("audit", "verify", "--witnesses", "1")["verified"] is True
            witnessed("clock", "--forward", "1d", code=None)
            witnessed.opened()


def put_back(taken: Path, folder: Path, beside: Sequence[str] = ("*.checkpoints", "*.cosignatures")) -> None:
    """An older record in the place of the newer one, and what lay beside its key under these patterns is gone: all but the key."""
    shutil.copyfile(taken, folder / "zg.db")
    for path in (path for pattern in beside for path in (folder / "zg.db.keys").glob(pattern)):
        path.unlink()


@pytest.mark.parametrize("also", [(), ("*.cosignatures",)])
def test_a_database_that_was_put_back_is_named_by_the_witness_alone(witnessed: Zg, tmp_path: Path, also: tuple[str, ...]) -> None:
    shutil.copyfile(tmp_path / "zg.db", tmp_path / "last-week.db")
    witnessed.opened()
    witnessed("audit", "seal")
    with serving(witnessed, tmp_path):
        witnessed("watch", "--once")
        put_back(tmp_path / "last-week.db", tmp_path, ("*.checkpoints", *also))
        found = [json.loads(line) for line in witnessed("audit", "verify", "--witnesses", "1", "--json", code=9).stdout.splitlines()]
        assert ("witness", "auditor") in {(item["code"], item["field"]) for item in found}


@pytest.mark.parametrize(("sealed_anew", "kept"), [(False, False), (True, False), (True, True)])
def test_a_witness_that_saw_another_history_is_an_alarm_of_the_watch(
    witnessed: Zg, tmp_path: Path, sealed_anew: bool, kept: bool,
) -> None:
    """Whether or not what it signed was kept: of its size this record has no seal, so that it can be asked for nothing."""
    shutil.copyfile(tmp_path / "zg.db", tmp_path / "last-week.db")
    witnessed.opened()
    witnessed("audit", "seal")
    with serving(witnessed, tmp_path):
        witnessed("watch", "--once")
        put_back(tmp_path / "last-week.db", tmp_path, ("*.checkpoints", *(() if kept else ("*.cosignatures",))))
        if sealed_anew:
            witnessed("open", "另一件", "--source", "visit")
            witnessed("comment", "1", "--note", "改写")
            witnessed("audit", "seal")
        said = witnessed("watch", "--once", code=9)
        assert "见过另一种历史" in said.stderr


def test_a_database_put_back_beside_what_witnesses_signed_is_an_alarm_of_the_watch(witnessed: Zg, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "zg.db.keys", tmp_path / "last-week.keys")
    shutil.copyfile(tmp_path / "zg.db", tmp_path / "last-week.db")
    witnessed.opened()
    witnessed("audit", "seal")
    with serving(witnessed, tmp_path):
        witnessed("watch", "--once")
    shutil.copyfile(tmp_path / "last-week.db", tmp_path / "zg.db")
    for path in (tmp_path / "zg.db.keys").glob("*.checkpoints"):
        shutil.copyfile(tmp_path / "last-week.keys" / path.name, path)
    assert "auditor 见过另一种历史" in witnessed("watch", "--once", code=9).stderr, "though nobody could be asked"


def test_a_copy_goes_on_from_what_a_witness_saw_where_the_list_is_gone(witnessed: Zg, tmp_path: Path) -> None:
    taken, first = tmp_path / "taken.db", witnessed.json("audit", "seal")["size"]
    shutil.copyfile(tmp_path / "zg.db", taken)
    for _ in range(6):
        witnessed.opened()
    size = witnessed.json("audit", "seal")["size"]
    with serving(witnessed, tmp_path):
        witnessed("watch", "--once")
    put_back(taken, tmp_path)
    made = witnessed.json("restore", "--live", "--basis", "x")  # nobody serves the witness any more
    assert (made["known_by"], made["events_not_in_it"]) == (None, None)
    assert [item["code"] for item in made["warnings"]] == ["restore.witness-silent"]

    # Under the name that the record has now the witness knows nothing: it is asked under the one before.
    shutil.copyfile(tmp_path / "zg.db", taken)
    witnessed.opened()
    second = witnessed.json("audit", "seal")["size"]
    assert second < size
    put_back(taken, tmp_path)
    with serving(witnessed, tmp_path):
        made = witnessed.json("restore", "--live", "--basis", "x")
        assert made["known_by"] == "witness" and made["known_seal"] is None and 0 < made["events_not_in_it"] < size - first
        _, restored = witnessed.json("audit", "verify")["restored"]
        assert (restored["known_by"], restored["events_not_in_it"]) == ("witness", made["events_not_in_it"])
        assert "见证看到过的记录" in witnessed("audit", "verify").stdout


def test_a_copy_that_a_witness_saw_otherwise_does_not_go_on(witnessed: Zg, tmp_path: Path) -> None:
    with serving(witnessed, tmp_path):
        witnessed("watch", "--once")
        (kept,) = (tmp_path / "zg.db.keys").glob("*.cosignatures")
        size, _, name, _ = kept.read_text(encoding="utf-8").split(" ", 3)
        other = Checkpoint(name, int(size), bytes(32)).text()
        root, word = other.split("\n")[2], open_witness(tmp_path / "w").keys[0].cosign(other, 1).line
        kept.write_text(f"{size} {root} {name} {word}", encoding="utf-8")
        assert witnessed.error("restore", "--live", "--basis", "x", code=9)["code"] == "witness-saw-other"


def test_every_witness_is_asked_though_one_refuses(witnessed: Zg, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(_database: object, address: str, *_: object) -> None:
        asked.append(address)

    monkeypatch.setattr(witnessing, "_answer", answer)
    setups = [WitnessSetup(name, witness_of(7, "audit.example/w1").verifier, name) for name in ("a", "b")]
    with closing(connect(witnessed.url)) as database, pytest.raises(AuditBroken) as error:
        witnessing.ask_witnesses(database, None, setups)
    assert (asked, error.value.values["names"]) == (["a", "b"], ["a", "b"])


def test_what_a_witness_signed_earlier_says_nothing_of_the_last_seal(witnessed: Zg, tmp_path: Path) -> None:
    carry(witnessed, tmp_path, 0)
    said = witnessed.json("audit", "verify", "--witnesses", "1")["witnesses"]
    assert [(item["name"], item["seal"], item["after"], item["answered"]) for item in said] == [("auditor", 1, 0, None)]
    assert "见证 auditor 于" in witnessed("audit", "verify", "--witnesses", "1").stdout
    assert "witnesses" not in witnessed.json("audit", "verify")
    witnessed.opened()
    assert witnessed.json("audit", "verify", "--witnesses", "1")["verified"] is True, "what is not sealed yet nobody can have signed"
    witnessed("audit", "seal")
    assert missing(witnessed, 1) == [("witnesses", "0/1", None), ("witness-behind", "auditor", 1)]
    assert told(witnessed, "--witnesses", "1") == "witnesses-missing", "nothing is wrong with the record"
    assert witnessed.json("audit", "verify")["verified"] is True, "where nobody demands it, it is no finding"


def test_a_line_of_what_was_kept_that_cannot_be_read_is_named_and_the_others_count(witnessed: Zg, tmp_path: Path) -> None:
    carry(witnessed, tmp_path, 0)
    (kept,) = (tmp_path / "zg.db.keys").glob("*.cosignatures")
    line = kept.read_bytes()
    for bent in (b"garbage\n", b"\xff\n", b"1 2 3 4\n", line.replace(b"zg/", b"zh/", 1)):
        kept.write_bytes(bent + line)
        for demanded in ((), ("--witnesses", "1")):
            (found,) = witnessed("audit", "verify", *demanded, "--json", code=9).stdout.splitlines()
            assert (json.loads(found)["code"], json.loads(found)["field"]) == ("cosignature-line", "1")
    head, value = line.decode().rstrip().rsplit(" ", 1)
    kept.write_text(f"{head} {value[:-8]}AAAAAAA=\n", encoding="utf-8")
    (found,) = witnessed("audit", "verify", "--json", code=9).stdout.splitlines()
    assert (json.loads(found)["code"], json.loads(found)["field"]) == ("cosignature", "auditor")


@pytest.mark.parametrize("bent", ["UPDATE seal SET note = 'x', upto = 1.5", "UPDATE setting SET value = 'x' WHERE name = 'key'"])
def test_where_a_seal_or_the_key_cannot_be_read_that_is_what_is_told(witnessed: Zg, tmp_path: Path, bent: str) -> None:
    with sqlite3.connect(tmp_path / "zg.db") as connection:
        connection.execute(bent)
    for demanded in ((), ("--witnesses", "1")):
        assert told(witnessed, *demanded) == "audit-broken"


def test_one_that_answers_speaks_for_itself_and_of_one_that_does_not_what_was_kept_is_told(witnessed: Zg, tmp_path: Path) -> None:
    with serving(witnessed, tmp_path):
        witnessed("watch", "--once")
        assert [item["answered"] for item in witnessed.json("audit", "verify", "--witnesses", "1")["witnesses"]] == [True]
    assert [item["answered"] for item in witnessed.json("audit", "verify", "--witnesses", "1")["witnesses"]] == [False]
    assert "现在没有应答" in witnessed("audit", "verify", "--witnesses", "1").stdout


def test_what_a_witness_signed_of_something_else_is_no_answer(
    witnessed: Zg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody on the way answers with a note of another record, and one in league with what is no checkpoint."""
    carry(witnessed, tmp_path, 0)
    (witness, _) = open_witness(tmp_path / "w").keys
    settings = f'[witnesses.auditor]\nkey = "{witness.verifier}"\naddress = "http://127.0.0.1:9/"\n'
    (tmp_path / "zg.toml").write_text(settings, encoding="utf-8")
    for text in (Checkpoint("zg/ZG/other", 3, bytes(32)).text(), "no checkpoint\n"):
        note = str(Note(text, (witness.cosign(text, 1_772_424_000),)))
        monkeypatch.setattr(witnessing, "asked", lambda *_, note=note: Answer(200, note.encode()))
        assert [item["answered"] for item in witnessed.json("audit", "verify", "--witnesses", "1")["witnesses"]] == [False]


@pytest.mark.parametrize(("says", "told"), [
    (lambda sizes: sizes[0], "witness-wavers"), (lambda sizes: sizes.pop(), "witness-wavers"), (lambda sizes: 7, "witness-refused"),
])
def test_a_witness_that_says_again_and_again_that_it_saw_another_size_is_an_alarm(
    witnessed: Zg, monkeypatch: pytest.MonkeyPatch, says: Callable[[list[int]], int], told: str,
) -> None:
    sizes = [witnessed.json("audit", "seal")["size"]]
    for _ in range(3):
        witnessed.opened()
        sizes.append(witnessed.json("audit", "seal")["size"])
    monkeypatch.setattr(witnessing, "asked", lambda *_: Answer(409, f"{says(sizes)}\n".encode()))
    setups = [WitnessSetup("auditor", witness_of(7, "audit.example/w1").verifier, "x")]
    with closing(connect(witnessed.url)) as database, pytest.raises(AuditBroken) as error:
        witnessing.ask_witnesses(database, None, setups)
    assert (error.value.values["reason"], error.value.values["names"]) == (told, ["auditor"])


def test_somebody_else_who_asks_a_witness_too_is_no_alarm(witnessed: Zg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = witnessed.json("audit", "seal")["size"]
    witnessed.opened()
    witnessed("audit", "seal")
    witness = open_witness(tmp_path / "w")
    answers = iter([Answer(409, f"{size}\n".encode()), Answer(409, b"0\n")])

    def asked(_url: str, body: bytes, _headers: object) -> Answer:
        if (first := next(answers, None)) is not None:
            return first
        said = witness.answer(body, 1_772_424_000)
        return Answer(said.status, said.body.encode())

    monkeypatch.setattr(witnessing, "asked", asked)
    with closing(connect(witnessed.url)) as database:
        assert witnessing.ask_witnesses(database, None, [WitnessSetup("auditor", witness.keys[0].verifier, "x")]) == (1, [])


def test_a_witness_that_does_not_know_the_record_does_no_harm(witnessed: Zg, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "w")
    open_witness(tmp_path / "w", "audit.example/w1")
    with serving(witnessed, tmp_path):
        done = [json.loads(line) for line in witnessed("watch", "--once", "--json").stdout.splitlines()]
    assert [item["silent"] for item in done if item["duty"] == "seal"] == [["auditor"]]
    assert missing(witnessed, 1) == [("witnesses", "0/1", None), ("witness-behind", "auditor", None)]
