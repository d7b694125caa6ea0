"""纸上的事项：打印和审签单。"""

from __future__ import annotations

TEXTS = {
    "page.paper.title": "打印",
    "page.paper.sheet": "整改事项审签单",
    "page.paper.print-sheet": "打印审签单",
    "page.paper.all-files": "全部下载（zip）",
    "page.paper.back": "返回事项页",
    "page.paper.printed": "{who} 打印于 {at}",
    "page.paper.measures": "整改情况",
    "page.paper.evidence": "佐证材料",
    "page.paper.opinion": "单位负责人审签意见",
    "page.paper.handler": "承办人",
    "page.paper.head": "单位负责人（签字）",
    "page.paper.seal": "（单位盖章）",
    "page.paper.date": "年　　月　　日",
    "page.paper.keep": "签字盖章后扫描，在事项页“审签”时作为佐证上传。",
    "page.paper.hash": "校验码（SHA-256）",
    "page.paper.none": "无",
}
