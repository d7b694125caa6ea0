"""时间、灯与期限。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    # 时间
    "when-not-understood": "看不懂的时间：{text}",
    "why.when-not-understood": "可以写 2020-10-09、2020-10-09T12:00、10月9日、3.10、明天、月底、下周五、5wd（工作日）、3d（日历日）、4wh（工作小时）、1mo（月）。",
    "hint.when-not-understood": "zg calendar due 2020-09-30 5wd 可以先试算",
    "when-not-an-amount": "看不懂的时长：{text}",
    "why.when-not-an-amount": "可以写 5wd 或“5个工作日”、4wh、3d、36h、1mo。",
    "hint.when-not-an-amount": "zg calendar due 2020-09-30 5wd",
    "when-unknown-unit": "没有这种时长单位：{text}",
    "why.when-unknown-unit": "可以写 5wd 或“5个工作日”、4wh、3d、36h、1mo。",
    "hint.when-unknown-unit": "zg calendar due 2020-09-30 5wd",
    "when-no-such-date": "没有这一天：{text}",
    "hint.when-no-such-date": "核对月份和日期",
    "when-no-such-time": "没有这个钟点：{text}",
    "hint.when-no-such-time": "钟点写成 00:00 到 23:59",
    "when-day-already-past": "{text}已经过去",
    "why.when-day-already-past": "这里只能是以后的日期。",
    "hint.when-day-already-past": "写今天或以后的日期，如 明天、下周五、10月9日",
    "when-day-still-to-come": "{text}还没有到",
    "why.when-day-still-to-come": "这里只能是过去的日期。",
    "hint.when-day-still-to-come": "写今天或过去的日期，如 昨天、上周五、3月9日",
    "when-already-past": "请写明年份：今年的{text}已经过去",
    "why.when-already-past": "这里只能是以后的日期，年份不作猜测。",
    "hint.when-already-past": "写成 {dates}",
    "when-still-to-come": "请写明年份：今年的{text}还没有到",
    "why.when-still-to-come": "这里只能是过去的日期，年份不作猜测。",
    "hint.when-still-to-come": "写成 {dates}",
    "when-not-this-year": "请写明年份：今年没有{text}",
    "why.when-not-this-year": "不写年份的日期是今年的，别的年份不作猜测。",
    "hint.when-not-this-year": "写成 {dates}",
    "when-out-of-range": "时间超出范围：{text}",
    "why.when-out-of-range": "只计算 1990 年到 2200 年。",
    "hint.when-out-of-range": "核对年份",
    "when-far": "{text} 即 {date}，太远了。", "why.when-far": "期限最远 {years} 年。", "hint.when-far": "核对数字，或直接写日期",
    "when-amount-out-of-range": "时长太大：{text}",
    "why.when-amount-out-of-range": "最大为 99999。",
    "hint.when-amount-out-of-range": "核对数字，或直接写日期",
    "when-not-a-working-day": "提示：{date} 不是工作日；人工指定的日期不会自动顺延",
    "when-provisional": "提示：{date} 所在年份的放假安排尚未公布，日期暂定",

    # 灯与期限
    "light.red": "红", "light.yellow": "黄", "light.green": "绿", "light.blue": "蓝", "light.grey": "灰",
    "late.days": "逾期{days}个工作日", "late.short": "逾期{days}工作日",
    "submitted": "待验收", "submitted.on-time.days": "待验收（按期申请）", "submitted.on-time.short": "待验收（按期）",
    "submitted.late.days": "待验收（逾期{days}日申请）", "submitted.late.short": "待验收（逾期{days}日）",
    "closed.on-time": "按期办结", "closed.late.days": "逾期{days}日办结", "closed.late.short": "逾期{days}日",
    "office-late": "督办单位超时", "asked-for": "申请延期中", "resting": "暂缓", "resting.late.days": "暂缓（逾期{days}日）", "resting.late.short": "暂缓（逾期{days}日）",
    "left.days": "剩{days}个工作日", "left.short": "剩{days}工作日", "left.today": "今天到期",
    "level.0": "无", "level.1": "催办", "level.2": "督办", "level.3": "通报", "level.4": "约谈",
    "amount.working-day": "{number}个工作日", "amount.working-hour": "{number}个工作小时", "amount.hour": "{number}小时",
    "amount.day": "{number}天", "amount.month": "{number}个月",
    "list.comma": "、", "list.colon": "：",
}
