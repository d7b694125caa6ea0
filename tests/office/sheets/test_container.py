"""The inside of packed files whose heads lie, and XML that costs more than it seems: each is refused before it takes memory or time."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pytest

from engine.office.sheets import container, drawings
from engine.office.sheets.container import Container, measured
from engine.office.sheets.reader import read_bytes
from engine.office.sheets.unreadable import Bomb, BrokenFile

from .making import HEADS, SCHEMAS, changed, in_cells, related, table

GOOD = table([HEADS, ["1", "出证慢", "市公安局", "7月20日", "整改中"]])
SHEET = "xl/worksheets/sheet1.xml"
TRUE = 2**22


def packed(members: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def lying(data: bytes, member: str) -> bytes:
    """The file with a member of mebibytes that declares 100 bytes, with the checksum of these."""
    first = b"\xff\xd8\xff" + bytes(97)
    made = bytearray(changed(data, {member: first + bytes(TRUE - 100)}))
    for mark, place, name in ((b"PK\x01\x02", 16, 46), (b"PK\x03\x04", 14, 30)):
        start = next(at for at in range(len(made)) if made.startswith(mark, at) and made.startswith(member.encode(), at + name))
        struct.pack_into("<I", made, start + place, zlib.crc32(first))
        struct.pack_into("<I", made, start + place + 8, 100)
    return bytes(made)


def drawn(inside: str, member: str = "xl/drawings/drawing1.xml") -> bytes:
    """A sheet with a drawing that holds this, as a member of this name."""
    drawing = (
        f'<d:wsDr xmlns:d="{SCHEMAS}/drawingml/2006/spreadsheetDrawing" xmlns:a="{SCHEMAS}/drawingml/2006/main" '
        f'xmlns:r="{SCHEMAS}/officeDocument/2006/relationships">{inside}</d:wsDr>'
    )
    folder, _, name = member.rpartition("/")
    return changed(GOOD, {
        "xl/worksheets/_rels/sheet1.xml.rels": related("drawing", f"/{member}").encode(), member: drawing.encode(),
        f"{folder}/_rels/{name}.rels": related("image", "/xl/media/i.jpg").encode(), "xl/media/i.jpg": b"\xff\xd8\xff",
    })


def anchor(blips: int) -> str:
    shown = '<a:blip r:embed="rId1"/>' * blips
    return f"<d:oneCellAnchor><d:from><d:col>3</d:col><d:row>1</d:row></d:from>{shown}</d:oneCellAnchor>"


def test_a_picture_that_declares_less_than_it_holds_is_broken_after_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    true = zipfile.ZipExtFile.read

    def watched(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        found = true(self, n)
        read.append(len(found))
        return found

    inside = measured("a.xlsx", lying(GOOD, "xl/media/i.jpg"))
    monkeypatch.setattr(zipfile.ZipExtFile, "read", watched)
    with pytest.raises(BrokenFile):
        inside.picture("xl/media/i.jpg")
    assert read == [container.PIECE]


@pytest.mark.parametrize("member", ["xl/drawings/drawing1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.png"])
def test_a_member_that_a_reader_may_unpack_and_lies_is_broken(member: str) -> None:
    with pytest.raises(BrokenFile):
        measured("a.xlsx", lying(GOOD, member))


def test_of_a_letter_nothing_is_unpacked_that_was_not_measured() -> None:
    docx = pytest.importorskip("docx")
    letter, target = docx.Document(), io.BytesIO()
    letter.add_table(1, 1).cell(0, 0).text = "出证慢"
    letter.save(target)
    data = changed(target.getvalue(), {
        "word/_rels/document.xml.rels": lambda xml: xml.replace(
            b"</Relationships>", b'<Relationship Id="x" Type="x/image" Target="media/i.jpg"/></Relationships>'),
        "[Content_Types].xml": lambda xml: xml.replace(b"<Override", b'<Default Extension="jpg" ContentType="image/jpeg"/><Override', 1),
    })
    assert read_bytes("a.docx", lying(data, "word/media/i.jpg")).sheets[0].rows[0].cells[0].text == "出证慢"


def test_packings_that_swell_without_a_bound_are_not_unpacked() -> None:
    with pytest.raises(BrokenFile):
        measured("a.xlsx", packed({"xl/workbook.xml": b"<workbook/>"}, zipfile.ZIP_BZIP2))


def test_a_drawing_is_measured_whatever_its_member_is_called() -> None:
    with pytest.raises(Bomb):
        read_bytes("a.xlsx", drawn(" " * 2**22, "xl/media/d.png"))
    assert read_bytes("a.xlsx", drawn(anchor(1), "xl/media/d.png")).sheets[0].pictured == {1}


@pytest.mark.parametrize(("bound", "most"), [("MOST_ELEMENTS", 40), ("LARGEST_TREE", 2_000)])
def test_trees_are_bounded_together(bound: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = measured("a.xlsx", packed({"a.xml": b"<a>" + b"<b c='d'/>" * 30 + b"</a>", "b.xml": b"<a>" + b"<b/>" * 600 + b"</a>"}))
    monkeypatch.setattr(container, bound, most)
    assert len(list(inside.tree("a.xml") or ())) == 30
    with pytest.raises(Bomb):
        inside.tree("b.xml")


def test_a_tree_is_no_deeper_than_people_nest() -> None:
    for deep, fine in ((container.DEEPEST, True), (container.DEEPEST + 1, False)):
        inside = measured("a.xlsx", packed({"a.xml": b"<a>" * deep + b"</a>" * deep}))
        assert _stands(inside) is fine


def _stands(inside: Container) -> bool:
    try:
        return inside.tree("a.xml") is not None
    except BrokenFile:
        return False


def test_many_pictures_at_one_cell_are_all_there_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> int:
        return len(read_bytes("a.xlsx", drawn(anchor(500))).sheets[0].rows[1].cells[3].marks.pictures)

    assert found() == 500
    monkeypatch.setattr("engine.office.sheets.marks.MOST_MARKS", 100)
    assert found() == 100


def test_a_picture_in_a_cell_is_looked_for_once_however_deep_it_nests(monkeypatch: pytest.MonkeyPatch) -> None:
    members = in_cells({"ID_A": ("image1.png", b"\x89PNG")})
    images, times = members["xl/cellimages.xml"], 150
    images = images.replace(b"<e:cellImage>", b"<e:cellImage>" * times).replace(b"</e:cellImage>", b"</e:cellImage>" * times)
    inside = measured("a.xlsx", changed(GOOD, {**members, "xl/cellimages.xml": images}))
    looked: list[object] = []
    true = drawings._embedded
    monkeypatch.setattr(drawings, "_embedded", lambda *of: (looked.append(of), true(*of))[1])
    assert drawings.pictures_in_cells(inside)["ID_A"].member == "xl/media/image1.png"
    assert len(looked) == 1
