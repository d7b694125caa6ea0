"""Where nothing can be written – a medium that is read-only, an account of the server that may only read – everything that reads works, and
says that the reading could not be noted; what writes says why it cannot.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.record.connection import connect
from tests.cli.conftest import Zg
from tests.faults.conftest import ROOT
from tests.files import keep

READING = (
    ("list",), ("list", "--all"), ("today",), ("count",), ("plan",), ("show", "1"), ("log", "1"), ("why", "1"), ("can", "1"), ("doctor",),
    ("whoami",), ("unit", "list"), ("user", "list"), ("workflow", "list"), ("calendar", "show"), ("notices",), ("audit", "key"),
    ("audit", "checkpoint"), ("audit", "verify"), ("audit", "verify", "1", "--evidence"),
)
NOTED = (("audit", "export"), ("audit", "export", "1"), ("log", "--admin"), ("export", "{folder}/ledger.csv"), ("backup", "{folder}/b.tar"))
"""What reads more than one does in daily work, which is an entry where one can be written."""

PROGRAM = """
import json, sys
from click.testing import CliRunner
from engine.cli import cli
results = [CliRunner().invoke(cli, words) for words in json.loads(sys.argv[1])]
print(json.dumps([[result.exit_code, result.stdout, result.stderr] for result in results]))
"""

Result = tuple[int, str, str]


def filled(url: str) -> None:
    zg = Zg(url)
    zg("open", "企业开办材料重复提交", "--source", "visit")
    zg("audit", "seal", ZG_KEY=os.environ["ZG_KEY"])


def typed(words: list[list[str]]) -> list[Result]:
    """What commands say that somebody types to whom the rights of files apply: they do not to root, who is asked to do without that."""
    rights = "-dac_override,-dac_read_search"
    without = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"] if os.geteuid() == 0 else []
    if without and shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and setpriv is not there")
    command = [*without, sys.executable, "-c", PROGRAM, json.dumps(words)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "LC_ALL": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return [tuple(result) for result in json.loads(done.stdout)]


@pytest.fixture
def medium(founded_sqlite: str, tmp_path: Path) -> Iterator[Path]:
    """A folder with a record and its keys in which nobody may write, and the file of the record in it."""
    filled(founded_sqlite)
    folder = tmp_path / "medium"
    folder.mkdir()
    for name in ("zg.db", "keys"):
        (tmp_path / name).rename(folder / name)
    sealed(folder)
    yield folder / "zg.db"
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)


def sealed(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o500 if path.is_dir() else 0o400)


def test_a_record_on_a_read_only_medium_is_read(medium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZG_KEY", str(medium.parent / "keys"))
    _reads(lambda commands: typed([["--db", str(medium), *words] for words in commands]), tmp_path)
    assert sorted(path.name for path in medium.parent.iterdir()) == ["keys", "zg.db"]


def test_who_may_not_read_beside_the_key_reads_the_record_and_is_told_what_was_not_compared(
    medium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = medium.parent / "keys"
    monkeypatch.setenv("ZG_KEY", str(keys))
    key = Zg(str(medium)).json("audit", "key")["key"]
    keys.chmod(0)
    commands = [
        ["list"], ["show", "1"], ["doctor", "--json"], ["audit", "key", "--json"], ["audit", "verify"],
        ["audit", "verify", "--key", key, "--json"], ["audit", "export", "1", "--out", str(tmp_path / "1.jsonl"), "--json"],
        ["audit", "checkpoint"], ["audit", "seal", "--json"],
    ]
    results = typed([["--db", str(medium), *words] for words in commands])
    assert [result[0] for result in results] == [0] * 8 + [1]
    _, _, doctor, own, verified, anchored, exported, checkpoint, sealed = results
    assert "key-withheld" in {sign["code"] for sign in json.loads(doctor[1])["signs"]}
    assert json.loads(own[1])["here"] is False
    assert "not compared" in verified[2] and "Not anchored" in verified[1]
    found = json.loads(anchored[1])
    assert found["anchored"] is True and [item["code"] for item in found["warnings"]] == ["audit.withheld"]
    assert "audit.unsigned" in [item["code"] for item in json.loads(exported[1])["warnings"]] and str(keys) in checkpoint[2]
    assert json.loads(sealed[2])["error"]["code"] == "key-missing"


def test_who_may_not_read_the_files_is_told_so_and_not_that_they_are_gone(founded_sqlite: str, tmp_path: Path) -> None:
    with closing(connect(founded_sqlite)) as db:
        keep(db)
    files = tmp_path / "evidence"
    files.chmod(0)
    verified, backed = typed([
        ["--db", str(tmp_path / "zg.db"), "audit", "verify", "--evidence", "--json"],
        ["--db", str(tmp_path / "zg.db"), "--as", "admin", "backup", str(tmp_path / "b.tar"), "--json"],
    ])
    files.chmod(0o700)
    for result in (verified, backed):
        assert result[0] == 1 and json.loads(result[2])["error"]["code"] == "evidence-withheld", result
    assert not (tmp_path / "b.tar").exists()


def test_what_lies_in_the_log_beside_the_file_is_not_passed_over(medium: Path, tmp_path: Path) -> None:
    folder = medium.parent
    folder.chmod(0o700)
    medium.chmod(0o600)
    with closing(connect(str(medium))):
        Zg(str(medium))("open", "第二件", "--source", "visit")
        shutil.copytree(folder, tmp_path / "running")
        shutil.copytree(folder, tmp_path / "without")
    (tmp_path / "without" / "zg.db-shm").unlink()
    sealed(tmp_path / "running")
    sealed(tmp_path / "without")
    running, without = typed([["--db", str(tmp_path / name / "zg.db"), "list"] for name in ("running", "without")])
    assert running[0] == 0 and "第二件" in running[1], running
    assert without[0] == 1 and "zg.db-wal" in without[2], without


@pytest.fixture
def reader(founded_postgresql: str) -> Iterator[str]:
    """The address of a record for an account of the server that may only read."""
    filled(founded_postgresql)
    name = f"reader_{uuid.uuid4().hex}"
    with closing(connect(founded_postgresql)) as db:
        with db.write():
            db.run(f"CREATE ROLE {name} LOGIN")
            db.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
            db.run(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")  # pg_dump reads them, for a backup
        yield founded_postgresql.replace("zg@", f"{name}@")
        with db.write():
            db.run(f"DROP OWNED BY {name}")
            db.run(f"DROP ROLE {name}")


@pytest.mark.postgres
def test_a_record_is_read_by_an_account_that_may_only_read(reader: str, tmp_path: Path) -> None:
    def said(commands: list[list[str]]) -> list[Result]:
        results = [Zg(reader)(*words, code=None, LANG="en_US.UTF-8") for words in commands]
        return [(result.exit_code, result.stdout, result.stderr) for result in results]

    _reads(said, tmp_path)


def _reads(said: object, folder: Path) -> None:
    """Everything that reads ends well; what would note the reading says that it did not; what writes is refused."""
    noted = [[word.format(folder=folder) for word in words] for words in NOTED]
    writing = [["comment", "1", "--note", "x"], ["clock", "advance", "1d"]]
    results = said([*map(list, READING), *noted, *writing])  # type: ignore[operator]
    for words, (code, _, errors) in zip(READING, results, strict=False):
        assert code == 0, (words, errors)
        assert "noted" not in errors
    for words, (code, output, errors) in zip(noted, results[len(READING):], strict=False):
        assert code == 0 and "could not be noted" in errors, (words, code, errors)
        assert output or (folder / "ledger.csv").exists()
    for words, (code, _, errors) in zip(writing, results[-len(writing):], strict=True):
        assert code == 1 and ("read-only" in errors or "permission denied" in errors), (words, code, errors)
