"""账号。"""

from __future__ import annotations

TEXTS = {
    "page.accounts.title": "账号",
    "page.accounts.active": "只看在用的",
    "page.accounts.ended": "含停用的",
    "page.accounts.separate": "实行三员分立",
    "page.accounts.separate-what":
        "系统管理员录入账号、管单位和流程，安全管理员授权并启用账号，审计员看管理日志；三员都不办事项。"
        "执行后系统管理员账号（admin）停用，不能恢复；三员须各有一个本人设过密码的账号。",
    "page.accounts.add": "新设账号",
    "page.accounts.until": "有效至",
    "page.accounts.invite": "生成首次登录链接",
    "page.accounts.enable": "恢复使用",
    "page.accounts.suspend": "停用",
    "page.accounts.once": "以下内容只显示这一次，请当面或另行交给本人。",
    "page.accounts.secret": "链接或令牌",
    "page.accounts.by": "由谁代理",
    "page.accounts.since": "自哪天起",
    "page.accounts.stand-in": "设置代理",
    "page.accounts.end": "结束代理",
    "page.accounts.tokens": "接口令牌",
    "page.accounts.no-tokens": "没有令牌。",
    "page.accounts.called": "用途",
    "page.accounts.scope": "范围",
    "page.accounts.token": "发放令牌",
    "page.accounts.revoke": "作废",
}
