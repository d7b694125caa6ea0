"""Several processes that answer at one address: this one supervises them, and one that dies is replaced.

They share the socket that listens, so that the system hands each connection to one of them, and share nothing else: what must be known of
one another lies in the record. Where the supervisor is killed, they end by themselves.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from time import monotonic

LOG = logging.getLogger("zhenggai.web")

ENDS = (signal.SIGTERM, signal.SIGINT)
PAUSE_SECONDS = 1.0
"""From the death of one to the start of the next, so that what cannot live does not fill the machine."""

Work = Callable[[], None]
"""What a worker does until it is told to end. It travels to another process, so it is no closure."""


def keep_at_work(count: int, work: Work, grace_seconds: float) -> None:
    """Keeps so many processes at work until SIGTERM or SIGINT, then tells them to end and kills what has not after some seconds. Must run
    in the main thread.
    """
    asked, ask = os.pipe()
    before = {number: signal.signal(number, lambda *_: os.write(ask, b".")) for number in ENDS}
    running = [_started(work) for _ in range(count)]
    try:
        while asked not in (ended := wait([asked, *(process.sentinel for process in running)])):
            for place, process in enumerate(running):
                if process.sentinel in ended:
                    process.join()
                    if wait([asked], PAUSE_SECONDS):
                        return
                    LOG.warning("a worker ended (%s), another one is started", process.exitcode)
                    running[place] = _started(work)
    finally:
        _end(running, grace_seconds)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(asked)
        os.close(ask)


def _started(work: Work) -> SpawnProcess:
    """A new interpreter: one that is copied would have the locks of threads that it does not have."""
    process = get_context("spawn").Process(target=_at_work, args=(work,))
    process.start()
    return process


def _at_work(work: Work) -> None:
    threading.Thread(target=_end_with_supervisor, daemon=True).start()
    work()


def _end_with_supervisor() -> None:
    supervisor = parent_process()
    if supervisor is not None:
        supervisor.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _end(running: list[SpawnProcess], grace_seconds: float) -> None:
    for process in running:
        process.terminate()
    until = monotonic() + grace_seconds
    for process in running:
        process.join(max(0.0, until - monotonic()))
        process.kill()
        process.join()
