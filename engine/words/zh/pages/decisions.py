"""纸质审定。"""

from __future__ import annotations

TEXTS = {
    "page.decisions.title": "登记纸质审定",
    "page.decisions.hint": "领导在纸上审定的，由督办单位登记：哪位领导、同意还是不同意、附批件的扫描件。领导自己登录审定的，不用登记。",
    "page.decisions.register": "登记审定结果",
    "page.decisions.instruct": "登记批示",
    "page.decisions.none": "没有等领导审定的事项。",
    "page.decisions.visits": "督查检查的交办意见由领导登录后在“请您审定”里同意。",
    "page.decisions.more": "先列出前一部分，登记后其余会补上来。",
}
