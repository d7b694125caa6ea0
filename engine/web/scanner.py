"""A malware scanner that the office runs: asked of every file that comes in, before anything is done with it.

`[scanner]` names a command, which is given the path of the file last. It ends with 0 where the file is clean and with 1 where it is not, as
clamscan and clamdscan do; anything else, and taking too long, is no answer, and then nothing is taken in. What is not clean is put aside.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import InvalidFile, Problem, ZgError
from engine.web.upload import ReceivedFile

CLEAN, INFECTED = 0, 1
FOLDER_MODE, FILE_MODE = 0o700, 0o400
USUAL_SECONDS = 60


class NotClean(ZgError):
    """The scanner found something in a file."""

    code = "not-clean"
    exit = 5
    http = 422


class NotScanned(ZgError):
    """The scanner gave no answer."""

    code = "not-scanned"
    exit = 75
    http = 503


@dataclass(frozen=True, slots=True)
class Scanner:
    """The command, how long it may take for a file, and where files are put that are not clean; without a command nothing is asked."""

    command: tuple[str, ...] = ()
    seconds: int = USUAL_SECONDS
    quarantine: Path | None = None

    def look(self, files: Sequence[ReceivedFile]) -> None:
        """Raises NotClean and NotScanned for the first file that may not come in."""
        for file in files if self.command else ():
            found = self._asked(file.path)
            if found == INFECTED:
                self._put_aside(file.path)
                raise NotClean(file=file.name)
            if found != CLEAN:
                raise NotScanned(file=file.name)

    def _asked(self, path: Path) -> int | None:
        """How the scanner ended; None where it did not."""
        try:
            return subprocess.run(  # noqa: S603 – the command of the settings, without a shell
                [*self.command, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
                timeout=self.seconds,
            ).returncode
        except (OSError, subprocess.TimeoutExpired):
            return None

    def _put_aside(self, path: Path) -> None:
        """Moves a file to where nobody opens it by chance; without such a place it goes with the request."""
        if self.quarantine is None:
            return
        self.quarantine.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        os.chmod(path, FILE_MODE)  # noqa: PTH101 – as it stands, whatever it is
        os.replace(path, self.quarantine / path.name)  # noqa: PTH105 – as above


def read_scanner(table: Any, file: str) -> Scanner:
    """The scanner as `[scanner]` of the settings says. Raises InvalidFile."""
    if table is None:
        return Scanner()
    try:
        command, seconds, quarantine = table["command"], table.get("seconds", USUAL_SECONDS), table.get("quarantine")
        whole = isinstance(command, list) and command and all(isinstance(word, str) for word in command)
        if not whole or not table.keys() <= {"command", "seconds", "quarantine"} or type(seconds) is not int or seconds < 1:
            raise ValueError
        return Scanner(tuple(command), seconds, Path(quarantine) if quarantine is not None else None)
    except (ValueError, TypeError, LookupError, AttributeError):
        raise InvalidFile(file=file, problems=[Problem.at("problem-scanner", "[scanner]")]) from None
