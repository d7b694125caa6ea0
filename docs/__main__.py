"""Writes what is generated in the documentation anew: `make docs`."""

from __future__ import annotations

import sys

from docs.generated import PAGES, ROOT

if __name__ == "__main__":
    for name, made in PAGES.items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(made(), encoding="utf-8")
        sys.stdout.write(f"{name}\n")
