"""成批反馈。"""

from __future__ import annotations

TEXTS = {
    "page.replies.title": "成批反馈",
    "page.replies.hint": "同一来文、同一天交办的事项列在一起。勾选要一并答复的，写一段话、传一次材料，逐件给出结果。",
    "page.replies.letter": "来文 {name}",
    "page.replies.day": "{name} 交办",
    "page.replies.undated": "台账转入，交办日期未记",
    "page.replies.none": "没有在办的事项。",
    "page.replies.more": "先列出前一部分，办完的移走后其余会补上来。",
}
