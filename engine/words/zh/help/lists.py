"""台账、今日待办、分类统计：筛选项。"""

# ruff: noqa: E501 – 一条文字占一行

from __future__ import annotations

TEXTS = {
    # 命令
    "short.today": "今天要办的事", "short.count": "分类统计",
    "help.list": "列出整改事项，未写明时只列未办结的，最急的在前。终端上是表格，分页；接到别的程序时给出全部，每行一件，以制表符分隔，编号在前，代码不翻译。同一选项写多次表示任一。--unit 列出该单位牵头和配合的；只数牵头的用 zg count。",
    "example.list": "zg list --unit 市发改委 --light red\nzg list --due 本周\nzg list --state submitted --mine\nzg list --changed-since 昨天\nzg list @本周到期",
    "help.today": "今天等我办的事：督办单位的待交办、待验收、待答复、待签发、逾期、本周到期和配合单位的异议，单位的待签收、待办和配合事项，单位负责人的待审签事项，市领导的待审定事项，以及停滞的事项：规则出错、无人办理、暂缓期满。每行末尾是要执行的命令；答复可以相反的，另一命令列在该类之后。",
    "example.today": "zg today\nzg --as 市发改委 today --json",
    "help.count": "分类统计：期内新立、办结、按期的件数，截至现在未办结、逾期的件数，以及从首次交办到最后一次申请销号的平均工作日。未写明时为今年以来。口径与 zg list 相同，已撤销的不计；逾期包括逾期后才申请销号、尚未验收的。--unit 只数该单位牵头的件数，与 --by unit 的一行相同。",
    "example.count": "zg count --by unit --overdue\nzg count --by officer\nzg count --unit 市发改委 --from 3月1日 --to 3月31日\nzg count --from 上月 --to 上月",

    "help.export": "把台账导出为文件，按文件名的结尾：.xlsx（表头冻结，灯色随值变，可筛选，每页有表头，页脚写明由谁何时导出，另有一张分类统计和图）、.csv、.jsonl（与 zg list --json 相同）、.ics（整改时限，可订入日历）。筛选与 zg list 完全相同，只含本人看得到的；= + - @ 开头的文字不会成为公式。导出记入管理记录。改好的 .xlsx、.csv 可以再导入。",
    "example.export": "zg export 台账.xlsx\nzg export 逾期.xlsx --light red --unit 市发改委\nzg export 全部.csv --all\nzg export 本月到期.ics --due 本月",

    "short.view": "保存的筛选：起名保存、查看、删除",
    "short.view.save": "把一组筛选条件起名保存", "short.view.list": "保存的筛选", "short.view.remove": "删除一个保存的筛选",
    "help.view": "给常用的筛选条件起名保存，用 zg list @名称 打开，台账网页上同样可用。",
    "example.view": "zg view save 本周到期 --due 本周\nzg list @本周到期",
    "help.view.save": "把筛选条件起名保存，条件照写的原样保存，“本周”总是打开时的那一周。默认只给本人；--for unit 给本单位的人，--for all 给全体，由督办单位保存。同名的由同一人再存即更换；别人存的，先删除。打开时只看得到本人有权看的。",
    "example.view.save": "zg view save 本周到期 --due 本周\nzg view save 红灯 --light red --for all",
    "help.view.list": "列出能用的：本人的、本单位的、全体的。",
    "example.view.list": "zg view list\nzg view list --json",
    "help.view.remove": "删除一个保存的筛选；本单位的由本单位的人删，全体的由督办单位删。",
    "example.view.remove": "zg view remove 本周到期\nzg view remove 红灯 --for all",
    "option.audience": "给谁用：{choices}；默认本人",

    # 选项
    "option.view.save.lead": "牵头单位，可写多个", "option.view.save.unit": "牵头或配合的单位，可写多个", "option.view.save.source": "来源：{choices}，可写多个", "option.view.save.measure": "工作任务编号，可写多个", "option.view.save.grade": "问题类别，可写多个", "option.view.save.batch": "来文批次（B-2020-0001），或一事多办的首件编号，可写多个", "option.view.save.due": "整改时限在此期间的，如 本周", "option.view.save.visit": "哪一次督查检查发现的，可写多个",
    "option.list.lead": "牵头单位，可写多个", "option.export.lead": "牵头单位，可写多个", "option.count.lead": "牵头单位，可写多个",
    "option.every": "连同已办结的", "option.closed": "只看已办结的", "option.state": "状态，可写多个", "option.list.unit": "牵头或配合的单位，可写多个", "option.export.unit": "牵头或配合的单位，可写多个", "option.count.unit": "牵头单位，可写多个",
    "option.light": "灯色：{choices}，可写多个", "option.overdue": "只看逾期未办结的", "option.late": "逾期的，含逾期办结的", "option.repeats": "与以前的问题重复的（反复）", "option.on_time": "按期申请销号的",
    "option.list.source": "来源：{choices}，可写多个", "option.export.source": "来源：{choices}，可写多个", "option.count.source": "来源：{choices}，可写多个",
    "option.level": "督办级别：{choices}，可写多个",
    "option.turn": "当前责任方：{choices}，可写多个", "option.list.measure": "工作任务编号，可写多个", "option.export.measure": "工作任务编号，可写多个", "option.count.measure": "工作任务编号，可写多个",
    "option.list.grade": "问题类别，可写多个", "option.export.grade": "问题类别，可写多个", "option.count.grade": "问题类别，可写多个", "option.officer": "督办经办人，可写多个", "option.mine": "本人经办的",
    "option.open.officer": "督办经办人，默认是立项人", "option.amend.officer": "新的督办经办人",
    "option.amend.lead": "拟定的责任单位（交办以前）", "option.portfolio": "只看本人分管单位的",
    "option.list.batch": "来文批次（B-2020-0001），或一事多办的首件编号，可写多个", "option.export.batch": "来文批次（B-2020-0001），或一事多办的首件编号，可写多个", "option.count.batch": "来文批次（B-2020-0001），或一事多办的首件编号，可写多个",
    "option.text": "标题或编号中的文字，不分全角半角、大小写", "option.opened": "立项时间，如 3月1日..3月31日（含首尾两日）、2020-03、上周",
    "option.list.due": "整改时限在此期间的，如 本周", "option.export.due": "整改时限在此期间的，如 本周", "option.count.due": "整改时限在此期间的，如 本周", "option.closed_in": "在此期间办结的", "option.changed_since": "自此以来有任何变动的，如 昨天",
    "option.list.columns": "列出哪些列：{choices}；可写多个",
    "option.export.columns": "表里要哪些列：{choices}；可写多个，不写即全部",
    "option.export.force": "覆盖已有的文件", "option.sort": "排序：{choices}；按督办级别时只列未办结的",
    "option.limit": "每页件数；程序不写则得到全部", "option.after": "从这一件（编号）或上一页给出的标记之后继续",
    "option.count.by": "按什么分类：{choices}",
    "option.count.since": "自此日零时起，默认今年1月1日", "option.count.before": "至此日或此时段结束（含），默认到今天为止",
}
