"""Photos that a visit took: the original is kept as it is; what the camera wrote into it stands apart; the unit gets a copy with a mark.

The copy holds nothing of what the camera wrote (EXIF: where, when, with which device, by whom): it is painted anew, upright, with the
visit's number, the time and the place across its foot (水印). Photos come from strangers: they are bounded before they are unpacked.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import ExifTags, Image, ImageDraw, ImageFont

from engine.record.evidence import BadEvidence
from engine.record.regular import opened
from engine.rules.json_value import JsonObject

MOST_PIXELS = 64_000_000
"""Of the largest photo that is unpacked: what phones of today take, and up to 650 MB of memory, whatever its colours."""

LONGEST_SIDE = 2_000
"""Pixels of a copy: enough to read a sign, and a tenth of the bytes."""

TURNS: Mapping[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}
"""How a picture is turned upright, by what its camera wrote of how it was held."""

QUALITY = 80
READ = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_STAMP = "%Y:%m:%d %H:%M:%S"

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc", "C:/Windows/Fonts/msyh.ttc", "C:/Windows/Fonts/simsun.ttc",
)
"""Fonts with Chinese characters, where systems keep them."""


Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class PhotoFacts(NamedTuple):
    """What a photo says of itself, as its camera wrote it; whoever sent it may have written it too.

    `taken_at` is local to the camera and has no zone. `latitude` and `longitude` are degrees with five decimals, as text.
    """

    taken_at: datetime | None = None
    latitude: str | None = None
    longitude: str | None = None
    device: str | None = None

    def to_json(self) -> JsonObject:
        facts = {"taken_at": self.taken_at.isoformat() if self.taken_at else None, "latitude": self.latitude, "longitude": self.longitude,
                 "device": self.device}
        return {name: value for name, value in facts.items() if value is not None}


class Seen(NamedTuple):
    """A photo as it was unpacked: what it says of itself, and the picture upright and small."""

    facts: PhotoFacts
    small: Image.Image


class Photo(NamedTuple):
    """A photo as it was looked at: what it says of itself, and the copy for the unit (JPEG)."""

    facts: PhotoFacts
    copy: bytes


def look(path: Path, mark: Sequence[str], name: str | None = None) -> Photo:
    """Reads a photo and paints its copy, marked with these lines. `name` is what its owner calls it. Raises BadEvidence for what is no
    photo, or too large a one.
    """
    called = path.name if name is None else name
    return painted(called, see(path, called), mark)


def pixels_of(path: Path) -> int:
    """How many pixels the head of a photo promises; nothing is unpacked. Raises BadEvidence for what is no photo, or too large a one."""
    with _named(path.name), _unpacked(path) as image:
        return _bounded(path.name, image)


def see(path: Path, name: str | None = None) -> Seen:
    """Unpacks a photo. Raises BadEvidence for what is no photo, or too large a one."""
    called = path.name if name is None else name
    with _named(called), _unpacked(path) as image:
        _bounded(called, image)
        return Seen(facts_of(image), _upright(image, (LONGEST_SIDE, LONGEST_SIDE)).convert("RGB"))


def painted(name: str, seen: Seen, mark: Sequence[str]) -> Photo:
    """A photo with its copy, marked with these lines. `name` is the file's, for errors. Raises BadEvidence."""
    with _named(name):
        return Photo(seen.facts, _marked(seen.small, mark))


def _bounded(name: str, image: Image.Image) -> int:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise BadEvidence(file=name, reason="photo-too-large", largest=MOST_PIXELS)
    return pixels


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Makes whatever the library tells of a broken photo an error of ours."""
    try:
        yield
    except BadEvidence:
        raise
    except Exception as error:  # it is whatever its code meets
        raise BadEvidence(file=name, reason="photo-unreadable") from error


def taken(path: Path) -> datetime | None:
    """When a photo says that it was taken, without painting anything; None where it does not, or where the file is no photo."""
    try:
        with _unpacked(path) as image:
            return facts_of(image).taken_at
    except Exception:  # it may be no photo at all
        return None


@contextmanager
def _unpacked(path: Path) -> Iterator[Image.Image]:
    """A picture, while it is looked at; what its library remarks of bent ones is for nobody."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with opened(path) as file, Image.open(file, formats=READ) as image:
            yield image


