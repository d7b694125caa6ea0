"""配合单位、审签、批示、复核：办理不了的原因、卡片和经过里的话。"""



from __future__ import annotations

TEXTS = {
    # 配合单位
    "sign-off-late": "配合单位逾期未确认：{units}；不再等待的，要写明",
    "hint.sign-off-late": "zg submit {number} --note 整改情况 --without {without} --reason 理由",
    "without-not-late": "{units}不是逾期未确认的配合单位，不能写在 --without 里",
    "hint.without-not-late": "zg show {number} 查看各配合单位的时限",
    "without-reason": "不等待配合单位就申请销号，要写明理由",
    "hint.without-reason": "加上 --reason 再运行一次",
    "objected-before": "“{unit}”已经提出异议，督办单位尚未处理",
    "hint.objected-before": "zg comment {number} --note 补充说明",
    "field.objection": "异议", "card.objection": "{unit}：{reason}", "card.turn-with": "{turn}；待确认：{units}",
    "card.part": "{unit}（{light}，{date} 前确认）", "card.left-out": "{unit}（{date} 到期未确认，没有等待）",
    "log.left-out": "没有等待{unit}：它应于 {date} 前确认", "clock.of": "{clock}（{unit}）",
    "because.before": "比“{clock}”提前{amount}：{date}",
    "check-before": "时限 {clock}：before 与 runs_with: part 要一起写，时长用工作日",
}
