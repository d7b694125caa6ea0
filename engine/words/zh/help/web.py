"""网页命令的帮助。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.serve": "网页",
    "help.serve": "打开网页：今日待办、台账、办理，默认连同系统值守在一个进程里。端口被占用时用下一个空闲的。没有人设过密码时，打印第一个管理员的一次性链接。--behind 写反向代理的地址，只信它们转来的来源。--workers 开几个进程一起提供网页，只用于 PostgreSQL；值守仍是一个，哪个进程没了就补一个。",
    "example.serve": "zg serve\nzg serve --host 0.0.0.0 --port 8600 --behind 10.0.0.5\nzg serve --workers 4",
    "option.demo.served": "演示完打开网页，六个人各一个链接", "option.demo.port": "端口，被占用时用下一个",
    "option.serve.host": "监听地址", "option.serve.port": "端口，被占用时用下一个；0 为任意空闲端口", "option.serve.watched": "是否同时值守",
    "option.root_path": "门户把网页放在哪个路径下", "option.trusted": "反向代理的地址，用逗号隔开", "option.workers": "开几个进程；只用于 PostgreSQL",
}
