"""每一页上下都有的文字。"""



from __future__ import annotations

TEXTS = {
    "page.frame.name": "整改督办",
    "page.frame.lang": "zh-CN",
    "page.frame.lang-zh": "zh-CN",
    "page.frame.lang-en": "en",
    "page.frame.language-zh": "中文",
    "page.frame.language-en": "English",
    "page.frame.theme-auto": "跟随系统",
    "page.frame.theme-light": "浅色",
    "page.frame.theme-dark": "深色",
    "page.frame.skip": "跳到正文",
    "page.frame.menu": "菜单",
    "page.frame.sign-out": "退出",
    "page.frame.sandbox": "演练库，不是真实台账；库内时间 {now}",
    "page.frame.secret": "严禁上传涉密、敏感信息",
    "page.frame.secret-long": "本系统不处理涉密信息。严禁上传涉密、敏感信息。",
    "page.frame.keys": "快捷键",
    "page.frame.key-today": "今日待办",
    "page.frame.key-ledger": "台账",
    "page.frame.key-new": "登记问题",
    "page.frame.key-search": "在台账里搜索",
    "page.frame.key-move": "下一行、上一行",
    "page.frame.key-tick": "勾选",
    "page.frame.key-help": "打开本表",
    "page.frame.close": "关闭",
    "page.frame.changed": "有 {count}{more} 件有变化",
    "page.frame.refresh": "刷新",
    "page.frame.only-open": "只看未办结的",
    "page.frame.also-over": "含已办结的",
    "page.frame.done": "已办理。",
    "page.frame.administration": "管理",
}