def facts_of(image: Image.Image) -> PhotoFacts:
    """What the camera wrote into a photo; nothing where that is bent."""
    try:
        return _facts(image.getexif())
    except Exception:  # what was bent by hand or on the way tells nothing, and the photo is one all the same
        return PhotoFacts()


def _facts(exif: Image.Exif) -> PhotoFacts:
    detail, position = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    maker = " ".join(_line(exif.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model)).strip()
    return PhotoFacts(
        _moment(detail.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)),
        _degrees(position, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, 90),
        _degrees(position, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, 180), maker or None,
    )


def _moment(value: object) -> datetime | None:
    try:
        return datetime.strptime(_line(value), _STAMP)  # noqa: DTZ007 – a camera writes no zone
    except ValueError:
        return None


def _degrees(position: Mapping[int, object], value: int, side: int, most: int) -> str | None:
    """Degrees, minutes and seconds as one decimal number; None for what is none."""
    parts = position.get(value)
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    try:
        degrees = sum(float(part) / 60**power for power, part in enumerate(parts))
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not 0 <= degrees <= most:  # not a number fails too
        return None
    return f"{-degrees if _line(position.get(side)) in ('S', 'W') else degrees:.5f}"


def _line(value: object) -> str:
    """A text that the camera wrote, in one line of at most 60 characters that can be seen."""
    text = value if isinstance(value, str) else ""
    return "".join(char for char in text if char.isprintable()).strip()[:60]


def _marked(small: Image.Image, mark: Sequence[str]) -> bytes:
    """The copy of a photo as JPEG, marked, and with nothing of what the camera wrote."""
    copy = Image.new("RGB", small.size)
    copy.paste(small)
    size = max(12, min(copy.size) // 24)
    draw = ImageDraw.Draw(copy, "RGBA")
    font, step = _font(size), size * 4 // 3
    lines = list(_wrapped(draw, _legible(mark, font), font, copy.width - size))
    top = copy.height - step * len(lines) - size // 2
    draw.rectangle((0, top, copy.width, copy.height), fill=(0, 0, 0, 140))
    for index, line in enumerate(lines):
        draw.text((size // 2, top + size // 4 + index * step), line, font=font, fill=(255, 255, 255, 255))
    out = BytesIO()
    copy.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _upright(image: Image.Image, most: tuple[int, int]) -> Image.Image:
    """The picture as it was seen through the camera, made smaller before anything else is done with it; as it lies in the file where the
    camera did not say how it was held, or what it wrote is bent.
    """
    try:
        turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation))
    except Exception:
        turn = None
    small = image.convert("RGB") if image.mode in ("1", "P") else image  # these have no colours between others
    small.thumbnail(most)
    return small.transpose(turn) if turn is not None else small


def _wrapped(
    draw: ImageDraw.ImageDraw, lines: Sequence[str], font: Font, width: int,
) -> Iterator[str]:
    """The lines, each broken where it grows wider than the picture."""
    for line in lines:
        part = ""
        for char in line:
            if part and draw.textlength(part + char, font=font) > width:
                yield part
                part = ""
            part += char
        yield part


def _legible(lines: Sequence[str], font: Font) -> list[str]:
    """The lines as the font can show them: without one of the system's there are no Chinese characters, and boxes would say nothing."""
    if isinstance(font, ImageFont.FreeTypeFont) and font.path in FONTS:
        return list(lines)
    plain = ("".join(char for char in line if char.isascii()).strip() for line in lines)
    return [line for line in plain if line]


@lru_cache(maxsize=8)
def _font(size: int) -> Font:
    """A font with Chinese characters where the system has one; else one that shows digits, dates and Latin letters."""
    for path in FONTS:
        try:
            return ImageFont.truetype(path, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
