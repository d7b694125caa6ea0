"""What is found where an event is judged again by the rules."""

from __future__ import annotations

_AGAIN = {
    "judged-watch": "只有定时程序才写此类记录，“{actor}”不是定时程序",
    "judged-account": "当时没有账号“{actor}”",
    "judged-ended": "“{actor}”当时不能办理",
    "judged-role": "“{actor}”当时的角色不是{role}（单位：{unit}）",
    "judged-stand-in": "“{actor}”当时没有代“{account}”办理的授权",
    "judged-may": "“{actor}”无权写入（{kind}）",
    "judged-kind": "此处不会有这样的记录（{kind}）",
    "judged-form": "所载内容不是此类记录应有的内容（{kind}）",
    "judged-rows": "所述与其所改的行不符（{entry}）",
    "judged-cause": "台账中没有它的依据（{kind}）",
    "judged-definition": "流程 {workflow} 的这一版本当时未启用",
    "judged-unit": "{unit}当时已不存续",
    "judged-rung": "“{clock}”当时没有到点的督办节点",
    "judged-state": "转到“{state}”，按规则应为“{expected}”",
    "judged-effect": "改动了此类办理不改动的内容（{effect}）",
    "judged-value": "所作改动与按规则推算的不同（{effect}）",
    "judged-visit": "当时没有督查检查 {visit}",
    "judged-earlier": "当时没有事项 {earlier}",
    "judged-batch": "当时没有来文批次 {batch}",
    "judged-fact": "所载事实与按规则推算的不同（{fact}）",
}

_HINT = "这不是程序写入的：保持现状，与最近的备份和存证核对"

TEXTS = {
    "finding.unlawful": "记录不合规则：{why}",
    "audit.judged": "已按当时的规则重新核定：{count} 条记录。",
    "audit.unasked": "其中部分记录无从核定的内容：{what}。",
    "unasked.people": "当时有哪些账号、各是什么角色", "unasked.units": "当时有哪些单位", "unasked.effects": "所作的改动",
    "unasked.original-kept": "重复事项所指的另一件是否在办",
    "unasked.lead-in-force": "牵头单位当时是否已撤销",
    "unasked.keeps-lead": "牵头单位未撤销而另行指定",
    "unasked.not-who-assigned": "当时是否有他人可以验收",
    "unasked.designate-with-basis": "指定承办是否有依据",
    "unasked.designate-after-two-denials": "此前是否有两家单位退回",
    "unasked.late-left-out": "不等配合单位是否说明了理由",
    "unasked.definition": "流程不可读，无从核定", "unasked.rules": "流程引用的规则本程序没有，无从核定",
    **_AGAIN, **{f"hint.{code}": _HINT for code in _AGAIN},
}
