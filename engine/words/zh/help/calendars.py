"""日历变动的命令行帮助。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.calendar.import": "载入放假通知，重排期限", "short.calendar.add": "本单位或某县停工、上班的一天", "short.calendar.hours": "办公时间、夏季时间",
    "short.calendar.remove": "撤销本单位或某县的安排",
    "help.calendar.import": (
        "载入国务院办公厅的放假通知，启用新日历，并按它重排在办事项的期限：列出每个变动的日期，每件事项记一条，每个单位只通知一次。\n"
        "提前的日期须加 --accept-earlier 才变动，否则照旧并列出，退出码为 7。中断后再运行一次即可做完。\n"
        "文件可以是通知（docs/calendar.md）、holiday-cn 的 JSON 或日历订阅文件 .ics；不合情理的通知一律不载入，并逐条说明。"
    ),
    "example.calendar.import": "zg calendar import 2027.json --dry-run\nzg calendar import 2027.ics --published 2026-11-10",
    "help.calendar.add": "增加本单位自己的休息日或工作日，如台风停工；--unit 只对一个县（市、区）或单位，牵头单位是它的事项按它的日历计算。",
    "example.calendar.add": "zg calendar add 2026-07-21 --rest --name 台风停工\nzg calendar add 2026-02-13 --hours 08:30-12:00 --unit 叶县",
    "help.calendar.hours": (
        "改变办公时间；--season 只改每年的一段日子，如夏季。再写一次相同的起止日期即替换，写成平时的时间即取消。期限按新的下班时间重排。"
    ),
    "example.calendar.hours": "zg calendar hours 08:30-12:00,14:30-18:00 --dry-run\nzg calendar hours --season 06-01..09-30 08:30-12:00,15:00-18:30",
    "option.calendar.hours.season": "每年从哪天到哪天，首尾都算，可以跨年", "option.calendar.hours.dry_run": "试运行：只列出会变动的日期，不写入",
    "option.calendar.add.hours": "这一天的办公时间，如只上半天：08:30-12:00",
    "help.calendar.remove": "撤销本单位或某县自己的一天，恢复为通知和星期所说的，并重排期限。",
    "example.calendar.remove": "zg calendar remove 2026-07-21\nzg calendar remove 2026-07-21 --unit 叶县",
    "option.calendar.import.published": "通知的发布日期，文件没有写明时要给出", "option.calendar.import.year": ".ics 含有多年时，载入哪一年",
    "option.accept_earlier": "接受提前的日期；不写则这些日期不变，列出后退出码为 7", "option.calendar.add.kind": "这一天休息，或者上班（--work）",
    "option.calendar.add.name": "这一天的名称", "option.calendar.show.unit": "按这个单位的日历：代码、名称或别名",
    "option.calendar.add.unit": "只对这个单位：代码、名称或别名", "option.calendar.remove.unit": "只对这个单位：代码、名称或别名",
    "option.calendar.import.dry_run": "试运行：只列出会变动的日期，不写入", "option.calendar.add.dry_run": "试运行：只列出会变动的日期，不写入",
    "option.calendar.remove.dry_run": "试运行：只列出会变动的日期，不写入",
}
