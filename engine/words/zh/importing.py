"""台账导入。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "import-state": "该办理流程没有“{state}”这一环节", "hint.import-state": "环节为：{known}",
    "import-undated": "“{state}”的事项没有办结日期", "hint.import-undated": "在台账中写明整改完成日期，或用 --answer 统一回答",
    "import-disordered": "日期前后颠倒：{before} 在 {after} 之后", "hint.import-disordered": "核对台账中这一行的日期",
    "import-ahead": "{date} 还没有到，不会已经发生", "hint.import-ahead": "核对台账中这一行的日期和年份",
    "log.origin": "原台账：编号 {number}，第{row}行 {sheet}", "log.origin-unnumbered": "原台账：第{row}行 {sheet}",
    "input.sheet": "工作表", "input.number": "编号",

    "ledger-hidden": "有隐藏或被筛选掉的内容：工作表 {sheets} 个、列 {columns} 列、行 {rows} 行；用 --hidden include 一并导入，或 --hidden skip 略过",
    "ledger-year-dates": "标题是 {year} 年，表中日期却是 {years} 年，可能是往年的台账；核对后用 --year 写明年份",
    "ledger-year-numbers": "标题是 {year} 年，编号却是 {years} 年，可能是往年的台账；核对后用 --year 写明年份",
    "ledger-links": "表中有取自“{file}”的数，可能是往年台账的复制件；核对后用 --year 写明年份",
    "ledger-empty": "没有读出任何事项", "ledger-no-title": "没有写明问题的一列：{columns}；用 --map 列名=title 指明",
    "ledger-no-sheet": "没有工作表“{sheet}”，有：{sheets}", "ledger-no-heading": "没有找到表头，未读",
    "ledger-column-unknown": "“{column}”一列不认识，未导入；用 --map '{column}=note' 保留，或写别的字段",
    "ledger-column-second": "“{column}”与另一列含义相同，作为备注保留", "ledger-aside": "不是事项：{text}",
    "row-without-title": "没有写明问题", "row-contradicts": "“{status}”与日期或销号一栏矛盾，需人工判断",
    "row-judge": "备注“{text}”涉及状态或期限，已原样保留，需人工判断", "row-number-long": "编号太长，最多 {longest} 字",
    "row-twins": "编号 {number} 出现在第 {rows} 行，内容不同，都未导入",
    "row-other-matter": "编号 {number} 已是 {ticket}“{title}”，内容差得太多；另一份台账请用 --batch 或 --source 区分",

    "ask.ledger.year": "日期没有写年份，是哪一年？也可用 --year", "ask.ledger.leads": "几个单位并列负责，谁牵头？first 第一个，each 各立一件，none 暂不定",
    "ask.ledger.groups": "承办的是一类单位，是否每个成员各立一件？each 各立一件，none 暂不定",
    "ask.ledger.done-undated": "写着已完成而没有日期，哪天完成的？open 表示仍在整改",
    "ask.ledger.no-due": "在办而没有整改时限，到哪天？standing 长期坚持，limit 按流程的时限自导入起算，先待交办 found",
    "ask.ledger.struck": "整行划去，是否已取消？skip 略过，include 仍然导入", "ask.ledger.due": "整改时限“{about}”是哪天？",
    "ask.ledger.date": "日期“{about}”是哪天？", "ask.ledger.status": "“{about}”是什么状态？", "ask.ledger.grade": "“{about}”是哪一类？不答则按流程的默认类别",
    "ask.ledger.source": "“{about}”是哪一种来源？不答则为自查", "ask.ledger.unit": "“{about}”是哪个单位？none 表示不是单位",
    "ask.ledger.fill": "底色 {about} 表示什么？不答则不作状态",

    "import.preview": "导入预览（未写入）：{file}", "import.done": "已导入 {count} 件：{file}", "import.rows": "共 {count} 行",
    "import.new": "新立项 {count}", "import.same": "已在库，无变化 {count}", "import.proposed": "已在库，内容有变，待人决定 {count}",
    "import.asked": "等待回答 {count}", "import.held": "有误，未导入 {count}", "import.skipped": "略过 {count}",
    "import.carried": "结转，原事项继续 {count}", "import.twin": "与另一行相同 {count}",
    "import.unseen": "这种文件看不出：{what}", "import.questions": "需要回答（对全部行有效）", "import.rows-of": "（{count} 行）",
    "import.near": "  相近：{near}", "import.proposals": "台账与库中不同，由人决定是否更正",
    "import.problems": "有误或需人工判断", "import.remarks": "其他", "import.row": "第{row}行", "import.more": "还有 {count} 处；--json 列出全部",
    "import.unasked": "没有问到“{key}”", "import.unknown": "不认识", "import.next": "核对后加 --commit 写入",
    "field.head": "表头", "field.means": "含义",
    "usage-column-map": "“{text}”不是“列名=字段”。", "why.usage-column-map": "字段有：{fields}，几个之间用 +。", "hint.usage-column-map": "--map 列名=字段",
    "usage-answer": "“{text}”不是“问题=回答”。", "why.usage-answer": "问题的写法见导入预览。", "hint.usage-answer": "--answer leads=first",
    "ledger-field.number": "编号", "ledger-field.former": "原编号", "ledger-field.title": "问题", "ledger-field.detail": "详情",
    "ledger-field.source": "来源", "ledger-field.measure": "工作任务", "ledger-field.grade": "问题类别", "ledger-field.parties": "责任单位",
    "ledger-field.lead": "牵头单位", "ledger-field.cooperators": "配合单位", "ledger-field.leader": "分管市领导",
    "ledger-field.officer": "督办经办人", "ledger-field.found_on": "发现日期", "ledger-field.assigned_on": "交办日期",
    "ledger-field.due": "整改时限", "ledger-field.extended": "延期至", "ledger-field.finished_on": "完成日期",
    "ledger-field.closed_on": "销号日期", "ledger-field.status": "整改情况", "ledger-field.closing": "是否销号", "ledger-field.remark": "备注",
    "ledger-field.person": "责任人", "ledger-field.complainant": "投诉人", "ledger-field.phone": "投诉人电话", "ledger-field.clue": "线索",
    "ledger-field.picture": "照片", "ledger-field.note": "保留为说明", "ledger-field.-": "不导入",
    "sheet-mark.strike": "划去", "sheet-mark.fill": "底色", "sheet-mark.hidden": "隐藏", "sheet-mark.comments": "批注",
    "sheet-mark.formats": "数字格式", "sheet-mark.pictures": "图片", "sheet-mark.merged": "合并单元格",
    "entry.ledger-columns": "记住台账各列的含义",
}
