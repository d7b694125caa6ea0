"""Standard input, output and error, of which whoever starts a command may have closed any.

A descriptor that is closed goes to the next file that is opened: the record would stand where output goes, and what a library prints would
be written into it. So each is opened again on nothing, which can be neither read nor written; errors go nowhere.
"""

from __future__ import annotations

import os
import sys

STREAMS = (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))
"""By their descriptors. Input opened for writing gives nothing, output opened for reading takes nothing: both are errors, and told."""


def open_closed_streams() -> None:
    """Opens whichever of the three is closed."""
    for descriptor, (name, flags, mode) in enumerate(STREAMS):
        if getattr(sys, name) is None:
            if _is_closed(descriptor):
                os.open(os.devnull, flags)  # it gets the lowest descriptor that is free, which is this one
            setattr(sys, name, open(descriptor, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 – for as long as the process runs


def _is_closed(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return True
    return False
