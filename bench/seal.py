"""What a seal and its cosigning cost: what is new since the last one, whatever the size of the record. Prints ratios of CPU time, medians
of paired rounds.

    python bench/seal.py [--small 3000] [--large 60000] [--new 1000] [--rounds 5]

Both records get the same number of new events before each seal; the ratio is large against small, and should be about 1. Beside it the
first seal of the large record, which covers everything, in units of plain Python that reads the same hashes and hashes each twice.
Cosigning is all of it but the network: the proof that the checkpoint grew, the witness who checks and keeps it, and keeping what it signed.
"""

from __future__ import annotations

import argparse
import hashlib
import sqlite3
import statistics
import sys
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import crowd
from bench.place import place
from engine.audit.cosigning import WitnessSetup, keep, kept, last_size, request_for
from engine.audit.key_folder import folder_of
from engine.audit.sealing import seal
from engine.audit.seals import key_in_force, last_seal
from engine.audit.witness import GOOD, Witness, open_witness
from engine.clock import FixedClock
from engine.record import journal
from engine.record.connection import connect
from engine.record.database import Database


def add(database: Database, clock: FixedClock, count: int) -> None:
    """So many events of the administration."""
    with database.write():
        for _ in range(count):
            journal.administer(database, "read", clock.now(), crowd.OFFICE, {"name": "log"})


def sealing(database: Database, clock: FixedClock) -> float:
    start = time.process_time()
    assert seal(database, clock, crowd.OFFICE) is not None
    return time.process_time() - start


def cosigning(database: Database, witness: Witness) -> float:
    """The witness is asked about the last seal from the one it saw before."""
    setup = WitnessSetup("bench", witness.key.verifier)
    start = time.process_time()
    made, folder = last_seal(database), folder_of(database, None)
    assert made is not None
    request = request_for(database, made, last_size(kept(folder, made.origin()), setup))
    answer = witness.answer(str(request).encode(), int(time.time()))
    assert answer.status == GOOD and keep(folder, made, answer.body, [setup])
    return time.process_time() - start


def witness_of(database: Database, folder: Path) -> Witness:
    """A witness that trusts the key of a record."""
    folder.mkdir()
    made = open_witness(folder, "bench.example/w1")
    made.trust(str(key_in_force(database)))
    return made


def floor(path: str) -> float:
    start = time.process_time()
    for (hash_,) in sqlite3.connect(path).execute("SELECT hash FROM event ORDER BY id"):
        hashlib.sha256(hashlib.sha256(hash_).digest()).digest()
    return time.process_time() - start


def run(small: int, large: int, new: int, rounds: int) -> None:
    with place(None) as made:
        clock, urls = FixedClock(crowd.START), [made.fresh(), made.fresh()]
        for url, events in zip(urls, (small, large), strict=True):
            crowd.gather(url, events // 3, 0)
        with closing(connect(urls[0])) as one, closing(connect(urls[1])) as two:
            sealing(one, clock)
            bare = floor(urls[1].removeprefix("sqlite:///"))
            first = sealing(two, clock)
            witnesses = [
                witness_of(database, Path(f"{url.removeprefix('sqlite:///')}.witness"))
                for database, url in zip((one, two), urls, strict=True)
            ]
            for database, witness in zip((one, two), witnesses, strict=True):
                cosigning(database, witness)
            found, cosigned = [], []
            for _ in range(rounds):
                for database in (one, two):
                    add(database, clock, new)
                found.append((sealing(one, clock), sealing(two, clock)))
                cosigned.append((cosigning(one, witnesses[0]), cosigning(two, witnesses[1])))
        ratio = statistics.median(item[1] / item[0] for item in found)
        beside = statistics.median(item[1] / item[0] for item in cosigned)
        of_seal = statistics.median(item[1] / seal[1] for item, seal in zip(cosigned, found, strict=True))
        print(f"seal    {ratio:.2f} × of {new} new events in a record of {large} against one of {small}; "
              f"first seal over {large}: {first / bare:.2f} × reading and hashing in plain Python")
        print(f"cosign  {beside:.2f} × of {new} new events in a record of {large} against one of {small}; {of_seal:.2f} × its seal")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=3_000)
    parser.add_argument("--large", type=int, default=60_000)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    run(given.small, given.large, given.new, given.rounds)
