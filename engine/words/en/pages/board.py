"""The board of the rounds."""

from __future__ import annotations

TEXTS = {
    "page.board.title": "Board",
    "page.board.none": "No round has results yet.",
}
