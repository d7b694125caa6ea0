"""Cold `zg show 1` against a bare click program that prints a line. Prints the median of paired runs.

    python bench/show.py [--rounds 21]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

BARE = """
import click
@click.group()
def main(): ...
@main.command()
@click.argument("number")
def show(number): click.echo(number)
main()
"""


def once(command: list[str], environ: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def run(rounds: int) -> float:
    """The median ratio of paired cold runs, after one pair to warm the file cache."""
    from engine.app.founding import init
    from engine.clock import FixedClock
    from engine.desk.tickets import Desk
    from engine.record.connection import connect
    from engine.rules.access import Actor
    from engine.rules.acts.opening import Opening

    now = datetime(2020, 9, 25, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{name}/show.db"
        init(url, seed="pingdingshan-2020", sandbox=now, clock=FixedClock(now))
        desk = Desk(connect(url), FixedClock(now))
        desk.open(Actor("office", "supervisor", None, "bench"), Opening("企业开办材料重复提交", "visit", measure="3.1", grade="C"))
        desk.database.close()
        bare = Path(name) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        # Installed programs have their bytecode; a machine that writes none would measure the compiler.
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"ZG_DB": url}
        ratios, floors = [], []
        for round_ in range(rounds + 1):
            floor = once([sys.executable, str(bare), "show", "1"], environ)
            ours = once([sys.executable, str(ROOT / "cli.py"), "show", "1"], environ)
            if round_:
                ratios.append(ours / floor)
                floors.append(floor)
    ratio = statistics.median(ratios)
    print(f"cold show   {ratio:.2f} × bare click   (floor {statistics.median(floors) * 1e3:.0f} ms, {rounds} rounds)")
    return ratio


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    run(parser.parse_args().rounds)
