"""登录页。"""



from __future__ import annotations

TEXTS = {
    "page.sign_in.title": "登录",
    "page.sign_in.account": "账号",
    "page.sign_in.password": "密码",
    "page.sign_in.go": "登录",
    "page.sign_in.elsewhere": "用{label}登录",
    "page.sign_in.forgotten": "第一次登录或忘记密码，请向管理员索取一次性链接。",
}
