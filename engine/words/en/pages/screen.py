"""The wall screen."""

from __future__ import annotations

TEXTS = {
    "page.screen.title": "Rectification",
    "page.screen.late": "Units that are late",
}
