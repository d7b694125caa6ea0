"""提醒消息：正文、短信、收件和发件情况、设置有误。"""



from __future__ import annotations

TEXTS = {
    # 正文
    "notice.proposed-to-office": "{rung}建议待办", "notice.proposed": "已到{rung}时限",
    "notice.line": "{number}《{title}》：{what}{by}", "notice.line-untitled": "{number}：{what}{by}",
    "notice.by": "，期限 {date}", "notice.by-past": "，期限 {date}（已过）",
    "notice.subject": "【{what}】{number} {title}", "notice.subject-many": "【整改提醒】{count} 条",
    "notice.subject-office": "【整改提醒】{what}",
    "notice.more": "另有 {count} 条，请登录系统查看。", "notice.see": "请登录整改督办系统办理。",
    "notice.signed": "{office}\n（系统自动发送，请勿直接回复）",
    "notice.short": "{number}{title}{what}{by}，请登录系统办理。", "notice.short-title": "《{title}》",
    "notice.short-day": "{month}月{day}日", "notice.short-by": "，{day}到期", "notice.short-past": "，{day}已到期",
    "notice.short-many": "您有{count}条整改提醒（{number}{what}等），请登录系统办理。",
    "notice.key": "（消息编号 {key}）",

    # 设置有误
    "invalid-notices": "{file} 的 [notices] 有 {count} 处错误，没有发送。",
    "hint.invalid-notices": "改正后运行 zg notices deliver",
    "notices-not-a-table": "{path}：应是一组“键 = 值”",
    "notices-not-a-text": "{path}：应是一行文字",
    "notices-not-a-flag": "{path}：只能写 true 或 false",
    "notices-not-texts": "{path}：应是名称与文字的对照",
    "notices-missing": "{path}：必须填写",
    "notices-choice": "{path}：可以写 {known}",
    "notices-number": "{path}：应是 {low} 到 {high} 的整数",
    "notices-secret-in-file": "{path}：密码不写在这里，改用 password_file（文件）或 password_env（环境变量）",
    "notices-secret-missing": "{path}：缺少密钥，写明存放它的文件或环境变量（_file 或 _env）",
    "notices-secret-unread": "{path}：从 {where} 读不到内容",
    "notices-url": "{path}：应是 http:// 或 https:// 开头的网址，不含用户名和密码",
    "notices-no-file": "{path}：没有文件 {where}",
    "notices-unknown": "{path}：没有这一项",
    "notices-unknown-near": "{path}：没有这一项，最接近的是 {near}",
    "notices-link": "{path}：应是网址，其中用 {{number}} 代表事项编号",
    "notices-sender": "{path}：应是邮件地址，如 督办单位 <zg@example.gov.cn>",
    "notices-places": "{path}：花括号里不能写 {named}，可以写 {known}",
    "notices-place-missing": "{path}：其中一项应含 {{{place}}}",
    "notices-name": "{path}：只能用小写字母、数字和连字符，不超过 40 个字符",
    "notices-twice": "{path}：“{name}”写了两次",

    # 收件和发件情况
    "channel.inbox": "系统内", "channel.email": "邮件", "channel.sms": "短信", "channel.wecom": "企业微信", "channel.dingtalk": "钉钉",
    "channel.feishu": "飞书", "channel.webhook": "对接系统",
    "field.news": "未读", "field.told": "时间", "field.what": "情况", "field.by": "期限", "field.id": "消息", "field.channel": "渠道",
    "field.recipient": "收件人", "field.when": "发出或下次", "field.tries": "次数", "field.trouble": "未送达原因",
    "inbox.new": "新", "inbox.count": "共 {count} 条；zg notices --read 标为已读，--all 包括已读的。", "inbox.none": "没有未读的提醒消息。",
    "outbox.sent": "已发出", "outbox.dead": "已放弃", "outbox.held": "暂存", "outbox.quiet": "待办公时间", "outbox.retry": "待重试",
    "outbox.waiting": "待发", "outbox.count": "共 {count} 条。", "outbox.none": "没有这样的消息。",
    "hint.resend": "排除原因后：zg notices resend --dead",
    "hint.outbox": "zg notices outbox 查看未送达的原因",
    "resend.done": "{count} 条将重新发送。",
    "deliver.done": "发出 {sent} 条，暂未送达 {failed} 条，放弃 {dead} 条，尚待 {waiting} 条。",
    "deliver.held": "演练数据库：{held} 条暂存，不发到外面。",
    "undelivered.timeout": "对方没有及时应答", "undelivered.connect": "连接不上（{detail}）", "undelivered.http": "对方答复 {detail}",
    "undelivered.smtp": "邮件服务器答复 {detail}", "undelivered.smtp-login": "邮件服务器不接受账号或密码",
    "undelivered.bad-address": "地址有误", "undelivered.no-address": "账号没有这一渠道的地址", "undelivered.no-account": "账号已停用",
    "undelivered.no-secret": "读不到密钥", "undelivered.no-apprise": "没有安装 zhenggai[notify]", "undelivered.not-taken": "对方没有接收",
    "undelivered.no-answer": "多次中断，没有结果", "undelivered.error": "程序错误（{detail}）",
    "notice-not-found": "没有编号为 {id} 的待发消息。",
    "why.notice-not-found": "编号不存在，或者这条消息已经送达。",
    "hint.notice-not-found": "zg notices outbox 查看编号",
    "usage-resend": "写明要重发的消息编号，或者用 --dead 重发全部已放弃的。",
    "why.usage-resend": "两者只能选一个。",
    "hint.usage-resend": "zg notices resend --dead",
}
