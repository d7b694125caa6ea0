"""Regular files: what is a file and nothing else. A pipe, a device or a socket in its place would be waited for, or never end."""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path


def opened(path: Path) -> BufferedReader:
    """Opens a file to read it. Raises OSError, also for what is no regular file, without waiting for it."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            number = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
            raise OSError(number, os.strerror(number), str(path))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def text_of(path: Path) -> str:
    """The text of a file in UTF-8. Raises OSError, UnicodeDecodeError."""
    with opened(path) as file:
        return file.read().decode("utf-8")
