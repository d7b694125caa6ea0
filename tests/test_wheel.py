"""What people install: the wheel alone, in an empty folder, brings its workflows, seeds and words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked by pip into a folder of its own; the packages it needs come from this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder / "dist"), str(ROOT)], folder)
    [wheel] = (folder / "dist").glob("*.whl")
    run([*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel)], folder)
    return folder / "site"


def run(command: list[str], folder: Path, **environment: str) -> str:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("ZG_", "COV", "PYTHONPATH"))}
    done = subprocess.run(
        command, cwd=folder, env={**known, "LANG": "C.UTF-8", **environment}, capture_output=True, text=True, timeout=300, check=False,
    )
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def test_an_installed_wheel_founds_lists_and_plays_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    zg = [str(installed / "bin" / "zg")]
    environment = {"PYTHONPATH": str(installed), "ZG_DB": f"sqlite:///{tmp_path}/zg.db"}
    where = run([sys.executable, "-c", "import engine; print(engine.__file__)"], tmp_path, **environment)
    assert where.startswith(str(installed))
    run([*zg, "init", "--seed", "pingdingshan-2020"], tmp_path, **environment)
    names = [line.split("\t")[0] for line in run([*zg, "workflow", "list"], tmp_path, **environment).splitlines()]
    assert names == ["bad-review", "complaint", "rectification", "superior"]
    assert "ZG-2020-0033" in run([*zg, "demo"], tmp_path, **environment)
    assert {path.name for path in tmp_path.iterdir()} >= {"zg.db"}


def test_an_installed_wheel_brings_its_manual_pages(installed: Path) -> None:
    for folder in ("man1", "zh_CN/man1"):
        assert (installed / "share" / "man" / folder / "zg.1").read_text(encoding="utf-8").startswith(".TH ZG 1")
