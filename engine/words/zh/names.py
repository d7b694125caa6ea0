"""人、来源、状态、事件和填写项的叫法。"""



from __future__ import annotations

TEXTS = {
    # 谁
    "who.office": "督办单位", "who.lead": "牵头单位", "who.cooperator": "配合单位", "who.head": "单位负责人",
    "who.leader": "分管市领导", "who.watch": "系统值守", "who.intake": "接入程序",
    "token-scope.read": "只读", "token-scope.act": "可读可办", "token-scope.intake": "只收来件",
    "role.supervisor": "督办单位", "role.head": "负责人", "role.contact": "联络员", "role.leader": "分管市领导",
    "role.auditor": "审计员", "role.admin": "系统管理员",
    "role.system": "系统管理员（三员）", "role.security": "安全管理员（三员）", "role.watch": "系统值守", "role.intake": "接入程序",
    "relation.subordinate": "市政府部门", "relation.county": "县（市、区）", "relation.party": "党委系统", "relation.court": "司法机关",
    "relation.vertical": "垂直管理单位", "relation.enterprise": "企业",
    "kind-of-unit.bureau": "部门", "kind-of-unit.party": "党委部门", "kind-of-unit.court": "法院", "kind-of-unit.county": "县（市、区）",
    "kind-of-unit.enterprise": "企业", "kind-of-unit.institution": "事业单位", "kind-of-unit.office": "办公室",
    "rank-group.department": "市直部门", "rank-group.county": "县（市、区）", "rank-group.utility": "公用企业",
    "rank-group.stationed": "驻地单位",
    "kind-of-unit.association": "人民团体（群团）", "kind-of-unit.group": "单位统称",

    # 来源、状态、事件
    "source.evaluation": "营商环境评价", "source.visit": "明察暗访", "source.review": "好差评", "source.complaint": "投诉举报",
    "source.monitor": "日常监测", "source.instruction": "领导批示", "source.superior": "上级交办", "source.meeting": "会议议定",
    "source.inspection": "督查检查", "source.media": "媒体反映", "source.self": "自查发现",
    "state.found": "待交办", "state.assigned": "待签收", "state.rectifying": "整改中", "state.submitted": "待验收",
    "state.verified": "已销号", "state.suspended": "暂缓", "state.withdrawn": "已撤销",
    "trigger.open": "立项", "trigger.amend": "更正", "trigger.link": "关联", "trigger.unlink": "取消关联",
    "kind.opened": "立项", "kind.imported": "导入", "kind.did": "办理", "kind.amended": "更正", "kind.escalated": "督办节点",
    "kind.rescheduled": "重排期限", "kind.migrated": "流程换版", "kind.linked": "关联", "kind.unlinked": "取消关联",
    "kind.erased": "文字删除", "kind.set-aside": "搁置",
    "kind.set": "设置", "kind.loaded": "载入", "kind.sealed": "存证", "kind.restored": "恢复启用",
    "kind.read": "查阅", "kind.upgraded": "升级", "kind.clocked": "拨钟",
    "closed.verified": "验收销号", "closed.duplicate": "重复", "closed.mistake": "误立",
    "closed.not-a-problem": "不构成问题",
    "relation-to.relapse-of": "问题反弹，上次为", "relation-to.relapsed-as": "此后反弹为",
    "relation-to.duplicate-of": "重复于", "relation-to.has-duplicate": "与本件重复的有",
    "relation-to.not-duplicate-of": "不再重复于", "relation-to.no-duplicate": "不再与本件重复的有",

    # 填写项
    "input.lead": "牵头单位", "input.with": "配合单位", "input.leader": "分管市领导", "input.due": "整改时限",
    "input.outer": "上级时限", "input.to": "延至",
    "input.user.hand-over.to": "接手的账号", "input.user.stand-in.by": "代理人的账号", "input.user.add.title": "称呼",
    "input.until": "暂缓至", "input.report_by": "报送期限", "input.reason": "理由", "input.note": "说明", "input.clause": "职责依据",
    "input.basis": "指定依据", "input.approved_by": "批准人", "input.suggest": "建议承办单位", "input.designate": "指定承办",
    "input.to_unit": "承办单位可见",
    "input.as": "情形", "input.of": "原事项", "input.review": "评价编号",
    "input.without": "未确认的配合单位", "input.by": "方式", "input.signed": "已签批",
    "input.title": "事项", "input.detail": "详情", "input.grade": "问题类别", "input.measure": "工作任务", "input.source": "来源",
    "input.officer": "督办经办人",
    "input.other": "原事项编号", "input.out": "存放的文件夹", "input.redact.seq": "记录序号", "input.audit.rebuild.into": "重建到的数据库",
    "input.restore.into": "恢复到的数据库", "input.restore.basis": "依据",
    "input.unit.add.kind": "单位类别", "input.unit.add.relation": "隶属关系", "input.user.stand-in.until": "代理截止日期",
    "input.unit.basis": "依据", "input.unit.since": "生效日期",
    "input.unit.merge.into": "承接单位", "input.unit.rename.to": "新名称", "input.user.add.role": "角色",
    "input.key": "来源标识", "input.file": "佐证文件",
}
