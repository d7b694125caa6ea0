"""成批办理。"""

from __future__ import annotations

TEXTS = {
    "page.bulk.title": "成批办理",
    "page.bulk.choose": "要办什么（数字是现在能办的件数）：",
    "page.bulk.nothing": "这些事项现在没有您能办的。",
    "page.bulk.no-unit": "未定单位",
    "page.bulk.told": "{act}：办成 {done} 件，未办 {failed} 件。",
    "page.bulk.would": "{act}：预览，还没有办：能办 {could} 件，不能办 {barred} 件。",
    "page.bulk.then": "办后：{state}",
    "page.bulk.done": "已办",
    "page.bulk.for-all": "对勾选的每一件",
    "page.bulk.preview": "先看结果，不办理",
    "page.bulk.became": "办理结果",
}
