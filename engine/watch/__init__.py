"""The watch keeps time: the sweep, the duties it does by the clock, the daemon that does them, and the doctor who looks after all of it.

Only `daemon` imports apscheduler; `zg sweep` and `zg doctor` do without. In reading order: batches, outcomes, sweep, pulse, duties, beats,
daemon, sign, doctor_text, seal_signs, doctor, coverage.
"""

from __future__ import annotations

from engine.watch.sweep import Swept, sweep

__all__ = ["Swept", "sweep"]
