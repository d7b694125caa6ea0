"""评价看板。"""

from __future__ import annotations

TEXTS = {
    "page.board.title": "评价看板",
    "page.board.none": "还没有评价结果。",
}
