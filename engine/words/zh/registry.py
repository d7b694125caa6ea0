"""单位与账号：输出、出错时说的话、管理记录。"""



from __future__ import annotations

TEXTS = {
    # 输出
    "field.parent": "上级单位", "field.members": "成员", "field.ended": "终止", "field.successor": "承接单位", "field.called": "历次名称",
    "field.accounts": "账号", "field.as": "身份",
    "unit.span": "{name}（{since}至{until}）", "unit.always": "起始", "unit.today": "今",
    "unit.passed": "“{unit}”并入“{into}”，移交在办事项 {count} 件，期限不变。", "unit.over": "“{unit}”已终止。",
    "unit.followed": "随之转入的账号：{accounts}", "unit.left": "仍留在原单位的账号：{accounts}",
    "hint.unit-added": "下一步：为该单位建账号，zg user add 账号 --title 称呼 --role contact --unit {unit}",
    "hint.unit-left": "下一步：zg user set {account} --unit 单位，或 zg user disable {account}",
    "done.rehearsed": "试运行：以上没有写入",
    "kind.handed-over": "移交",
    "log.handed-over": "{old} → {new}（依据见管理记录第 {entry} 条）", "log.for": "代{account}",

    # 出错时说的话
    "unit-ended": "“{name}”已于 {date} 终止。",
    "why.unit-ended": "没有单位承接它的工作。",
    "hint.unit-ended": "zg unit list 查看现有单位；zg unit list --ended 查看已终止的单位",
    "unit-succeeded": "“{name}”已于 {date} 并入“{successor}”。",
    "why.unit-succeeded": "在办事项已经移交，今后交办给承接单位。",
    "hint.unit-succeeded": "改写为“{successor}”再运行一次",
    "unit-code-wrong": "单位代码“{code}”不能用。",
    "why.unit-code-wrong": "代码以英文字母开头，只含大写字母、数字、横线和下划线，最多 32 个字符。",
    "hint.unit-code-wrong": "zg unit list 看看现有代码的写法",
    "unit-code-taken": "单位代码“{code}”已经用过。",
    "why.unit-code-taken": "代码永不重用，记录里的代码始终指同一个单位，单位终止后也是如此。",
    "hint.unit-code-taken": "换一个代码；zg unit show {code} 看看它是哪个单位",
    "unit-name-taken": "名称“{name}”已由“{unit}”使用。",
    "why.unit-name-taken": "一个名称或别名只能指一个单位，否则交办时无法确定是谁。",
    "hint.unit-name-taken": "换一个名称；zg unit show {unit} 查看现在使用它的单位",
    "unit-name-same": "单位现在就叫“{name}”。",
    "why.unit-name-same": "新旧名称相同，不需要更名。",
    "hint.unit-name-same": "zg unit show {name}",
    "unit-date-ahead": "{date} 还没有到。",
    "why.unit-date-ahead": "单位的变动在生效当天或之后登记。",
    "hint.unit-date-ahead": "到那天再运行，或写今天及以前的日期",
    "unit-date-before": "{date} 早于该单位上一次变动（{last}）。",
    "why.unit-date-before": "名称按时间先后排列，不能插到以前的变动之前。",
    "hint.unit-date-before": "写 {last} 或之后的日期",
    "unit-ended-before": "“{name}”已于 {date} 终止，不能再并入别的单位。",
    "why.unit-ended-before": "一个单位只终止一次；对原来的承接单位可以重复运行，移交遗留事项。",
    "hint.unit-ended-before": "zg unit list --ended",
    "unit-into-itself": "“{name}”不能并入自己。",
    "why.unit-into-itself": "被并入的和承接的是同一个单位。",
    "hint.unit-into-itself": "核对 --into",
    "unit-has-tickets": "“{name}”还有在办事项 {count} 件，不能终止。",
    "why.unit-has-tickets": "例如 {numbers}。",
    "hint.unit-has-tickets": "有承接单位的用 zg unit merge；没有的逐件改派：zg reassign",

    # 管理记录
    "entry.set": "建立数据库：编号前缀 {office}，初始数据 {seed}，演练时钟 {sandbox}",
    "entry.set.key": "存证公钥 {key}", "entry.sealed": "第 {n} 次存证，共 {size} 条记录，根散列 {root}",
    "entry.calendar": "启用日历 {version}，放假安排覆盖到 {covered_until}",
    "entry.workflow": "启用流程 {name}（{source}），版本 {hash}",
    "entry.plan": "载入方案 {code}：{units} 个单位、{measures} 项工作任务、{targets} 个目标值",
    "entry.accounts": "建立首批账号 {names} 个",
    "entry.clocked": "演练时钟由 {from} 拨到 {to}",
    "entry.unit.added": "新增单位 {unit}：{name}，{kind}，{relation}",
    "entry.unit.renamed": "单位 {unit} 更名，自 {from} 起",
    "entry.unit.merged": "单位“{unit}”并入“{into}”，自 {from} 起，移交在办事项 {tickets} 件",
    "entry.unit.ended": "单位“{unit}”终止，自 {from} 起",
    "entry.account.set": "变更账号 {account}",
}
