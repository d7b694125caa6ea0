"""A path that is typed: of a file, never of a pipe or a device, which would be waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import click

from engine.errors import UsageError


class FilePath(click.Path):
    """The path of a file to read or to write. A pipe, a device or a socket is refused; a file that is not there is its reader's matter."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        path = super().convert(value, param, ctx)
        if (ctx is None or not ctx.resilient_parsing) and _is_waited_for(os.fsdecode(path)):
            raise UsageError(reason="usage-no-file", path=os.fsdecode(path), command=ctx.command_path if ctx else "zg")
        return path


def _is_waited_for(path: str) -> bool:
    """Whether there is something at the path that is neither file nor folder."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
