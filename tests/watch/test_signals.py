"""A signal ends the watch wherever it is: sent at every line of it, and of what it waits with, that the main thread runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LONGEST_SECONDS = 60

WATCHES = """
import faulthandler, os, signal, sys, threading
from engine.app.settings import Settings
from engine.watch.daemon import watch
from engine.watch.duties import duties

faulthandler.dump_traceback_later(SECONDS, exit=True)
duty = duties(0.01)[0]
ours = {watch.__code__.co_filename, threading.__file__}
last = max(line for _, _, line in watch.__code__.co_lines() if line)  # lets signals through again: there nothing is left to end

def blocked():
    return signal.pthread_sigmask(signal.SIG_BLOCK, ())

def watched(line):
    # How many lines the main thread ran. The signal comes at one of them, or from a duty if that one is never reached.
    seen, told = 0, 0

    def trace(frame, event, argument):
        nonlocal seen
        if event == "line" and frame.f_code.co_filename in ours and signal.SIGTERM in blocked():
            seen += 1
            if seen == line and (frame.f_code, frame.f_lineno) != (watch.__code__, last):
                signal.raise_signal(signal.SIGTERM)
        return trace

    def tell(done):
        nonlocal told
        told += 1
        if told == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    sys.settrace(trace)
    try:
        watch(Settings("sqlite:////nowhere/zg.db", "office", "zh"), [duty], tell)
    finally:
        sys.settrace(None)
    assert not blocked()
    return seen

lines = watched(None)
for line in range(1, lines + 1):
    watched(line)
print(lines)
"""


def test_a_signal_at_any_line_of_the_watch_ends_it() -> None:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("ZG_", "COV"))}
    done = subprocess.run(
        [sys.executable, "-c", WATCHES.replace("SECONDS", str(LONGEST_SECONDS))], capture_output=True, text=True,
        env={**known, "PYTHONPATH": str(ROOT)}, timeout=LONGEST_SECONDS + 30, check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50
