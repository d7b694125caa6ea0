"""督查检查。"""

from __future__ import annotations

TEXTS = {
    "column.visit": "督查检查", "column.place": "地点",
    "kind.visit-begun": "登记督查检查", "kind.visit-consented": "同意交办", "kind.visit-closed": "督查检查办结",
    "field.visit": "督查检查", "field.place": "地点", "field.visit-day": "日期", "field.team": "参加人员", "field.findings": "发现问题",
    "field.visit-begun": "登记", "field.visit-consented": "审定", "field.visit-closed": "办结", "field.visit-kind": "方式",
    "field.again": "回头看",
    "visit.unannounced": "暗访", "visit.announced": "明查", "visit.by": "{date}，{who}",
    "visit.findings": "{findings} 个，待交办 {unassigned} 个，未办结 {open} 个",
    "visit.again": "{count} 件（近 {months} 个月销号事项的 {sample}）",
    "visit.count": "共 {count} 次", "visit.none": "没有督查检查；zg visit new 登记，--all 包括已办结的",
    "hint.visit-next": "下一步：zg visit finding {visit} 问题 --measure 任务编号 --unit 责任单位",
    "input.place": "地点", "input.day": "日期", "input.team": "参加人员",

    "visit-not-found": "没有编号为“{visit}”的督查检查。",
    "why.visit-not-found": "督查检查的编号写作 V-2020-0001，也可只写本年的序号。",
    "hint.visit-not-found": "zg visit list 查看督查检查",
    "may-not-visit": "“{actor}”不能登记督查检查，由督办单位登记和办结", "hint.may-not-visit": "用 --as office 以督办单位身份运行",
    "may-not-consent": "“{actor}”不能审定交办意见，由领导审定",
    "hint.may-not-consent": "用 --as leader 以领导身份运行",
    "visit-nobody": "没有参加人员", "hint.visit-nobody": "--team 写参加人员的账号，用逗号分开",
    "visit-no-member": "“{account}”不是督办单位的账号", "hint.visit-no-member": "zg user list 查看账号",
    "visit-over": "督查检查 {visit} 已于 {date} 办结", "hint.visit-over": "zg visit list 查看未办结的督查检查",
    "visit-nothing": "督查检查 {visit} 没有待交办的问题",
    "hint.visit-nothing": "zg visit show {visit} 查看发现的问题",
    "finding-without-unit": "{number} 还没有拟定责任单位", "hint.finding-without-unit": "zg amend {number} --lead 单位",
    "visit-unassigned": "督查检查 {visit} 还有 {count} 个问题待交办",
    "hint.visit-unassigned": "zg assign --visit {visit} --suggested 批量交办",
    "visit-unrated": "督查检查 {visit} 还有事项没有回头看：{numbers}",
    "hint.visit-unrated": "zg visit recheck {visit} 编号 --rating 0|50|100",
    "visit-not-consented": "{number}：领导还没有审定督查检查 {visit} 的交办意见",
    "hint.visit-not-consented": "请领导审定：zg --as leader visit consent {visit}",
    "finding-not-consented": "{number}：领导审定督查检查 {visit} 后才登记或改动的",
    "hint.finding-not-consented": "再请领导审定：zg --as leader visit consent {visit}",
    "recheck-nothing": "近 {months} 个月没有销号的事项可以回头看", "hint.recheck-nothing": "--months 写更长的期限",
}
