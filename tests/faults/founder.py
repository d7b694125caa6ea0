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
    begun = time.monotonic()
    found(f"sqlite:///{folder / 'first.db'}")  # imports everything, and says how long it takes
    usual = time.monotonic() - begun
    for number in range(count):
        url = f"sqlite:///{folder / f'{number}.db'}"
        for _ in range(TRIES):
            if attempt(url, luck.uniform(0, usual)):
                break
            killed += 1
        else:
            assert attempt(url, None), "a record whose making was killed can be made after all"
    return killed


if __name__ == "__main__":
    sys.stdout.write(str(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
