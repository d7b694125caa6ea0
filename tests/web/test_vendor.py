"""What is vendored, compared with the packages of npm that it was made of; and whether Chromium 86 reads every script of ours."""

from __future__ import annotations

import subprocess
import tempfile
import urllib.error
from pathlib import Path

import pytest

from engine.web.assets import assets
from tests.web import vendor

pytestmark = pytest.mark.torture


def test_every_vendored_file_is_what_its_package_makes() -> None:
    packages: dict[str, dict[str, bytes]] = {}
    for entry in vendor.entries():
        name = entry["package"]
        try:
            packages.setdefault(name, vendor.package(name, entry["version"], entry["integrity"]))
            assert vendor.made(entry, packages[name]) == (vendor.VENDOR / entry["file"]).read_bytes(), entry["file"]
        except (urllib.error.URLError, TimeoutError, FileNotFoundError):
            pytest.skip("no registry of npm, or no npm")


def test_the_tools_lower_nothing_more_for_chromium_86() -> None:
    """esbuild says of each script what Chromium 86 does not know: nothing is left to lower."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            vendor._install(folder, vendor.ESBUILD)
        except (FileNotFoundError, subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip("no registry of npm, or no npm")
        for asset in assets().values():
            if asset.name.endswith(".js"):
                (Path(folder) / asset.name).write_bytes(asset.body)
                newest, old = (
                    subprocess.run(
                        [f"{folder}/node_modules/.bin/esbuild", asset.name, f"--target={target}", "--charset=utf8"],
                        cwd=folder, check=True, capture_output=True, timeout=60,
                    ).stdout for target in ("esnext", f"chrome{vendor.CHROMIUM}")
                )
                assert newest == old, asset.name
