"""`make pins`: writes which version of every package everything here was tested with, and what their files must hash to.

`constraints.txt` names them and what they ask for, on any system; `requirements.txt` has those that build and run the program and
`requirements-dev.txt` the others, with their hashes, for `pip install --require-hashes`. A version that is pinned stays; whoever takes a
line out of `constraints.txt` gets the newest.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONSTRAINTS, RUN, DEVELOP = ROOT / "constraints.txt", ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
HEADS = {
    CONSTRAINTS: "# What `make install` and `make mutants` install: what everything here was tested with. Written by `make pins`.\n",
    RUN: "# What builds and runs the program, with the hashes of its files: pip install --require-hashes -r requirements.txt\n",
    DEVELOP: "# What its development needs beside that: pip install --require-hashes -r requirements-dev.txt\n-r requirements.txt\n",
}
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<rest>[^\\\n]+?)(?: \\)?$")


def pins(text: str) -> dict[str, str]:
    """The blocks of a requirements file by the names of their packages."""
    blocks: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        found = _PIN.match(line)
        if found:
            name = re.sub(r"[-_.]+", "-", found["name"]).lower()
        if found or (name and line.startswith("    ")):
            blocks[name] = blocks.get(name, "") + line + "\n"
    return blocks


def line_of(block: str) -> str:
    """The first line of a block, which names the package, its version and where it is needed."""
    return block.partition("\n")[0].removesuffix(" \\")


def _compiled(*groups: str) -> dict[str, str]:
    command = ["uv", "pip", "compile", "--quiet", "pyproject.toml", "--all-extras", "--constraint", "constraints.txt"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    for group in groups:
        command += ["--group", group]
    return pins(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    everything, run = _compiled("dev", "mutants"), _compiled("build")
    CONSTRAINTS.write_text(HEADS[CONSTRAINTS] + "".join(f"{line_of(block)}\n" for block in everything.values()), encoding="utf-8")
    RUN.write_text(HEADS[RUN] + "".join(everything[name] for name in run), encoding="utf-8")
    DEVELOP.write_text(HEADS[DEVELOP] + "".join(block for name, block in everything.items() if name not in run), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
