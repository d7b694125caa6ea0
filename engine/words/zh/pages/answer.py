"""回访链接打开的页面。"""

from __future__ import annotations

TEXTS = {
    "page.answer.title": "办理结果评价",
    "page.answer.about": "您于 {day} 通过“{source}”反映的问题（编号 {ref}）已经办结。",
    "page.answer.until": "这个链接只能评价一次，{date} 前有效。",
    "page.answer.ask": "您对办理结果",
    "page.answer.because": "不满意的原因（可多选）",
    "page.answer.text": "还想说的（请不要填写身份证号、银行卡号等信息）",
    "page.answer.go": "提交评价",
    "page.answer.thanks": "谢谢您的评价",
    "page.answer.taken": "评价已经收到。要求重办的，会有人与您联系。",
}
