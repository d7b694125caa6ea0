"""Kills upgrades at random moments, then lets them be done.

`python -m tests.faults.upgrader URL FOLDER COUNT SEED` upgrades the record COUNT times after it was killed before, and prints how many
kills left the old schema, how many the new one without the entry, and how many a record that was done. FOLDER holds the migration.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from engine.app.opening import is_upgrading, upgrade
from engine.record import schema
from engine.record.address import file_path, is_server
from engine.record.connection import connect
from tests.faults.forked import attempt
from tests.faults.hands import must_be_upgraded, must_be_whole
from tests.later import LATER, later

BACK = ("DROP TABLE later", "ALTER TABLE unit DROP COLUMN later", "UPDATE alembic_version SET version_num = '0001e'")
SAID = "SELECT count(*) FROM event WHERE stream = 0 AND kind = 'upgraded'"


def go_back(url: str) -> int:
    """The record as it was before, but for the entries of its upgrades; how many there are."""
    with closing(connect(url)) as db:
        with db.write():
            for statement in BACK:
                db.run(statement)
        said = int(db.rows(SAID)[0][0])
    if not is_server(url):
        file = file_path(url)
        for kept in file.parent.glob(f"{file.name}.schema-*"):
            kept.unlink()
    return said


def left_by_kill(url: str, folder: Path) -> str:
    """What a kill left: one schema or the other, and all of it."""
    with closing(connect(url)) as db:
        new, unsaid = schema.revision(db) == LATER, is_upgrading(db)
    if not new:
        assert not unsaid
        must_be_whole(url)
        return "old"
    with later(folder):
        must_be_upgraded(url)
    return "unsaid" if unsaid else "done"


def _attempted(act: Callable[[], object], folder: Path, life: float) -> bool:
    """Whether the newer program did it within that life."""
    with later(folder):
        return attempt(act, life)


def main(url: str, folder: Path, count: int, seed: int) -> dict[str, int]:
    luck, left = random.Random(seed), Counter[str]()  # noqa: S311 – a seed that can be given again
    act, usual = partial(upgrade, url, yes=True), 0.0
    for _ in range(2):  # the second one need not import anything
        begun = time.monotonic()
        with later(folder):
            act()
        usual = time.monotonic() - begun
        said = go_back(url)
    for _ in range(count):
        while not _attempted(act, folder, luck.uniform(0, 1.2 * usual)):
            left[left_by_kill(url, folder)] += 1
        assert left_by_kill(url, folder) == "done"
        assert go_back(url) == (said := said + 1), "each upgrade is an entry"
    return dict(left)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))))
