"""草稿。"""

from __future__ import annotations

TEXTS = {
    "page.drafts.title": "草稿",
    "page.drafts.hint": "填了一半、还没有提交的内容，只有您能看到，保留 14 天；附件和保密内容不存。",
    "page.drafts.none": "没有草稿。",
    "page.drafts.saved": "{date} 存",
    "page.drafts.go-on": "接着填",
    "page.drafts.drop": "丢弃草稿",
    "page.drafts.drop-sure": "再按一次丢弃",
    "page.drafts.save": "存为草稿",
    "page.drafts.filled": "已填回 {date} 存的草稿。",
    "page.drafts.files-again": "附件不在草稿里。",
    "page.drafts.confidential": "这里填的不存草稿。",
    "page.drafts.older": "草稿是按较早的情况写的，这期间事项有变化，请核对。",
    "page.drafts.kept": "草稿已存",
    "page.drafts.unkept": "草稿只存在本机，还没有传到服务器",
    "page.drafts.here": "本机还有一份没有提交的内容。",
    "page.drafts.files": "附件：",
    "page.drafts.restore": "恢复本机的内容",
}
