"""由管理记录载明的各表：表名、栏名，核验时发现的出入，以及按记录重建。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "table.event": "记录", "table.ticket": "事项", "table.batch": "来文批次", "table.cooperator": "配合单位索引", "table.citation": "佐证索引",
    "table.evidence": "佐证文件登记", "table.counter": "编号计数",
    "table.unit": "单位", "table.unit_name": "单位名称", "table.unit_member": "单位组成员", "table.account": "账号",
    "table.account_portfolio": "分管单位", "table.account_title": "姓名（职务）沿革", "table.stand_in": "代行职务", "table.token": "接口令牌",
    "table.definition": "流程", "table.calendar": "工作日历", "table.measure": "工作任务", "table.indicator": "指标", "table.target": "目标值",
    "table.setting": "设置", "table.seal": "存证", "table.schema": "表结构",
    "in-row.role": "角色", "in-row.unit": "单位", "in-row.title": "名称", "in-row.active": "是否在用", "in-row.email": "电子邮箱", "in-row.phone": "电话",
    "in-row.chat": "群机器人地址", "in-row.password_hash": "密码散列", "in-row.valid_from": "起始", "in-row.valid_to": "终止", "in-row.name": "名称",
    "in-row.kind": "类别", "in-row.relation": "隶属关系", "in-row.parent": "上级单位", "in-row.rank_group": "排序组", "in-row.successor": "承接单位",
    "in-row.in_source": "是否出自来文", "in-row.place": "次序", "in-row.account": "账号", "in-row.hash": "散列", "in-row.created_at": "生成时间",
    "in-row.expires_at": "到期时间", "in-row.revoked_at": "吊销时间", "in-row.json": "内容", "in-row.source": "来源", "in-row.loaded_at": "载入时间",
    "in-row.current": "是否现行", "in-row.notices": "放假通知", "in-row.leads": "牵头单位", "in-row.cooperators": "配合单位", "in-row.responsible": "责任单位",
    "in-row.measure": "工作任务", "in-row.metric": "指标口径", "in-row.comparator": "比较方式", "in-row.value": "值", "in-row.baseline": "基数",
    "in-row.deadline": "完成期限", "in-row.scope": "适用范围", "in-row.mandatory": "是否约束性", "in-row.words": "原文", "in-row.upto": "末条记录",
    "in-row.size": "记录数", "in-row.root": "根散列", "in-row.frontier": "末端", "in-row.previous": "前一次存证", "in-row.at": "时间", "in-row.key": "公钥",
    "in-row.signature": "签名", "in-row.last": "已用到",
    "in-row.table": "表", "in-row.column": "栏", "in-row.constraint": "约束", "in-row.index": "索引", "in-row.trigger": "触发器", "in-row.view": "视图",
    "in-row.rule": "改写规则", "in-row.policy": "行级策略", "in-row.heir": "继承表",
    "rebuild.done": "已按记录重建到 {place}：{events} 条记录、{tickets} 件事项，核验通过。",
    "hint.rebuild-done": "下一步：zg --db {place} list；提醒消息、登录失败和值守心跳不在记录之内，没有重建",
    "rebuild-broken": "已按记录重建到 {place}，但核验发现 {count} 处问题。",
    "why.rebuild-broken": "以上逐一列出；原库的记录，或只以散列记名的内容，已不是当初写入的。",
    "hint.rebuild-broken": "zg audit verify 核验原库，并与最近的备份比对",
    "rebuild-untold": "账号、单位、流程等表没有记录载明，不能按记录重建。",
    "why.rebuild-untold": "这份记录建立时，各表的变动还不逐栏写入记录。",
    "hint.rebuild-untold": "先运行 zg upgrade，各表自此由记录载明",
    "entry.rebuild": "读取全部记录用于重建",
    "finding.row-untold": "没有记录载明这一行", "finding.row-gone": "记录载明的这一行不见了", "finding.row-differs": "“{field}”不是记录所载",
    "finding.misnamed": "“{field}”的散列与名称不符", "finding.entry": "该条记录所载的行不可能成立", "finding.ids": "内部序号的计数与记录不符",
    "finding.schema-foreign": "表结构中多出一个{field}", "finding.schema-missing": "表结构中缺少一个{field}", "finding.schema-differs": "表结构中的{field}被改动过",
    "audit.row": "{table} {key}", "audit.table": "{table} {count}", "audit.tables": "逐表核对行数：{tables}。",
    "audit.told-since": "账号、单位、流程、设置等表自管理记录第 {seq} 条起由记录载明；此前的变动无从核对。",
    "audit.told-never": "账号、单位、流程、设置等表没有记录载明，无从核对。",
    "hint.told-never": "zg upgrade 之后即由记录载明",
}
