"""What a command meets at its edges: closed streams, pipes and devices for files, addresses that are none, settings of somebody else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.app.settings import load
from engine.cli import stdin
from engine.cli.standard import open_closed_streams
from engine.errors import InvalidFile, InvalidInput, UsageError
from engine.notices.setup_table import Secret
from engine.office.sheets.reader import read_bytes
from engine.record.address import file_path
from engine.record.evidence import MISSING, path_of, state_of
from engine.record.regular import opened
from engine.record.sqlite import SQLite
from engine.views.formula import SIGNS
from tests.cli.conftest import Zg

ROOT = Path(__file__).parents[2]
RUN = [sys.executable, "-c", "from engine.cli import main; main()"]


def closed(url: str, *args: str, stream: int) -> subprocess.CompletedProcess[str]:
    """A command that is started with one of its standard streams closed."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {stream}{"<" if stream == 0 else ">"}&-', "sh", *RUN, *args], capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, env={**os.environ, "ZG_DB": url, "ZG_LANG": "en", "PYTHONPATH": str(ROOT)}, timeout=60,
    )


def test_with_closed_input_it_is_told_that_nothing_could_be_read(zg: Zg) -> None:
    for command in (("comment", "-", "--note", "x"), ("--as", "admin", "user", "password", "scjgj")):
        done = closed(zg.url, *command, stream=0)
        assert done.returncode == 5 and done.stderr.startswith("Error: Standard input cannot be read; nothing was done.")
    assert closed(zg.url, "list", stream=0).returncode == 0


def test_with_closed_output_it_is_told_that_it_was_lost_and_what_was_done_stands(zg: Zg) -> None:
    done = closed(zg.url, "open", "papers asked for twice", "--source", "visit", stream=1)
    assert done.returncode == 1 and done.stderr.startswith("Error: The output could not be written; what the command did")
    assert zg.json("list")["title"] == "papers asked for twice"
    assert zg("audit", "verify").exit_code == 0


def test_with_closed_errors_the_exit_code_tells(zg: Zg) -> None:
    assert closed(zg.url, "show", "9", stream=2).returncode == 3


def test_a_stream_that_is_there_is_left_alone() -> None:
    before = (sys.stdin, sys.stdout, sys.stderr)
    open_closed_streams()
    assert (sys.stdin, sys.stdout, sys.stderr) == before


@pytest.mark.parametrize(("url", "reason"), [
    (":memory:", "address-other-form"), ("sqlite:///:memory:", "address-other-form"), ("file:x?mode=ro", "address-other-form"),
    ("sqlite:///zg.db?mode=ro", "address-query"), ("sqlite:////zg.db?cache=shared&mode=ro", "address-query"),
    ("sqlite:///file:x?mode=ro", "address-other-form"), ("sqlite:zg.db", "address-other-form"),
    ("sqlite:///~nobody", "address-home"), ("~nobody/zg.db", "address-home"), ("sqlite:////dev/zero", "database-no-file"),
])
def test_an_address_that_is_no_file_is_refused_in_words(url: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        file_path(url)
    assert caught.value.values["reason"] == reason


def test_a_home_that_is_nowhere_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", homeless)
    with pytest.raises(UsageError):
        file_path("sqlite:///~/zg.db")


def test_a_pipe_is_read_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "zg.toml"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError):
            opened(path)
    with pytest.raises(UsageError):
        file_path(str(pipe))
    with pytest.raises(InvalidFile) as caught:
        load(folder=tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["system-no-file"]
    assert Secret(str(pipe)).read() == ""
    kept = path_of(tmp_path / "files", "a" * 64)
    kept.parent.mkdir(parents=True)
    os.mkfifo(kept)
    assert state_of(tmp_path / "files", "a" * 64) == MISSING


def test_settings_of_another_user_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "zg.toml"
    path.write_text('lang = "en"\n', encoding="utf-8")
    assert load(folder=tmp_path, environ={}).language == "en"
    if os.geteuid() == 0:
        os.chown(path, 4242, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(InvalidFile) as caught:
        load(folder=tmp_path, environ={})
    assert [problem.code for problem in caught.value.problems] == ["problem-others-settings"]


def test_input_without_an_end_is_not_read_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stdin, "LARGEST_INPUT", 1 << 20)
    with Path("/dev/zero").open() as endless:
        monkeypatch.setattr(sys, "stdin", endless)
        with pytest.raises(InvalidInput):
            list(stdin.typed_lines())
    monkeypatch.setattr(sys, "stdin", io.StringIO("x" * (stdin.LONGEST_LINE + 1)))
    with pytest.raises(InvalidInput):
        stdin.typed_line()


def test_words_of_any_length_to_search_for_are_refused_in_words(zg: Zg) -> None:
    assert zg("list", "--text", "长" * 40_000, code=2).stdout == ""


@pytest.mark.parametrize(("where", "told", "tickets"), [
    ("commit", "what had been written by then stands (1 transaction)", 1), ("append", "nothing was written", 0),
])
def test_an_interruption_says_whether_anything_was_written(
    zg: Zg, monkeypatch: pytest.MonkeyPatch, where: str, told: str, tickets: int,
) -> None:
    """Ctrl-C comes between two steps of the interpreter: right after the commit, or before it."""
    commit = SQLite.commit

    def interrupted(database: SQLite) -> None:
        if where == "commit":
            commit(database)
        raise KeyboardInterrupt

    monkeypatch.setattr(SQLite, "commit", interrupted)
    done = zg("--lang", "en", "open", "papers asked for twice", "--source", "visit", code=130)
    monkeypatch.setattr(SQLite, "commit", commit)
    assert told in done.stderr and len(zg("list").stdout.splitlines()) == tickets


INTERRUPTED = """
import os, signal, sys
from engine.cli import main
from engine.record.sqlite import SQLite
commit = SQLite.commit
def interrupted(database):
    commit(database)
    os.kill(os.getpid(), signal.SIGINT)
SQLite.commit = interrupted
sys.argv = ["zg", "open", "papers asked for twice", "--source", "visit"]
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored, as a shell in the background does
main()
"""


def test_a_process_that_is_interrupted_right_after_the_commit_says_that_it_stands(zg: Zg) -> None:
    environment = {**os.environ, "ZG_DB": zg.url, "ZG_LANG": "en", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (130, "") and "what had been written by then stands (1 transaction)" in done.stderr
    assert len(zg("list").stdout.splitlines()) == 1


def test_no_line_of_fields_holds_a_formula_and_a_reader_of_sheets_gets_the_text_back(zg: Zg) -> None:
    titles = ["=1+1 多报一次", "+86 电话无人接", "-3 分", "@all 通知", "＝全角", "'=已有撇号", "不动"]
    for title in titles:
        zg("open", "--source", "visit", "--", title)
    for command in (("list",), ("show", "1"), ("log", "1"), ("today",)):
        fields = [field for line in zg(*command).stdout.splitlines() for field in line.split("\t")]
        assert not [field for field in fields if field.startswith(SIGNS)]
    rows = read_bytes("list.tsv", zg("list").stdout.encode()).sheets[0].rows
    assert sorted(title for row in rows for title in titles if title in row.texts) == sorted(titles)
    assert "=1+1 多报一次" in zg("list", "--json").stdout
