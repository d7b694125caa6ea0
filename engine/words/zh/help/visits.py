"""督查检查的说明与示例。"""

from __future__ import annotations

TEXTS = {
    "short.visit": "督查检查：登记、发现问题、审定、办结", "short.visit.new": "登记一次督查检查",
    "short.visit.show": "一次督查检查及其发现的问题",
    "short.visit.list": "督查检查清单", "short.visit.consent": "领导同意按拟办意见交办", "short.visit.close": "办结，不再登记问题",
    "help.visit": (
        "督查检查：某日、某地、某些人，明查或暗访。发现的问题就是事项；交办之前，承办单位看不到任何内容，\n"
        "任何时候都看不到参加人员和去过哪里。"
    ),
    "example.visit": "zg visit new --on 2020-03-16 --place 政务服务大厅 --unannounced\nzg visit show 1",
    "help.visit.new": (
        "登记一次督查检查，得到一个编号。--team 是参加人员的账号，不写为登记人；\n"
        "流程有规定的，参加的人不能验收自己发现的问题。"
    ),
    "example.visit.new": (
        "zg visit new --on 2020-03-16 --place 政务服务大厅 --unannounced\n"
        "zg visit new --recheck --sample 10% --months 3 --team inspector"
    ),
    "short.visit.import": "从表格或者照片文件夹登记问题",
    "help.visit.import": (
        "登记督查检查发现的问题：表格一行一个问题（问题、地点、责任单位、对应任务编号、类别、详情、照片文件名），\n"
        "或者照片文件夹一张照片一个问题，按拍摄时间排列，以文件名为标题。不写 --commit 只预览。\n"
        "照片贴在表格里，或与表格放在同一个文件夹、其中的一个文件夹里。\n"
        "同样的内容再登记一次不会重复；读不出来的逐个指出，其余照常登记。"
    ),
    "example.visit.import": "zg visit import 1 照片\nzg visit import 1 问题清单.xlsx --commit",
    "option.visit.import.commit": "登记；不写只预览",
    "option.recheck": "回头看：从近期销号的事项中抽查", "option.sample": "抽多少：比例或者件数，不写为 10%",
    "option.months": "此前几个月销号的，不写为 3", "option.lot": "抽签号，同一号抽出同样的事项；不写则新给一个",
    "short.visit.recheck": "给回头看的事项评分",
    "help.visit.recheck": (
        "给抽到的销号事项（zg visit new --recheck）评分，验收过的人不能评：0 未整改（列为拟重新整改，由人决定重新整改），\n"
        "50 部分整改（遗留问题登记为这次督查检查发现的问题），100 整改到位。评分本身不改变事项的状态。\n"
        "督查检查办结前，0 和 100 可以改评。"
    ),
    "example.visit.recheck": (
        "zg visit recheck 2 7 100 --adequate yes\n"
        "zg visit recheck 2 9 0 --note 窗口又停用了 --file 照片.jpg"
    ),
    "option.adequate": "措施是否足以防止反弹", "option.visit.recheck.note": "看到的情况",
    "option.visit.recheck.workflow": "遗留问题按哪个流程",
    "help.visit.show": "显示一次督查检查和发现的问题。", "example.visit.show": "zg visit show 1\nzg visit show V-2020-0001 --json",
    "help.visit.list": "列出未办结的督查检查，新的在前；--all 包括已办结的。",
    "example.visit.list": "zg visit list\nzg visit list --all --json",
    "help.visit.consent": "领导审定：待交办的问题按拟定的责任单位交办。审定以后登记或改动的问题，要再审定。",
    "example.visit.consent": "zg --as leader visit consent 1\nzg --as leader visit consent 1 --dry-run",
    "help.visit.close": "办结一次督查检查：发现的问题全部交办以后，不再登记问题。",
    "example.visit.close": "zg visit close 1\nzg visit close V-2020-0001 --dry-run",
    "option.place": "地点", "option.day": "日期", "option.unannounced": "暗访", "option.team": "参加人员的账号，用逗号分开；不写为登记人",
    "short.visit.finding": "登记发现的问题",
    "help.visit.finding": (
        "登记一个发现的问题：就是一件待交办的事项。照片原件只有督办单位看得到；交办时责任单位得到加水印的副本，\n"
        "不含拍摄设备、位置等信息。--unit 是拟定的责任单位，领导审定后可以批量交办。"
    ),
    "example.visit.finding": (
        "zg visit finding 1 评价器停用 --measure 2.5 --unit 市政务服务和大数据局 --file 照片.jpg\n"
        "zg visit finding 1 窗口无人 --place 三楼 --dry-run"
    ),
    "option.visit.finding.unit": "拟定的责任单位", "option.visit.finding.place": "具体地点，不写为这次督查检查的地点",
    "option.assign.visit": "批量交办哪一次督查检查发现的问题", "option.suggested": "按拟定的责任单位交办，领导审定后才行",
    "option.list.visit": "哪一次督查检查发现的，可写多个",
    "option.count.visit": "哪一次督查检查发现的，可写多个",
    "option.export.visit": "哪一次督查检查发现的，可写多个",
}
