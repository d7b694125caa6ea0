"""Two real processes that both looked at a ticket before either of them wrote.

`python -m tests.faults.duel URL NUMBER WORDS… -- WORDS…` – this process holds the lock that a writer needs until both have looked; then
it lets go. Prints JSON: [exit code, standard error] of both.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from typing import Any

from engine.desk.tickets import Desk
from engine.record import queries
from engine.record.connection import connect
from tests.faults.crowd import call, rehearse


def duel(url: str, number: str, sides: list[list[str]]) -> list[tuple[int, str]]:
    rehearse(url, sides[0])
    gate, open_gate = os.pipe()
    looked, tell = os.pipe()
    pipes = []
    for words in sides:
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.close(open_gate)
            os.read(gate, 1)
            do = Desk.do

            def telling(*args: Any, do: Any = do, **said: Any) -> Any:
                os.write(tell, b"!")  # the command has read the ticket and is about to write
                return do(*args, **said)

            Desk.do = telling  # type: ignore[method-assign]
            with os.fdopen(writer, "w") as pipe:
                json.dump(call(["--db", url, *words]), pipe)
            os._exit(0)
        os.close(writer)
        pipes.append(reader)
    with closing(connect(url)) as db, db.rehearse():
        db.row(queries.TICKET_NUMBERED, number=number)
        os.close(open_gate)
        for _ in sides:
            os.read(looked, 1)
    heard = [tuple(json.loads(os.fdopen(pipe).read())) for pipe in pipes]
    for _ in pipes:
        os.wait()
    return heard  # type: ignore[return-value]


if __name__ == "__main__":
    words = sys.argv[3:]
    middle = words.index("--")
    json.dump(duel(sys.argv[1], sys.argv[2], [words[:middle], words[middle + 1 :]]), sys.stdout)
