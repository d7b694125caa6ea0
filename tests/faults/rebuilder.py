"""Kills rebuilding at random moments, then lets it be done.

`python -m tests.faults.rebuilder SOURCE URL COUNT SEED` makes the record at SOURCE anew at URL, COUNT times after it was killed before,
and prints how many kills left nothing and how many a whole record: nothing between may be there.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from contextlib import closing
from functools import partial

from engine.app.opening import open_app
from engine.app.settings import Settings
from engine.audit.rebuild import rebuild
from engine.errors import NoDatabase, NotPossible
from engine.record import evidence
from engine.record.address import file_path, is_server
from engine.record.connection import connect
from tests.faults.forked import attempt
from tests.faults.hands import must_be_whole, remove


def make(source: str, url: str) -> None:
    with closing(connect(source)) as database:
        assert rebuild(database, url).findings == []


def make_unless_whole(source: str, url: str) -> None:
    """As whoever runs it again: what died in the end stands there, and is not written over."""
    try:
        make(source, url)
    except NotPossible:
        must_be_whole(url)


def stands(url: str) -> bool:
    """Whether there is a record that a command would use; one that there is has to be whole."""
    try:
        with open_app(Settings(url, "office", "en")):
            pass
    except NoDatabase:
        return False
    must_be_whole(url)
    return True


def clear(url: str) -> None:
    """Away with a record and its files."""
    if is_server(url):
        with closing(connect(url)) as there, there.write():
            there.run("DROP SCHEMA public CASCADE")
            there.run("CREATE SCHEMA public")
        folder = evidence.folder_beside(None)
    else:
        remove(file_path(url))
        folder = evidence.folder_beside(file_path(url))
    shutil.rmtree(folder, ignore_errors=True)


def main(source: str, url: str, count: int, seed: int) -> dict[str, int]:
    luck, left = random.Random(seed), {"none": 0, "whole": 0}  # noqa: S311 – a seed that can be given again
    make(source, url)  # the next one, and those of the children, need not import anything
    clear(url)
    begun = time.monotonic()
    make(source, url)
    usual = time.monotonic() - begun
    for _ in range(count):
        clear(url)
        share = 0.8  # the first is killed on the way, a later one may come to its end
        while not attempt(partial(make_unless_whole, source, url), luck.uniform(0, share * usual)):
            left["whole" if stands(url) else "none"] += 1
            share = 1.2
        assert stands(url)
    return left


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
