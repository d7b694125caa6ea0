"""Photos of a visit: what the camera wrote stands apart, and the unit's copy holds none of it."""

from __future__ import annotations

import struct
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from engine.office.visits import photos
from engine.office.visits.photos import LONGEST_SIDE, PhotoFacts, look, taken
from engine.record.evidence import BadEvidence

MARK = ("V-2020-0001", "2020-03-16 10:05 政务服务大厅")


def photo(path: Path, *, size: tuple[int, int] = (300, 200), turned: int = 1, facts: bool = True) -> Path:
    """A photo whose camera wrote when, where, with what and by whom it was taken."""
    image = Image.new("RGB", size, "white")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    if facts:
        exif[ExifTags.Base.Make], exif[ExifTags.Base.Model], exif[ExifTags.Base.Artist] = "Acme", "Phone 9\n", "inspector"
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2020:03:16 10:05:00"
        position = exif.get_ifd(ExifTags.IFD.GPSInfo)
        position[ExifTags.GPS.GPSLatitude], position[ExifTags.GPS.GPSLatitudeRef] = (33.0, 45.0, 57.6), "N"
        position[ExifTags.GPS.GPSLongitude], position[ExifTags.GPS.GPSLongitudeRef] = (113.0, 11.0, 30.0), "E"
    image.save(path, exif=exif)
    return path


def test_what_the_camera_wrote_is_read(tmp_path: Path) -> None:
    found = look(photo(tmp_path / "a.jpg"), MARK).facts
    assert found == PhotoFacts(datetime(2020, 3, 16, 10, 5), "33.76600", "113.19167", "Acme Phone 9")  # noqa: DTZ001 – a camera writes no zone
    assert found.to_json()["taken_at"] == "2020-03-16T10:05:00"
    assert look(photo(tmp_path / "b.jpg", facts=False), MARK).facts.to_json() == {}
    assert taken(tmp_path / "a.jpg") == found.taken_at and taken(tmp_path / "missing") is None


def test_the_copy_holds_nothing_of_it_and_is_upright_and_marked(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", turned=6)
    copy = look(path, MARK).copy
    with Image.open(BytesIO(copy)) as found:
        assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (200, 300), {})
        assert found.getpixel((100, 10)) == (255, 255, 255) and found.convert("L").getpixel((195, 295)) < 200
    for secret in (b"Acme", b"Phone", b"inspector", b"2020:03:16", b"Exif"):
        assert secret in path.read_bytes() and secret not in copy


def test_a_copy_is_no_larger_than_it_needs_to_be(tmp_path: Path) -> None:
    copy = look(photo(tmp_path / "a.png", size=(4 * LONGEST_SIDE, LONGEST_SIDE)), MARK).copy
    with Image.open(BytesIO(copy)) as found:
        assert max(found.size) == LONGEST_SIDE


def test_without_a_font_for_chinese_the_mark_still_says_which_visit_and_when(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "FONTS", ())
    photos._font.cache_clear()
    try:
        plain = look(photo(tmp_path / "a.jpg"), ("政务服务大厅",)).copy
        with_number = look(tmp_path / "a.jpg", MARK).copy
    finally:
        photos._font.cache_clear()
    assert plain != with_number


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 no photo", b"\xff\xd8\xff\xe0 cut off", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_photo_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    with pytest.raises(BadEvidence) as refused:
        look(tmp_path / "a.jpg", MARK)
    assert refused.value.values["reason"] == "photo-unreadable"
    assert taken(tmp_path / "a.jpg") is None


def test_a_photo_that_would_fill_the_memory_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    assert (tmp_path / "bomb.png").stat().st_size < 100_000
    with pytest.raises(BadEvidence):
        look(tmp_path / "bomb.png", MARK)


def test_a_photo_whose_camera_facts_are_bent_is_one_all_the_same(tmp_path: Path) -> None:
    content = photo(tmp_path / "a.jpg", turned=6).read_bytes()
    turned = content.index(b"\x01\x12\x00\x03")
    (tmp_path / "b.jpg").write_bytes(content[:turned] + b"\x01\x12\x00\x02\xff\xff\xff\xff" + content[turned + 8:])
    assert look(tmp_path / "b.jpg", MARK).copy
    (tmp_path / "c.jpg").write_bytes(content[:turned + 12] + b"\xff" * 40 + content[turned + 52:])
    assert look(tmp_path / "c.jpg", MARK).copy and taken(tmp_path / "c.jpg") is None


def test_whatever_the_library_meets_in_a_broken_photo_is_a_named_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(image: Image.Image, mark: object) -> bytes:
        raise struct.error("unpack requires a buffer of 4 bytes")

    monkeypatch.setattr(photos, "_marked", broken)
    with pytest.raises(BadEvidence):
        look(photo(tmp_path / "a.jpg"), MARK)


def test_nonsense_of_a_camera_is_left_out(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.DateTime] = "yesterday"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (133.0, 0.0, 0.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLongitude] = (1.0, 2.0)
    Image.new("RGB", (9, 9)).save(tmp_path / "a.jpg", exif=exif)
    assert look(tmp_path / "a.jpg", ()).facts == PhotoFacts()
