"""提醒消息：正文、短信、收件和发件情况、设置有误。"""



from __future__ import annotations

TEXTS = {
    # 正文
    "notice.proposed-to-office": "{rung}建议待办", "notice.proposed": "已到{rung}时限",
    "notice.line": "{number}《{title}》：{what}{by}", "notice.line-untitled": "{number}：{what}{by}",
    "notice.by": "，期限 {date}", "notice.by-past": "，期限 {date}（已过）",
    "notice.subject": "【{what}】{number} {title}", "notice.subject-many": "【整改提醒】{count} 条",
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
}
