"""A child process that does one thing, and may be killed while it does."""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable


def attempt(act: Callable[[], object], life: float | None) -> bool:
    """Whether it was done within that life; None is as long as it takes. Raises AssertionError where it was not killed and failed."""
    pid = os.fork()
    if pid == 0:
        try:
            act()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    if life is not None:
        time.sleep(life)
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    assert status == 0 or os.WIFSIGNALED(status), "it fails by itself"
    return status == 0
