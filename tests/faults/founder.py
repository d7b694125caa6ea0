"""Kills the making of a record at random moments, then lets it be made.

`python -m tests.faults.founder FOLDER COUNT SEED` makes COUNT records in the folder and prints how many tries were killed.
"""

from __future__ import annotations

import random
import sys
import time
from functools import partial
from pathlib import Path

from engine.errors import NotPossible
from tests.faults.conftest import found
from tests.faults.forked import attempt
from tests.parsing import parse_once

TRIES = 3


def found_unless_there(url: str) -> None:
    """As whoever types it again: what died after its last word to the database stands there."""
    try:
        found(url)
    except NotPossible as error:
        if error.values["reason"] != "database-exists":
            raise


def main(folder: Path, count: int, seed: int) -> int:
    luck, killed = random.Random(seed), 0  # noqa: S311 – a seed that can be given again
    parse_once()  # kills are for what is written, not for what is read
    found(f"sqlite:///{folder / 'imports.db'}")  # the next one, and those of the children, need not import anything
    begun = time.monotonic()
    found(f"sqlite:///{folder / 'usual.db'}")
    usual = time.monotonic() - begun
    for number in range(count):
        url = f"sqlite:///{folder / f'{number}.db'}"
        for longer in range(TRIES):  # the first hardly ever lives long enough
            if attempt(partial(found_unless_there, url), luck.uniform(0, usual * (longer + 1) / TRIES)):
                break
            killed += 1
        else:
            attempt(partial(found_unless_there, url), None)
    return killed


if __name__ == "__main__":
    sys.stdout.write(str(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
