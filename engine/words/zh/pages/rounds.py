"""评价轮次。"""

from __future__ import annotations

TEXTS = {
    "page.rounds.title": "评价轮次",
    "page.rounds.new": "开始一轮评价",
    "page.rounds.none": "没有评价轮次。",
    "page.rounds.period": "评价期",
    "page.rounds.targets": "目标编号，如 3.5-1、3.4，用顿号或换行分开；不填为计划的全部",
    "page.rounds.subjects": "单位或市、县名称，用顿号或换行分开；不填以结果为准",
    "page.rounds.fresh": "方案和被评对象没有写错，是新的",
    "page.rounds.verify": "达标的验收销号",
    "page.rounds.reopen": "反弹的重新整改",
    "page.rounds.undo": "撤回本轮结果",
    "page.rounds.more": "只显示前 {count} 项；点上面的处理结果可分类查看。",
    "page.rounds.no-results": "还没有结果。",
    "page.rounds.missing": "范围内本轮未测 {count} 项",
    "page.rounds.disputes": "异议",
    "page.rounds.object": "登记异议",
    "page.rounds.signed": "单位负责人签字的材料",
    "page.rounds.why": "理由",
    "page.rounds.new-value": "采纳后的数值",
    "page.rounds.accept": "采纳",
    "page.rounds.refuse": "不采纳",
    "page.rounds.close": "结束本轮评价",
    "page.rounds.accept-missing": "仍缺 {count} 项，接受的原因",
    "page.rounds.asked": "已提出撤回申请，由另一人确认。",
    "page.rounds.would-undo": "将撤销 {withdrawn} 件，撤回重新整改 {reverted} 件，由人决定 {stay} 件。尚未写入。",
    "page.rounds.undo-hint": "由另一人确认他人的申请时，不填",
}
