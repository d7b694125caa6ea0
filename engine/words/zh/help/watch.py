"""值守与体检的帮助。"""

from __future__ import annotations

TEXTS = {
    "short.watch": "值守：按时触发督办节点", "short.doctor": "体检：值守、提醒消息和日历是否正常",
    "help.watch": "长期运行的值守进程：按时触发督办节点，检查放假安排。可同时运行任意多个，同一节点只触发一次。",
    "example.watch": "zg watch\nzg watch --once --json",
    "option.interval": "两次检查之间的秒数，默认 60", "option.once": "各项只做一次便结束",
    "help.doctor": "检查值守、到时间的提醒、提醒消息、搁置的事项、放假安排和数据库结构。需要有人处理时退出码为 1。",
    "example.doctor": "zg doctor\nzg doctor --json\nzg doctor --clean",
    "option.cleaning": "先清除被中止的备份和更换密钥留下的残留",
}
