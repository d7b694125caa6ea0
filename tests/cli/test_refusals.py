"""Bad input changes and loses nothing: the right exit code, three lines that help, in both languages, and never a traceback."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.words import say
from tests.cli.conftest import BEGIN, Zg
from tests.cli.refusals import COOPERATOR, LEAD, NO_CURSORS, OTHER, Bad, everything
from tests.conftest import new_server_database

ROOT = Path(__file__).resolve().parents[2]
TABLE = list(everything())
LANGUAGES = ("zh", "en")


def stock(zg: Zg) -> None:
    """A ticket in every state, numbered as tests/cli/refusals.py names them."""

    def opened(*options: str) -> str:
        return str(zg.json("open", "企业开办材料重复提交", "--source", "visit", *options)["number"])

    def assigned(*options: str) -> str:
        number = opened()
        zg("assign", number, "--lead", LEAD, *options)
        return number

    def rectifying(*options: str) -> str:
        number = assigned("--with", COOPERATOR, *options)
        zg("--as", LEAD, "accept", number)
        return number

    def submitted() -> str:
        number = rectifying()
        zg("--as", COOPERATOR, "sign-off", number)
        zg("--as", LEAD, "submit", number, "--note", "x")
        return number

    def declined(number: str, *units: str) -> str:
        for unit in units:
            zg("assign", number, "--lead", unit)
            zg("--as", unit, "decline", number, "--reason", "x")
        return number

    zg("init", "--seed", "pingdingshan-2020", "--sandbox", "2020-09-22T09:00")
    assigned()
    zg("clock", "set", BEGIN)
    opened("--lead", LEAD, "--key", "K-1")
    assigned("--with", COOPERATOR)
    rectifying()
    submitted()
    zg("verify", submitted())
    zg("suspend", rectifying(), "--reason", "x")
    zg("withdraw", rectifying(), "--reason", "x")
    grave = opened("--grade", "A")
    zg("assign", grave, "--lead", LEAD)
    zg("--as", LEAD, "accept", grave)
    asked = rectifying()
    zg("--as", COOPERATOR, "sign-off", asked)
    zg("--as", LEAD, "request-extension", asked, "--to", "2020-10-12", "--reason", "x")
    zg("assign", opened(), "--lead", OTHER, "--designate", "--basis", "x")
    zg("assign", declined(opened(), LEAD), "--lead", LEAD)
    declined(opened(), LEAD, OTHER)
    rectifying("--due", "2020-09-25T09:30")
    opened("--workflow", "complaint")
    zg("clock", "set", "2020-09-25T10:00")


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that holds a ticket in every state, and what else the table names. Nothing may change in it."""
    path = tmp_path_factory.mktemp("refusals")
    stock(Zg(f"sqlite:///{path / 'zg.db'}"))
    (path / "folder").mkdir()
    (path / "empty.txt").touch()
    (path / "program.bin").write_bytes(b"\x7fELF" + bytes(range(256)) * 20)
    (path / "broken.yaml").write_text("workflow: x\nstates: {a: [}\n")
    (path / "empty.yaml").write_text("# nothing\n")
    return path


