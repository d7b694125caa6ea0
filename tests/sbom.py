"""`make sbom`: what the program is made of, as CycloneDX, from the pins that it is installed by and the files that it carries.

Written from `requirements.txt`, whose hashes are those of the files an office lets in, and from the lists of what is not ours.
Licences are those that the installed packages state.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from engine import __version__
from tests.pins import ROOT, RUN, pins

VENDORED = (ROOT / "engine" / "web" / "vendor" / "vendor.toml", ROOT / "engine" / "registry" / "common_passwords.toml")
TARGET = ROOT / "build" / "zhenggai.cdx.json"
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""That of addresses (RFC 4122), from which the serial number is counted."""


def bill() -> dict[str, Any]:
    """The bill of materials of this version."""
    components = [*map(_package, pins(RUN.read_text(encoding="utf-8")).values()), *map(_vendored, _rows())]
    content = json.dumps(components, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, content)}",
        "metadata": {"component": {
            "type": "application", "bom-ref": "zhenggai", "name": "zhenggai", "version": __version__,
            "licenses": [{"license": {"id": "Apache-2.0"}}],
        }},
        "components": components,
        "dependencies": [{"ref": "zhenggai", "dependsOn": [component["bom-ref"] for component in components]}],
    }


def _package(block: str) -> dict[str, Any]:
    """A pinned package, with the hashes of its files."""
    name, version = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", block)[0]
    found = _component(f"pkg:pypi/{name}@{version}", name, version)
    found["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in re.findall(r"sha256:([0-9a-f]{64})", block)]
    try:
        told = metadata(name)
    except PackageNotFoundError:  # for another system
        return found
    if expression := told.get("License-Expression"):
        found["licenses"] = [{"expression": expression}]
    return found


def _vendored(row: dict[str, Any]) -> dict[str, Any]:
    """A file of another project, or made of one, as it is shipped."""
    name, version = row["package"], row["version"]
    found = _component(f"pkg:npm/{name.replace('@', '%40')}@{version}#{row['file']}", name, version)
    return {**found, "hashes": [{"alg": "SHA-256", "content": row["sha256"]}], "licenses": [{"license": {"id": row["licence"]}}]}


def _component(purl: str, name: str, version: str) -> dict[str, Any]:
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _rows() -> list[dict[str, Any]]:
    return [row for path in VENDORED for row in tomllib.loads(path.read_text(encoding="utf-8"))["file"]]


def main(target: Path = TARGET) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
