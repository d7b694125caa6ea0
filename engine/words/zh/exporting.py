"""台账导出。"""

from __future__ import annotations

TEXTS = {
    "export.head.sender": "来文编号",
    "export.head.number": "编号", "export.head.light": "灯色", "export.head.title": "标题", "export.head.detail": "详情",
    "export.head.source": "来源", "export.head.measure": "对应任务编号", "export.head.grade": "问题类别", "export.head.lead": "牵头单位",
    "export.head.cooperators": "配合单位", "export.head.leader": "分管市领导", "export.head.officer": "督办经办人",
    "export.head.opened": "立项时间", "export.head.assigned": "交办时间", "export.head.due": "整改时限", "export.head.outer": "上级时限",
    "export.head.extended": "延期至",
    "export.head.left": "倒计时", "export.head.state": "状态", "export.head.rung": "督办梯次", "export.head.urged": "人工催办",
    "export.head.finished": "整改完成时间",
    "export.head.closed": "销号时间", "export.head.count": "件数",
    "export.ledger": "台账", "export.figures": "分类统计", "export.title": "{office}整改事项台账", "export.sandbox": "演练数据",
    "usage-columns-sheet": "只有表格能选列。", "why.usage-columns-sheet": "能选列的是 {kinds}。",
    "hint.usage-columns-sheet": "文件名改用其中一种扩展名，或不写 --columns",
    "export.marked": "{title}（{mark}）", "export.made": "导出：{who}（{account}） {at}", "export.page": "第 {page} 页，共 {pages} 页",
    "export.chart.units": "各牵头单位的灯色", "export.chart.lights": "灯色合计",
    "export.span": "件数和灯色是本表所列事项；新立、办结、按期、平均工作日为 {since} 至 {before}，未办结、逾期截至导出时。",
    "export.note": "筛选条件与台账相同；已撤销的不计入新立、办结。",
    "export.due": "整改时限：{title}（{number}）", "export.due.detail": "牵头单位：{lead}\n配合单位：{cooperators}\n状态：{state}",
    "export.done": "已导出 {count} 件到 {file}。", "hint.export-none": "没有符合条件的事项；--all 连同已办结的",
    "entry.read.ledger": "导出台账 {count} 件（{format}）",

    "usage-export-kind": "不知道导出成哪种文件：“{file}”。",
    "why.usage-export-kind": "按文件名的结尾选择：{kinds}。",
    "hint.usage-export-kind": "zg export 台账.xlsx",
    "export-exists": "文件“{file}”已经存在，没有覆盖。",
    "why.export-exists": "它可能是别人正在用的台账。",
    "hint.export-exists": "换一个文件名，或加 --force 覆盖",
}
