"""出错页。"""



from __future__ import annotations

TEXTS = {
    "page.problem.title": "办不成",
    "page.problem.unexpected": "系统出错，已记入服务器日志。",
    "page.problem.home": "回到首页",
    "page.problem.form": "回到表单",
    "page.problem.again": "重试",
}
