"""zg notices。"""

from __future__ import annotations

TEXTS = {
    "short.notices": "我的提醒消息；发件情况",
    "help.notices": "列出我还没有读的提醒消息，新的在前。系统内消息总会写入，其他渠道在办公时间发出。",
    "example.notices": "zg notices\nzg --as 市发改委 notices --all --json",
    "short.notices.outbox": "发出和未送达的消息",
    "help.notices.outbox": "列出邮件、短信等渠道的发送情况；--dead 只列已放弃的。由督办单位查看。",
    "example.notices.outbox": "zg notices outbox\nzg notices outbox --dead --json",
    "short.notices.resend": "重新发送",
    "help.notices.resend": "排除原因后，把未送达的消息从头再发；收件方可凭消息编号识别重复。",
    "example.notices.resend": "zg notices resend --dead\nzg notices resend 120 121",
    "short.notices.deliver": "现在发送一次",
    "help.notices.deliver": "把现在可以发出的消息发送一次；平时由 zg watch 自动进行。渠道写在 zg.toml 的 [notices]。",
    "example.notices.deliver": "zg notices deliver\nzg notices deliver --json",
    "short.user.chat": "设置企业微信、钉钉或飞书机器人",
    "help.user.chat": "设置这个账号的机器人：把机器人的 Webhook 地址在终端输入，或从标准输入读一行；"
    "地址里有密钥，不写在命令里，也不再显示。机器人要求加签时，在地址后加 &secret=SEC…（飞书加 ?secret=…）。",
    "example.user.chat": "zg user chat fgw < 机器人地址\nzg user chat fgw --none",
    "option.none": "去掉",
    "option.everything": "包括已读的", "option.mark": "列出后标为已读", "option.notices.limit": "最多列出几条",
    "option.notices.outbox.limit": "最多列出几条", "option.notices.outbox.dead": "只列已放弃的",
    "option.notices.resend.dead": "全部已放弃的",
}
