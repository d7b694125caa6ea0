"""Breaks one file of the engine in every small way, one at a time, and lists the breaks that no test notices: `make mutants`.

    python -m tests.mutants engine/rules/timing/quiet.py engine/rules/acts/redaction.py

MUTANTS_SECONDS is the time limit, MUTANTS_TESTS the tests that must notice, where those of the folder are too many to wait for.
Works on a copy in a scratch folder: mutmut rewrites what it breaks, and reads its settings from pyproject.toml alone. What it lists is
either a test that is missing or a line that does nothing. A run that reaches its time limit says how many breaks it did not try; those
that it tried are a fair sample, the same at every run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGETS = ("engine/rules/acts", "engine/rules/timing", "engine/desk")
TESTS = {
    "engine/rules": ["tests/rules"],
    "engine/desk": [
        "tests/desk", "tests/registry", "tests/cli/test_do.py", "tests/cli/test_see.py", "tests/cli/test_evidence.py",
        "tests/cli/test_proposals.py", "tests/cli/test_secrets.py",
    ],
}
"""Which tests stand for which folder: the fast ones that would notice. A folder of tests that is not there yet is left out."""

SECONDS = int(os.environ.get("MUTANTS_SECONDS", "1800"))
LOG = "mutmut.log"
"""mutmut draws a wheel while it works, which is nothing to read; the end of it is shown if it fails."""

MUTMUT = """
import hashlib, mutmut.__main__ as mutmut
mutmut.estimated_worst_case_time = lambda name: hashlib.sha256(name.encode()).digest()
mutmut.cli()
"""
"""mutmut goes from what few tests touch to what many do, so a run that is cut short would say nothing of the latter: it goes by lot."""

SETTINGS = """
[tool.mutmut]
source_paths = ["engine"]
only_mutate = {files}
also_copy = ["workflows", "seeds", "docs", "bench", "cli.py", "README.md"]
pytest_add_cli_args = [
  "-o", "addopts=--strict-markers --import-mode=importlib", "-p", "no:cacheprovider", "--hypothesis-seed=0",
  "-m", "not postgres and not torture",
]
pytest_add_cli_args_test_selection = {tests}
use_git_change_detection = false
timeout_multiplier = 2.0
timeout_constant = 10.0
"""
"""One process, so that tests run in one order; hypothesis draws the same examples for every break. A break that makes a loop endless is
waited for no longer than twice the time of its tests."""


def main(words: Sequence[str]) -> int:
    files = [str(path.relative_to(ROOT)) for word in words or TARGETS for path in _python_files(ROOT / word)]
    tests = os.environ.get("MUTANTS_TESTS", "").split() or _tests_for(files)
    if not files or not tests:
        print(f"nothing to break among {' '.join(words)}: name files or folders below {' or '.join(TESTS)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        _copy(folder, files, tests)
        code = _run(folder)
        counts, survivors = _results(folder)
        if code:
            print((folder / LOG).read_text(encoding="utf-8").replace("\r", "\n")[-2_000:], file=sys.stderr)
    print("\n".join(survivors))
    print(", ".join(f"{count} {state}" for state, count in sorted(counts.items())))
    return 1 if code or not counts else 0


def _python_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _tests_for(files: Sequence[str]) -> list[str]:
    broken = [tests for folder, tests in TESTS.items() if any(name.startswith(f"{folder}/") for name in files)]
    return sorted({test for tests in broken for test in tests if (ROOT / test).exists()})


def _copy(folder: Path, files: Sequence[str], tests: Sequence[str]) -> None:
    for name in ("engine", "tests", "workflows", "seeds", "docs", "bench"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("cli.py", "README.md"):
        shutil.copyfile(ROOT / name, folder / name)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8") + SETTINGS.format(files=_toml(files), tests=_toml(tests))
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")


def _toml(names: Sequence[str]) -> str:
    return json.dumps(list(names))


def _run(folder: Path) -> int | None:
    """Lets mutmut work until the time is up; its exit code, or None if it was stopped then."""
    command = [sys.executable, "-c", MUTMUT, "run", "--max-children", "1"]
    with (folder / LOG).open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        print(f"{SECONDS} seconds are over; MUTANTS_SECONDS gives more", file=sys.stderr)
        return None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stops it and the tests it runs; first so that it keeps what it found."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
            return


def _results(folder: Path) -> tuple[dict[str, int], list[str]]:
    """How many breaks ended how; and each that no test noticed, as a difference."""
    said = subprocess.run([sys.executable, "-m", "mutmut", "results", "--all", "true"], cwd=folder, capture_output=True, text=True,
                          check=False).stdout
    counts: dict[str, int] = {}
    survivors = []
    for name, state in re.findall(r"^\s*(\S+): (.+)$", said, re.MULTILINE):
        counts[state] = counts.get(state, 0) + 1
        if state in ("survived", "no tests"):
            shown = subprocess.run([sys.executable, "-m", "mutmut", "show", name], cwd=folder, capture_output=True, text=True, check=False)
            changed = [line for line in shown.stdout.splitlines() if re.match(r"[-+](?![-+])", line)]
            survivors += [f"{name} ({state})", *changed, ""]
    return counts, survivors


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
