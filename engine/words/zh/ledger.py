"""今日待办、分类统计。"""

# ruff: noqa: E501 – 一条文字占一行

from __future__ import annotations

TEXTS = {
    "today.batches": "来文批次", "today.of-batch": "待交办{count}件",
    "today.none": "今天没有待办事项。", "today.section": "{title}（{count}{more}）", "today.rest": "还有 {count}{more} 件。",
    "today.to-assign": "待交办", "today.to-verify": "待验收", "today.requests": "待答复的延期申请", "today.letters": "待签发的文书",
    "today.overdue": "已逾期", "today.due-this-week": "本周到期", "today.objections": "配合单位有异议", "today.instructions": "待反馈的批示", "today.stuck": "停滞（规则出错、无人办理、暂缓期满）",
    "today.otherwise": "  或者：{command}", "today.to-endorse": "待审签", "today.to-revise": "退回修改",
    "today.to-accept": "待签收", "today.rejected": "退回重办", "today.due": "逾期或本周到期", "today.to-submit": "待申请销号",
    "today.parts": "配合事项", "today.decisions": "请领导审定",
    "count.opened": "新立", "count.open": "未办结", "count.late": "逾期", "count.closed": "办结", "count.on_time": "按期", "count.mean_days": "平均工作日",
    "count.total": "合计", "count.without": "（未填）", "count.by.all": "范围", "count.by.unit": "牵头单位", "count.by.measure": "工作任务",
    "count.by.source": "来源", "count.by.month": "月份", "count.by.grade": "问题类别", "count.by.officer": "督办经办人",
    "sort.due": "整改时限", "sort.turn-due": "本环节到期日", "sort.number": "编号", "sort.newest": "最新", "sort.changed": "最近变动", "sort.level": "督办级别", "sort.closed": "最近办结",
    "count.span": "新立、办结：{since} 起，{before} 前；未办结、逾期：截至现在。已撤销的不计。",
    "usage-text-unreadable": "文字里有看不见的空字符（U+0000）。",
    "why.usage-text-unreadable": "数据库不保存这个字符，查找时会匹配到不相干的内容。",
    "hint.usage-text-unreadable": "删去后再试",
    "usage-text-long": "要查找的文字有 {length} 个字，最多 {longest} 个字。", "why.usage-text-long": "标题最长也是这么多字，更长的查不到。",
    "hint.usage-text-long": "写其中几个字，如 zg list --text 材料重复提交",
    "usage-span": "时间段的终点不在起点之后：{text}", "why.usage-span": "时间段写作 FROM..TO，起点在前。",
    "hint.usage-span": "如 2020-03-01..2020-03-31、3月、本周、上月",
    "usage-level-of-closed": "督办级别的顺序只用于未办结的事项。", "why.usage-level-of-closed": "已办结的事项不再督办。",
    "hint.usage-level-of-closed": "zg list --sort level；已办结的用 zg list --closed --late",
    "officer-not-found": "没有名为“{name}”的督办经办人。", "why.officer-not-found": "最接近的是：{nearest}。", "hint.officer-not-found": "zg user list --role supervisor",
    "not-an-officer": "“{name}”不是督办单位的账号。", "why.not-an-officer": "督办经办人是督办单位的人。", "hint.not-an-officer": "zg user list --role supervisor",
    "argument.view": "@名称", "audience.own": "本人", "audience.unit": "本单位", "audience.all": "全体",
    "field.audience": "给谁用", "field.filter": "筛选条件", "field.saved-by": "保存人",
    "done.view-saved": "已保存 @{name}（{audience}）：zg list @{name}", "done.view-removed": "已删除 @{name}（{audience}）。",
    "view-not-found": "没有名为“{name}”的筛选。", "why.view-not-found": "能用的有：{nearest}。", "hint.view-not-found": "zg view list 查看全部",
    "view-of-another": "“{name}”是 {by} 保存的。", "why.view-of-another": "别人保存的不会被悄悄换掉。",
    "hint.view-of-another": "换一个名称，或先删除：zg view remove {name}",
    "draft-too-long": "草稿太长，没有存；最多 {most} 字。", "why.draft-too-long": "表单里填的内容不会这么长。", "hint.draft-too-long": "长的材料请作为佐证上传",
    "draft-too-many": "草稿已有 {most} 份，不再存了。", "why.draft-too-many": "草稿是没有提交的内容，太多了就找不到了。", "hint.draft-too-many": "提交或丢弃不要的草稿",
    "view-too-many": "已有 {most} 个，不能再多。", "why.view-too-many": "太多就找不到了。", "hint.view-too-many": "先删除不用的：zg view remove 名称",
    "usage-view": "“{name}”不是保存的筛选。", "why.usage-view": "保存的筛选写作 @名称。", "hint.usage-view": "zg view list；按文字查找用 zg list --text",
}
