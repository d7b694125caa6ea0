"""补录、领导审定、撤回撤销：督办单位替人登记的事。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # 称呼
    "title-ambiguous": "“{unit}”指的不止一个账号。", "why.title-ambiguous": "这样称呼的账号有：{accounts}。",
    "hint.title-ambiguous": "写明其中一个账号",
    "leader-by-name": "没有“{name}”的账号，按姓名登记。",

    # 经过
    "entry.title": "{trigger}（补录）", "log.entered-at-once": "补录：{unit}的纸质件，当日办理", "log.entered": "补录：{unit}的纸质件，实际办理时间 {date}",
    "log.recall": "须收回已签发的文书：{letter}", "log.basis": "补录依据",
    "field.entered": "补录", "card.entered": "{trigger}，{unit}，{date}",
    "done.declined-before": "“{unit}”此前已申请退回本件；建议改由：{suggested}",
    "done.declined-before-alone": "“{unit}”此前已申请退回本件",
    "hint.lapsed": "以下建议尚未签发，随之终止：{rungs}",
    "hint.recall": "这些文书已经签发，须收回：{letters}",

    # 领导审定
    "input.consent.by": "领导", "input.about": "审定事项", "input.refuse": "不同意", "consent.extension": "第二次延期", "consent.designation": "指定承办",
    "log.consent-before-true": "此前{leader}表示同意", "log.consent-before-false": "此前{leader}表示不同意",
    "done.consent-before-true": "此前{leader}已表示同意，现以本次意见为准",
    "done.consent-before-false": "此前{leader}已表示不同意，现以本次意见为准",
    "log.consented.true": "{leader}同意：{about}", "log.consented.false": "{leader}不同意：{about}",
    "field.consent": "领导审定", "card.consent.true": "{leader}同意{about}（{date}）", "card.consent.false": "{leader}不同意{about}（{date}）",
    "nothing-for-leader": "没有需要领导审定的事项",
    "hint.nothing-for-leader": "通报、约谈、第二次延期和申请退回后的指定承办由领导审定；zg list --proposals 查看待签发的文书",
    "consent-unknown": "“{name}”不在待领导审定之列，待审定的有：{rungs}",
    "hint.consent-unknown": "{typed.about.name} 写其中一个",
    "consent-of-which": "待领导审定的不止一项：{rungs}",
    "hint.consent-of-which": "用 {typed.about.name} 写明是哪一项",
    "consent-scan-missing": "登记领导的书面意见要附扫描件，内容须为 PDF、OFD 或图片：--file 文件",
    "hint.consent-scan-missing": "zg consent {number} --by 领导姓名 --file 扫描件；领导本人办理用 --as",
    "consent-missing": "“{rung}”须先经领导同意",
    "hint.consent-missing": "请领导审定：zg --as 领导账号 consent {number}；书面同意的登记：zg consent {number} --by 领导姓名 --file 扫描件",
    "hint.consent-missing-others": "先签发不须审定的：zg issue {number} --by 签发人 --rung {others}；请领导审定：zg --as 领导账号 consent {number}",
    "consent-refused": "{leader}不同意“{rung}”",
    "hint.consent-refused": "不予签发用 zg waive {number} --reason，不同意延期用 zg refuse {number} --reason",

    # 为什么不能补录
    "entry-by-office": "“{actor}”不能补录，由督办单位补录",
    "hint.entry-by-office": "去掉 --on、--basis、--for 直接办理，或用 --as 以督办单位身份补录",
    "entry-not-a-units": "“{trigger}”不是承办单位办理的事，不能补录",
    "hint.entry-not-a-units": "去掉 --on、--basis、--for 直接办理",
    "entry-unit-missing": "没有写明是哪个单位的纸质件：--for 单位",
    "hint.entry-unit-missing": "用 --for 写明单位",
    "entry-other-unit": "“{unit}”不是能办理“{trigger}”的承办单位",
    "hint.entry-other-unit": "zg show {number} 查看承办单位",
    "entry-ahead": "{date} 还没有到",
    "hint.entry-ahead": "--on 写纸质件上的日期",
    "entry-before-act": "{date} 以后已有人办理过，补录的时间不能早于它",
    "hint.entry-before-act": "zg log {number} 查看经过；--on 写不早于 {date} 的时间",
    "entry-basis-missing": "没有写补录依据：--basis 依据",
    "hint.entry-basis-missing": "用 --basis 写明来文号、收文登记号等依据",
    "usage-paper": "--basis、--for 要与 --on 一起写",
    "why.usage-paper": "不写 --on 就是现在办理，不是补录。",
    "hint.usage-paper": "补录：--on 日期 --basis 依据",

    # 来源、灯色等的其他说法
    "called.source.evaluation": "评价", "called.source.visit": "暗访、明察、督导", "called.source.review": "差评", "called.source.complaint": "投诉、举报",
    "called.source.monitor": "监测", "called.source.instruction": "批示", "called.source.superior": "上级", "called.source.meeting": "会议",
    "called.source.inspection": "督查、巡视、巡察、审计", "called.source.media": "媒体", "called.source.self": "自查",
    "called.light.red": "红灯", "called.light.yellow": "黄灯", "called.light.green": "绿灯", "called.light.blue": "蓝灯", "called.light.grey": "灰灯",
    "choice.as.duplicate": "重复", "choice.as.mistake": "误立", "choice.as.not-a-problem": "不构成问题", "choice.as.relapse": "反弹",
    "choice.as.correction": "更正", "called.choice.as.correction": "验收有误", "called.choice.as.relapse": "问题反弹",
    "called.consent.extension": "延期、延期申请", "called.consent.designation": "退回",
    "called.count.by.unit": "单位、部门、责任单位", "called.count.by.measure": "任务", "called.count.by.month": "月",
    "called.count.by.grade": "类别", "called.count.by.officer": "经办人",
    "called.way.phone": "打电话", "called.way.visit": "走访",

    # 每个成员一件
    "ask.each": "将为 {count} 个单位各立一件：{units}。是否继续",
    "each.nothing": "没有办理。",
    "each.done": "共 {count} 件，同一批次 {batch}。",
    "each.rehearsed": "试运行：共 {count} 件，同一批次，实际没有写入。",
    "usage-each": "--each 要与 --lead 一起写",
    "why.usage-each": "--each 为 --lead 所写的单位统称的每个成员各立一件。",
    "hint.usage-each": "加上 --lead 单位统称",
    "usage-assign-from": "写事项编号，或者写 --from 表格，不同时写；--from 时单位和时限都写在表里",
    "why.usage-assign-from": "表格的每一行写明自己的编号、牵头单位和时限。",
    "hint.usage-assign-from": "zg assign --from 任务清单.xlsx --doc 平营商办〔2020〕3号 --dry-run",
    "usage-assign-doc": "--from 与 --doc 一起写",
    "why.usage-assign-doc": "按清单交办要有依据：印发清单的文号。",
    "hint.usage-assign-doc": "zg assign --from 任务清单.xlsx --doc 平营商办〔2020〕3号 --dry-run",
    "assign.row": "{number}（表中第 {row} 行）：",
    "assign.pictures": "表中有图片 {count} 张，交办不收图片，请作为佐证提交：zg comment 编号 --note 说明 --file 文件",
    "assign.same": "此前已交办给表中单位的 {count} 件，不再改动",
    "assign.done": "已交办 {count} 件，{units} 个单位",
    "assign.would-be": "将交办 {count} 件，{units} 个单位各一份交办通知（未写入）",
    "field.earliest": "最早时限",
    "assign-no-numbers": "没有一行写着事项的完整编号，如 ZG-2020-0001；只有序号的行不作数",
    "assign-twice": "{number} 在第 {row} 行已经出现过", "assign-no-lead": "{number} 没有写牵头单位",
    "usage-each-ticket": "--each 一次只办一件，不与 --if-version 同用",
    "why.usage-each-ticket": "为各单位新立的事项都以这一件为底。",
    "hint.usage-each-ticket": "一件一件地办",
}
