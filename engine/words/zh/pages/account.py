"""我的账号。"""



from __future__ import annotations

TEXTS = {
    "page.account.title": "我的账号",
    "page.account.password": "更换密码",
    "page.account.old": "现在的密码",
    "page.account.new": "新密码",
    "page.account.again": "再输一次",
    "page.account.rule": "至少 {shortest} 个字，可以是一句话；越长越好。",
    "page.account.change": "更换",
    "page.account.sessions": "已登录的浏览器",
    "page.account.this": "当前",
    "page.account.session": "登录于 {begun}，最近使用 {seen}",
    "page.account.end": "退出这一个",
    "page.account.end-others": "退出其他全部",
    "page.account.before": "上次登录：{at}，来自 {address}。不是本人登录的，请立即更换密码并报告管理员。",
    "page.account.first": "现在的密码是别人设置的，或者用得太久。换成自己的密码后才能继续。",
    "page.account.second": "两步验证",
    "page.account.done-password": "密码已更换，其他浏览器已退出。",
    "page.account.done-session": "已退出。",
}
