"""Photographs an exported ledger as LibreOffice shows it: `python -m docs.sheet_picture`. The cities are invented, as the sheet says.

Needs LibreOffice, poppler's `pdftoppm` and fonts for Chinese.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from docs.generated import ROOT

PICTURES = ROOT / "docs" / "pictures"
UNITS = (("JX", "甲县", "county"), ("YQ", "乙区", "county"), ("BX", "丙县", "county"), ("DSJ", "市大数据局", "subordinate"))
PROBLEMS = (
    ("不动产登记未在2个工作日内办结", "evaluation", "B", "JX", "2020-03-20"),
    ("企业开办仍要求提交纸质材料", "visit", "C", "YQ", "2020-03-27"),
    ("水电气报装窗口未进政务大厅", "visit", "B", "BX", "2020-04-10"),
    ("政务服务差评未在5个工作日内回访", "review", "C", "DSJ", "2020-03-18"),
    ("中小企业贷款贴息申报入口难找", "complaint", "C", "JX", "2020-04-17"),
    ("招标保证金退还超过规定时限", "complaint", "C", "YQ", "2020-03-24"),
    ("施工许可审批用时高于全省平均", "evaluation", "B", "BX", "2020-04-30"),
    ("证明事项清单未公布", "visit", "C", "YQ", "2020-03-31"),
    ("跨省通办事项缺少操作指南", "superior", "B", "DSJ", "2020-05-15"),
    ("惠企政策未按季度更新", "meeting", "C", "JX", "2020-03-26"),
)
LATER = (
    "--as DSJ submit 4 --note 已全部回访", "verify 4", "--as YQ submit 6 --note 已退还",
    "--as JX request-extension 5 --to 2020-04-24 --reason 系统改造", "clock set 2020-03-25T09:00", "sweep",
    "open 园区企业反映用工难 --source self --grade C",
)


def before() -> list[str]:
    """The commands that make the record."""
    found = ["init --sandbox 2020-03-02T09:00"]
    for code, name, relation in UNITS:
        kind = "county" if relation == "county" else "bureau"
        found.append(f"unit add {code} {name} --kind {kind} --relation {relation}")
        found.append(f"user add {code.lower()} --title {name}联络员 --role contact --unit {code}")
        found.append(f"user add {code.lower()}-head --title {name}负责人 --role head --unit {code}")
    for number, (title, source, grade, lead, due) in enumerate(PROBLEMS, 1):
        found.append(f"open {title} --source {source} --grade {grade}")
        found += [f"assign {number} --lead {lead} --due {due}", f"--as {lead} accept {number}"]
    return [*found, *LATER]


def photograph() -> None:
    """Writes the pictures: a page of the ledger, and its figures."""
    with tempfile.TemporaryDirectory() as folder:
        for command in before():
            _run(folder, command)
        _run(folder, f"export {folder}/台账.xlsx --all")
        own = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", folder, f"{folder}/台账.xlsx"]
        subprocess.run(convert, check=True, stdout=subprocess.DEVNULL)
        for page, name, shown in ((1, "ledger", 45), (2, "figures", 66)):
            where = ["-f", str(page), "-l", str(page), "-r", "90", "-png", "-singlefile"]
            subprocess.run(["pdftoppm", *where, f"{folder}/台账.pdf", f"{folder}/{name}"], check=True)
            _small(Path(folder) / f"{name}.png", PICTURES / f"sheet-{name}.png", shown)


def _small(page: Path, picture: Path, shown: int) -> None:
    """Keeps the upper part of a page, in percent of its height, and its foot, in few colours."""
    with Image.open(page) as whole:
        width, height = whole.size
        upper, foot = whole.crop((0, 0, width, height * shown // 100)), whole.crop((0, height * 93 // 100, width, height))
        made = Image.new("RGB", (width, upper.height + foot.height), "white")
        made.paste(upper, (0, 0))
        made.paste(foot, (0, upper.height))
        made.quantize(96).save(picture, optimize=True)


def _run(folder: str, command: str) -> None:
    environment = {**os.environ, "ZG_DB": f"sqlite:///{folder}/zg.db", "ZG_LANG": "zh", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    program = [sys.executable, "-c", "from engine.cli import main; main()"]
    subprocess.run([*program, *shlex.split(command)], env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    photograph()
    sys.stdout.write(f"{PICTURES}{os.sep}sheet-*.png {sum(path.stat().st_size for path in Path(PICTURES).glob('sheet-*.png'))} bytes\n")
