"""一次性链接打开的页面。"""



from __future__ import annotations

TEXTS = {
    "page.invite.title": "设置密码",
    "page.invite.for": "这是“{person}”（{account}）的一次性链接。设好密码即登录，链接随之失效。",
    "page.invite.go": "设置并登录",
}
