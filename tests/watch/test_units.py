"""The systemd units of docs/: they parse, name commands that exist, and lock the service in."""

from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.cli import CONTENTS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "systemd"
UNITS = sorted(FOLDER.iterdir())
PROGRAM = "/opt/zhenggai/bin/zg"
COMMANDS = {name for group in CONTENTS.values() for name in group}


def read(path: Path) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text(encoding="utf-8"))
    return unit


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_has_its_sections_and_each_setting_once(path: Path) -> None:
    unit = read(path)
    assert {"Unit", path.suffix[1:].capitalize()} <= set(unit.sections())
    assert unit["Unit"]["Description"].startswith("Zhenggai")


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_service_runs_a_command_without_privileges(path: Path) -> None:
    service = read(path)["Service"]
    words = [word for part in shlex.split(service["ExecStart"]) for word in part.split()]
    assert words[words.index(PROGRAM) + 1] in COMMANDS | {"backup"}
    for name, value in {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "CapabilityBoundingSet": "", "User": "zhenggai"}.items():
        assert service[name] == value


def test_every_timer_has_its_service() -> None:
    names = {path.name for path in UNITS}
    timers = {name for name in names if name.endswith(".timer")}
    assert timers and {name.replace(".timer", ".service") for name in timers} <= names


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    for path in UNITS:  # the program is not installed here, and systemd looks whether it is
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, timeout=60, check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
