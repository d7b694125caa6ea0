"""单位与通讯录。"""

from __future__ import annotations

TEXTS = {
    "page.units.title": "单位与通讯录",
    "page.units.administration": "管理",
    "page.units.in-force": "只看在册的",
    "page.units.ended": "看已撤销的",
    "page.units.add": "登记单位",
    "page.units.parent": "上级单位",
    "page.units.members": "成员",
    "page.units.ended-on": "撤销日期",
    "page.units.names": "名称",
    "page.units.people": "联系人",
    "page.units.nobody": "没有账号。",
    "page.units.rename": "更名",
    "page.units.new-name": "新名称",
    "page.units.since": "自哪天起",
    "page.units.basis": "依据",
}
