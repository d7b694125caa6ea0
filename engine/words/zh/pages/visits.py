"""督查检查。"""

from __future__ import annotations

TEXTS = {
    "page.visits.title": "督查检查",
    "page.visits.none": "没有督查检查。",
    "page.visits.new": "登记督查检查",
    "page.visits.team": "账号，用顿号分开；不填为本人",
    "page.visits.again": "回头看",
    "page.visits.draw": "抽取已销号的事项再看一次",
    "page.visits.sample": "抽查比例或件数",
    "page.visits.months": "此前几个月",
    "page.visits.lot": "抽签号",
    "page.visits.finding": "登记发现的问题",
    "page.visits.assign": "按拟办意见交办",
    "page.visits.close": "督查检查办结",
    "page.visits.consent": "同意交办 {count} 个问题",
    "page.visits.by-unit": "按单位看拟办意见",
    "page.visits.rate": "评分",
    "page.visits.adequate": "措施是否足以防止反弹",
    "page.visits.note": "情况",
    "page.visits.empty": "还没有登记发现的问题。",
    "page.visits.unit": "拟定责任单位",
    "page.visits.another": "登记，再记一条",
    "page.visits.enter": "登记，返回",
    "page.visits.entered": "已登记为 {number}，可接着记下一条。",
    "page.visits.nothing": "没有待交办的问题。",
    "page.visits.assign-all": "交办 {count} 个问题",
}
