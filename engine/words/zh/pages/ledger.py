"""台账。"""



from __future__ import annotations

TEXTS = {
    "page.proposed": "台账写得不同（{sheet} 第{row}行）。由人决定，照此更正用下面的命令，不改就不必理会：",
    "page.ledger.title": "台账",
    "page.ledger.list": "清单",
    "page.ledger.none": "没有符合条件的事项。",
    "page.ledger.lights": "按灯筛选",
    "page.ledger.any": "不限",
    "page.ledger.text": "关键词",
    "page.ledger.overdue": "已逾期",
    "page.ledger.closed": "已办结",
    "page.ledger.every": "含已办结",
    "page.ledger.mine": "我经办的",
    "page.ledger.portfolio": "我分管的",
    "page.ledger.late": "逾期办结",
    "page.ledger.repeats": "反复问题",
    "page.ledger.on_time": "按期办结",
    "page.ledger.more": "更多条件",
    "page.ledger.due": "到期时间",
    "page.ledger.opened": "立案时间",
    "page.ledger.closed_in": "办结时间",
    "page.ledger.changed_since": "何时以来有变动",
    "page.ledger.span": "如 2020-09-01..2020-09-30",
    "page.ledger.round": "评价轮次",
    "page.ledger.sort": "排序",
    "page.ledger.go": "筛选",
    "page.ledger.reset": "清除条件",
    "page.ledger.first": "第一页",
    "page.ledger.next": "下一页",
    "page.ledger.export": "导出这份清单",
    "page.ledger.export-columns": "导出哪些列",
    "page.ledger.columns": "显示的列",
    "page.ledger.bulk": "成批办理勾选的事项",
    "page.ledger.saved": "保存的筛选",
    "page.ledger.views": "保存这组筛选，或删除保存的",
    "page.ledger.view-name": "名称",
    "page.ledger.save": "保存",
    "page.ledger.remove": "删除",
}
