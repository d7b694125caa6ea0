"""今日待办。"""



from __future__ import annotations

TEXTS = {
    "page.today.denied": "{units}已申请退回",
    "page.today.letter": "拟发：{what}",
    "page.today.title": "今日待办",
    "page.today.mine": "我的待办",
    "page.today.scan": "上传签字件",
    "page.today.report": "填报进展",
    "page.today.bulk-sign": "成批审签",
    "page.today.none": "今天没有待办。",
    "page.today.work": "成批或逐件办理",
    "page.today.by": "{date} 前",
    "page.today.look": "查看",
    "page.today.tickets": "看事项",
    "page.today.leader": "请您审定",
    "page.today.undecided": "没有等您审定的事项。",
    "page.today.red-own": "分管单位红灯",
    "page.today.red": "红灯单位",
    "page.today.no-red": "没有红灯。",
    "page.today.more-red": "台账里还有更多红灯",
}
