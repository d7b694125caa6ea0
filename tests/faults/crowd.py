"""Many real processes at the same tickets at the same moment, each of them the command line itself.

`python -m tests.faults.crowd URL PROCESSES WORDS…` – every process runs `zg WORDS` for each number in standard input (`NO` stands for
it; without any, it runs once a line). Prints JSON: for each line the list of [exit code, first line of standard error].
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from importlib import import_module

from engine.cli import cli

import_module("engine.rules.machine")


def call(words: list[str]) -> tuple[int, str]:
    """One command in this process, as `zg` runs it: exit code and the first line of standard error."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.main(words, prog_name="zg")
        except SystemExit as end:
            code = end.code
    return int(str(code)), err.getvalue()


def rehearse(url: str, words: list[str]) -> None:
    """Types the command once and keeps nothing of it: those that are forked afterwards need not import what it needs."""
    code, said = call(["--db", url, *words, "--dry-run"])
    assert code == 0, said


def crowd(url: str, processes: int, words: list[str], numbers: list[str]) -> list[list[tuple[int, str]]]:
    """What every process was told for each number. They wait for each other before the first one."""
    rehearse(url, [numbers[0] if word == "NO" else word for word in words])
    gate, open_gate = os.pipe()
    pipes = []
    for _ in range(processes):
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.close(open_gate)
            os.read(gate, 1)  # ends when the parent closes it
            told = [call(["--db", url, *(number if word == "NO" else word for word in words)]) for number in numbers]
            with os.fdopen(writer, "w") as pipe:
                json.dump(told, pipe)
            os._exit(0)
        os.close(writer)
        pipes.append(reader)
    os.close(open_gate)
    heard = [json.loads(os.fdopen(pipe).read()) for pipe in pipes]
    for _ in pipes:
        os.wait()
    return [list(told) for told in zip(*heard, strict=True)]


if __name__ == "__main__":
    json.dump(crowd(sys.argv[1], int(sys.argv[2]), sys.argv[3:], sys.stdin.read().split()), sys.stdout)
