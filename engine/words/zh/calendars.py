"""日历变动：放假通知、本单位和各县的特别安排，期限重排。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "field.clock": "时限", "field.old-date": "原日期", "field.new-date": "新日期", "field.way": "变动",
    "way.later": "推迟", "way.earlier": "提前", "way.firm": "由暂定转为确定", "way.alarm": "只变提醒日期", "way.kept": "应提前，未接受，日期不变",
    "calendar.in-force": "新日历（{version}）已启用，放假安排覆盖到 {date}；{tickets} 件事项的期限已重排。",
    "calendar.same": "日历没有变化（{version}），放假安排覆盖到 {date}；{tickets} 件事项的期限已重排。",
    "calendar.would": "试运行：启用后日历为 {version}，放假安排覆盖到 {date}，{tickets} 件事项的期限会重排；实际没有写入。",
    "calendar.kept": "有 {count} 个日期按新日历应当提前，没有变动；确认提前的，加 --accept-earlier 再运行一次。",
    "calendar.failed": "以下事项没有能够重排：{numbers}；zg audit verify 核对。",
    "calendar.contrary": "注意：{day} 本单位另有安排，与通知不同，以本单位安排为准；要改按通知，运行 zg calendar remove {day}",
    "calendar.more": "其余 {count} 个日期略；加 --json 可得到全部。",
    "calendar.unfinished": "上次换日历后的期限重排没有做完，再运行一次同一条 zg calendar import 即可接着做完。",
    "calendar.notice": "放假或上班安排有变动，贵单位 {count} 件整改事项的日期随之变动：{tickets}",
    "calendar.notice-date": "{clock}由 {old} 改为 {new}", "calendar.notice-firm": "{clock} {new} 由暂定转为确定",
    "calendar.notice-more": "另有 {count} 件",
    "log.firm": "{clock} {date} 由暂定转为确定",
    "entry.dates": "按新日历重排了 {tickets} 件事项的期限（{calendar}）",
    "doctor.counting-unfinished": "换日历后的期限重排没有做完，部分事项仍按旧日历", "doctor-do.counting-unfinished": "把同一条 zg calendar import 再运行一次，即可接着做完",
    "list.semicolon": "；",

    "day-far": "{day} 不在日历范围内（{begin} 至 {end} 及其后一年）",
    "hint.day-far": "核对年份；先用 zg calendar import 载入该年的放假通知",
    "day-decided": "{day} 已有相反的安排（{name}）",
    "hint.day-decided": "先撤销原来的安排：zg calendar remove {day}",
    "day-works-already": "{day} 本来就是工作日",
    "hint.day-works-already": "zg calendar show 查看该年的安排",
    "day-rests-already": "{day} 本来就休息",
    "hint.day-rests-already": "zg calendar show 查看该年的安排",
    "day-not-own": "{day} 没有本单位自己的安排可以撤销",
    "hint.day-not-own": "放假通知里的日子由新的通知更正：zg calendar import 文件；某县的安排要加 --unit",

    "calendar-changed": "日历刚刚被别人改动，这次没有启用。",
    "why.calendar-changed": "另一个人同时载入了通知或增加了特别安排。",
    "hint.calendar-changed": "zg calendar show 看清最新情况后，把同一条命令再运行一次",
    "usage-rest-or-work": "没有说明这一天是休息还是上班。",
    "why.usage-rest-or-work": "--rest 和 --work 必须写一个。",
    "hint.usage-rest-or-work": "zg calendar add 2026-07-21 --rest --name 台风停工",
    "usage-day-name": "这一天的名称不能用。",
    "why.usage-day-name": "名称是一行文字，不超过 40 个字，不含不可见字符。",
    "hint.usage-day-name": "zg calendar add 2026-07-21 --rest --name 台风停工",
}
