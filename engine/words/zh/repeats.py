"""反复问题。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "relation-to.repeats": "反复，此前为", "relation-to.not-repeats": "并非反复，此前的", "relation-to.repeated-by": "此后反复为",
    "field.waiver": "未核对上次编号", "field.repeats": "此前编号", "field.repeated-by": "此后反复", "column.repeats": "此前编号",
    "input.repeats": "此前编号", "input.waiver": "未核对上次编号的理由", "input.earlier": "此前的问题",
    "batch.repeats": "{count} 件",
    "ledger-field.earlier": "上次编号", "ledger-field.repeat": "是否反复", "ledger-field.repeats": "此前编号",
    "export.head.repeats": "上次编号",

    "repeats-itself": "一件事项不能是自己的反复", "hint.repeats-itself": "核对此前问题的编号",
    "repeats-before": "已登记为 {earlier} 的反复", "hint.repeats-before": "zg show {earlier} 查看",
    "repeats-in-circle": "{earlier} 直接或间接登记为本件的反复，不能再反过来", "hint.repeats-in-circle": "zg show {earlier} 查看",
    "repeats-later": "{earlier} 发现于 {found}，晚于本件，不是此前的问题", "hint.repeats-later": "zg show {earlier} 查看，两件方向反了就对调",
    "finding.link": "所关联的 {field} 不在本库中",
    "no-repeat": "没有登记为 {earlier} 的反复", "hint.no-repeat": "zg show {number} 查看",
    "usage-link": "{typed.duplicate-of.name} 与 {typed.repeats.name} 须写其一。", "why.usage-link": "重复是同一个问题立了两次，反复是以前的问题又出现，是两回事。",
    "hint.usage-link": "zg link 12 --repeats ZG-2020-0003",

    "row-repeat-unclear": "“{text}”看不出是否反复", "hint.row-repeat-unclear": "写是或否，或写上次编号",
    "row-repeat-unnamed": "写着是反复问题，没有写上次编号；补上编号，或用 {typed.waive.name} 写明理由导入", "hint.row-repeat-unnamed": "补上上次编号",
    "row-repeat-denied": "写着不是反复问题，却有上次编号：{numbers}", "hint.row-repeat-denied": "两栏改一栏",
    "row-earlier-unknown": "没有编号为 {number} 的此前问题；改正编号，或用 {typed.waive.name} 写明理由导入", "hint.row-earlier-unknown": "zg list --all 查看已有的编号",
    "row-earlier-several": "编号 {number} 有几件：{tickets}；请写其中一件的完整编号", "hint.row-earlier-several": "写其中一件的完整编号",
    "row-earlier-open": "此前的 {ticket} 尚未办结，如是同一件事，应作重复处理",
    "row-earlier-waits": "上次编号所指的第 {number} 号没有导入，本行随之未导入", "row-earlier-circle": "第 {number} 号与别的行互为上次编号",
    "ask.ledger.earlier": "上次编号指本表里的行，还是以前的台账？",
}
