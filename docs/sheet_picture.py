"""Photographs the sheets of the demonstration as LibreOffice shows them: `python -m docs.sheet_picture`. Its figures are invented.

Needs LibreOffice, poppler's `pdftoppm` and fonts for Chinese.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from docs.generated import ROOT
from docs.played import Played
from engine.cli.demo import STORY

PICTURES = ROOT / "docs" / "pictures"
SEED = ROOT / "seeds" / "demo"
LETTER, RETURNED = "问题清单.csv", "错误说明.xlsx"
MISTAKES = (("8,2.5,差评未在5个工作日内回访,市政务服务和大数据局,10月20日", "8,2.5,差评未在5个工作日内回访,市政务服务和大数据局,9月31日"),
            ("17,3.4,供水报装超过3个工作日,市城管局", "17,3.4,供水报装超过3个工作日,市城关局"),
            ("25,3.13,政府采购预留中小企业份额未公开", "25,3.13,"))
"""What somebody typed wrongly, so that there is something to return."""


class Shown(NamedTuple):
    """A page of a sheet, and how much of it is shown, in percent of its height; its foot is shown always."""

    picture: str
    file: str
    page: int
    upper: int


SHEETS = (
    Shown("ledger", "台账.xlsx", 1, 60), Shown("figures", "台账.xlsx", 2, 76), Shown("tasks", "整改任务清单.xlsx", 1, 34),
    Shown("returned", RETURNED, 1, 76),
)


def photograph() -> None:
    """Writes the pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        played = Played(Path(scratch))
        anew = f"sqlite:///{scratch}/anew.db"
        wrong = (SEED / "superior.csv").read_text(encoding="utf-8")
        for right, other in MISTAKES:
            wrong = wrong.replace(right, other, 1)
        (played.folder / LETTER).write_text(wrong, encoding="utf-8")
        for command in (*dict(STORY)["sheet"][:5], f"import {LETTER} --source superior --annotated {RETURNED}"):
            played.zg(command, ZG_DB=anew)
        for file in dict.fromkeys(sheet.file for sheet in SHEETS):
            own = f"-env:UserInstallation=file://{scratch}/profile"
            convert = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", scratch, str(played.folder / file)]
            subprocess.run(convert, check=True, stdout=subprocess.DEVNULL)
        for sheet in SHEETS:
            where = ["-f", str(sheet.page), "-l", str(sheet.page), "-r", "90", "-png", "-singlefile"]
            pdf, page = Path(scratch) / Path(sheet.file).with_suffix(".pdf"), Path(scratch) / sheet.picture
            subprocess.run(["pdftoppm", *where, str(pdf), str(page)], check=True)
            _small(page.with_suffix(".png"), PICTURES / f"sheet-{sheet.picture}.png", sheet.upper)


def _small(page: Path, picture: Path, shown: int) -> None:
    """Keeps the upper part of a page, in percent of its height, and its foot, in few colours."""
    with Image.open(page) as whole:
        width, height = whole.size
        upper, foot = whole.crop((0, 0, width, height * shown // 100)), whole.crop((0, height * 93 // 100, width, height))
        made = Image.new("RGB", (width, upper.height + foot.height), "white")
        made.paste(upper, (0, 0))
        made.paste(foot, (0, upper.height))
        made.quantize(128, Image.Quantize.MAXCOVERAGE).save(picture, optimize=True)


if __name__ == "__main__":
    photograph()
    sys.stdout.write(f"{PICTURES}{os.sep}sheet-*.png {sum(path.stat().st_size for path in PICTURES.glob('sheet-*.png'))} bytes\n")
