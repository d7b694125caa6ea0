"""命令行上要写的东西叫什么：参数、选项的值；以及台账各栏的名称。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # 参数
    "argument.title": "标题", "argument.ref": "来源方编号", "argument.numbers": "编号", "argument.number": "编号", "argument.trigger": "操作", "argument.amount": "时长",
    "argument.when": "时间", "argument.year": "年份", "argument.start": "起始时间", "argument.file": "文件", "argument.day": "日期",
    "argument.hours": "办公时间", "argument.ids": "消息序号", "argument.what": "编号或文件的散列", "argument.unit": "单位", "argument.code": "单位代码",
    "argument.name": "名称", "argument.before": "前一版本", "argument.after": "后一版本", "argument.unit.add.name": "单位名称", "argument.account": "账号", "argument.user.name": "账号",
    "argument.workflow.name": "流程名称或文件",

    # 选项的值
    "typed.lead": "单位", "typed.with": "单位", "typed.leader": "账号", "typed.due": "日期或时长", "typed.to": "日期或时长", "typed.until": "日期或时长",
    "typed.report_by": "日期或时长", "typed.reason": "理由", "typed.note": "说明", "typed.clause": "职责依据", "typed.basis": "依据",
    "typed.approved_by": "姓名或职务", "typed.suggest": "单位", "typed.of": "编号", "typed.without": "单位", "typed.by": "姓名或职务",
    "typed.for": "单位", "typed.about": "事项", "typed.rung": "节点", "typed.file": "文件",
    "typed.others": "内容、签发人、领导姓名、领导账号、姓名",
    "typed.paper-basis": "依据", "typed.map": "列名=字段", "typed.on": "日期", "typed.waive": "理由", "typed.subject": "名称=对象|new", "typed.hidden": "include|skip",
    "choice.typed": "{name} {code}",
    "option-missing": "{label}：{option}",
    "person": "{name}（{post}）",

    # 页面上的栏目怎么称呼（命令行上是选项）
    "input.paper-basis": "补录依据", "input.on": "纸质件日期", "input.for": "纸质件的单位", "input.duplicate-of": "重复的原事项", "input.dead": "全部已放弃的", "input.after": "翻页标记",
    "input.limit": "期限", "input.date": "日期", "input.map": "各列的含义", "input.answer": "需要回答", "input.unit": "单位", "input.from": "开始时间",
    "input.scope": "权限范围", "input.for-comment": "征求意见截止", "input.value": "数值", "input.accept-missing": "缺报的说明", "input.late": "补录往期评价",
    "input.confirm": "件数", "input.material": "达标结论是否有变化", "input.workflow": "办理流程", "input.hidden": "隐藏的内容", "input.year": "年份",
    "input.batch": "批次", "input.waive": "未核对上次编号的理由", "input.points": "扣分点",

    # 台账各栏
    "column.id": "内部序号", "column.number": "编号", "column.year": "年份", "column.serial": "序号", "column.office": "编号前缀",
    "column.parent": "上级事项", "column.workflow": "流程", "column.definition": "流程版本", "column.state": "状态", "column.version": "版本",
    "column.title": "标题", "column.detail": "详情", "column.source": "来源", "column.source_ref": "来源标识", "column.measure": "工作任务",
    "column.grade": "问题类别", "column.lead": "牵头单位", "column.cooperators": "配合单位", "column.leader": "分管市领导",
    "column.turn": "当前责任方", "column.final": "是否办结", "column.opened_at": "立项时间", "column.opened_by": "立项人",
    "column.state_since": "本环节起始", "column.due_at": "本环节到期日", "column.promised_at": "整改时限", "column.warn_at": "黄灯起始",
    "column.late_at": "红灯起始", "column.wake_at": "下次提醒", "column.office_due_at": "督办单位到期日", "column.level": "督办级别",
    "column.acted_level": "已签发级别", "column.attempt": "整改次数", "column.deadlines": "各项时限", "column.signed": "配合确认",
    "column.objections": "异议", "column.left_out": "未等待的配合单位", "column.endorsed": "审签",
    "column.to_revise": "退回修改", "column.request": "延期申请",
    "column.grants": "延期次数", "column.denials": "退回经过", "column.designated": "指定承办", "column.hands": "经手人",
    "column.proposals": "待签发文书", "column.urged": "人工催办次数", "column.instructions": "领导批示", "column.instructed": "批示待反馈",
    "column.standing": "长期坚持", "column.past": "原承办单位", "column.submitted_at": "申请销号时间", "column.returns_to": "恢复后的状态",
    "column.batch": "批次", "column.entered": "补录", "column.consents": "领导审定", "column.withdrawn_from": "撤销前的状态",
    "column.set_aside": "撤销时留存的内容",
    "column.closed_as": "办结方式", "column.head": "末条散列", "column.title_folded": "检索用标题",
    "column.officer": "督办经办人", "column.assigned_at": "首次交办时间", "column.assigned_by": "交办人", "column.changed_at": "最近变动时间",
    "column.submitted": "是否已申请销号", "column.late_days": "逾期天数", "column.on_time": "是否按期", "column.attempts": "历次整改",
    "column.told_at": "承办单位可见的最近变动时间", "column.closed_at": "办结时间", "column.evidenced": "本次整改已附佐证", "column.duplicate_of": "重复的原事项",
    "column.setting": "设置", "column.row": "登记行", "column.trusted": "已知公钥", "column.signature": "签名", "column.root": "根散列",
    "column.previous": "先后次序", "column.n": "序号",
}
