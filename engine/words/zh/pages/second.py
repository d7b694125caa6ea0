"""两步验证。"""

from __future__ import annotations

TEXTS = {
    "page.second.title": "两步验证",
    "page.second.password": "本人密码",
    "page.second.code": "验证码",
    "page.second.hint": "手机验证器上现在的 6 位数字，或者一个备用码",
    "page.second.go": "登录",
    "page.second.lost": "手机和备用码都不在身边，请管理员停用两步验证后重新启用。",
    "page.second.set-up": "用手机上的验证器（任何支持 TOTP 的软件，不需要联网）扫描，再输入它显示的 6 位数字。",
    "page.second.picture": "密钥二维码；看不到时把下面的密钥输入手机",
    "page.second.by-hand": "密钥：",
    "page.second.is-on": "这个账号已启用。停用或更换手机，输入现在的验证码或一个备用码；停用后所有浏览器都要重新登录。",
    "page.second.turn-on": "启用",
    "page.second.turn-off": "停用",
    "page.second.done": "已启用，下次登录要输入验证码。",
    "page.second.keep": "下面是备用码，只显示这一次。请打印或抄下来，锁好；每个只能用一次。",
    "page.second.kept": "已经记下",
}
