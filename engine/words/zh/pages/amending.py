"""更正事项的页面。"""

from __future__ import annotations

TEXTS = {
    "page.amending.title": "更正",
    "page.amending.hint": "只更正督办单位自己登记错的内容。留空的不改；改了整改时限，按错误时限发出的催办作废。",
    "page.amending.reason": "更正理由", "page.amending.same": "不改",
    "page.amending.links": "与其他事项的关系", "page.amending.relation": "关系", "page.amending.other": "另一件的编号",
    "page.amending.repeats": "此前的问题又发生（反复）", "page.amending.duplicate-of": "与它重复，以它为准",
    "page.amending.link": "登记关系", "page.amending.unlink": "取消这个关系",
    "page.amending.take-over": "照此{act}",
}
