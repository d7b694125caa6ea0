"""The demonstration, played for the pictures: what they show is what anybody sees after `zg demo`."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from docs.generated import ROOT


class Played:
    """The sandbox that `zg demo` left in a folder, with the files beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder, f"sqlite:///{folder}/none.db"
        self.zg("demo", TMPDIR=str(folder))
        [database] = folder.glob("zg-demo-*/demo.db")
        self.folder, self.url = database.parent, f"sqlite:///{database}"

    def zg(self, command: str, **environment: str) -> None:
        """Runs a command there. Raises CalledProcessError."""
        words = [sys.executable, "-c", "from engine.cli import main; main()", *shlex.split(command)]
        known = {**os.environ, "ZG_DB": self.url, "ZG_LANG": "zh", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment}
        subprocess.run(words, env=known, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
