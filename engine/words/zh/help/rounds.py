"""评价轮次的说明与示例。"""

from __future__ import annotations

TEXTS = {
    "short.evaluate": "评价轮次：录入结果、发现问题、一览表",
    "short.evaluate.start": "开始一轮评价",
    "short.evaluate.import": "导入评价结果",
    "short.evaluate.reopen": "将反弹的问题重新整改",
    "short.evaluate.verify": "将复测达标的销号",
    "short.evaluate.tasklist": "整改任务清单",
    "short.evaluate.object": "登记异议",
    "short.evaluate.decide": "核定异议",
    "short.evaluate.close": "结束一轮",
    "short.evaluate.correct": "更正结果",
    "short.evaluate.undo": "撤回本轮结果",
    "short.evaluate.keep": "收回撤回申请",
    "short.evaluate.list": "评价轮次清单",
    "short.evaluate.show": "一轮评价",
    "short.evaluate.log": "一轮评价的经过",
    "short.evaluate.board": "指标分县（市、区）一览表",
    "short.evaluate.successor": "目标、评价方案的承接关系",
    "short.evaluate.rekey": "已无对应目标或单位的未销号事项",
    "help.evaluate": "评价轮次：评价、发现问题、任务清单、整改、再评价。导入不销号、不重新整改，由人批量办理。",
    "example.evaluate": (
        "zg evaluate start --scheme 市自评2020 --on 2020-06-30 --subjects 甲县,乙区 --targets 3.5-1,3.1-1\n"
        "zg evaluate import 1 results.xlsx --commit"
    ),
    "help.evaluate.start": (
        "开始一轮评价：方案、基准日或评价期、被评对象和目标。目标写计划中的编号（3.5-1）或指标（3.5），指标可带条件，"
        "如 3.4:rate>=85、3.6:rank<=9。"
    ),
    "example.evaluate.start": (
        "zg evaluate start --scheme 市自评2020 --period 2020-04-01..2020-06-30 --subjects 甲县、乙区 --targets 3.5-1\n"
        "zg evaluate start --scheme 省评2020 --on 6月30日 --for-comment 5wd"
    ),
    "help.evaluate.import": (
        "导入评价结果（xlsx、csv、ods、docx 中的表）。默认只预览，--commit 才写入；同一文件再次导入没有变化。没有测的不算未达标，"
        "达标不自动销号，未达标只新增待交办事项。"
    ),
    "example.evaluate.import": (
        "zg evaluate import 1 results.xlsx\n"
        "zg evaluate import R-2020-01 results.xlsx --map 得分情况=score --commit"
    ),
    "help.evaluate.reopen": "将本轮问题反弹的事项重新整改，逐件办理。--unit 只办一个单位的。",
    "example.evaluate.reopen": (
        "zg evaluate reopen 2 --relapsed\n"
        "zg evaluate reopen 2 --relapsed --unit 市税务局"
    ),
    "help.evaluate.verify": "将本轮复测达标且已申请销号的事项验收销号，本轮结果作为依据，逐件办理。",
    "example.evaluate.verify": (
        "zg evaluate verify 2 --passing\n"
        "zg evaluate verify 2 --passing --unit 市税务局"
    ),
    "help.evaluate.tasklist": "将本轮待交办和拟重新整改的写成整改任务清单（xlsx），填好牵头单位和文号后用 zg assign --from 交办。",
    "example.evaluate.tasklist": (
        "zg evaluate tasklist 1 --out tasks.xlsx\n"
        "zg evaluate tasklist R-2020-02 --out tasks.xlsx"
    ),
    "help.evaluate.object": "登记被评单位的异议，附单位负责人签字的材料。征求意见期内有效，逾期视为无异议。",
    "example.evaluate.object": (
        "zg evaluate object 1 --unit 甲县 --target 3.5-1 --reason 数据有误 --file scan.pdf\n"
        "zg evaluate object 1 --unit 乙区 --target 3.1-1 --reason 口径不一 --file scan.jpg"
    ),
    "help.evaluate.decide": "核定异议：--accept 采纳，可写新的数值；--refuse 不采纳。",
    "example.evaluate.decide": (
        "zg evaluate decide 1 --unit 甲县 --target 3.5-1 --accept --value 4.5 --reason 核对无误\n"
        "zg evaluate decide 1 --unit 乙区 --target 3.5-1 --refuse --reason 数据属实"
    ),
    "help.evaluate.close": "结束一轮评价。范围内还有未测的须说明原因。",
    "example.evaluate.close": (
        "zg evaluate close 1\n"
        "zg evaluate close 1 --accept-missing 该项本年不评"
    ),
    "help.evaluate.correct": (
        "用另一份文件更正本轮结果，形成新的版本。--material no 只更正数值和文字；--material yes 达标结论可变，因错误结果新增且未办理的撤销，"  # noqa: E501
        "重新整改且未办理的恢复销号。"
    ),
    "example.evaluate.correct": (
        "zg evaluate correct 1 results2.xlsx --reason 省里更正 --material yes\n"
        "zg evaluate correct 1 results2.xlsx --reason 笔误 --material no --commit"
    ),
    "help.evaluate.undo": (
        "撤回本轮全部结果：新增且未办理的撤销，其余列出由人决定。已通知承办单位的，写 --reason 为申请，"
        "由另一人不写 --reason 确认；申请后结果又有变动的，申请作废。再次撤回没有变化。"
    ),
    "example.evaluate.undo": (
        "zg evaluate undo 2 --reason 用错文件\n"
        "zg evaluate undo 2 --reason 用错文件 --commit\n"
        "zg --as second evaluate undo 2 --commit"
    ),
    "help.evaluate.keep": "收回撤回本轮结果的申请，由申请人本人办理；收回后可以重新申请。",
    "example.evaluate.keep": (
        "zg evaluate keep 2\n"
        "zg --as second evaluate keep R-2020-02 --dry-run"
    ),
    "help.evaluate.list": "列出未结束的评价轮次，新的在前；--all 包括已结束的。",
    "example.evaluate.list": (
        "zg evaluate list\n"
        "zg evaluate list --all --json"
    ),
    "help.evaluate.show": "显示一轮评价的范围、结果和本轮未测的。",
    "example.evaluate.show": (
        "zg evaluate show 1\n"
        "zg evaluate show R-2020-01 --json"
    ),
    "help.evaluate.log": "显示一轮评价的经过和每次导入。",
    "example.evaluate.log": (
        "zg evaluate log 1\n"
        "zg evaluate log R-2020-01 --json"
    ),
    "help.evaluate.board": "指标、被评对象和各轮的数值，与目标、上一轮、最优的差距，灯和事项。单位只看自己的一行，没有排名。",
    "example.evaluate.board": (
        "zg evaluate board\n"
        "zg evaluate board --scheme 市自评2020 --json"
    ),
    "option.evaluate.start.scheme": "评价方案，每年每级一个，如 市自评2020",
    "option.evaluate.start.on": "评价基准日；不写为评价期的最后一日",
    "option.evaluate.start.period": "评价期，如 2020-04-01..2020-06-30",
    "option.evaluate.start.received": "收到结果的日期",
    "option.evaluate.start.doc": "结果的来文号",
    "option.evaluate.start.title": "名称",
    "option.evaluate.start.subjects": "被评对象，多个用、分开；不写为以前评过的和结果中的",
    "option.evaluate.start.targets": "目标或指标，多个用、分开；不写为以前评过的和结果中的",
    "option.evaluate.start.points": "逐条列出扣分点，每行是一个问题",
    "option.evaluate.start.interim": "中期评价：未到期的也算未达标",
    "option.evaluate.start.for_comment": "征求意见到何时，此前导入只登记",
    "option.evaluate.start.assign_limit": "多长时间内全部交办，如 5wd；不写为 10 个工作日",
    "option.evaluate.import.columns": "说明一列是什么，如 得分情况=score",
    "option.evaluate.correct.columns": "说明一列是什么，如 得分情况=score",
    "option.evaluate.import.subjects": "名称指谁，或者是新对象 new；同一方案记住",
    "option.evaluate.correct.subjects": "名称指谁，或者是新对象 new；同一方案记住",
    "option.evaluate.import.sheet": "只读这一张表",
    "option.evaluate.correct.sheet": "只读这一张表",
    "option.evaluate.import.commit": "写入；不写只预览",
    "option.evaluate.correct.commit": "写入；不写只预览",
    "option.evaluate.undo.commit": "写入；不写只预览",
    "option.evaluate.import.confirm": "确认将新发现或拟重新整改的件数",
    "option.evaluate.import.late": "补录往期评价",
    "option.evaluate.import.whole": "有一行不能采用就全部不写入",
    "option.evaluate.reopen.relapsed": "问题反弹的",
    "option.evaluate.reopen.unit": "只办这一单位的",
    "option.evaluate.verify.passing": "复测达标的",
    "option.evaluate.verify.unit": "只办这一单位的",
    "option.evaluate.tasklist.out": "写入的文件（xlsx）", "option.evaluate.tasklist.force": "覆盖已有的文件",
    "option.evaluate.object.unit": "被评对象",
    "option.evaluate.object.target": "目标编号", "option.evaluate.object.point": "扣分点清单中的序号",
    "option.evaluate.object.reason": "异议理由",
    "option.evaluate.object.files": "单位负责人签字的材料",
    "option.evaluate.decide.unit": "被评对象",
    "option.evaluate.decide.target": "目标编号", "option.evaluate.decide.point": "扣分点清单中的序号",
    "option.evaluate.decide.accepted": "采纳或不采纳",
    "option.evaluate.decide.value": "采纳后的数值，不按数值判定的写结果；不写为不计",
    "option.evaluate.decide.reason": "核定理由",
    "option.evaluate.close.accept_missing": "未测而接受的原因",
    "option.evaluate.correct.confirm": "确认将新发现或拟重新整改的件数",
    "option.evaluate.correct.reason": "更正原因",
    "option.evaluate.correct.material": "达标结论是否变化",
    "option.evaluate.undo.reason": "撤回原因；不写则确认另一人的申请",
    "option.evaluate.list.every": "包括已结束的",
    "option.evaluate.board.scheme": "哪一评价方案；不写为最近一轮的",
    "option.round": "哪一评价轮次涉及的，如 R-2020-01，可写多个",
    "help.evaluate.successor": (
        "登记目标或评价方案换了编号以后由哪一个承接（如下一年度方案）；事项的问题标识不变，用新旧编号都能查到。\n"
        "承接者写成自己，即取消登记。不带选项时列出现有承接关系。"
    ),
    "example.evaluate.successor": (
        "zg evaluate successor --target 3.5-1 3.5-2\n"
        "zg evaluate successor --scheme 市自评2020 市自评2021"
    ),
    "help.evaluate.rekey": (
        "列出目标已不在计划中、或者单位撤销后无承接单位的未销号事项。登记承接关系以前，同一评价方案的结果不能导入。\n"
        "加 --target 或 --scheme，则预览登记该承接关系以后的情况，以及哪些事项改按新编号评价。问题标识从不改写，所以只有 --dry-run。"
    ),
    "example.evaluate.rekey": (
        "zg evaluate rekey --dry-run\n"
        "zg evaluate rekey --dry-run --target 3.5-1 3.5-2 --scheme 市自评2020 市自评2021"
    ),
    "option.evaluate.successor.target": "原目标和计划中承接它的目标",
    "option.evaluate.successor.scheme": "原评价方案和承接它的方案",
    "option.evaluate.rekey.dry_run": "只查看",
    "option.evaluate.rekey.target": "假设原目标由新目标承接，可写多个",
    "option.evaluate.rekey.scheme": "假设原评价方案由新方案承接，可写多个",
}
