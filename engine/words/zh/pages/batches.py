"""来文批次。"""

from __future__ import annotations

TEXTS = {
    "page.batches.title": "来文批次",
    "page.batches.none": "没有来文批次。",
    "page.batches.new": "收文登记",
    "page.batches.limit": "如 10个工作日",
    "page.batches.scan": "来文扫描件",
    "page.batches.close": "批次办结",
    "page.batches.assign": "交办勾选的事项",
    "page.batches.empty": "这一批还没有事项。",
}
