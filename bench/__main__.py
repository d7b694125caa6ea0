"""Everything that is measured, in small sizes: `python -m bench`, or `make bench`. Each part by itself takes larger ones.

    python -m bench [--db postgresql://user@host:port]
"""

from __future__ import annotations

import argparse

from bench import fairness, growth, ledger, rounds, seal, show, sweep, transition

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--db", help="a PostgreSQL server where databases may be made; the sweeps are measured there too")
given = parser.parse_args()

show.run(rounds=11)
transition.run(rounds=15, each=20)
rounds.run(pairs=2_000, rounds=2)
seal.run(small=3_000, large=15_000, new=1_000, rounds=3)
ledger.run(rows=5_000, rounds=3)
for server in (None, given.db) if given.db else (None,):
    sweep.run(counts=(10_000,), rounds=3, server=server)
    fairness.run(due=5_000, rounds=2, server=server)
    growth.run(server=server)
