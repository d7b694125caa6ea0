"""Kills the making of a record at random moments, then lets it be made.

`python -m tests.faults.founder FOLDER COUNT SEED` makes COUNT records in the folder and prints how many tries were killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.faults.conftest import found

TRIES = 3


def attempt(url: str, life: float | None) -> bool:
    """Whether the record was made within that life."""
    pid = os.fork()
    if pid == 0:
        try:
            found(url)
            os._exit(0)
        finally:
            os._exit(1)
    if life is not None:
        time.sleep(life)
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1] == 0


def main(folder: Path, count: int, seed: int) -> int:
    luck, killed = random.Random(seed), 0  # noqa: S311 – a seed that can be given again
    found(f"sqlite:///{folder / 'imports.db'}")  # the next one, and those of the children, need not import anything
    begun = time.monotonic()
    found(f"sqlite:///{folder / 'usual.db'}")
    usual = time.monotonic() - begun
    for number in range(count):
        url = f"sqlite:///{folder / f'{number}.db'}"
        for longer in range(TRIES):  # the first hardly ever lives long enough
            if attempt(url, luck.uniform(0, usual * (longer + 1) / TRIES)):
                break
            killed += 1
        else:
            assert attempt(url, None), "a record whose making was killed can be made after all"
    return killed


if __name__ == "__main__":
    sys.stdout.write(str(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
