"""Sheets that tests make, instead of files that lie beside them."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook

HEADS = ("序号", "存在问题", "责任单位", "整改时限", "整改情况")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ff89993d1d0000000049454e44ae426082"
)


SCHEMAS = "http://schemas.openxmlformats.org"


def related(kind: str, *targets: str, mode: str = "Internal") -> str:
    """What a member refers to: rId1, rId2 …"""
    each = "".join(
        f'<Relationship Id="rId{number}" TargetMode="{mode}" Type="{SCHEMAS}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">{each}</Relationships>'


def in_cells(pictures: Mapping[str, tuple[str, bytes]]) -> dict[str, bytes]:
    """The members in which WPS keeps pictures that cells name: the name in the cell → the name in the file, and what lies there."""
    each = "".join(
        f'<e:cellImage><d:pic><d:nvPicPr><d:cNvPr id="{number}" name="{name}"/></d:nvPicPr><d:blipFill><a:blip r:embed="rId{number}"/>'
        "</d:blipFill></d:pic></e:cellImage>" for number, name in enumerate(pictures, 1)
    )
    images = (
        f'<e:cellImages xmlns:e="http://www.wps.cn/officeDocument/2017/etCustomData" xmlns:d="{SCHEMAS}/drawingml/2006/spreadsheetDrawing" '
        f'xmlns:a="{SCHEMAS}/drawingml/2006/main" xmlns:r="{SCHEMAS}/officeDocument/2006/relationships">{each}</e:cellImages>'
    )
    links = related("image", *(f"media/{file}" for file, _ in pictures.values()))
    return {
        "xl/cellimages.xml": images.encode(), "xl/_rels/cellimages.xml.rels": links.encode(),
        **{f"xl/media/{file}": content for file, content in pictures.values()},
    }


def xlsx(fill: Callable[[Workbook], None]) -> bytes:
    """What a function writes into a new workbook."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    fill(book)
    book.close()
    return target.getvalue()


def table(rows: Sequence[Sequence[object]], name: str = "台账") -> bytes:
    """A workbook of one sheet."""
    def fill(book: Workbook) -> None:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return xlsx(fill)


def changed(data: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes | None]) -> bytes:
    """A packed file with members that are other or new; None takes one away."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        members = {name: source.read(name) for name in source.namelist()}
        for name, change in changes.items():
            if change is None:
                del members[name]
            else:
                members[name] = change if isinstance(change, bytes) else change(members[name])
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def converted(data: bytes, kind: str, folder: Path) -> bytes:
    """The same sheet as LibreOffice writes it in another kind of file."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: it makes this file")
    folder.mkdir(parents=True, exist_ok=True)
    before = folder / "sheet.xlsx"
    before.write_bytes(data)
    out = folder / "out"
    own = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [program, own, "--headless", "--convert-to", kind, "--outdir", str(out), before], check=True, capture_output=True, timeout=180,
    )
    return (out / f"sheet.{kind}").read_bytes()
