"""The bill of materials names every package that is pinned and every file of others, as CycloneDX has it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.pins import RUN, pins
from tests.sbom import VENDORED, bill, main


def test_it_names_every_pinned_package_with_the_hashes_of_its_files() -> None:
    pinned = pins(RUN.read_text(encoding="utf-8"))
    found = {item["name"].lower(): item for item in bill()["components"] if item["purl"].startswith("pkg:pypi/")}
    assert {re.sub(r"[-_.]+", "-", name) for name in found} == set(pinned) and len(pinned) > 30
    for name, item in found.items():
        block = pinned[re.sub(r"[-_.]+", "-", name)]
        assert f"=={item['version']}" in block and len(item["hashes"]) == block.count("--hash=sha256:") > 0


def test_it_names_every_file_of_others_that_is_shipped() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in VENDORED)
    shipped = {item["hashes"][0]["content"] for item in bill()["components"] if item["purl"].startswith("pkg:npm/")}
    assert shipped == set(re.findall(r'sha256 = "([0-9a-f]{64})"', text)) and shipped


def test_it_is_what_the_format_asks_for_and_the_same_each_time(tmp_path: Path) -> None:
    main(tmp_path / "build" / "x.json")
    found = json.loads((tmp_path / "build" / "x.json").read_text(encoding="utf-8"))
    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.6", 1) and found == bill()
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", found["serialNumber"])
    refs = [item["bom-ref"] for item in found["components"]]
    assert len(set(refs)) == len(refs) and found["dependencies"][0]["dependsOn"] == refs
