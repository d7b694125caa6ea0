"""Writes what is generated in the documentation anew: `make docs`."""

from __future__ import annotations

import sys

from docs.generated import ROOT, pages

if __name__ == "__main__":
    for name, text in pages().items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}\n")
