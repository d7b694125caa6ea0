"""Photographs a terminal: real commands on a pseudo-terminal, drawn by Chromium. `python -m docs.picture`.

Needs Debian's `chromium`, `fonts-noto-cjk` (its monospaced Latin is half as wide as a Chinese character) and `fonts-dejavu-core`.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from docs.generated import ROOT
from docs.played import Played

PICTURES = ROOT / "docs" / "pictures"
COLUMNS = 92
LINE, PADDING = 22, 20
"""Pixels."""

NARROW = "●▲◇○…·✓✗↑↓≤≥"
"""Signs that a terminal draws in one column and this font in two."""

BEFORE = (
    "init --seed pingdingshan-2020 --sandbox 2020-09-25T09:00",
    "open 企业开办材料重复提交 --source visit --measure 3.1 --grade C",
    "open 不动产窗口一般登记未在2个工作日内办结 --source visit --measure 3.5 --grade B",
    "open 出口退税一类企业超过2个工作日 --source evaluation --measure 3.8 --grade C",
    "open 招标投标保证金退还逾期 --source complaint --measure 3.15 --grade C",
    "assign 1 --lead 市市场监管局 --with 市税务局",
    "assign 2 --lead 市自然资源和规划局",
    "assign 3 --lead 市税务局",
    "assign 4 --lead 市公共资源交易中心 --due 2020-10-16",
    "--as 市市场监管局 accept 1",
    "--as 市税务局 accept 3",
    "--as 市税务局 submit 3 --note 已办结",
    "clock set 2020-10-14T09:00",
    "sweep",
    "verify 3",
)
SHOWN = ("list", "why 1")
LOOP = ("evaluate board", "count --by unit")
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #1b1e24; }}
pre {{ margin: 0; padding: {padding}px; font: 15px/{line}px "Noto Sans Mono CJK SC", monospace; color: #d8dee6; }}
b {{ display: inline-block; width: .5em; vertical-align: top; font: 15px/{line}px "DejaVu Sans Mono", monospace; }}
i {{ position: fixed; right: {padding}px; top: {padding}px; font: 15px/{line}px "Noto Sans Mono CJK SC", monospace; color: #8b95a3; }}
</style><pre>{text}</pre><i>演练数据</i>"""
"""Every picture says that its data are made up (演练数据)."""


def photograph() -> None:
    """Writes the pictures: a ticket and its dates, and the loop as the demonstration leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/zg.db"
        for command in BEFORE:
            _run(url, command)
        _draw(url, SHOWN, PICTURES / "terminal.png")
        _draw(Played(Path(folder)).url, LOOP, PICTURES / "board.png")


def _draw(url: str, commands: Sequence[str], picture: Path) -> None:
    said = "".join(f"$ zg {command}\r\n{_run(url, command)}\r\n" for command in commands)
    text = _html(said.replace("\r\n", "\n").rstrip())
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(PAGE.format(text=text, line=LINE, padding=PADDING), encoding="utf-8")
        height = LINE * len(text.splitlines()) + 2 * PADDING
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars",
             f"--user-data-dir={folder}/browser", f"--window-size={COLUMNS * 8},{height}", "--force-device-scale-factor=1.5",
             f"--screenshot={picture}", page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )


def _run(url: str, command: str) -> str:
    """What the command writes to a terminal, colours and all."""
    here, there = pty.openpty()
    environment = {
        **os.environ, "ZG_DB": url, "ZG_LANG": "zh", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color",
    }
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, ROOT / "cli.py", *shlex.split(command)], stdin=subprocess.DEVNULL, stdout=there, stderr=there, env=environment,
    )
    os.close(there)
    parts = []
    while True:
        try:
            part = os.read(here, 65536)
        except OSError:  # the other end is closed: that is how a terminal says it
            break
        if not part:
            break
        parts.append(part)
    os.close(here)
    if process.wait() not in (0, 4):
        raise RuntimeError(b"".join(parts).decode())
    return b"".join(parts).decode()


def _html(text: str) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.terminal_theme import SVG_EXPORT_THEME
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=StringIO(), color_system="standard", force_terminal=True)
    console.print(Text.from_ansi(text), soft_wrap=True)
    drawn = console.export_html(theme=SVG_EXPORT_THEME, inline_styles=True, code_format="{code}").rstrip()
    return re.sub(f"[{NARROW}]", r"<b>\g<0></b>", drawn)


if __name__ == "__main__":
    photograph()
