"""文件、方案、日历和备份的问题，以及操作系统的报告。"""

from __future__ import annotations

TEXTS = {
    # 文件
    "problem-no-utf8": "不是 UTF-8 编码：第 {place} 个字节",
    "problem-no-toml": "不是正确的 TOML：{message}",
    "problem-labels": "应是一组一组的“名称 = 文字”",
    "problem-not-sections": "应由几个部分组成，每部分一个键",
    "problem-not-table": "应是“键: 值”",
    "problem-foreign-section": "不应写在这个文件里",
    "problem-no-such-section": "没有这一部分",
    "problem-no-such-key": "没有这一项",
    "problem-key-not-word": "键必须是一个词",
    "problem-key-twice": "{key} 写了两次",
    "problem-empty-list": "应是列表，而且不能为空",
    "problem-unquoted": "{value} 不是文字，要加引号",
    "problem-unseen": "{value} 是空的，或者首尾有空格、含不可见字符",
    "problem-choice": "{value} 不在可选范围内：{known}",
    "problem-not-list": "{value} 不是列表",
    "problem-listed-twice": "列表里重复：{names}",
    "problem-not-flag": "{value} 只能写 true 或 false",

    # 方案
    "problem-plan-year": "{value} 不是年份",
    "problem-plan-code": "{value} 不是代码，应是 2 到 16 个大写字母和数字",
    "problem-plan-name": "{value} 不是名称，只能用小写字母、数字和连字符",
    "problem-plan-measure": "{value} 不是工作任务的编号，应写成如 3.10",
    "problem-plan-target": "{value} 不是目标值的编号，应写成如 3.10-1",
    "problem-plan-number": "{value} 不是十进制数",
    "problem-plan-name-signs": "{value} 里有斜线、分隔名单的符号或不可见的字符",
    "problem-plan-name-taken": "{name} 也是 {unit} 的名称",
    "problem-plan-no-unit": "没有单位 {code}",
    "problem-plan-no-unit-or-group": "没有单位或单位组 {code}",
    "problem-plan-ring": "单位成了自己的上级",
    "problem-plan-nobody": "没有写明任何单位",
    "problem-plan-two-parts": "{code} 担任了两种角色",
    "problem-plan-no-measure": "没有工作任务 {measure}",
    "problem-plan-other-measure": "与编号不符",
    "problem-plan-no-lead": "{code} 不是 {measure} 的牵头单位",

    # 日历
    "problem-empty": "是空的",
    "problem-no-zone": "没有时区 {value}",
    "problem-no-open-time": "没有办公时间",
    "problem-no-open-week": "一周里没有一天上班",
    "problem-no-time": "{value} 不是 08:30 这样的时刻",
    "problem-period-backwards": "{begins}-{ends} 结束早于开始",
    "problem-period-overlaps": "{begins}-{ends} 与前一段重叠",
    "problem-no-weekday": "{value} 不是星期（星期一为 0）",
    "problem-no-weekdays": "不是星期的列表",
    "problem-no-periods": '不是时段的列表，应写成如 ["08:30", "12:00"]',
    "problem-no-day": "一天应写成 {{kind, name, notice}}",
    "problem-no-month-day": "{value} 不是 10-01 这样的月日",
    "problem-not-text": "{value} 不是文字",
    "problem-day-kind": "{day} 的类别 {kind} 不存在，可以写：{known}",
    "problem-out-of-range": "{value} 不在 {first} 到 {last} 之间",

    # 备份
    "problem-no-tar": "不是备份文件，或者不完整",
    "problem-no-backup": "不是本程序做的备份",
    "problem-page": "读不出来（{message}）",
    "problem-foreign-member": "备份里不应有这个文件",

    # 操作系统
    "system-absent": "没有这个文件或文件夹",
    "system-denied": "没有权限",
    "system-folder": "这是文件夹，不是文件",
    "system-full": "磁盘已满",
    "system-read-only": "文件系统是只读的",
    "system-exists": "已经有同名的文件",
    "sqlite-none": "文件不是数据库，或已经损坏",
    "sqlite-damaged": "数据库文件已经损坏",
    "sqlite-unopened": "文件不能打开",
    "sqlite-other": "SQLite 报告：{message}",
    "system-other": "操作系统报告：{message}",
}
