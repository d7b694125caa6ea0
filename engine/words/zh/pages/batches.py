"""来文批次。"""

from __future__ import annotations

TEXTS = {
    "page.batches.title": "来文批次",
    "page.batches.none": "没有来文批次。",
    "page.batches.open": "只看未办结的",
    "page.batches.every": "含已办结的",
}
