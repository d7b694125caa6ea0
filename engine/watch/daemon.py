"""The daemon: APScheduler as metronome, one interval job a duty, nothing stored (the only importer of apscheduler).

Its traps: the default grace of one second drops what came late, a job store shared by two processes fires twice, times without a
zone are local. So: no grace limit, memory only, UTC. Rows arbitrate between any number of daemons, not the scheduler (DESIGN §5).
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from engine.app.settings import Settings
from engine.watch.duties import Duty, DutyDone, Stop, perform
from engine.watch.pulse import Pulse

ENDS = (signal.SIGTERM, signal.SIGINT)
GRACE_SECONDS = 4.0
"""How long a duty may take to end after the signal; each stops after the batch in hand. Then the process goes: nothing is half."""


def watch(settings: Settings, duties: Sequence[Duty], on_duty: Callable[[DutyDone], None]) -> None:
    """Does the duties until SIGTERM or SIGINT. `on_duty` hears how each one went, from the thread it ran in.

    Must run in the main thread. Ends the process itself if a duty hangs beyond GRACE_SECONDS.
    """
    ends = threading.Event()
    # Blocked in every thread, a signal stays pending until `sigwait` takes it. A handler runs only between two steps of the interpreter:
    # one that came just before the main thread began to wait would not be heard.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    scheduler = _scheduler(settings, duties, Stop(ends.is_set, ends.wait), on_duty)
    try:
        scheduler.start()
        signal.sigwait(ENDS)
        ends.set()
        _shut_down(scheduler)
    finally:
        while signal.sigpending() & set(ENDS):  # asked twice is asked once
            signal.sigwait(ENDS)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def beside(settings: Settings, duties: Sequence[Duty], on_duty: Callable[[DutyDone], None]) -> Iterator[None]:
    """Does the duties as long as the block lasts, in threads beside it; none without duties. Who ends the block is not asked here."""
    if not duties:
        yield
        return
    ends = threading.Event()
    scheduler = _scheduler(settings, duties, Stop(ends.is_set, ends.wait), on_duty)
    scheduler.start()
    try:
        yield
    finally:
        ends.set()
        _shut_down(scheduler)


def _scheduler(settings: Settings, duties: Sequence[Duty], stop: Stop, on_duty: Callable[[DutyDone], None]) -> BackgroundScheduler:
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a run skipped because the last one still works is no news
    scheduler = BackgroundScheduler(
        timezone=UTC, executors={"default": ThreadPoolExecutor(len(duties))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )

    pulse = Pulse()

    def run(duty: Duty) -> None:
        on_duty(perform(duty, settings, stop, pulse=pulse))

    def failed(event: JobEvent) -> None:
        on_duty(DutyDone(event.job_id, {}, getattr(event, "exception", None) or RuntimeError("missed")))

    for duty in duties:
        scheduler.add_job(run, "interval", [duty], id=duty.name, seconds=duty.seconds, next_run_time=datetime.now(UTC))
    scheduler.add_listener(failed, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    return scheduler


def _shut_down(scheduler: BackgroundScheduler) -> None:
    """APScheduler waits for its threads without a limit, and so would Python at its end."""
    waiting = threading.Thread(target=scheduler.shutdown, daemon=True)
    waiting.start()
    waiting.join(GRACE_SECONDS)
    if waiting.is_alive():
        os._exit(0)
