"""督办建议、文书、延期与暂缓。"""

from __future__ import annotations

TEXTS = {
    # 文书
    "letter.supervision-letter": "督办函", "letter.work-prompt": "工作提示函", "letter.circular": "通报",
    "letter.report-to-group": "提请领导小组通报情况", "letter.interview": "约谈通知书", "letter.ask-group": "提请领导小组协调",
    "letters.count": "待签发文书 {count} 件，涉及 {tickets} 件事项。",
    "letters.none": "没有待签发的文书。",
    "hint.letters-next": "签发：zg issue 编号… --by 签发人；不予签发：zg waive 编号… --reason 理由",

    # 填写项
    "log.urged-otherwise": "人工催办（{way}）",
    "input.rung": "节点", "input.issue.by": "签发人", "input.instruct.by": "批示领导",

    # 事项卡片、经过和来历
    "field.letter": "文书", "field.proposals": "待签发", "field.tickets": "事项", "field.limit": "签发期限", "field.until": "暂缓至",
    "card.proposal": "{letter}（应于{date}前签发或不予签发）", "card.until": "{date}（到期提醒督办单位，不自动恢复）",
    "log.internal": "承办单位不可见",
    "log.proposed": "建议：{letter}", "log.issued": "{letter}，{by}签发", "log.waived": "不予签发：{rungs}",
    "log.ours": "延期申请逾期未答复，改为提醒督办单位自身，不计该单位",
    "because.proposal": "{name}：建议：{letter}，自{date}起，应在{until}前签发或不予签发",
    "because.held": "延期申请待答复：“催办”起的节点暂不触发，至{until}；过期未答复，改为提醒督办单位自身，不计该单位。",
    "rung.ours": "转督办单位", "rung.to-office": "将转督办单位",

    # 最后一个节点之后的重复提醒
    "rung.repeated": "{clock}已过（第{n}次重复提醒）",
    "rung.repeated-missed": "{clock}已过（第{n}次重复提醒，此前{missed}次未能发出）",
    "log.repeated": "最后一个节点之后第{n}次重复提醒，不提高督办级别", "log.missed": "此前有{missed}次到时未能发出，只补这一次",
    "card.alarm": "{date}  {rung}", "clock.silence": "无期限事项提醒", "clock.assign-all": "来文批次交办期限",

    # 为什么不能办
    "no-proposal": "没有待签发的文书",
    "hint.no-proposal": "zg list --proposals 查看待签发的文书",
    "proposal-unknown": "“{name}”不在待签发之列，待签发的有：{rungs}",
    "hint.proposal-unknown": "{typed.rung.name} 写其中一个；不写则为其中级别最高的",
}
