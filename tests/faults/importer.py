"""Kills an import at random moments, again and again on the record that it left, then lets it be done.

`python -m tests.faults.importer URL KILLS SEED WORD…` types `zg --db URL WORD…` so many times in a process of its own that is killed, then
once more to its end, and prints how many were killed before they were done.
"""

from __future__ import annotations

import io
import json
import random
import sys
import time
from contextlib import closing, redirect_stderr, redirect_stdout
from functools import partial
from importlib import import_module

from engine.audit.verify import verify
from engine.cli import cli
from engine.office.ledger import entry
from engine.office.rounds import application, correction
from engine.record.connection import connect
from tests.faults.forked import attempt

for name in ("engine.rules.machine", "psycopg", "sqlite3", "engine.office.sheets.reader", "engine.office.rounds.imports",
             "engine.office.complaints.from_file"):
    import_module(name)  # before the first fork, so that kills fall into the writing

DONE = (0, 7)
"""What the command says when it did all that can be done."""


def type_it(url: str, words: list[str]) -> None:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as said:
        try:
            cli(["--db", url, *words])
        except SystemExit as end:
            if end.code in DONE:
                return
            raise AssertionError(said.getvalue()) from None


def main(url: str, kills: int, seed: int, words: list[str]) -> dict[str, int]:
    luck = random.Random(seed)  # noqa: S311 – a seed that can be given again
    for module in (application, correction, entry):
        vars(module)["WRITTEN"] = 3  # small pieces, so that kills fall between them, too
    type_it(url, [word for word in words if word != "--commit"])  # those that are forked need not import and read what it needs
    begun, killed, done = time.monotonic(), 0, 0
    for _ in range(kills):
        if attempt(partial(type_it, url, words), luck.uniform(0, LONGEST)):
            done += 1
        else:
            killed += 1
        with closing(connect(url)) as database:
            assert not (wrong := list(verify(database))), wrong
    assert attempt(partial(type_it, url, words), None)
    return {"killed": killed, "done": done, "seconds": round(time.monotonic() - begun)}


LONGEST = 0.25
"""Seconds that a try lives at most."""

if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])))
