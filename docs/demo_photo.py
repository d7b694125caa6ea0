"""Paints the photo that the demonstration's visit hands in: `python -m docs.demo_photo`. A drawing, and it says so; no camera saw it."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from docs.generated import ROOT

PHOTO = ROOT / "seeds" / "demo" / "photo.jpg"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIZE = (640, 420)
WALL, DESK, GLASS, INK, PAPER = "#E8E2D4", "#8A6B4F", "#CBDCE4", "#3B3B3B", "#FFFFFF"


def paint() -> None:
    """A counter with nobody behind it."""
    image = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(image)
    draw.rectangle((70, 90, 570, 270), fill=GLASS, outline=INK, width=3)
    draw.rectangle((0, 270, 640, 420), fill=DESK)
    draw.rectangle((220, 30, 420, 76), fill="#1F4E78")
    draw.text((320, 53), "综合窗口", font=ImageFont.truetype(FONT, 28), fill=PAPER, anchor="mm")
    draw.rectangle((250, 130, 390, 220), fill="#6D7F88")
    draw.rectangle((400, 215, 500, 268), fill=PAPER, outline=INK, width=2)
    draw.text((450, 241), "暂停服务", font=ImageFont.truetype(FONT, 20), fill="#9C0006", anchor="mm")
    draw.text((320, 335), "演练数据", font=ImageFont.truetype(FONT, 44), fill="#D9C7B4", anchor="mm")
    image.save(PHOTO, "JPEG", quality=70, optimize=True)


if __name__ == "__main__":
    paint()
