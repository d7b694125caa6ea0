"""The vendored look: fetched from npm, checked, lowered for Chromium 86, written; or the same in memory, to compare.

`python -m tests.web.vendor` writes what `vendor.toml` names. It needs node and a registry; the program itself needs neither.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
import tomllib
import urllib.request
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parents[2] / "engine" / "web" / "vendor"
REGISTRY = "https://registry.npmjs.org"
LIGHTNING = "lightningcss@1.33.0"
ESBUILD = "esbuild@0.28.2"
ES_CHECK = "es-check@9.8.1"
CHROMIUM = 86
LOWERING = """
import {transform} from 'lightningcss'; import fs from 'fs';
const [source, target] = process.argv.slice(2);
fs.writeFileSync(target, transform({
  filename: source, code: fs.readFileSync(source), minify: MINIFY, targets: {chrome: CHROMIUM << 16},
}).code);
"""
DARK = "[data-bs-theme=dark]"


def entries() -> list[dict[str, Any]]:
    return list(tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["file"])


def package(name: str, version: str, integrity: str) -> dict[str, bytes]:
    """Every file of a package of npm, whose integrity is checked."""
    with urllib.request.urlopen(f"{REGISTRY}/{name}/{version}", timeout=60) as answer:  # noqa: S310 - the registry's own address
        address = json.load(answer)["dist"]["tarball"]
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - as above
        packed = answer.read()
    kind, _, digest = integrity.partition("-")
    found = base64.b64encode(hashlib.new(kind, packed).digest()).decode()
    if found != digest:
        raise ValueError(f"{name} {version} is not what vendor.toml says: {kind}-{found}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return {
            member.name.partition("/")[2]: file.read()
            for member in archive if member.isfile() and (file := archive.extractfile(member)) is not None
        }


def lowered(entry: dict[str, Any], content: bytes) -> bytes:
    """A style sheet or a script in the words of Chromium 86."""
    return script_lowered(content) if entry["file"].endswith(".js") else style_lowered(content)


def script_lowered(script: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        _install(name, ESBUILD)
        (Path(name) / "in.js").write_bytes(script)
        words = [f"{name}/node_modules/.bin/esbuild", "in.js", "--minify", f"--target=chrome{CHROMIUM}", "--charset=utf8"]
        return subprocess.run(words, cwd=name, check=True, capture_output=True, timeout=120).stdout


def _install(folder: str, package: str) -> None:
    words = ["npm", "install", "--silent", "--no-save", "--prefix", folder, package]
    subprocess.run(words, check=True, capture_output=True, timeout=300)


def style_lowered(css: bytes) -> bytes:
    """A style sheet in the words of Chromium 86, as short as it can be said."""
    return _styled(css, "true", CHROMIUM)


def style_spelled(css: bytes, chromium: int) -> bytes:
    """A style sheet in the words of a Chromium, each rule as it stands."""
    return _styled(css, "false", chromium)


def _styled(css: bytes, minify: str, chromium: int) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _install(name, LIGHTNING)
        script = LOWERING.replace("CHROMIUM", str(chromium)).replace("MINIFY", minify)
        (folder / "lower.mjs").write_text(script, encoding="utf-8")
        (folder / "in.css").write_bytes(css)
        subprocess.run(["node", "lower.mjs", "in.css", "out.css"], cwd=folder, check=True, capture_output=True, timeout=120)
        return (folder / "out.css").read_bytes()


def dark(css: bytes) -> bytes:
    """What a sheet says of the dark look, for whoever chose none: the page loads it where the system is dark."""
    text = css.decode()
    rules = re.findall(r"(?:^|(?<=[{}]))([^{}@]*\[data-bs-theme=dark\][^{}]*)\{([^{}]*)\}", text)
    return "".join(f"{selector.replace(DARK, ':root:not([data-bs-theme])')}{{{body}}}" for selector, body in rules).encode() + b"\n"


def made(entry: dict[str, Any], files: dict[str, bytes]) -> bytes:
    """A file as it is shipped."""
    content = files[entry["inside"]]
    if entry.get("lowered"):
        content = lowered(entry, content)
    return dark(content) if entry.get("dark") else content


def main() -> None:
    packages: dict[str, dict[str, bytes]] = {}
    for entry in entries():
        name = entry["package"]
        if name not in packages:
            packages[name] = package(name, entry["version"], entry["integrity"])
        content = made(entry, packages[name])
        path = VENDOR / entry["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(entry["file"], hashlib.sha256(content).hexdigest())  # noqa: T201 - what goes into vendor.toml


if __name__ == "__main__":
    main()
