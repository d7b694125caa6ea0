"""What stands around every page."""



from __future__ import annotations

TEXTS = {
    "page.frame.name": "Zhenggai",
    "page.frame.lang": "en",
    "page.frame.lang-zh": "zh-CN",
    "page.frame.lang-en": "en",
    "page.frame.language-zh": "中文",
    "page.frame.language-en": "English",
    "page.frame.theme-auto": "System",
    "page.frame.theme-light": "Light",
    "page.frame.theme-dark": "Dark",
    "page.frame.skip": "Skip to content",
    "page.frame.menu": "Menu",
    "page.frame.sign-out": "Sign out",
    "page.frame.sandbox": "A sandbox, no real ledger; its time is {now}",
    "page.frame.secret": "Upload nothing secret or sensitive",
    "page.frame.secret-long": "This system is not for secrets. Upload nothing secret or sensitive.",
    "page.frame.keys": "Keys",
    "page.frame.key-today": "Today",
    "page.frame.key-ledger": "Ledger",
    "page.frame.key-new": "New ticket",
    "page.frame.key-search": "Search the ledger",
    "page.frame.key-move": "Next line, line before",
    "page.frame.key-tick": "Tick",
    "page.frame.key-help": "This list",
    "page.frame.changed": "{count}{more} changed",
    "page.frame.refresh": "Refresh",
    "page.frame.close": "Close",
    "page.frame.only-open": "Open ones only",
    "page.frame.also-over": "Also those that are over",
    "page.frame.done": "Done.",
    "page.frame.administration": "Administration",
}
