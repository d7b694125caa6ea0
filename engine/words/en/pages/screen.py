"""The wall screen."""

from __future__ import annotations

TEXTS = {
    "page.screen.title": "Rectification",
    "page.screen.stop": "stop updating",
    "page.screen.go-on": "update each minute",
    "page.screen.late": "Units that are late",
}