@pytest.fixture
def place(room: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (room / "zg.toml").write_text("")
    monkeypatch.chdir(room)
    return room


def digest(folder: Path) -> str:
    """Every byte of the database, with what SQLite has yet to move into it, and every other file by its size."""
    seen = hashlib.sha256()
    for name in ("zg.db", "zg.db-wal"):
        seen.update((folder / name).read_bytes() if (folder / name).exists() else b"")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("zg.db-") and path.name != "zg.db":
            seen.update(f"{path}{path.stat().st_size}".encode())
    return seen.hexdigest()


def tell(case: Bad, place: Path, language: str, *more: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one try."""
    zg = Zg(case.db or f"sqlite:///{place / 'zg.db'}")
    who = ("--as", case.actor) if case.actor is not None else ()
    result = zg(*who, *case.words, *more, code=None, given=case.given, ZG_LANG=language)
    return result.exit_code, result.stdout, result.stderr


def headed(text: str, language: str) -> list[str]:
    """The heads of the lines that have one, in their order."""
    heads = {code: say(f"{code}.heading", language) for code in ("error", "why", "next")}
    return [code for line in text.splitlines() for code, head in heads.items() if line.startswith(head) and line != head]


def test_the_table_is_long_enough_and_names_nothing_twice() -> None:
    assert len(TABLE) >= 200
    assert len({(case.words, case.actor, case.given, case.db, case.toml) for case in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("case", "language"), [
    pytest.param(case, LANGUAGES[number % len(LANGUAGES)], id=f"{number}-{case.name}") for number, case in enumerate(TABLE)
])
def test_bad_input_is_refused_in_three_lines_and_changes_nothing(case: Bad, language: str, place: Path) -> None:
    """By turns in either language: every text is there in both, as test_words shows."""
    (place / "zg.toml").write_text(case.toml or "")
    before = digest(place)
    code, out, err = tell(case, place, language)
    assert (code, out) == (case.exit, ""), err
    assert headed(err, language) == ["error", "why", "next"] * case.errors, err
    assert "Traceback" not in err and "geheim" not in err
    assert all(char.isprintable() or char == "\n" for char in err), ascii(err)
    assert len(err) < 4_000, "nobody reads that much"
    code, out, err = tell(case, place, "en", "--json") if case.json else (case.exit, "", "")
    assert (code, out, len(err.splitlines())) == (case.exit, "", case.errors if case.json else 0), err
    for line in err.splitlines():
        error = json.loads(line)["error"]
        assert case.code in {error["code"], *(reason.get("code") for reason in error["reasons"])}, error
        assert error["message"] and error["hint"] and error["reasons"], error
    assert digest(place) == before


SECRETS = ("postgresql://zg:ge@heim@127.0.0.1:1/zg", "postgresql://127.0.0.1:1,127.0.0.1:2/zg?user=zg&password=geheim",
           "postgresql://zg:geheim@127.0.0.1:1,127.0.0.1:2/zg?target_session_attrs=read-write",
           "postgresql://zg:geheim@[::1/zg",
           "postgresql://zg:geheim@127.0.0.1:port/zg", "mysql://zg:geheim@127.0.0.1/zg",
           "postgresql://zg:geheim@127.0.0.1:1/zg?geheim=1")


@pytest.mark.parametrize("url", SECRETS)
@pytest.mark.parametrize("words",
    [("list",), ("list", "--json"), ("--debug", "list"), ("init",), ("upgrade",), ("open", "x", "--source", "visit")])
def test_the_password_of_an_address_is_never_printed(url: str, words: tuple[str, ...], place: Path) -> None:
    result = Zg(url)(*words, code=None)
    assert result.exit_code in (2, 75)
    assert "heim" not in result.output.replace("geheim=1", "")


@pytest.mark.parametrize("words",
    [("list", SECRETS[0]), ("show", SECRETS[0]), ("list", "--unit", SECRETS[0]), (SECRETS[0],), ("list", f"--{SECRETS[0]}")])
def test_an_address_in_the_wrong_place_is_told_without_its_password(words: tuple[str, ...], place: Path) -> None:
    for more in ((), ("--debug",)):
        result = Zg(f"sqlite:///{place / 'zg.db'}")(*more, *words, code=None)
        assert result.exit_code in (2, 3)
        assert "heim" not in result.output


def run(place: Path, *words: str | bytes, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, with bytes that are no text if need be."""
    return subprocess.run(
        [sys.executable, ROOT / "cli.py", *words], input=given, capture_output=True, cwd=place, timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "ZG_DB": "zg.db", "ZG_LANG": "en", "LANG": "C.UTF-8", **environment},
    )


@pytest.mark.parametrize(("words", "given", "code", "exit"), [
    (("open", b"\xff\xfe", "--source", "visit"), b"", "words-control", 5), (("show", b"\xff"), b"", "ticket-not-found", 3),
    (("--as", b"\xff", "list"), b"", "not-storable", 5),
    (("comment", "-", "--note", "x"), b"\xff\xfe\n", "line-without-number", 5),
    (("workflow", "check", b"\xff.yaml"), b"", "invalid-file", 8),
    (("comment", "-", "--note", "x"), b"1" * 200_000, "line-without-number", 5),
])
def test_bytes_that_are_no_text_are_refused_by_a_real_process(words: tuple[str | bytes, ...], given: bytes, code: str,
    exit: int, place: Path) -> None:  # noqa: A002
    before = digest(place)
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(place, *words, given=given)
    assert (done.returncode, done.stdout) == (exit, b""), done.stderr
    assert headed(done.stderr.decode(), "en") == ["error", "why", "next"], done.stderr
    assert code in run(place, *words, "--json", given=given, **bare).stderr.decode()
    assert digest(place) == before


@pytest.mark.postgres
def test_what_no_database_can_hold_is_refused_by_a_server_too(server: str, place: Path) -> None:
    with new_server_database(server) as url:
        zg = Zg(url)
        zg("init", "--sandbox", BEGIN)
        zg.opened()
        for words in (
            ("--as", "\x00", "list"), ("--as", "\ud800", "list"), ("list", "--text", "a\x00"), ("list", "--text", "\ud800"),
            ("open", "x", "--source", "visit", "--key", "\x00"), ("open", "x", "--source", "visit", "--workflow", "\x00"),
            ("list", "--state", "\x00"), ("show", "\x00"), ("do", "\x00", "1"), ("assign", "1", "--lead", "\x00"),
        ):
            error = json.loads(zg(*words, "--json", code=None).stderr)["error"]
            assert error["code"] in (
                "not-storable", "ticket-not-found", "unit-not-found", "refused", "usage-choice", "usage-text-unreadable",
            ), (words, error)
        for text in NO_CURSORS:
            assert zg.error("list", "--after", text, code=2)["code"] == "usage-cursor"
        assert zg.json("audit", "verify")["verified"]
