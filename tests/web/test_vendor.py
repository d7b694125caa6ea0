"""What is vendored, compared with the packages of npm that it was made of; and whether Chromium 86 reads every script and sheet
of ours."""

from __future__ import annotations

import subprocess
import tempfile
import urllib.error
from pathlib import Path

import pytest

from engine.web.assets import assets
from tests.web import vendor

pytestmark = pytest.mark.torture

NEWEST = 150
"""A Chromium that knows all that the tools know."""


OWN_SHEETS = ("app.css", "app-dark.css")


def test_every_vendored_file_is_what_its_package_makes() -> None:
    packages: dict[str, dict[str, bytes]] = {}
    for entry in vendor.entries():
        name = entry["package"]
        try:
            packages.setdefault(name, vendor.package(name, entry["version"], entry["integrity"]))
            assert vendor.made(entry, packages[name]) == (vendor.VENDOR / entry["file"]).read_bytes(), entry["file"]
        except (urllib.error.URLError, TimeoutError, FileNotFoundError):
            pytest.skip("no registry of npm, or no npm")


def test_a_style_sheet_of_ours_says_nothing_that_chromium_86_does_not_know() -> None:
    """Where lightningcss says something otherwise for Chromium 86 than for the newest, our sheet says it so already."""
    for asset in (found for found in assets().values() if found.name in OWN_SHEETS):
        try:
            old, newest = (vendor.style_spelled(asset.body, version) for version in (vendor.CHROMIUM, NEWEST))
        except (FileNotFoundError, subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip("no registry of npm, or no npm")
        otherwise = {line.strip(" ;{") for line in old.decode().splitlines()} - {line.strip(" ;{") for line in newest.decode().splitlines()}
        assert [line for line in sorted(otherwise) if line not in asset.body.decode()] == [], asset.name


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


def test_no_script_has_syntax_or_functions_that_are_younger_than_chromium_86() -> None:
    """es-check knows years and no browsers: Chromium 86 has all of 2021, and private fields of classes (since 74) beside."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            vendor._install(folder, vendor.ES_CHECK)
        except (FileNotFoundError, subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip("no registry of npm, or no npm")
        scripts = [asset for asset in assets().values() if asset.name.endswith(".js")]
        for asset in scripts:
            (Path(folder) / asset.name).write_bytes(asset.body)
        words = [f"{folder}/node_modules/.bin/es-check", "es2021", "*.js", "--checkFeatures", "--allowList", "PrivateClassFields"]
        done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and f"checking {len(scripts)} files" in done.stdout, done.stdout + done.stderr
