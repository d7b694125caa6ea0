"""配合单位、审签、批示、复核：办理不了的原因、卡片和经过里的话。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # 配合单位
    "sign-off-late": "配合单位逾期未确认：{units}；不再等待的，要写明",
    "hint.sign-off-late": "zg submit {number} --note 整改情况 --without {without} --reason 理由",
    "without-not-late": "{units}不是逾期未确认的配合单位，不能写在 {typed.without.name} 里",
    "hint.without-not-late": "zg show {number} 查看各配合单位的时限",
    "without-reason": "不等待配合单位就申请销号，缺少理由{option.aside}",
    "hint.without-reason": "补上 {typed.reason.name} 再办一次",
    "objected-before": "“{unit}”已经提出异议，督办单位尚未处理",
    "hint.objected-before": "zg comment {number} --note 补充说明",
    "field.objection": "异议", "card.objection": "{unit}：{reason}", "card.turn-with": "{turn}；待确认：{units}",
    "card.part": "{unit}（{light}，{date} 前确认）", "card.left-out": "{unit}（{date} 到期未确认，没有等待）",
    "log.left-out": "没有等待{unit}：它应于 {date} 前确认", "clock.of": "{clock}（{unit}）",
    "because.before": "比“{clock}”提前{amount}：{date}",
    "check-before": "时限 {clock}：before 与 runs_with: part 要一起写，时长用工作日",

    "again-unsigned": "{units}没有确认过，不必写在 {typed.again.name} 里",
    "hint.again-unsigned": "zg show {number} 查看哪些配合单位已确认",
    "lead-ended": "牵头单位“{unit}”已撤销，没有承接单位",
    "lead-stays": "牵头单位仍是“{unit}”，撤回撤销后按原进度继续",
    "hint.lead-stays": "去掉 --lead，撤回后再改派：zg reassign {number} --lead 单位 --reason 文字",
    "hint.lead-ended": "写明由哪个单位牵头：{typed.lead}",

    # 审签、退回
    "scan-missing": "联络员代办审签，要附单位负责人签字的扫描件，内容须为 PDF、OFD 或图片{typed.file.aside}",
    "hint.scan-missing": "zg endorse {number} --file 审签单.pdf，或由单位负责人自己审签",
    "field.denial": "退回", "card.denial": "{unit}（{date}）：{reason}", "card.denial-more": "（{more}）",
    "card.denial-clause": "依据 {clause}", "card.denial-approved_by": "{approved_by}批准", "card.denial-suggest": "建议由{suggest}承办",
    "log.scan": "附负责人签字的扫描件",

    # 电话催办、批示
    "leader-missing": "缺少领导姓名{option.aside}",
    "hint.leader-missing": "{typed.by.name} 写领导的姓名、职务或账号",
    "instructs-in-person": "“{actor}”只能作自己的批示",
    "hint.instructs-in-person": "去掉 {typed.by.name} 再办一次",
    "no-instruction": "没有待反馈的批示",
    "hint.no-instruction": "zg progress {number} --note 进展情况",
    "instruction-waits": "领导批示尚未反馈（{leaders}）",
    "hint.instruction-waits": "由牵头单位先反馈：zg report-back {number} --note 办理情况",
    "done.taken-over": "{old}已撤销，由{new}承接",
    "done.instruction-waits": "领导批示尚未反馈（{leaders}），销号后仍可反馈",
    "not-a-leader": "“{name}”不是市领导的账号。",
    "why.not-a-leader": "批示须写明是哪位市领导的。",
    "hint.not-a-leader": "zg user list 查看账号，再用 --by 写明市领导",
    "field.instruction": "领导批示", "card.instruction": "{by}：{note}（{date} 前反馈）", "field.urged": "人工催办", "card.urged": "{count} 次",
    "list.instructed": "领导批示待反馈 {count} 件：", "list.instruction": "  {number}  {by}  {date} 前反馈  {title}", "list.again": "【反复】", "list.mark": "【批示】{title}",
    "log.urged-by": "方式：{by}", "log.instructed-by": "批示人：{by}", "way.phone": "电话", "way.sms": "短信", "way.visit": "上门",
    "input.urgent": "加急", "input.again": "重新确认",

    # 长期坚持、改派、重复、更正
    "standing-no-date": "长期坚持的事项没有整改时限",
    "hint.standing-no-date": "去掉 --due，或用 zg amend {number} --due 日期 --reason 理由 改为限期",
    "not-standing": "这不是长期坚持的事项，没有定期复核",
    "hint.not-standing": "zg amend {number} --standing --reason 理由 改为长期坚持",
    "no-due-date": "长期坚持的事项没有整改时限，不需要延期",
    "hint.no-due-date": "zg review {number} --note 复核情况",
    "nothing-due-yet": "还没有整改时限，谈不上延期",
    "hint.nothing-due-yet": "zg show {number} 查看现在由谁办理",
    "no-outer-clock": "流程 {workflow} 不记上级时限", "hint.no-outer-clock": "zg workflow show superior",
    "no-review-clock": "流程 {workflow} 没有长期坚持的事项",
    "hint.no-review-clock": "zg workflow show rectification",
    "field.standing": "长期坚持", "card.standing": "没有整改时限", "card.review": "没有整改时限，{date} 前复核", "list.standing": "长期坚持",
    "because.light.standing": "绿灯：长期坚持的事项没有整改时限，定期复核。",
    "input.standing": "长期坚持", "flag.true": "是", "flag.false": "否",
    "field.original": "与之重复", "field.duplicate": "重复件", "field.duplicate-file": "重复件佐证", "card.duplicate": "重复件 {number}《{title}》（{state}）",
    "field.left": "已转出", "card.left": "{date} 起不再由本单位承办，以下是此前的情况",
    "hint.similar-unkept": "可能重复：{number} {title}（{state}）",
    "hint.similar": "可能重复：{number} {title}（{state}）；确是同一件的：zg link {new} --duplicate-of {number}",
    "notice.corrected": "更正：{rungs}因日期有误作废",
}
