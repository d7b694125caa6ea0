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
        "zg visit new --on 3月16日 --place 市行政服务中心 --team office,inspector"
    ),
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
